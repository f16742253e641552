// When nobody is written to unless they asked: night hours, Friday prayer and holidays, in the person's own time. Pure.
import type { Clinic } from '../content/clinic.ts'
import { isoDay, localTime, type TimeZone } from '../people/time-zone.ts'

export type QuietRules = Pick<Clinic, 'quietHours' | 'holidays'>

const MINUTE_MS = 60_000
/** Longer than any quiet time and any row of holidays; a rule that never ends is a mistake in the clinic file. */
const LONGEST_MINUTES = 14 * 24 * 60

/** The rules for someone with quiet hours of her own (whole hours): they stand in for the clinic's nights; holidays and Fridays stay. Hours that begin when they end are none. */
export function withOwnHours({ quietHours, holidays }: QuietRules, own: { readonly quietFrom: number; readonly quietUntil: number }): QuietRules {
  const mine = own.quietFrom === own.quietUntil ? [] : [{ weekday: undefined, fromMinute: own.quietFrom * 60, untilMinute: own.quietUntil * 60 }]
  return { quietHours: [...quietHours.filter(({ weekday }) => weekday !== undefined), ...mine], holidays }
}

/** Whether it is quiet now where the person lives. `now` is ms UTC. */
export function isQuiet(now: number, timeZone: TimeZone, { quietHours, holidays }: QuietRules): boolean {
  const local = localTime(now, timeZone)
  const date = isoDay(local)
  if (holidays.some((holiday) => holiday.date === date)) return true
  const minute = local.hour * 60 + local.minute
  return quietHours.some(({ weekday, fromMinute, untilMinute }) => {
    const begins = (day: number) => weekday === undefined || weekday === WEEKDAYS[day]
    if (fromMinute <= untilMinute) return begins(local.weekday) && minute >= fromMinute && minute < untilMinute
    // Past midnight: the evening of its day, and the morning of the day after.
    return (begins(local.weekday) && minute >= fromMinute) || (begins((local.weekday + 6) % 7) && minute < untilMinute)
  })
}

/** The first minute from `now` on that is not quiet. ms UTC. */
export function afterQuiet(now: number, timeZone: TimeZone, rules: QuietRules): number {
  for (let minutes = 0; minutes <= LONGEST_MINUTES; minutes += 1) {
    // From the next full minute on, so that the answer falls on the end of the quiet time itself.
    const at = minutes === 0 ? now : Math.floor(now / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS
    if (!isQuiet(at, timeZone, rules)) return at
  }
  throw new Error('The quiet hours and holidays of the clinic file leave no time to write to anyone.')
}

/** When the next quiet time after `now` begins today or tomorrow, ms UTC; `Infinity` when none does. `now` itself is not quiet. */
export function nextQuiet(now: number, timeZone: TimeZone, rules: QuietRules): number {
  const local = localTime(now, timeZone)
  const midnight = now - (now % MINUTE_MS) - (local.hour * 60 + local.minute) * MINUTE_MS
  // A holiday begins at midnight.
  const minutes = [0, ...rules.quietHours.map(({ fromMinute }) => fromMinute)]
  const begins = [0, 1].flatMap((days) => minutes.map((minute) => midnight + (days * 24 * 60 + minute) * MINUTE_MS))
  return Math.min(...begins.filter((at) => at > now && isQuiet(at, timeZone, rules)))
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
