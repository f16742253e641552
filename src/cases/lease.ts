// How long a volunteer may take for an answer: hours in which it is not quiet where they live. Pure.
import { localTime, type TimeZone } from '../people/time-zone.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Hours in which someone is left alone: from `from` until `until`, whole local hours; the same hour twice means never. */
export interface QuietTime {
  readonly timeZone: TimeZone
  readonly from: number
  readonly until: number
}

/** A volunteer has so many waking hours for each answer. */
export const LEASE_MS = 12 * HOUR_MS

/** Shares of the lease at which the volunteer is reminded. */
export const REMINDERS = [0.5, 0.9] as const

/** A case nobody takes is offered more widely after so long, and coordinators hear of it after these spells of waking time. */
export const WIDEN_AFTER_MS = HOUR_MS
export const COORDINATORS_AFTER_MS = [3 * HOUR_MS, 24 * HOUR_MS] as const

/** The instant at which `awakeMs` have passed since `from` (ms UTC), the clock standing still in quiet hours. */
export function afterAwake(from: number, awakeMs: number, quiet: QuietTime): number {
  let at = from
  let left = awakeMs
  while (left > 0) {
    const { quietFor, awakeFor } = spellAt(at, quiet)
    if (quietFor > 0) {
      at += quietFor
      continue
    }
    const step = Math.min(left, awakeFor)
    at += step
    left -= step
  }
  return at
}

/** How long it stays quiet from here on, or else how long it stays awake. ms. */
function spellAt(at: number, { timeZone, from, until }: QuietTime): { readonly quietFor: number; readonly awakeFor: number } {
  if (from === until) return { quietFor: 0, awakeFor: Number.POSITIVE_INFINITY }
  const { hour, minute } = localTime(at, timeZone)
  const inHour = minute * MINUTE_MS + (at % MINUTE_MS)
  const isQuietHour = (hour: number) => (from < until ? hour >= from && hour < until : hour >= from || hour < until)
  const hoursTo = (target: number) => ((target - hour + 24) % 24 || 24) * HOUR_MS - inHour
  return isQuietHour(hour) ? { quietFor: hoursTo(until), awakeFor: 0 } : { quietFor: 0, awakeFor: hoursTo(from) }
}
