// The times at which someone wants her tips. Pure; instants are ms UTC, weekdays as ISO counts them (1 is Monday, 7 is Sunday).
import { localTime, type TimeZone } from '../../people/time-zone.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Tips come at whole hours of the day, where she lives. */
const FIRST_HOUR = 6
const LAST_HOUR = 20
export const HOURS: readonly number[] = Array.from({ length: LAST_HOUR - FIRST_HOUR + 1 }, (_, at) => FIRST_HOUR + at)

export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const
/** Spread over the week, away from Friday noon. */
export const THRICE = [1, 3, 6] as const
export const WEEKLY = [1] as const

export interface Rhythm {
  /** At least one, ascending. */
  readonly weekdays: readonly number[]
  readonly hour: number
}

/** The first slot after an instant. */
export function nextSlot({ weekdays, hour }: Rhythm, timeZone: TimeZone, after: number): number {
  const local = localTime(after, timeZone)
  const midnight = after - (after % 60_000) - (local.hour * 60 + local.minute) * 60_000
  for (let days = 0; days <= 7; days += 1) {
    const at = midnight + days * DAY_MS + hour * HOUR_MS
    if (at > after && weekdays.includes(isoWeekday(localTime(at, timeZone).weekday))) return at
  }
  throw new Error('A rhythm without a weekday has no slot.')
}

/** Less often: every day, three times a week, once a week; undefined when it can't be less. */
export function lessOften({ weekdays, hour }: Rhythm): Rhythm | undefined {
  if (weekdays.length > THRICE.length) return { weekdays: THRICE, hour }
  return weekdays.length > 1 ? { weekdays: weekdays.slice(0, 1), hour } : undefined
}

/** More often: once a week, three times, every day; undefined when it can't be more. */
export function moreOften({ weekdays, hour }: Rhythm): Rhythm | undefined {
  if (weekdays.length < THRICE.length) return { weekdays: THRICE, hour }
  return weekdays.length < EVERY_DAY.length ? { weekdays: EVERY_DAY, hour } : undefined
}

/** Sunday is 0 on the clock, 7 in ISO 8601. */
function isoWeekday(weekday: number): number {
  return weekday === 0 ? 7 : weekday
}
