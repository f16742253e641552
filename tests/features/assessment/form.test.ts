// Holds that the form asks what the instrument says, reads its answers back exactly, and never mixes two wordings of a question.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instrument } from '../../../src/content/assessment.ts'
import { adaptToVersion, startConversation } from '../../../src/conversation/conversation.ts'
import { type Answers, type ChoiceField, stepsFor } from '../../../src/conversation/form.ts'
import { createCheckForm, givenAnswers, optionText, placeOf } from '../../../src/features/assessment/form.ts'
import { settleAnswers, type Score } from '../../../src/features/assessment/score.ts'
import { instrument, itemIds } from './answers.ts'

const form = createCheckForm('check', instrument)
const optionsOf = (item: string, of = form) => (of.steps[item] as ChoiceField).options

/** A person who answers every question she is asked; null skips. */
function answersAll(scores: readonly (Score | null)[]): Answers {
  const answers: Record<string, string | null> = {}
  const nextOpen = () => stepsFor(form, answers).find((step) => answers[step] === undefined)
  for (let step = nextOpen(); step !== undefined; step = nextOpen()) {
    const score = scores[itemIds.indexOf(step)] ?? null
    answers[step] = score === null ? null : optionsOf(step)[score]!
  }
  return answers
}

const anyScores = fc.array(fc.constantFrom<Score | null>(0, 1, 2, 3, null), { minLength: itemIds.length, maxLength: itemIds.length })

describe('the form', () => {
  it('asks all items in the order of the instrument when nothing is stopped', () => {
    expect(Object.keys(answersAll(itemIds.map(() => 2)))).toEqual(itemIds)
  })

  it('gives back each answer as it was given, and stops where the rules say', () => {
    fc.assert(
      fc.property(anyScores, (scores) => {
        const given = answersAll(scores)
        for (const [item, answer] of settleAnswers(instrument, givenAnswers(instrument, given))) {
          if (given[item] === undefined) expect(answer).toBe('stopped')
          else expect(answer).toBe(scores[itemIds.indexOf(item)] ?? 'skipped')
        }
      }),
    )
  })

  it('shows each option with its own sentence', () => {
    for (const id of itemIds) {
      const { item } = placeOf(instrument, id)
      expect(optionsOf(id).map((option) => optionText(item, option))).toEqual(item.options)
    }
  })

  it('knows where each item stands', () => {
    expect(placeOf(instrument, 'keamanan-3')).toMatchObject({ areaNumber: 4, area: { id: 'keamanan' }, item: { difficulty: 3 } })
    expect(() => placeOf(instrument, 'budaya-1')).toThrow('budaya-1')
  })
})

describe('a later version of the questions', () => {
  const reworded = (item: string): Instrument => ({
    ...instrument,
    version: '9.9',
    areas: instrument.areas.map((area) => ({ ...area, items: area.items.map((one) => (one.id === item ? { ...one, stem: 'Yang baru?' } : one)) as unknown as typeof area.items })),
  })

  it('keeps the answers to words that stayed, and asks what was reworded anew', () => {
    const answers = answersAll(itemIds.map(() => 3))
    const renewed = adaptToVersion(createCheckForm('check', reworded('promosi-2')), { ...startConversation(form, { answers }), step: 'transaksi-4' })
    expect(itemIds.filter((id) => renewed.answers[id] === undefined)).toEqual(['promosi-2'])
  })

  it.each<[string, (before: Instrument) => Instrument]>([
    ['a word', () => reworded('info-1')],
    ['a level', (before) => ({ ...before, levels: { ...before.levels, area: { ...before.levels.area, mahir: [10, 12] } } })],
  ])('is another version of the form when %s changed', (_, change) => {
    expect(createCheckForm('check', change(instrument)).version).not.toBe(form.version)
    expect(createCheckForm('check', instrument).version).toBe(form.version)
  })

  it('is the same when only the limits of change did', () => {
    expect(createCheckForm('check', { ...instrument, change: { ...instrument.change, totalReal: 13 } }).version).toBe(form.version)
  })
})
