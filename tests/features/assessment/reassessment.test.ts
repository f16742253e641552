// Holds when someone may check again, when she is asked, and how points are written.
import { describe, expect, it } from 'vitest'
import { mayCheckFrom, offerAfter } from '../../../src/features/assessment/reassessment.ts'
import { formatPoints } from '../../../src/features/assessment/result-text.ts'
import { instrument } from './answers.ts'

const DAY = 86_400_000
const THEN = Date.UTC(2026, 10, 23)

describe('checking again', () => {
  it.each([
    ['at once, the first time', undefined, 0],
    ['at once, when the last result is not complete', { finishedAt: THEN, total: null }, 0],
    ['after 30 days', { finishedAt: THEN, total: 60 }, THEN + 30 * DAY],
  ])('is open %s', (_, last, from) => expect(mayCheckFrom(last, instrument)).toBe(from))

  it.each([
    [0, THEN + 90 * DAY],
    [1, THEN + 97 * DAY],
    [2, THEN + 104 * DAY],
    [3, null],
  ])('is offered, after %i times, at %s', (made, at) => expect(offerAfter(THEN, made, instrument)).toBe(at))
})

it.each([
  [21, 'id', '7'],
  [22, 'id', '7,3'],
  [23, 'id', '7,7'],
  [22, 'en', '7.3'],
  [0, 'id', '0'],
] as const)('%i thirds read in %s as %s points', (thirds, language, shown) => expect(formatPoints(thirds, language)).toBe(shown))
