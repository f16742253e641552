// Holds what is told of a group: nothing of fewer than twenty people, and numbers that were computed by hand.
import { describe, expect, it } from 'vitest'
import type { Finished, TooFew } from '../../../src/features/group-results/group.ts'
import { groupStatistics, retestStatistics, type GroupStatistics, type RetestStatistics } from '../../../src/features/group-results/statistics.ts'
import { answered, instrument } from '../assessment/answers.ts'
import { finished } from './finished.ts'

/** `count` people who answered the rows in turn. */
const people = (count: number, ...rows: readonly string[]) =>
  Array.from({ length: count }, (_, at) => finished(at, answered(rows[at % rows.length] ?? '')))

function shown<T extends object>(statistics: T | TooFew): T {
  if ('refused' in statistics) throw new Error('A group was expected to be large enough')
  return statistics
}

const statisticsOf = (results: readonly Finished[]): GroupStatistics => shown<GroupStatistics>(groupStatistics(instrument, results))

const SAME = '2222 2222 2222 2222 2222'

/**
 * Only the first three items vary, over five people: their squared distances from the means add up to 2.8, 3.2 and 2.8,
 * those of the sums to 17.2. The other items are 2 for everybody.
 */
const VARIED = ['2312 2222 2222 2222 2222', '1222 2222 2222 2222 2222', '3332 2222 2222 2222 2222', '2112 2222 2222 2222 2222', '3322 2222 2222 2222 2222']

describe('a group', () => {
  it.each([
    ['nineteen people', people(19, SAME), 19],
    ['nineteen people and many results', [...people(19, SAME), ...people(19, SAME)], 19],
    ['nineteen people and one who was only asked again', [...people(19, SAME), finished(99, answered(SAME), { kind: 'retest' })], 19],
    ['nobody', [], 0],
  ])('of %s is not shown', (_, results, count) => {
    expect(groupStatistics(instrument, results)).toEqual({ refused: 'too-few', people: count })
  })

  it('of twenty is shown, each person by her newest check', () => {
    const earlier = people(20, '00xx 00xx 00xx 00xx 00xx')
    const statistics = statisticsOf([...earlier, ...people(20, SAME)])
    expect(statistics).toMatchObject({ people: 20, complete: 20, levels: { pemula: 0, dasar: 20, mahir: 0, none: 0 } })
  })
})

describe('of a group is told', () => {
  const statistics = statisticsOf([...people(18, '1111 3333 2222 2222 2222'), finished(18, answered('3333 3333 3333 3333 3333')), finished(19, answered('--11 110x 222- 2222 2222'))])

  it('how many are at each level in all', () => expect(statistics.levels).toEqual({ pemula: 0, dasar: 18, mahir: 1, none: 1 }))

  it.each([
    ['info', { pemula: 18, dasar: 0, mahir: 1, none: 1 }, (18 * 4 + 12) / 19],
    ['komunikasi', { pemula: 1, dasar: 0, mahir: 19, none: 0 }, (19 * 12 + 2) / 20],
    ['promosi', { pemula: 0, dasar: 19, mahir: 1, none: 0 }, (19 * 8 + 12) / 20],
  ])('how many are at each level in %s, and the mean of who was assessed', (area, levels, mean) => {
    const found = statistics.areas.find((one) => one.area === area)
    expect(found).toMatchObject({ levels })
    expect(found?.mean).toBeCloseTo(mean, 12)
  })

  it.each([
    ['info-1', (18 + 3) / 19],
    ['info-3', (18 + 3 + 1) / 20],
    ['komunikasi-4', (19 * 3 + 0) / 20],
  ])('how easy %s is, without who skipped it', (item, mean) => {
    expect(statistics.items.find((one) => one.item === item)?.mean).toBeCloseTo(mean, 12)
  })

  it('which items are the easiest, and whether each area rises as intended', () => {
    const { items, areas } = statisticsOf(people(20, '3210 1230 2222 3332 2211'))
    expect(items.slice(0, 5).map(({ item }) => item)).toEqual(['info-1', 'komunikasi-3', 'keamanan-1', 'keamanan-2', 'keamanan-3'])
    expect(areas.map(({ area, isInOrder }) => [area, isInOrder])).toEqual(
      [['info', true], ['komunikasi', false], ['promosi', true], ['keamanan', true], ['transaksi', true]],
    )
  })
})

describe('the reliability of a group', () => {
  it('is as computed by hand', () => {
    const { alpha, areas, items } = statisticsOf(people(20, ...VARIED))
    expect(alpha).toBeCloseTo((20 / 19) * (1 - 8.8 / 17.2), 12)
    expect(areas[0]?.alpha).toBeCloseTo((4 / 3) * (1 - 8.8 / 17.2), 12)
    expect(items.find(({ item }) => item === 'info-1')?.itemRest).toBeCloseTo(Math.sqrt(2.8 / 8.8), 12)
  })

  it('is nothing where everybody answers alike', () => {
    const { areas, items } = statisticsOf(people(20, ...VARIED))
    expect(areas[1]?.alpha).toBeNull()
    expect(items.find(({ item }) => item === 'info-4')?.itemRest).toBeNull()
  })

  it('leaves out who skipped an item, and says how many are left', () => {
    const skipping = Array.from({ length: 5 }, (_, at) => finished(50 + at, answered('333- 0033 3333 3333 3333')))
    const { people: all, complete, alpha } = statisticsOf([...people(20, ...VARIED), ...skipping])
    expect({ all, complete }).toEqual({ all: 25, complete: 20 })
    expect(alpha).toBeCloseTo((20 / 19) * (1 - 8.8 / 17.2), 12)
  })

  it('is nothing when fewer than twenty are left', () => {
    const statistics = statisticsOf([...people(19, ...VARIED), finished(19, answered('333- 3333 3333 3333 3333'))])
    expect(statistics).toMatchObject({ people: 20, complete: 19, alpha: null })
    expect(statistics.areas.map(({ alpha }) => alpha)).toEqual([null, null, null, null, null])
    expect(new Set(statistics.items.map(({ itemRest }) => itemRest))).toEqual(new Set([null]))
  })

  it('counts a stopped item as 0', () => {
    const answering = people(20, '1100 2222 2222 2222 2222', '2211 2222 2222 2222 2222', '3322 2222 2222 2222 2222')
    const stopping = people(20, '110x 2222 2222 2222 2222', '2211 2222 2222 2222 2222', '3322 2222 2222 2222 2222')
    expect(statisticsOf(stopping)).toEqual(statisticsOf(answering))
  })
})

describe('two results of the same people', () => {
  const pair = (owner: number, before: string, after: string, days = 10): readonly Finished[] => [
    finished(owner, answered(before)),
    finished(owner, answered(after), { kind: 'retest', day: days }),
  ]
  const pairs = (count: number, ...rows: readonly (readonly [string, string])[]) =>
    Array.from({ length: count }, (_, at) => pair(at, ...(rows[at % rows.length] ?? [SAME, SAME]))).flat()
  const retestOf = (results: readonly Finished[]): RetestStatistics => shown<RetestStatistics>(retestStatistics(instrument, results))

  const one = '2222 2222 2222 2222 2221'
  const two = SAME
  const three = '2222 2222 2222 2222 2223'

  it('give r, SEM and the change that can be told from noise', () => {
    // Totals 39, 40, 41 against 40, 39, 41, seven times: r = 7 / 14, and the SD of the first is sqrt(14 / 20).
    const { pairs: n, r, sem, mdc95 } = retestOf(pairs(21, [one, two], [two, one], [three, three]))
    expect(n).toBe(21)
    expect(r).toBeCloseTo(0.5, 12)
    expect(sem).toBeCloseTo(Math.sqrt(0.7) * Math.sqrt(0.5), 12)
    expect(mdc95).toBeCloseTo(1.96 * Math.SQRT2 * Math.sqrt(0.35), 12)
  })

  it('show no noise when everybody answers the same twice', () => {
    expect(retestOf(pairs(20, [one, one], [three, three]))).toEqual({ pairs: 20, r: 1, sem: 0, mdc95: 0 })
  })

  it('say nothing when all totals are equal', () => {
    expect(retestOf(pairs(20, [SAME, SAME]))).toEqual({ pairs: 20, r: null, sem: null, mdc95: null })
  })

  it.each([7, 14])('count when they lie %i days apart', (days) => {
    expect(retestOf([...pairs(19, [one, two]), ...pair(19, one, two, days)]).pairs).toBe(20)
  })

  it.each([
    ['nineteen pairs', pairs(19, [one, two])],
    ['a pair without a total', [...pairs(19, [one, two]), ...pair(19, one, '22-- 2222 2222 2222 2222')]],
    ['a pair six days apart', [...pairs(19, [one, two]), ...pair(19, one, two, 6)]],
    ['a pair that ended too late', [...pairs(19, [one, two]), ...pair(19, one, two, 14.01)]],
    ['a person twice', [...pairs(19, [one, two]), ...pair(0, one, two)]],
    ['a retest after two', [...pairs(19, [one, two]), finished(0, answered(one), { kind: 'retest', day: 12 })]],
    ['two ordinary checks', [...pairs(19, [one, two]), finished(19, answered(one)), finished(19, answered(two), { day: 10 })]],
    ['who no longer agrees to research', [...pairs(19, [one, two]), ...pair(19, one, two).map((result) => ({ ...result, forResearch: false }))]],
  ])('are not shown of %s', (_, results) => expect(retestStatistics(instrument, results)).toEqual({ refused: 'too-few', people: 19 }))
})
