// What a typed amount comes to in a month, at least and at most. Pure; amounts are whole Rupiah.
import type { Period, Rupiah } from './rupiah.ts'

/** How often a period fits in a month, at least and at most: a stall opens five days a week or every day. */
const TIMES: Readonly<Record<Period, readonly [number, number]>> = { day: [20, 31], week: [52 / 12, 52 / 12], month: [1, 1], year: [1 / 12, 1 / 12] }

/** The least and the most it may be in a month; undefined when the amount itself is unclear. An amount without a period is taken for a month's. */
export function monthlyBounds(reading: Rupiah): readonly [number, number] | undefined {
  if (reading.type !== 'amount' && reading.type !== 'range') return undefined
  const [least, most] = bounds(reading)
  const [rarely, often] = TIMES[reading.period ?? 'month']
  return [least * rarely, most * often]
}

/** "5-15 juta" ends just below 15 juta, where the next such range begins. */
function bounds(reading: Extract<Rupiah, { type: 'amount' | 'range' }>): readonly [number, number] {
  if (reading.type === 'range') return [reading.from, reading.to - 1]
  const { bound, rupiah } = reading
  if (bound === undefined) return [rupiah, rupiah]
  return bound === 'under' ? [0, rupiah - 1] : [rupiah + 1, Infinity]
}
