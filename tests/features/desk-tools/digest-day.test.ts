// A digest is due at the volunteer's hour where they live, a little later after an outage, and never in their quiet hours.
import { describe, expect, it } from 'vitest'
import { digestDay } from '../../../src/features/desk-tools/digest.ts'

/** 23 November 2026, an hour in UTC. */
const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 23, hour, minute)
const budi = { timeZone: 'Asia/Jakarta', digestHour: 7, quietFrom: 21, quietUntil: 6 } as const

describe('a digest', () => {
  it.each([
    { when: 'a minute before her hour', volunteer: budi, now: at(-1, 59), day: undefined },
    { when: 'at her hour', volunteer: budi, now: at(0), day: '2026-11-23' },
    { when: 'almost three hours later', volunteer: budi, now: at(2, 59), day: '2026-11-23' },
    { when: 'later than that', volunteer: budi, now: at(3), day: undefined },
    { when: 'two hours further east', volunteer: { ...budi, timeZone: 'Asia/Jayapura' as const }, now: at(-2), day: '2026-11-23' },
    { when: 'in quiet hours', volunteer: { ...budi, digestHour: 5 }, now: at(-2), day: undefined },
    { when: 'when they end within the three hours', volunteer: { ...budi, digestHour: 5 }, now: at(-1), day: '2026-11-23' },
    { when: 'with no quiet hours at midnight', volunteer: { ...budi, digestHour: 0, quietFrom: 0, quietUntil: 0 }, now: at(-7), day: '2026-11-23' },
  ])('$when', ({ volunteer, now, day }) => {
    expect(digestDay(volunteer, now)).toBe(day)
  })
})
