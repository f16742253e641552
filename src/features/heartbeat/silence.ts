// Says when nothing has come in for unusually long: the silence is held against the same hours of the days in the last weeks. Pure.
import { localTime } from '../../people/time-zone.ts'

/** Updates are counted in quarters of an hour. */
export const SLOT_MS = 900_000
/** How far back the rule looks. */
export const HISTORY_MS = 28 * 86_400_000

const DAY_MS = 86_400_000
/** Fewer days to compare with say nothing. */
const LEAST_DAYS = 4
/** Of so many days one may be an exception, such as a holiday or an earlier breakdown. */
const DAYS_PER_EXCEPTION = 10
/**
 * In so many quarters of these hours something came in, on almost every day. People come by chance and stay for a quarter or two: whoever
 * sees 5 of them or more on nine days out of ten sees 8 on average, and none about once in 3000 times (Poisson).
 */
const USUAL_SLOTS = 8

export interface Silence {
  /** When the last update came in, ms UTC. */
  readonly since: number
  /** Since when this process would have heard one: while the clinic is closed nothing comes in, and that is no news. */
  readonly listeningSince: number
  readonly now: number
  /** Shorter silences are never unusual. */
  readonly atLeastMs: number
}

/** @param slots the quarters in which anything came in, when they began (ms UTC), oldest first. */
export function isUnusual({ since, listeningSince, now, atLeastMs }: Silence, slots: readonly number[]): boolean {
  const from = Math.max(since, listeningSince)
  if (now - from < atLeastMs) return false
  const counts: number[] = []
  for (let back = DAY_MS; back <= HISTORY_MS; back += DAY_MS) {
    const [begin, end] = [from - back, now - back]
    // A day of this very silence is no example of what is usual, nor is one from before the clinic counted.
    if (end > since || begin < (slots[0] ?? now) || isWeekend(end) !== isWeekend(now)) continue
    counts.push(slots.filter((slot) => slot >= begin && slot + SLOT_MS <= end).length)
  }
  if (counts.length < LEAST_DAYS) return false
  const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / DAYS_PER_EXCEPTION)] ?? 0
  return usual >= USUAL_SLOTS
}

/** Working days are compared with working days; in the western zone, where most people live. */
function isWeekend(at: number): boolean {
  const { weekday } = localTime(at, 'Asia/Jakarta')
  return weekday === 0 || weekday === 6
}
