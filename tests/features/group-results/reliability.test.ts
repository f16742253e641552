// Holds the formulas of reliability against numbers computed by hand or published.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cronbachAlpha, itemRestCorrelations, mean, pearson, standardDeviation } from '../../../src/features/group-results/reliability.ts'

// Anscombe 1973, "Graphs in Statistical Analysis", The American Statistician 27; r as R gives it for its data set anscombe.
const X = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
const ANSCOMBE = [
  [X, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68], 0.8164205],
  [X, [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74], 0.8162365],
  [X, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73], 0.8162867],
  [[8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8], [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89], 0.8165214],
] as const

describe('the correlation', () => {
  it.each(ANSCOMBE)('of %j and %j is %f', (x, y, r) => expect(pearson(x, y)).toBeCloseTo(r, 7))

  it.each([
    [[1, 2, 3], [2, 4, 6], 1],
    [[1, 2, 3], [3, 2, 1], -1],
    [[1, 2, 3], [1, 2, 1], 0],
    [[1, 1, 1], [1, 2, 3], null],
    [[1, 2, 3], [7, 7, 7], null],
    [[5], [5], null],
    [[], [], null],
  ])('of %j and %j is %s', (x, y, r) => expect(pearson(x, y)).toBe(r))

  it('never leaves -1 to 1, nor turns into something that is no number', () => {
    const column = fc.array(fc.integer({ min: 0, max: 180 }), { minLength: 20, maxLength: 20 })
    fc.assert(fc.property(column, column, fc.integer({ min: 1, max: 9 }), (x, y, factor) => {
      for (const r of [pearson(x, y), pearson(x, x.map((value) => value * factor + 1 / 3))]) {
        if (r !== null) expect(Math.abs(r)).toBeLessThanOrEqual(1)
      }
    }))
  })
})

it.each([
  // Distances from the mean 5: 9, 1, 1, 1, 0, 0, 4, 16 squared, 32 in all; 32 / 7.
  [[2, 4, 4, 4, 5, 5, 7, 9], Math.sqrt(32 / 7)],
  [[3, 3], 0],
  [[3], null],
])('the spread of %j is %s', (column, sd) => expect(standardDeviation(column)).toBe(sd))

it.each([[[1, 2, 6], 3], [[], null]])('the mean of %j is %s', (column, expected) => expect(mean(column)).toBe(expected))

/**
 * Five people, three items. Squared distances from the means add up to 2.8, 3.2 and 2.8 for the items, 17.2 for the sums
 * 10, 9, 13, 8, 12: alpha = 3/2 * (1 - 8.8/17.2) = 63/86.
 */
const TABLE = [[3, 4, 3], [2, 3, 4], [4, 4, 5], [3, 2, 3], [4, 4, 4]]

describe("Cronbach's alpha", () => {
  it('is as computed by hand', () => expect(cronbachAlpha(TABLE)).toBeCloseTo(63 / 86, 12))

  it.each([
    ['1 of items that say the same', [[1, 1], [2, 2], [3, 3]], 1],
    ['0 of items that have nothing in common', [[1, 1], [1, 2], [2, 1], [2, 2]], 0],
    ['nothing when all sums are equal', [[1, 2], [2, 1]], null],
    ['nothing of one item', [[1], [2]], null],
    ['nothing of nobody', [], null],
  ])('is %s', (_, rows, alpha) => expect(cronbachAlpha(rows)).toBe(alpha))
})

describe('an item and the rest', () => {
  // First item 3, 2, 4, 3, 4 against 7, 7, 9, 5, 8: products 2.8, squares 2.8 and 8.8, r = 2.8 / sqrt(2.8 * 8.8).
  it('correlate as computed by hand', () => expect(itemRestCorrelations(TABLE)[0]).toBeCloseTo(Math.sqrt(2.8 / 8.8), 12))

  it('leave out an item everybody answers alike', () => expect(itemRestCorrelations([[1, 2, 1], [1, 3, 2], [1, 1, 0]])).toEqual([null, 1, 1]))
})
