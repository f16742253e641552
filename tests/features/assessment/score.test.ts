// Holds what answers are worth: which items are asked, exact thirds, missing answers, levels with their guard, what stands out.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAsked, scoreOf, settleAnswers, standouts, type ItemAnswer, type Result } from '../../../src/features/assessment/score.ts'
import { answered, anyAnswers, instrument, itemIds } from './answers.ts'

const resultOf = (areas: string) => scoreOf(instrument, answered(areas))
const infoOf = (info: string) => resultOf(`${info} 2222 2222 2222 2222`).areas[0]

const sumOf = ({ areas }: Result) => areas.reduce((sum, { thirds }) => sum + (thirds ?? 0), 0)

describe('the early stop', () => {
  it.each([
    [[0, 0], 2, false],
    [[0, 0], 3, false],
    [[0, 1], 2, true],
    [[1, 0], 2, true],
    [[0], 2, true],
    [[0], 1, true],
    [[], 0, true],
    [['skipped', 0], 2, true],
    [[0, 'skipped'], 2, true],
    [[undefined, 0], 2, true],
    [[1, 1, 0], 3, false],
    [[0, 2, 0], 3, false],
    [[2, 0, 0], 3, false],
    [[1, 2, 0], 3, true],
    [[3, 0, 0], 3, true],
    [[0, 1, 1], 3, true],
    [[1, 'skipped', 0], 3, true],
    [['skipped', 1, 0], 3, true],
    [[1, 1, 'skipped'], 3, true],
    [[1, 1, 0], 2, true],
    [[0, 0, 3, 3], 2, false],
    [[0, 0, 3, 3], 3, false],
  ] as const)('after %j item number %i (from 0) is asked: %s', (area, position, asked) => {
    expect(isAsked(area, position, instrument)).toBe(asked)
  })

  it('settles what was answered before an earlier answer was changed, and what was never answered', () => {
    const given = new Map([...answered('0033 1103 2222 2222 ----')].map(([id, answer]) => [id, answer === 'stopped' ? 'skipped' : answer] as const))
    given.delete('keamanan-4')
    expect(settleAnswers(instrument, given)).toEqual(answered('00xx 110x 2222 222- ----'))
  })

  it('never raises a score above what answering on would have given', () => {
    fc.assert(fc.property(anyAnswers, (given) => {
      const stopped = scoreOf(instrument, settleAnswers(instrument, given))
      const full = scoreOf(instrument, given)
      const pairs = [[stopped.total, full.total], ...stopped.areas.map(({ thirds }, at) => [thirds, full.areas[at]?.thirds] as const)]
      for (const [lower, higher] of pairs) {
        if (typeof lower === 'number' && typeof higher === 'number') expect(lower).toBeLessThanOrEqual(higher)
      }
    }))
  })
})

describe('the score of an area', () => {
  it.each([
    ['0000', 0, 'pemula'],
    ['00xx', 0, 'pemula'],
    ['110x', 6, 'pemula'],
    ['1111', 12, 'pemula'],
    ['2111', 15, 'dasar'],
    ['2222', 24, 'dasar'],
    ['3222', 27, 'mahir'],
    ['3333', 36, 'mahir'],
    ['-111', 12, 'pemula'],
    ['01-0', 4, 'pemula'],
    ['1-20', 12, 'pemula'],
    ['220-', 16, 'dasar'],
    ['32-0', 20, 'dasar'],
    ['-222', 24, 'dasar'],
    ['322-', 28, 'mahir'],
    ['3-33', 36, 'mahir'],
    ['-000', 0, 'pemula'],
    ['--33', null, null],
    ['33--', null, null],
    ['3---', null, null],
    ['----', null, null],
  ])('%s is %s thirds, %s', (info, thirds, level) => expect(infoOf(info)).toEqual({ area: 'info', thirds, level }))

  it('counts an item nobody answered as skipped', () => {
    const answers = new Map([...answered('3333 3333 3333 3333 3333')].filter(([id]) => id !== 'info-4' && id !== 'promosi-1' && id !== 'promosi-2'))
    expect(scoreOf(instrument, answers).areas.map(({ thirds }) => thirds)).toEqual([36, 36, null, 36, 36])
  })

  it('takes for a missing answer no less than nothing and no more than the most it could have been', () => {
    fc.assert(fc.property(fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }), fc.nat(3), (three, at) => {
      const sum = three.reduce((a, b) => a + b) * 3
      const thirds = infoOf(three.map(String).toSpliced(at, 0, '-').join(''))?.thirds
      expect(thirds).toBeGreaterThanOrEqual(sum)
      expect(thirds).toBeLessThanOrEqual(sum + 9)
    }))
  })
})

describe('a score with thirds is rounded to the nearest point for its level', () => {
  // Three answers and one skipped: four thirds a point.
  it.each([
    ['111-', '4.00', 'pemula'],
    ['112-', '5.33', 'dasar'],
    ['222-', '8.00', 'dasar'],
    ['223-', '9.33', 'mahir'],
  ])('an area of %s, %s points: %s', (info, points, level) => {
    const area = infoOf(info)
    expect({ points: ((area?.thirds ?? 0) / 3).toFixed(2), level: area?.level }).toEqual({ points, level })
  })

  it.each([
    ['1111 1111 1111 1111 1111', '20.00', 'pemula'],
    ['011- 1111 1111 1111 2111', '19.67', 'pemula'],
    ['112- 1111 1111 1111 0111', '20.33', 'pemula'],
    ['011- 1111 1111 1111 2211', '20.67', 'dasar'],
    ['1111 1111 1111 1111 2111', '21.00', 'dasar'],
    ['2222 2222 2222 2222 2222', '40.00', 'dasar'],
    ['22-3 2222 2222 2222 1222', '40.33', 'dasar'],
    ['12-2 2222 2222 2222 3322', '40.67', 'mahir'],
    ['2222 2222 2222 2222 3222', '41.00', 'mahir'],
  ])('%s in all, %s points: %s', (areas, points, level) => {
    const result = resultOf(areas)
    expect({ points: ((result.total ?? 0) / 3).toFixed(2), level: result.level }).toEqual({ points, level })
  })
})

describe('the total', () => {
  it.each([
    ['the sum of the areas', '3333 2222 1111 00xx 3210', 36 + 24 + 12 + 0 + 18, 'dasar'],
    ['mahir when no area is pemula', '3333 3333 3333 3333 2111', 159, 'mahir'],
    ['kept from mahir by one area that is pemula', '3333 3333 3333 3333 1111', 156, 'dasar'],
    ['kept from mahir by an area that stopped early', '3333 3333 3333 00xx 3333', 144, 'dasar'],
    ['none when an area is not assessed', '3333 3333 3333 33-- 3333', null, null],
    ['exact with one missing answer in each area', '110- 110- 110- 110- 110-', 40, 'pemula'],
  ])('is %s', (_, areas, total, level) => {
    const result = resultOf(areas)
    expect({ total: result.total, level: result.level }).toEqual({ total, level })
  })

  it('stays in range, is the sum of its areas, and is missing exactly when one of them is', () => {
    fc.assert(fc.property(anyAnswers, (given) => {
      const result = scoreOf(instrument, settleAnswers(instrument, given))
      const assessed = result.areas.filter(({ thirds }) => thirds !== null)
      for (const { thirds } of assessed) expect(thirds).toSatisfy((thirds) => Number.isInteger(thirds) && thirds >= 0 && thirds <= 36)
      expect(result.total).toBe(assessed.length === 5 ? sumOf(result) : null)
      if (result.level === 'mahir') expect(result.areas.map(({ level }) => level)).not.toContain('pemula')
    }))
  })

  it('does not depend on the order of answering', () => {
    fc.assert(fc.property(anyAnswers, fc.shuffledSubarray([...itemIds], { minLength: 20 }), (given, order) => {
      const shuffled = new Map<string, ItemAnswer>(order.map((id) => [id, given.get(id) ?? 'skipped']))
      expect(scoreOf(instrument, shuffled)).toEqual(scoreOf(instrument, given))
    }))
  })
})

describe('what stands out', () => {
  it.each([
    ['the two highest and the two lowest', '1111 3333 2222 0111 3222', ['komunikasi', 'transaksi'], ['keamanan', 'info']],
    ['by thirds', '222- 2222 322- 112- 1121', ['promosi', 'info'], ['transaksi', 'keamanan']],
    ['equal ones in the order they are asked', '2222 2222 2222 2222 2222', ['info', 'komunikasi'], ['promosi', 'keamanan']],
    ['of four areas', '1111 ---- 3333 2222 0001', ['promosi', 'keamanan'], ['transaksi', 'info']],
    ['one each of three areas', '---- 1111 --33 2222 3333', ['transaksi'], ['komunikasi']],
    ['one each of two areas', '---- ---- ---- 2222 3333', ['transaksi'], ['keamanan']],
    ['nothing in a single area', '---- ---- ---- ---- 3333', [], []],
    ['nothing without any', '---- ---- ---- ---- ----', [], []],
  ])('is %s', (_, areas, strengths, priorities) => expect(standouts(resultOf(areas))).toEqual({ strengths, priorities }))

  it('is never both, and no priority is stronger than a strength', () => {
    fc.assert(fc.property(anyAnswers, (given) => {
      const result = scoreOf(instrument, given)
      const { strengths, priorities } = standouts(result)
      const thirdsOf = (ids: readonly string[]) => result.areas.filter(({ area }) => ids.includes(area)).map(({ thirds }) => thirds ?? -1)
      expect(strengths.filter((area) => priorities.includes(area))).toEqual([])
      expect(strengths).toHaveLength(priorities.length)
      expect(Math.max(-1, ...thirdsOf(priorities))).toBeLessThanOrEqual(Math.min(36, ...thirdsOf(strengths)))
    }))
  })
})
