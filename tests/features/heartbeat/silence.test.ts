// When a silence is worth an alarm: held against the same hours in the weeks before. Times are Jakarta's.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUnusual, SLOT_MS } from '../../../src/features/heartbeat/silence.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Midnight before Monday, 23 November 2026, in Jakarta. */
const MONDAY = Date.UTC(2026, 10, 22, 17)
const at = (day: number, hour: number, minute = 0) => MONDAY + day * DAY + hour * HOUR + minute * MINUTE

type Day = 'busy' | 'one' | 'none'

/** Four weeks and the present one, a letter a day. Busy: something in every quarter from 08.00 to 17.00. One: a message at 10.00. */
function slotsOf(dayOf: (day: number) => Day): number[] {
  const slots: number[] = []
  for (let day = -28; day < 7; day += 1) {
    if (dayOf(day) === 'one') slots.push(at(day, 10))
    if (dayOf(day) === 'busy') for (let quarter = 0; quarter < 36; quarter += 1) slots.push(at(day, 8, quarter * 15))
  }
  return slots
}

const weekday = (day: number) => (((day % 7) + 7) % 7) + 1
const everyDay = () => 'busy' as const
const workingDays = (day: number) => (weekday(day) > 5 ? 'none' : 'busy')
const quiet = () => 'one' as const

interface Heard {
  readonly dayOf: (day: number) => Day
  readonly since: number
  readonly now: number
  readonly listeningSince?: number
}

function judge({ dayOf, since, now, listeningSince = 0 }: Heard): boolean {
  return isUnusual({ since, listeningSince, now, atLeastMs: HOUR }, slotsOf(dayOf).filter((slot) => slot <= since))
}

describe('a silence', () => {
  it.each<[string, Heard, boolean]>([
    ['of an hour on a busy morning', { dayOf: everyDay, since: at(1, 9, 59), now: at(1, 11) }, false],
    ['of two hours on a busy morning', { dayOf: everyDay, since: at(1, 9), now: at(1, 11) }, true],
    ['of the night', { dayOf: everyDay, since: at(0, 16, 59), now: at(1, 3) }, false],
    ['of the night, when people have just begun', { dayOf: everyDay, since: at(0, 16, 59), now: at(1, 8, 45) }, false],
    ['of the night that goes on in the morning', { dayOf: everyDay, since: at(0, 16, 59), now: at(1, 10) }, true],
    ['of a Sunday where nobody writes on Sundays', { dayOf: workingDays, since: at(4, 16, 59), now: at(6, 16) }, false],
    ['of such a weekend, early on Monday', { dayOf: workingDays, since: at(-3, 16, 59), now: at(0, 8, 45) }, false],
    ['of such a weekend that goes on through Monday morning', { dayOf: workingDays, since: at(-3, 16, 59), now: at(0, 10) }, true],
    ['of a Sunday where people always write on Sundays', { dayOf: everyDay, since: at(5, 16, 59), now: at(6, 10) }, true],
    ['of two days where one message a day comes in', { dayOf: quiet, since: at(-2, 10), now: at(0, 20) }, false],
    ['of nine days where one message a day comes in', { dayOf: quiet, since: at(-9, 10), now: at(0, 20) }, true],
  ])('%s', (_what, heard, unusual) => expect(judge(heard)).toBe(unusual))

  it('is judged the same after a holiday and a breakdown in the weeks before', () => {
    const dayOf = (day: number) => (day === -6 || day === -13 ? 'none' : 'busy')
    expect(judge({ dayOf, since: at(1, 9), now: at(1, 11) })).toBe(true)
  })

  it.each([
    ['three', 1, false],
    ['four', 0, true],
  ])('can not be judged by less than four days: %s', (_count, firstDay, unusual) => {
    const dayOf = (day: number) => (day < firstDay ? 'none' : 'busy')
    expect(judge({ dayOf, since: at(4, 9), now: at(4, 11) })).toBe(unusual)
  })

  it('counts from when the clinic opened its door', () => {
    const heard = { dayOf: everyDay, since: at(0, 16, 59), now: at(1, 11) }
    expect(judge({ ...heard, listeningSince: at(1, 9, 30) })).toBe(false)
    expect(judge({ ...heard, listeningSince: at(1, 9) })).toBe(true)
  })

  it('that lasts for days goes on being unusual: its own days do not make it usual', () => {
    expect([1, 2, 3, 5].map((day) => judge({ dayOf: everyDay, since: at(0, 11), now: at(day, 11) }))).toEqual([true, true, true, true])
  })

  it('is never unusual when every day is like this one', () => {
    const quarters = fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(quarters, fc.integer({ min: 0, max: 24 * 60 }), (pattern, minute) => {
        const now = at(1, 0, minute)
        const slots: number[] = []
        for (let day = -28; day <= 1; day += 1) for (const quarter of pattern.toSorted((a, b) => a - b)) slots.push(at(day, 0, quarter * 15))
        const past = slots.filter((slot) => slot + SLOT_MS <= now)
        expect(isUnusual({ since: past.at(-1)!, listeningSince: 0, now, atLeastMs: HOUR }, past)).toBe(false)
      }),
    )
  })

  it('is never unusual when it is shorter than the clinic file says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 * 24 * 60 }), fc.integer({ min: 1, max: 600 }), (minute, atLeast) => {
        const since = at(0, 0, minute)
        const slots = slotsOf(everyDay).filter((slot) => slot <= since)
        expect(isUnusual({ since, listeningSince: 0, now: since + atLeast * MINUTE - 1, atLeastMs: atLeast * MINUTE }, slots)).toBe(false)
      }),
    )
  })
})
