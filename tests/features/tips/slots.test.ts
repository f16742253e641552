// Holds when tips are due: at the hour and on the days she chose, where she lives, never in the past and never skipping one.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVERY_DAY, HOURS, lessOften, moreOften, nextSlot, THRICE } from '../../../src/features/tips/slots.ts'
import { localTime, type TimeZone } from '../../../src/people/time-zone.ts'

const HOUR = 3_600_000
/** Monday, 23 November 2026, 09.00 WIB. */
const MONDAY = Date.UTC(2026, 10, 23, 2)
const slot = (weekdays: readonly number[], hour: number, zone: TimeZone = 'Asia/Jakarta', after = MONDAY) => new Date(nextSlot({ weekdays, hour }, zone, after)).toISOString()

describe('the next slot', () => {
  it.each<[string, string, string]>([
    ['later today', slot(EVERY_DAY, 19), '2026-11-23T12:00:00.000Z'],
    ['tomorrow, when today has passed', slot(EVERY_DAY, 7), '2026-11-24T00:00:00.000Z'],
    ['tomorrow, at the very moment', slot(EVERY_DAY, 9), '2026-11-24T02:00:00.000Z'],
    ['on the next chosen day', slot(THRICE, 7), '2026-11-25T00:00:00.000Z'],
    ['a week on, when only today is chosen', slot([1], 7), '2026-11-30T00:00:00.000Z'],
    ['on a Sunday', slot([7], 6), '2026-11-28T23:00:00.000Z'],
    ['in WITA', slot(EVERY_DAY, 19, 'Asia/Makassar'), '2026-11-23T11:00:00.000Z'],
    ['in WIT', slot(EVERY_DAY, 19, 'Asia/Jayapura'), '2026-11-23T10:00:00.000Z'],
  ])('is %s', (_, at, expected) => expect(at).toBe(expected))

  it('is on a chosen day at the chosen hour, after the instant, and no chosen day lies between', () => {
    const zones = fc.constantFrom<TimeZone[]>('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')
    const days = fc.subarray([...EVERY_DAY], { minLength: 1 })
    fc.assert(
      fc.property(days, fc.constantFrom(...HOURS), zones, fc.integer({ min: 0, max: 30 * 24 * 60 }), (weekdays, hour, zone, minutes) => {
        const after = MONDAY + minutes * 60_000
        const at = nextSlot({ weekdays, hour }, zone, after)
        const local = localTime(at, zone)
        expect([local.hour, local.minute]).toEqual([hour, 0])
        expect(weekdays).toContain(local.weekday === 0 ? 7 : local.weekday)
        expect(at).toBeGreaterThan(after)
        for (let earlier = at - 24 * HOUR; earlier > after; earlier -= 24 * HOUR) {
          const { weekday } = localTime(earlier, zone)
          expect(weekdays).not.toContain(weekday === 0 ? 7 : weekday)
        }
      }),
    )
  })
})

it.each([
  [EVERY_DAY, THRICE, undefined],
  [THRICE, [1], EVERY_DAY],
  [[2, 4], [2], THRICE],
  [[5], undefined, THRICE],
])('from %j less often is %j, more often %j', (weekdays, less, more) => {
  expect(lessOften({ weekdays, hour: 7 })?.weekdays).toEqual(less)
  expect(moreOften({ weekdays, hour: 7 })?.weekdays).toEqual(more)
})
