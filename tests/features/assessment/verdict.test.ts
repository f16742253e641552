// Holds what may be said of two results: every boundary to the third, its own verdict for a fall, and when nothing is said.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreOf, type Result } from '../../../src/features/assessment/score.ts'
import { verdictOn, type Measurement } from '../../../src/features/assessment/verdict.ts'
import { answered, anyAnswers, instrument } from './answers.ts'

const RULES = instrument.change
const measured = (result: Result, version = instrument.version): Measurement => ({ ...result, version })
const answers = (areas: string) => measured(scoreOf(instrument, answered(areas)))

/** A result of nothing but a total, given in points to two decimals. */
const total = (points: number) => measured({ areas: [], total: Math.round(points * 3), level: null })

describe('the verdict', () => {
  it.each([
    { from: 20, to: 32, says: 'real-up' },
    { from: 20, to: 32.33, says: 'real-up' },
    { from: 20, to: 31.67, says: 'sign-up' },
    { from: 20, to: 31.33, says: 'sign-up' },
    { from: 20.67, to: 32.67, says: 'real-up' },
    { from: 20.67, to: 32.33, says: 'sign-up' },
    { from: 20, to: 25, says: 'sign-up' },
    { from: 20.33, to: 25.33, says: 'sign-up' },
    { from: 20, to: 24.67, says: 'same' },
    { from: 20.33, to: 25, says: 'same' },
    { from: 20, to: 20, says: 'same' },
    { from: 25, to: 20.33, says: 'same' },
    { from: 25, to: 20, says: 'sign-down' },
    { from: 31.67, to: 20, says: 'sign-down' },
    { from: 32, to: 20, says: 'real-down' },
    { from: 0, to: 60, says: 'real-up' },
    { from: 60, to: 0, says: 'real-down' },
  ])('$from -> $to is $says', ({ from, to, says }) => expect(verdictOn(total(from), total(to), RULES).type).toBe(says))

  it.each([
    ['another version before', measured(answers('1111 1111 1111 1111 1111'), '0.1-pilot'), answers('3333 3333 3333 3333 3333'), 'other-version'],
    ['another version and no total', measured(answers('11-- 1111 1111 1111 1111'), '0.1-pilot'), answers('3333 3333 3333 3333 3333'), 'other-version'],
    ['no total before', answers('11-- 1111 1111 1111 1111'), answers('3333 3333 3333 3333 3333'), 'no-total'],
    ['no total after', answers('1111 1111 1111 1111 1111'), answers('3333 3333 3333 3333 33--'), 'no-total'],
  ] as const)('is none with %s, of areas neither', (_, before, after, reason) => {
    expect(verdictOn(before, after, RULES)).toEqual({ type: 'none', reason })
  })

  it('turns around with the two results', () => {
    const turned = { 'real-up': 'real-down', 'real-down': 'real-up', 'sign-up': 'sign-down', 'sign-down': 'sign-up', same: 'same', none: 'none' } as const
    fc.assert(fc.property(anyAnswers, anyAnswers, (one, other) => {
      const [before, after] = [measured(scoreOf(instrument, one)), measured(scoreOf(instrument, other))]
      expect(verdictOn(after, before, RULES).type).toBe(turned[verdictOn(before, after, RULES).type])
    }))
  })
})

describe('an area', () => {
  it.each([
    ['up by exactly 6 of 12', '1111 1111 1111 1111 1111', '3322 1111 1111 1111 1111', [{ area: 'info', way: 'up' }]],
    ['up by 5.33', '1111 1111 1111 1111 1111', '322- 1111 1111 1111 1111', []],
    ['up by 6.67', '1111 1111 1111 1111 1111', '323- 1111 1111 1111 1111', [{ area: 'info', way: 'up' }]],
    ['down by 6, another up by 8', '2222 1111 2222 2222 2222', '110x 3333 2222 2222 2222', [{ area: 'info', way: 'down' }, { area: 'komunikasi', way: 'up' }]],
  ])('%s', (_, before, after, areas) => expect(verdictOn(answers(before), answers(after), RULES)).toMatchObject({ areas }))
})

describe('a new level', () => {
  it.each([
    ['crossed, and 8 points up', '1111 1111 1111 1111 1111', '3333 1111 1111 1111 1111', 'dasar'],
    ['crossed, but only 7.67 points up', '1-10 1111 1111 1111 1112', '322- 1111 1111 1111 1122', null],
    ['not crossed, 8 points up', '2222 1111 1111 1111 1111', '2222 3333 1111 1111 1111', null],
    ['crossed downwards, 8 points', '3333 1111 1111 1111 1111', '1111 1111 1111 1111 1111', 'pemula'],
    ['kept back by the guard', '2222 2222 2222 2222 110x', '3333 3333 3333 3333 110x', null],
    ['pushed down by the guard while the total rose by 8', '2222 2222 2222 3222 3222', '3333 3333 3333 3333 1111', null],
  ])('%s: announced %s', (_, before, after, level) => expect(verdictOn(answers(before), answers(after), RULES)).toMatchObject({ level }))
})
