// The three one-message forms of help: a new request, something to add to one, and a coordinator's answer.
import { defineForm, type Form, textField } from '../../conversation/form.ts'
import { MOST_BODY_CHARS } from './request.ts'

export interface HelpForms {
  readonly ask: Form
  /** About a request: its id is the subject, its number an answer known beforehand. */
  readonly more: Form
  readonly answer: Form
}

/** @param maxChars the longest message of a person. */
export function createHelpForms(maxChars: number): HelpForms {
  const oneMessage = (name: string) =>
    defineForm({ name, version: 1, review: false, steps: { message: textField({ min: 2, max: Math.min(maxChars, MOST_BODY_CHARS), ownWords: true }) } })
  return { ask: oneMessage('help'), more: oneMessage('help-more'), answer: oneMessage('help-answer') }
}
