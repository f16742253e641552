// Holds that bites grow while they are quick, shrink when they are slow, and always see to somebody.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { nextBite } from '../../../src/features/notices/bite.ts'

it.each([
  ['begins small', undefined, undefined, 5],
  ['begins small again after a pause', 40, undefined, 5],
  ['doubles after a quick one', 5, 2, 10],
  ['stays as it is', 12, 12, 12],
  ['is halved when it took twice as long', 12, 24, 6],
  ['is one person at least', 5, 500, 1],
  ['grows no further', 40, 0, 40],
])('%s', (_, last, lastMs, size) => {
  expect(nextBite(last, lastMs)).toBe(size)
})

it('comes to a size that takes as long as it should, whatever a person costs', () => {
  fc.assert(fc.property(fc.double({ min: 0.05, max: 12, noNaN: true }), (each) => {
    let bite = nextBite()
    for (let at = 0; at < 20; at += 1) bite = nextBite(bite, Math.floor(bite * each))
    expect(bite).toBeGreaterThanOrEqual(1)
    expect(bite * each).toBeLessThanOrEqual(13 + each)
  }))
})
