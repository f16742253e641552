/* Measures how far apart two spellings are, for near misses. It must not decide which near miss was meant. */

/** Edits (insert, drop, replace, or swap two neighbours; each counts 1) that turn one word into the other.
    Stops counting above `limit` and answers `limit + 1`. Optimal string alignment distance. */
export function spellingDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    if (Math.min(...current) > limit) return limit + 1
    beforeLast = last
    last = current
  }
  return Math.min(last[to.length] ?? 0, limit + 1)
}

/** How many edits still count as a slip of the thumb for a word of this many letters: none under 4, then 1, then 2 from 8. */
export function slipLimit(length: number): number {
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}
