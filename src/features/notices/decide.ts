// Whether a notice that is due is said now, later or not at all. Pure; instants are ms UTC.
import type { QuietRules } from '../../schedule/quiet.ts'
import { afterQuiet } from '../../schedule/quiet.ts'
import { type LocalTime, localTime, type TimeZone } from '../../people/time-zone.ts'

const MINUTE_MS = 60_000
/** What waited for the end of a quiet time does not come to everybody in the same minute. */
const SPREAD_MS = 30 * MINUTE_MS

export type SkipReason = 'paused' | 'unreachable' | 'stale' | 'one-a-day' | 'gave-way' | 'moot'

export type Decision =
  | { readonly type: 'say' }
  | { readonly type: 'postpone'; readonly until: number }
  | { readonly type: 'skip'; readonly reason: SkipReason }

export interface Situation {
  readonly now: number
  readonly dueAt: number
  readonly staleAfterMs: number
  readonly timeZone: TimeZone
  readonly quiet: QuietRules
  readonly paused: boolean
  readonly reachable: boolean
  /** Something was said to her today already. */
  readonly saidToday: boolean
  /** It has slots of its own: a slot that is taken is left out, not moved. */
  readonly hasSlots: boolean
  /** Any whole number that stays hers, to spread people. */
  readonly person: number
}

/** One decision for every kind of notice. */
export function decide({ now, dueAt, staleAfterMs, timeZone, quiet, paused, reachable, saidToday, hasSlots, person }: Situation): Decision {
  if (!reachable) return { type: 'skip', reason: 'unreachable' }
  if (paused) return { type: 'skip', reason: 'paused' }
  if (now - dueAt > staleAfterMs) return { type: 'skip', reason: 'stale' }
  if (saidToday && hasSlots) return { type: 'skip', reason: 'one-a-day' }
  const from = saidToday ? nextMorning(now, timeZone, dueAt) : now
  const allowedAt = afterQuiet(from, timeZone, quiet)
  if (allowedAt === now) return { type: 'say' }
  const until = allowedAt === from ? from : allowedAt + spreadOf(person)
  return until - dueAt > staleAfterMs && hasSlots ? { type: 'skip', reason: 'stale' } : { type: 'postpone', until }
}

/** The last instant of today where she lives. */
export function endOfDay(now: number, timeZone: TimeZone): number {
  const local = localTime(now, timeZone)
  return now - (now % MINUTE_MS) + (24 * 60 - minuteOf(local)) * MINUTE_MS - 1
}

/** The same time of day as it was due, tomorrow. */
function nextMorning(now: number, timeZone: TimeZone, dueAt: number): number {
  const tomorrow = endOfDay(now, timeZone) + 1
  return tomorrow + minuteOf(localTime(dueAt, timeZone)) * MINUTE_MS
}

const minuteOf = ({ hour, minute }: LocalTime) => hour * 60 + minute

/** Between 0 and half an hour, always the same for one person. */
function spreadOf(person: number): number {
  return (person * 7919 * MINUTE_MS) % SPREAD_MS
}
