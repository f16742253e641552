// How many people are seen to in one transaction: as many as nobody who writes meanwhile feels. Pure; the time a bite took is told.

const FIRST = 5
const MOST = 40
/** ms. An answer on a phone takes longer than this to be noticed by far; shorter bites spend more on their beginning and end than on people. */
const AIM_MS = 12

/** @param lastMs what the last bite took, by a clock that counts whole ms; undefined when there was none lately. */
export function nextBite(last = FIRST, lastMs?: number): number {
  if (lastMs === undefined) return FIRST
  const fitting = Math.floor((last * AIM_MS) / Math.max(1, lastMs))
  return Math.max(1, Math.min(MOST, fitting, last * 2))
}
