// Which class of PP 7/2021 article 35 a business probably belongs to, from its monthly sales band. An estimate, never a decision. Pure.

/** Monthly sales. The ends are chosen so that twelve months meet known lines: 40 million is near Rp500 million a year, 165 million near Rp2 billion. */
export const SALES_BANDS = ['under-5m', '5-15m', '15-40m', '40-165m', 'over-165m', 'undisclosed'] as const
export type SalesBand = (typeof SALES_BANDS)[number]

export type BusinessClass = 'micro' | 'above-micro'

/** The band of monthly sales in Rupiah. */
export function bandOfMonthlySales(rupiah: number): SalesBand {
  const million = rupiah / 1_000_000
  return million < 5 ? 'under-5m' : million < 15 ? '5-15m' : million < 40 ? '15-40m' : million <= 165 ? '40-165m' : 'over-165m'
}

/**
 * The class by yearly sales: micro up to Rp2 billion (PP 7/2021 art. 35). The highest band says only that it is above;
 * undefined when nothing was said.
 */
export function estimateClass(band: string | null): BusinessClass | undefined {
  if (band === null || band === 'undisclosed') return undefined
  return band === 'over-165m' ? 'above-micro' : 'micro'
}
