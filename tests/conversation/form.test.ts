// Holds what may be declared as a form, which steps apply, and which stored answers a field still accepts.
import { describe, expect, it } from 'vitest'
import { type Answer, choiceField, choicesField, consentField, defineForm, type Field, fits, getField, phoneField, placeField, stepsFor, textField, yesNoField } from '../../src/conversation/form.ts'
import { SAMPLE } from './sample-form.ts'

describe('a form', () => {
  it.each(['Name', '1st', 'shop_name', 'shop.name', '', 'review'])('may not have a step called %j', (step) => {
    expect(() => defineForm({ name: 'sample', version: 1, steps: { [step]: yesNoField() } })).toThrow('lower-case letters, digits and dashes')
  })

  it.each([
    [{}, false],
    [{ sector: 'sewing' }, false],
    [{ sector: 'food' }, true],
    [{ sector: null }, false],
  ])('with answers %j asks for a food permit: %s', (answers, asks) => {
    expect(stepsFor(SAMPLE, answers).includes('permit')).toBe(asks)
  })

  it('asks in the order of its steps', () => {
    expect(stepsFor(SAMPLE, { sector: 'food' })).toEqual(Object.keys(SAMPLE.steps))
  })

  it('names itself when asked for a step it has not', () => {
    expect(() => getField(SAMPLE, 'colour')).toThrow('Form "sample" has no step "colour".')
  })
})

it.each<[string, Field, Answer, boolean]>([
  ['a text', textField({ min: 2, max: 5 }), 'Sari', true],
  ['a text', textField({ min: 2, max: 5 }), 'Sari Rahayu', false],
  ['a text', textField({ min: 2, max: 5 }), '', false],
  ['a text that may be none', textField({ min: 2, max: 5, noneAllowed: true }), '', true],
  ['a text', textField({ min: 2, max: 5 }), 7, false],
  ['a required text', textField({ min: 2, max: 5 }), null, false],
  ['an optional text', textField({ min: 2, max: 5, optional: true }), null, true],
  ['a choice', choiceField(['a', 'b']), 'b', true],
  ['a choice', choiceField(['a', 'b']), 'c', false],
  ['a choice', choiceField(['a', 'b']), ['a'], false],
  ['choices', choicesField(['a', 'b']), ['b', 'a'], true],
  ['choices', choicesField(['a', 'b']), ['a', 'c'], false],
  ['choices', choicesField(['a', 'b']), 'a', false],
  ['a yes or no', yesNoField(), false, true],
  ['a yes or no', yesNoField(), 'no', false],
  ['a consent', consentField('research'), true, true],
  ['a consent', consentField('research'), 1, false],
  ['an optional consent', consentField('research', { optional: true }), null, true],
  ['a place', placeField(), '35.07.26.2003', true],
  ['a place', placeField(), true, false],
  ['a phone', phoneField(), '+6281234567890', true],
])('%s (%j) accepts the stored answer %j: %s', (_, field, answer, accepts) => expect(fits(field, answer)).toBe(accepts))
