// Holds when the clinic may speak of its own accord: reachable, not paused, not stale, once a day, and outside quiet times.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadClinic } from '../../../src/content/clinic.ts'
import { dayThere } from '../../../src/people/time-zone.ts'
import { decide, endOfDay, type Situation } from '../../../src/features/notices/decide.ts'
import type { TimeZone } from '../../../src/people/time-zone.ts'
import { isQuiet } from '../../../src/schedule/quiet.ts'
import { dataFile } from '../../content/samples.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const quiet = loadClinic(dataFile('clinic.yaml'))
/** Monday, 23 November 2026, 09.00 WIB. */
const MONDAY = Date.UTC(2026, 10, 23, 2)
const at = (hours: number) => MONDAY + hours * HOUR

const decideAt = (now: number, more: Partial<Situation> = {}) =>
  decide({ now, dueAt: now, staleAfterMs: 6 * HOUR, timeZone: 'Asia/Jakarta', quiet, paused: false, reachable: true, saidToday: false, hasSlots: false, person: 3, ...more })

describe('what is due', () => {
  it.each<[string, Partial<Situation> & { readonly now?: number }, object]>([
    ['is said', {}, { type: 'say' }],
    ['is said a little late', { dueAt: at(-6) }, { type: 'say' }],
    ['is left out when stale', { dueAt: at(-7) }, { type: 'skip', reason: 'stale' }],
    ['is left out when she paused', { paused: true }, { type: 'skip', reason: 'paused' }],
    ['is left out when Telegram can not reach her', { reachable: false, paused: true }, { type: 'skip', reason: 'unreachable' }],
    ['waits for tomorrow at its time when something was said today', { saidToday: true, dueAt: at(-1) }, { type: 'postpone', until: at(23) }],
    ['with slots of its own leaves this one out', { saidToday: true, hasSlots: true }, { type: 'skip', reason: 'one-a-day' }],
    ['waits for the end of the night, spread over half an hour', { now: at(14), dueAt: at(14) }, { type: 'postpone', until: at(21) + 27 * 60_000 }],
    ['waits for the end of Friday prayer', { now: at(98.75), dueAt: at(98.75) }, { type: 'postpone', until: at(100) + 27 * 60_000 }],
    ['with slots of its own is left out when the night makes it stale', { now: at(14), dueAt: at(13), hasSlots: true }, { type: 'skip', reason: 'stale' }],
    ['tomorrow is not in the night either', { saidToday: true, now: at(11), dueAt: at(-6), staleAfterMs: DAY }, { type: 'postpone', until: at(21) + 27 * 60_000 }],
  ])('%s', (_, { now = MONDAY, ...more }, decision) => expect(decideAt(now, { dueAt: now, ...more })).toEqual(decision))

  it('is never said in quiet times, nor put off into them, nor into the past', () => {
    const zones = fc.constantFrom<TimeZone[]>('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 * 60 }), zones, fc.boolean(), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 300 }), (minutes, timeZone, saidToday, person, late) => {
        const now = MONDAY + minutes * 60_000
        const decision = decideAt(now, { timeZone, saidToday, person, dueAt: now - late * 60_000 })
        if (decision.type === 'say') expect(isQuiet(now, timeZone, quiet)).toBe(false)
        if (decision.type !== 'postpone') return
        expect(decision.until).toBeGreaterThan(now)
        expect(isQuiet(decision.until, timeZone, quiet)).toBe(false)
        if (saidToday) expect(dayThere(decision.until, timeZone)).not.toBe(dayThere(now, timeZone))
      }),
    )
  })
})

describe('a day', () => {
  it.each<[string, TimeZone, string]>([
    ['2026-11-23T16:59:00Z', 'Asia/Jakarta', '2026-11-23'],
    ['2026-11-23T17:00:00Z', 'Asia/Jakarta', '2026-11-24'],
    ['2026-11-23T15:00:00Z', 'Asia/Jayapura', '2026-11-24'],
  ])('at %s in %s is %s', (instant, zone, day) => {
    expect(dayThere(Date.parse(instant), zone)).toBe(day)
    expect(dayThere(endOfDay(Date.parse(instant), zone), zone)).toBe(day)
    expect(dayThere(endOfDay(Date.parse(instant), zone) + 1, zone)).not.toBe(day)
  })
})
