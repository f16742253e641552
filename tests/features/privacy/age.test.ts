import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { daysAfter, daysBefore, monthsBefore } from '../../../src/features/privacy/age.ts'

it.each([
  { now: '2027-11-23T02:00:00.000Z', months: 12, earlier: '2026-11-23T02:00:00.000Z' },
  { now: '2027-01-05T23:59:59.999Z', months: 6, earlier: '2026-07-05T23:59:59.999Z' },
  { now: '2027-03-31T10:00:00.000Z', months: 1, earlier: '2027-02-28T10:00:00.000Z' },
  { now: '2028-03-30T10:00:00.000Z', months: 1, earlier: '2028-02-29T10:00:00.000Z' },
  { now: '2028-02-29T00:00:00.000Z', months: 60, earlier: '2023-02-28T00:00:00.000Z' },
])('$months months before $now is $earlier', ({ now, months, earlier }) => {
  expect(new Date(monthsBefore(Date.parse(now), months)).toISOString()).toBe(earlier)
})

it('goes back whole months, never to a later day of the month', () => {
  const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2060, 0) })
  fc.assert(fc.property(instants, fc.integer({ min: 1, max: 400 }), (now, months) => {
    const [from, to] = [new Date(now), new Date(monthsBefore(now, months))]
    expect((from.getUTCFullYear() - to.getUTCFullYear()) * 12 + from.getUTCMonth() - to.getUTCMonth()).toBe(months)
    expect(to.getUTCDate()).toBeLessThanOrEqual(from.getUTCDate())
    expect(daysAfter(daysBefore(now, months), months)).toBe(now)
  }))
})
