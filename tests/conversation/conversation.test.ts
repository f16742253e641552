// Holds where a person stands: the first question, the way back, progress, what is committed, and how a newer form takes over.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaptToVersion, type Conversation, nextStep, previousStep, progress, settledAnswers, startConversation } from '../../src/conversation/conversation.ts'
import { type Answer, type Answers, fits, REVIEW, stepsFor } from '../../src/conversation/form.ts'
import { answersBefore, COMPLETE, SAMPLE, SAMPLE_V2, without } from './sample-form.ts'

const at = (step: string, answers: Answers = answersBefore(step), memo: Conversation['memo'] = {}): Conversation => {
  return { form: 'sample', version: 1, step, revision: 7, answers, memo }
}

describe('a conversation starts', () => {
  it.each([
    ['at the first question', {}, 'consent'],
    ['at the first question without an answer', { answers: { consent: true, adult: true, shop: '' } }, 'name'],
    ['after a skipped question', { answers: { ...answersBefore('product'), product: null } }, 'age'],
    ['at the review when everything is known', { answers: COMPLETE }, REVIEW],
    ['at the one answer to change', { answers: COMPLETE, only: 'product' }, 'product'],
  ])('%s', (_, start, step) => expect(startConversation(SAMPLE, start)).toMatchObject({ step, revision: 1, version: 1 }))
})

describe('the next question', () => {
  it.each([
    ['asks for the food permit of a warung', { ...answersBefore('sector'), sector: 'food' }, {}, 'permit'],
    ['asks a tailor for no food permit', { ...answersBefore('sector'), sector: 'sewing' }, {}, 'village'],
    ['is the review once the rest is for another day', answersBefore('product'), { restLater: true }, REVIEW],
    ['is a needed one even when the rest is for another day', without(COMPLETE, 'village'), { restLater: true }, 'village'],
  ])('%s', (_, answers, memo, step) => expect(nextStep(SAMPLE, answers, memo)).toBe(step))
})

describe('the way back', () => {
  it.each([
    ['from the first question is none', at('consent'), undefined],
    ['is the question before', at('name'), 'adult'],
    ['passes questions that do not apply', at('village', { ...answersBefore('permit'), sector: 'sewing' }), 'sector'],
    ['from the review is the last question', at(REVIEW, COMPLETE), 'research'],
  ])('%s', (_, conversation, step) => expect(previousStep(SAMPLE, conversation)).toBe(step))
})

it.each([
  ['the first question', at('consent'), { at: 1, of: 20 }],
  ['a question further on', at('village'), { at: 7, of: 21 }],
  ['a question that follows one left out', at('village', { ...answersBefore('permit'), sector: 'sewing' }), { at: 6, of: 20 }],
  ['the review', at(REVIEW, COMPLETE), { at: 21, of: 21 }],
])('progress counts only what applies: %s', (_, conversation, shown) => expect(progress(SAMPLE, conversation)).toEqual(shown))

it('commits nothing of a question that no longer applies, and shows what was left open as skipped', () => {
  const tailor = { ...COMPLETE, sector: 'sewing' }
  expect(settledAnswers(SAMPLE, without(tailor, 'product'))).toEqual({ ...without(tailor, 'permit'), product: null })
})

describe('a newer form', () => {
  it.each([
    ['keeps her at her question, when it is still asked', at('village'), 'village'],
    ['goes on with what is missing, when it is not', at('shop'), 'nickname'],
    ['asks what is new after the review', at(REVIEW, COMPLETE), 'nickname'],
    ['keeps the one answer to change', at('product', COMPLETE, { only: true }), 'product'],
    ['keeps a question that applies no more from being asked', at('permit', { ...answersBefore('permit'), sector: 'fishing' }), 'nickname'],
  ])('%s', (_, conversation, step) => {
    const adapted = adaptToVersion(SAMPLE_V2, conversation)
    expect(adapted).toMatchObject({ step, version: 2, form: 'sample' })
    expect(adapted.revision).toBeGreaterThan(conversation.revision)
  })

  it('leaves a conversation of its own version alone', () => {
    const conversation = at('village')
    expect(adaptToVersion(SAMPLE, conversation)).toBe(conversation)
  })

  it('keeps every answer that still fits, drops every other, and adapts once', () => {
    const answer = fc.oneof(
      fc.constantFrom<Answer>(null, true, false, '', 'food', 'fishing', 'have', ['cake'], ['shop', 'market'], '+6281234567890', 7),
      fc.string(),
    )
    const answers = fc.dictionary(fc.constantFrom(...Object.keys(SAMPLE.steps), 'gone'), answer, { noNullPrototype: true })
    const step = fc.constantFrom(...Object.keys(SAMPLE.steps), REVIEW, 'gone')
    fc.assert(fc.property(answers, step, (answers, step) => {
      const before = at(step, answers)
      const after = adaptToVersion(SAMPLE_V2, before)
      for (const [step, answer] of Object.entries(answers)) {
        const field = SAMPLE_V2.steps[step]
        expect(after.answers[step]).toEqual(field && fits(field, answer) ? answer : undefined)
      }
      expect([...stepsFor(SAMPLE_V2, after.answers), REVIEW]).toContain(after.step)
      expect(adaptToVersion(SAMPLE_V2, after)).toBe(after)
    }), { numRuns: 300 })
  })
})
