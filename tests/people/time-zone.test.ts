/** Holds the zones of the provinces and how a local moment is told. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatLocal, localTime, timeZoneOfProvince, zoneName } from '../../src/people/time-zone.ts'
import type { TimeZone } from '../../src/people/time-zone.ts'

const ZONES: readonly TimeZone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']
const NOON_UTC = Date.UTC(2026, 10, 23, 12, 0)

describe('provinces', () => {
  it.each([
    ['Jawa Timur', '35', 'WIB'],
    ['Kalimantan Barat', '61', 'WIB'],
    ['Kalimantan Tengah', '62', 'WIB'],
    ['Kalimantan Selatan', '63', 'WITA'],
    ['Kalimantan Utara', '65', 'WITA'],
    ['Bali', '51', 'WITA'],
    ['Nusa Tenggara Timur', '53', 'WITA'],
    ['Maluku', '81', 'WIT'],
    ['Papua Barat Daya', '96', 'WIT'],
  ])('%s (%s) is in %s', (_, code, zone) => expect(zoneName(timeZoneOfProvince(code))).toBe(zone))

  it('every province has its zone: 18 WIB, 12 WITA, 8 WIT', () => {
    const list = readFileSync(createRequire(import.meta.url).resolve('idn-area-data/data/provinces.csv'), 'utf8')
    const zones = list.trim().split('\n').slice(1).map((line) => zoneName(timeZoneOfProvince(line.slice(0, 2))))
    expect(['WIB', 'WITA', 'WIT'].map((zone) => zones.filter((each) => each === zone).length)).toEqual([18, 12, 8])
  })

  it('an unknown code is a mistake of ours', () => expect(() => timeZoneOfProvince('00')).toThrow('province code "00"'))
})

describe('local time', () => {
  it.each([
    ['Asia/Jakarta', 'id', 'Senin, 23 November 2026, pukul 19.00 WIB'],
    ['Asia/Makassar', 'id', 'Senin, 23 November 2026, pukul 20.00 WITA'],
    ['Asia/Jayapura', 'id', 'Senin, 23 November 2026, pukul 21.00 WIT'],
    ['Asia/Jakarta', 'en', 'Monday, 23 November 2026, at 19:00 WIB'],
  ] as const)('in %s (%s): %s', (zone, language, told) => expect(formatLocal(NOON_UTC, zone, language)).toBe(told))

  it('the day may already be the next one, and small numbers have two digits on the clock only', () => {
    const late = Date.UTC(2026, 11, 31, 15, 5)
    expect(formatLocal(late, 'Asia/Jayapura', 'id')).toBe('Jumat, 1 Januari 2027, pukul 00.05 WIT')
    expect(localTime(late, 'Asia/Jayapura')).toEqual({ year: 2027, month: 1, day: 1, weekday: 5, hour: 0, minute: 5 })
    expect(localTime(late, 'Asia/Jakarta')).toEqual({ year: 2026, month: 12, day: 31, weekday: 4, hour: 22, minute: 5 })
  })

  it('agrees with the time zone database', () => {
    const moment = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) })
    fc.assert(fc.property(moment, fc.constantFrom(...ZONES), (now, timeZone) => {
      const { year, month, day, hour, minute } = localTime(now, timeZone)
      const parts = new Intl.DateTimeFormat('en-US', {
        timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
      }).formatToParts(now).filter(({ type }) => type !== 'literal')
      const expected = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]))
      expect({ year, month, day, hour, minute }).toEqual(expected)
    }))
  })
})
