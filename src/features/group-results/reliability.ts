// How well a set of questions measures: correlation, spread and Cronbach's alpha of plain numbers.
// Pure; it must not know what the numbers stand for or how many are enough to publish (statistics.ts).

/** Pearson's correlation of two equally long columns, -1 to 1; null when one of them is constant or empty. */
export function pearson(x: readonly number[], y: readonly number[]): number | null {
  const [xx, yy] = [products(x, x), products(y, y)]
  if (xx === 0 || yy === 0) return null
  // Rounding may lead a hair beyond.
  return Math.max(-1, Math.min(1, products(x, y) / Math.sqrt(xx * yy)))
}

/** The sample's standard deviation (n - 1), in the unit of the column; null for fewer than two numbers. */
export function standardDeviation(x: readonly number[]): number | null {
  return x.length < 2 ? null : Math.sqrt(products(x, x) / (x.length - 1))
}

/**
 * Cronbach's alpha of a table with one row a person and one column an item: k/(k-1) * (1 - sum of the items' variances /
 * variance of the sums). Source: Cronbach 1951, Psychometrika 16, 297-334. Null when all sums are equal, or with one item.
 */
export function cronbachAlpha(rows: readonly (readonly number[])[]): number | null {
  const items = rows[0]?.length ?? 0
  const sums = rows.map(sum)
  const ofSums = products(sums, sums)
  if (items < 2 || ofSums === 0) return null
  const ofItems = Array.from({ length: items }, (_, at) => column(rows, at)).map((item) => products(item, item))
  return (items / (items - 1)) * (1 - sum(ofItems) / ofSums)
}

/** Each item's correlation with the sum of all others, in the order of the columns; null where one of the two is constant. */
export function itemRestCorrelations(rows: readonly (readonly number[])[]): readonly (number | null)[] {
  const sums = rows.map(sum)
  return (rows[0] ?? []).map((_, at) => {
    const item = column(rows, at)
    return pearson(item, sums.map((whole, row) => whole - (item[row] ?? 0)))
  })
}

/** The arithmetic mean; null of nothing. */
export function mean(x: readonly number[]): number | null {
  return x.length === 0 ? null : sum(x) / x.length
}

/** The sum of the products of both columns' distances from their means. */
function products(x: readonly number[], y: readonly number[]): number {
  const [meanX, meanY] = [mean(x) ?? 0, mean(y) ?? 0]
  return sum(x.map((value, at) => (value - meanX) * ((y[at] ?? 0) - meanY)))
}

function column(rows: readonly (readonly number[])[], at: number): readonly number[] {
  return rows.map((row) => row[at] ?? 0)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
