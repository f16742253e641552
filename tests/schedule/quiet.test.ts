// When nobody is written to: nights, Friday prayer and holidays, each in the person's own time.
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadClinic } from '../../src/content/clinic.ts'
import { packageRoot } from '../../src/package-root.ts'
import type { TimeZone } from '../../src/people/time-zone.ts'
import { afterQuiet, isQuiet, nextQuiet, type QuietRules, withOwnHours } from '../../src/schedule/quiet.ts'

const [WIB, WITA, WIT]: readonly TimeZone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']
const ZONES = [WIB!, WITA!, WIT!]
const OFFSET = { 'Asia/Jakarta': '+07:00', 'Asia/Makassar': '+08:00', 'Asia/Jayapura': '+09:00' } as const

/** 21.00 to 06.00, Friday 11.30 to 13.00, and one holiday: Friday, 25 December 2026. */
const RULES: QuietRules = {
  quietHours: [
    { weekday: undefined, fromMinute: 21 * 60, untilMinute: 6 * 60 },
    { weekday: 'friday', fromMinute: 11 * 60 + 30, untilMinute: 13 * 60 },
  ],
  holidays: [{ date: '2026-12-25', name: 'Hari Raya Natal' }],
}

const at = (local: string, zone: TimeZone) => Date.parse(`${local}:00${OFFSET[zone]}`)

describe.each(ZONES)('in %s', (zone) => {
  it.each([
    // Monday, 23 November 2026.
    ['2026-11-23T05:59', true],
    ['2026-11-23T06:00', false],
    ['2026-11-23T12:00', false],
    ['2026-11-23T20:59', false],
    ['2026-11-23T21:00', true],
    ['2026-11-23T23:59', true],
    ['2026-11-24T00:00', true],
    // Friday, 27 November.
    ['2026-11-27T11:29', false],
    ['2026-11-27T11:30', true],
    ['2026-11-27T12:59', true],
    ['2026-11-27T13:00', false],
    // The holiday from its first to its last minute.
    ['2026-12-24T20:59', false],
    ['2026-12-25T00:00', true],
    ['2026-12-25T12:00', true],
    ['2026-12-25T23:59', true],
  ])('%s is quiet: %s', (local, quiet) => expect(isQuiet(at(local, zone), zone, RULES)).toBe(quiet))

  it.each([
    ['2026-11-23T12:00', '2026-11-23T12:00'],
    ['2026-11-23T21:00', '2026-11-24T06:00'],
    ['2026-11-24T02:30', '2026-11-24T06:00'],
    ['2026-11-27T11:45', '2026-11-27T13:00'],
    // The night before the holiday, the holiday, and the night after it.
    ['2026-12-24T22:00', '2026-12-26T06:00'],
    ['2026-12-25T13:00', '2026-12-26T06:00'],
  ])('what is due %s waits until %s', (local, until) => expect(afterQuiet(at(local, zone), zone, RULES)).toBe(at(until, zone)))
})

describe('one moment', () => {
  it.each([
    // 20.30 in Jakarta, 21.30 in Makassar, 22.30 in Jayapura.
    ['evening', '2026-11-23T13:30', [false, true, true]],
    // 04.30, 05.30 and 06.30.
    ['morning', '2026-11-23T21:30', [true, true, false]],
    // Friday 10.45, 11.45 and 12.45.
    ['the Friday prayer', '2026-11-27T03:45', [false, true, true]],
  ])('is %s at different times of the country', (_what, utc, quiet) => {
    expect(ZONES.map((zone) => isQuiet(Date.parse(`${utc}:00Z`), zone, RULES))).toEqual(quiet)
  })
})

describe('hours of her own', () => {
  it.each([
    ['the evening until ten', { quietFrom: 22, quietUntil: 5 }, '2026-11-23T21:30', false],
    ['her night', { quietFrom: 22, quietUntil: 5 }, '2026-11-23T22:00', true],
    ['the early morning', { quietFrom: 22, quietUntil: 5 }, '2026-11-24T05:00', false],
    ['her day, when she works', { quietFrom: 8, quietUntil: 17 }, '2026-11-24T12:00', true],
    ['the Friday prayer all the same', { quietFrom: 22, quietUntil: 5 }, '2026-11-27T12:00', true],
    ['no hour, when they end as they begin', { quietFrom: 7, quietUntil: 7 }, '2026-11-24T02:00', false],
  ])('are quiet in %s', (_, own, local, quiet) => expect(isQuiet(at(local, WIB!), WIB!, withOwnHours(RULES, own))).toBe(quiet))
})

describe('a quiet time past midnight on one weekday', () => {
  const night: QuietRules = { quietHours: [{ weekday: 'thursday', fromMinute: 22 * 60, untilMinute: 2 * 60 }], holidays: [] }
  it.each([
    // Thursday is 26 November 2026.
    ['2026-11-26T01:00', false],
    ['2026-11-26T21:59', false],
    ['2026-11-26T22:00', true],
    ['2026-11-27T01:59', true],
    ['2026-11-27T02:00', false],
    ['2026-11-27T23:00', false],
  ])('begins on that day and ends on the next: %s is quiet: %s', (local, quiet) => expect(isQuiet(at(local, WIB!), WIB!, night)).toBe(quiet))

  it('goes from Sunday into Monday, and from Saturday into Sunday', () => {
    const on = (weekday: 'saturday' | 'sunday'): QuietRules => ({ ...night, quietHours: [{ ...night.quietHours[0]!, weekday }] })
    expect(isQuiet(at('2026-11-30T01:00', WIB!), WIB!, on('sunday'))).toBe(true)
    expect(isQuiet(at('2026-11-29T01:00', WIB!), WIB!, on('saturday'))).toBe(true)
    expect(isQuiet(at('2026-11-29T01:00', WIB!), WIB!, on('sunday'))).toBe(false)
  })
})

describe('the first moment that is not quiet', () => {
  const minute = fc.integer({ min: 0, max: 1439 })
  const weekday = fc.constantFrom(undefined, 'monday', 'friday', 'sunday')
  // At most seven hours each, so that some of the day is left.
  const quietTime = fc
    .record({ weekday, fromMinute: minute, minutes: fc.integer({ min: 1, max: 420 }) })
    .map(({ weekday, fromMinute, minutes }) => ({ weekday, fromMinute, untilMinute: (fromMinute + minutes) % 1440 }))
  const day = fc.integer({ min: 1, max: 9 }).map((date) => ({ date: `2026-12-0${date}`, name: 'Libur' }))
  const rules: fc.Arbitrary<QuietRules> = fc.record({ quietHours: fc.array(quietTime, { maxLength: 3 }), holidays: fc.array(day, { maxLength: 4 }) })
  const moment = fc.integer({ min: Date.UTC(2026, 10, 29), max: Date.UTC(2026, 11, 12) })

  it('is never quiet, never earlier, and nothing before it would do', () => {
    fc.assert(
      fc.property(rules, moment, fc.constantFrom(...ZONES), (rules, now, zone) => {
        const then = afterQuiet(now, zone, rules)
        expect(isQuiet(then, zone, rules)).toBe(false)
        expect(then).toBeGreaterThanOrEqual(now)
        if (then === now) return
        expect(then % 60_000).toBe(0)
        const wait = then - now
        for (const share of [0, 0.1, 0.35, 0.5, 0.8, 0.99]) expect(isQuiet(now + Math.floor(wait * share), zone, rules)).toBe(true)
      }),
    )
  })

  it('is now, to the millisecond, when it is not quiet', () => {
    const now = at('2026-11-23T12:00', WIB!) + 12_345
    expect(afterQuiet(now, WIB!, RULES)).toBe(now)
  })

  it('that never comes is a mistake in the clinic file, and said so', () => {
    const always: QuietRules = { quietHours: [{ weekday: undefined, fromMinute: 0, untilMinute: 720 }, { weekday: undefined, fromMinute: 720, untilMinute: 0 }], holidays: [] }
    expect(() => afterQuiet(at('2026-11-23T12:00', WIB!), WIB!, always)).toThrow('leave no time to write to anyone')
  })

  it('comes within three days under the rules the clinic comes with, whenever one asks', () => {
    const clinic = loadClinic(join(packageRoot(), 'data/clinic.yaml'))
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2026, 10, 22), max: Date.UTC(2027, 11, 31) }), fc.constantFrom(...ZONES), (now, zone) => {
        expect(afterQuiet(now, zone, clinic) - now).toBeLessThan(3 * 86_400_000)
      }),
    )
  })
})

describe('the next quiet time', () => {
  it('begins at the first quiet minute after any that is not quiet', () => {
    const minutes = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((minute) => at('2026-11-20T00:00', WIB!) + minute * 60_000)
    fc.assert(
      fc.property(minutes, fc.constantFrom(...ZONES), (now, zone) => {
        fc.pre(!isQuiet(now, zone, RULES))
        let first = now
        while (!isQuiet(first, zone, RULES)) first += 60_000
        expect(nextQuiet(now, zone, RULES)).toBe(first)
      }),
    )
  })

  it('never comes where there are no rules', () => {
    expect(nextQuiet(at('2026-11-23T12:00', WIB!), WIB!, { quietHours: [], holidays: [] })).toBe(Number.POSITIVE_INFINITY)
  })
})
