// How long a volunteer has for an answer: waking hours, wherever she lives and however her nights lie.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterAwake, LEASE_MS, type QuietTime, REMINDERS } from '../../src/cases/lease.ts'
import { isInQuietHours } from '../../src/people/volunteer.ts'
import type { TimeZone } from '../../src/people/time-zone.ts'

const HOUR_MS = 3_600_000
const ZONES = [['Asia/Jakarta', '+07:00'], ['Asia/Makassar', '+08:00'], ['Asia/Jayapura', '+09:00']] as const satisfies readonly (readonly [TimeZone, string])[]

describe.each(ZONES)('twelve waking hours in %s', (timeZone, offset) => {
  const at = (local: string) => Date.parse(`2026-11-${local}:00${offset}`)
  it.each([
    // quiet from, until, given at, over at
    [21, 6, '23T09:00', '23T21:00'],
    [21, 6, '23T09:30', '24T06:30'],
    [21, 6, '23T08:00', '23T20:00'],
    [21, 6, '23T20:00', '24T17:00'],
    // Given in the middle of the night: they begin in the morning.
    [21, 6, '23T23:15', '24T18:00'],
    [21, 6, '23T05:59', '23T18:00'],
    [21, 6, '23T06:00', '23T18:00'],
    // Quiet by day, for who works at night.
    [8, 17, '23T07:30', '24T04:30'],
    [8, 17, '23T12:00', '24T05:00'],
    // Up to midnight, and from midnight on.
    [22, 0, '23T20:00', '24T10:00'],
    [0, 5, '23T20:00', '24T13:00'],
    // The same hour twice is never quiet.
    [6, 6, '23T23:00', '24T11:00'],
    // One waking hour a day.
    [7, 6, '23T06:15', '05T06:15'],
  ])('quiet from %i until %i, given at %s: until %s', (from, until, given, over) => {
    const end = over === '05T06:15' ? Date.parse(`2026-12-05T06:15:00${offset}`) : at(over)
    expect(new Date(afterAwake(at(given), LEASE_MS, { timeZone, from, until })).toISOString()).toBe(new Date(end).toISOString())
  })

  it('reminds at half and at nine tenths of them', () => {
    const quiet = { timeZone, from: 21, until: 6 }
    expect(REMINDERS.map((share) => afterAwake(at('23T12:00'), LEASE_MS * share, quiet))).toEqual([at('23T18:00'), at('24T07:48')])
  })
})

const quietTime: fc.Arbitrary<QuietTime> = fc.record({ timeZone: fc.constantFrom(...ZONES.map(([zone]) => zone)), from: fc.integer({ min: 0, max: 23 }), until: fc.integer({ min: 0, max: 23 }) })
const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) })
const span = fc.integer({ min: 1, max: 30 * HOUR_MS })

describe('waking time', () => {
  it('ends when nobody is asleep, or at the moment the night begins', () => {
    fc.assert(fc.property(instant, span, quietTime, (from, ms, quiet) => {
      const end = afterAwake(from, ms, quiet)
      const { timeZone, from: quietFrom, until: quietUntil } = quiet
      expect(isInQuietHours({ timeZone, quietFrom, quietUntil }, end - 1)).toBe(false)
    }))
  })

  it('adds up, and is never shorter than time itself', () => {
    fc.assert(fc.property(instant, span, span, quietTime, (from, first, then, quiet) => {
      const end = afterAwake(from, first + then, quiet)
      expect(afterAwake(afterAwake(from, first, quiet), then, quiet)).toBe(end)
      expect(end - from).toBeGreaterThanOrEqual(first + then)
    }))
  })

  it('of nothing passes at once', () => {
    expect(afterAwake(5, 0, { timeZone: 'Asia/Jakarta', from: 0, until: 23 })).toBe(5)
  })
})
