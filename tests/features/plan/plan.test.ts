// Holds which tips become steps, in which order sets of steps follow each other, and that nothing comes back as new.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Level } from '../../../src/content/assessment.ts'
import type { Tip } from '../../../src/content/tips.ts'
import { chooseSteps, isFinished, levelOfRound, nextStep, otherAreas, planAreas, type Step, STEPS_PER_SET } from '../../../src/features/plan/plan.ts'

const tip = (id: string, level: Level, sectors: readonly string[] = ['all']): Tip => ({
  id, area: 'promosi', level, sectors: [...sectors], title: id, body: id, action: id, source: '', verified: '', unverified: '', reviewBy: '2027-11-22',
})
const TIPS = [tip('p1', 'pemula'), tip('p2', 'pemula'), tip('d1', 'dasar'), tip('d2', 'dasar'), tip('d3', 'dasar', ['kuliner']), tip('m1', 'mahir')]

let ids = 0
const step = (tipId: string, state: Step['state'], more: Partial<Step> = {}): Step => {
  ids += 1
  return { id: ids, assessment: 1, area: 'promosi', round: 1, tip: tipId, isReview: false, state, settledAt: state === 'open' ? null : ids, ...more }
}
const chosen = (level: Level, steps: readonly Step[] = [], count = STEPS_PER_SET) => chooseSteps(TIPS, level, steps, count).map((one) => (one.isReview ? `${one.tip} again` : one.tip))

describe('the steps chosen', () => {
  it.each<[string, Level, readonly Step[], readonly string[]]>([
    ['are of her level, and when these are too few of the one next to it', 'pemula', [], ['p1', 'p2', 'd3']],
    ['are made for her line of work before those for everybody', 'dasar', [], ['d3', 'd1', 'd2']],
    ['are harder before they are easier', 'dasar', ['d1', 'd2', 'd3'].map((id) => step(id, 'done')), ['m1', 'p1', 'p2']],
    ['never lie two levels away', 'mahir', ['m1', 'd1', 'd2', 'd3'].map((id) => step(id, 'done')), ['m1 again', 'd1 again', 'd2 again']],
    ['leave out what did not suit her, what is open and what is done', 'pemula', [step('p1', 'swapped'), step('p2', 'open'), step('d3', 'done')], ['d1', 'd2', 'd3 again']],
    ['may be those of a plan that a newer one replaced', 'pemula', [step('p1', 'dropped')], ['p1', 'p2', 'd3']],
    ['come for practice once only', 'mahir', [...['m1', 'd1', 'd2', 'd3'].map((id) => step(id, 'done')), step('m1', 'done', { isReview: true })], ['d1 again', 'd2 again', 'd3 again']],
  ])('%s', (_, level, steps, expected) => expect(chosen(level, steps)).toEqual(expected))

  it('come to an honest end', () => {
    const twice = ['p1', 'p2', 'd1', 'd2', 'd3'].flatMap((id) => [step(id, 'done'), step(id, 'done', { isReview: true })])
    expect(chosen('pemula', twice)).toEqual([])
  })

  it('never bring a tip as new that she knows, nor the same one twice, nor more than asked for', () => {
    const anySteps = fc.array(fc.record({ tip: fc.constantFrom(...TIPS.map(({ id }) => id)), state: fc.constantFrom<Step['state']>('open', 'done', 'swapped') }), { maxLength: 12 })
    fc.assert(
      fc.property(anySteps, fc.constantFrom<Level>('pemula', 'dasar', 'mahir'), fc.integer({ min: 0, max: 5 }), (given, level, count) => {
        const steps = given.map((one) => step(one.tip, one.state))
        const choices = chooseSteps(TIPS, level, steps, count)
        expect(choices.length).toBeLessThanOrEqual(count)
        expect(new Set(choices.map((one) => one.tip)).size).toBe(choices.length)
        for (const choice of choices) expect(steps.some((one) => one.tip === choice.tip)).toBe(choice.isReview)
        for (const choice of choices) expect(steps.filter((one) => one.tip === choice.tip && one.state !== 'done')).toEqual([])
      }),
    )
  })
})

describe('a plan', () => {
  const steps = [
    step('p1', 'done'), step('p2', 'done'), step('d3', 'done'),
    step('k1', 'open', { area: 'keamanan' }), step('k2', 'swapped', { area: 'keamanan' }),
    step('d1', 'open', { round: 2 }), step('old', 'open', { assessment: 0, area: 'info' }),
  ]

  it('shows the newest set of each area of the newest result, in the order the areas were begun', () => {
    expect(planAreas(steps, 1).map(({ area, round, steps, doneBefore }) => [area, round, steps.map((one) => one.tip), doneBefore])).toEqual([['promosi', 2, ['d1'], 3], ['keamanan', 1, ['k1'], 0]])
  })

  it('leads to its first open step', () => {
    expect(nextStep(planAreas(steps, 1))?.tip).toBe('d1')
    expect(nextStep([])).toBeUndefined()
  })

  it.each([
    [['done', 'done'], true],
    [['done', 'open'], false],
    [[], false],
  ] as const)('has finished an area of %j: %s', (states, finished) => {
    expect(isFinished({ area: 'promosi', round: 1, steps: states.map((state, at) => step(`t${at}`, state)), doneBefore: 0 })).toBe(finished)
  })

  it.each<[Level, number, Level]>([
    ['pemula', 1, 'pemula'],
    ['pemula', 2, 'dasar'],
    ['pemula', 3, 'mahir'],
    ['pemula', 4, 'mahir'],
    ['dasar', 2, 'mahir'],
    ['mahir', 2, 'mahir'],
  ])('that begins at %s asks in round %i for %s', (level, round, expected) => expect(levelOfRound(level, round)).toBe(expected))

  it('goes on with the assessed areas that it does not have, the weakest first', () => {
    const standing = [['info', 20], ['promosi', 3], ['keamanan', 9], ['transaksi', null]] as const
    const areas = standing.map(([area, score]) => ({ area, score, level: 'dasar' as const, priority: null }))
    expect(otherAreas(areas, [{ area: 'promosi', round: 1, steps: [], doneBefore: 0 }]).map(({ area }) => area)).toEqual(['keamanan', 'info'])
  })
})
