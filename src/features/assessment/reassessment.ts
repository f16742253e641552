// When someone may check again, and when she is asked whether she wants to. Pure; instants are ms UTC.
import type { Instrument } from '../../content/assessment.ts'
import type { PastResult } from './store.ts'

const DAY_MS = 86_400_000

export type Schedule = Pick<Instrument, 'reassessment'>

/** From when on she may check again: at once without a complete result, else after the days a habit takes to change. */
export function mayCheckFrom(last: Pick<PastResult, 'finishedAt' | 'total'> | undefined, { reassessment }: Schedule): number {
  return last === undefined || last.total === null ? 0 : last.finishedAt + reassessment.earliestDays * DAY_MS
}

/** When she is asked for the next time, after so many times; null when it is enough. */
export function offerAfter(finishedAt: number, offersMade: number, { reassessment }: Schedule): number | null {
  const days = reassessment.offerDays[offersMade]
  return days === undefined ? null : finishedAt + days * DAY_MS
}
