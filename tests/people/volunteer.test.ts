// Holds when a volunteer is offered cases, when it is quiet for her, and when she is asked how many she can take.
import { describe, expect, it } from 'vitest'
import { coversVillage, isInQuietHours, isOnDuty, nextWeeklyQuestion, type Volunteer } from '../../src/people/volunteer.ts'

/** Monday, 23 November 2026, 09.00 in Jakarta. */
const NOW = Date.UTC(2026, 10, 23, 2, 0)
const HOUR = 3_600_000
const DAY = 24 * HOUR
const night = { quietFrom: 21, quietUntil: 6, timeZone: 'Asia/Jakarta' } as const

describe('being on duty', () => {
  it.each<[string, Pick<Volunteer, 'state' | 'onDuty' | 'awayUntil'>, boolean]>([
    ['active', { state: 'active', onDuty: true, awayUntil: null }, true],
    ['back since now', { state: 'active', onDuty: true, awayUntil: NOW }, true],
    ['away a moment longer', { state: 'active', onDuty: true, awayUntil: NOW + 1 }, false],
    ['off duty', { state: 'active', onDuty: false, awayUntil: null }, false],
    ['waiting', { state: 'waiting', onDuty: true, awayUntil: null }, false],
    ['paused', { state: 'paused', onDuty: true, awayUntil: null }, false],
    ['ended', { state: 'ended', onDuty: true, awayUntil: null }, false],
  ])('%s', (_, volunteer, expected) => expect(isOnDuty(volunteer, NOW)).toBe(expected))
})

describe('quiet hours', () => {
  it.each([
    [21, 6, 20, false], [21, 6, 21, true], [21, 6, 5, true], [21, 6, 6, false],
    [8, 17, 7, false], [8, 17, 8, true], [8, 17, 16, true], [8, 17, 17, false],
    [7, 7, 7, false],
  ])('from %i until %i, at %i: %s', (quietFrom, quietUntil, hour, expected) => {
    expect(isInQuietHours({ quietFrom, quietUntil, timeZone: 'Asia/Jakarta' }, NOW + (hour - 9) * HOUR)).toBe(expected)
  })

  it('follow the clock where she lives', () => {
    const jakartaEight = NOW + 11 * HOUR
    expect(isInQuietHours(night, jakartaEight)).toBe(false)
    expect(isInQuietHours({ ...night, timeZone: 'Asia/Jayapura' }, jakartaEight)).toBe(true)
  })
})

describe('where she helps', () => {
  it.each([
    [[], true], [['35'], true], [['35.07'], true], [['35.07.26.2003'], true], [['35.08'], false], [['11', '35.07.26'], true],
  ])('%j', (regions, expected) => expect(coversVillage({ regions }, '35.07.26.2003')).toBe(expected))
})

describe('the weekly question', () => {
  const at = (volunteer: Parameters<typeof nextWeeklyQuestion>[0], now: number) => (nextWeeklyQuestion(volunteer, now) - NOW) / HOUR
  it.each([
    ['after Monday eight, next week', night, NOW, 7 * 24 - 1],
    ['on Monday before eight, today', night, NOW - 2 * HOUR, -1],
    ['on Sunday, tomorrow', night, NOW + 6 * DAY, 7 * 24 - 1],
    ['when her quiet ends, if later', { ...night, quietUntil: 11 }, NOW, 2],
    ['in the evening, if she works all day', { ...night, quietFrom: 8, quietUntil: 17 }, NOW, 8],
    ['at eight where she lives', { ...night, timeZone: 'Asia/Jayapura' as const }, NOW, 7 * 24 - 3],
  ])('%s', (_, volunteer, now, expected) => expect(at(volunteer, now)).toBe(expected))
})
