// Turns the fields of a session into answers of the registration form, read by the form's own rules: what does not clearly fit is left and
// asked anew. Pure; consents and the age are never taken over, since they are given to this clinic or not at all.
import { readAnswer } from '../../conversation/answer.ts'
import { type Answer, type Answers, type Field, fits, type Form } from '../../conversation/form.ts'
import type { CalendarDay } from '../../conversation/parse/date.ts'
import { findSensitive } from '../../conversation/parse/sensitive.ts'
import type { FieldValue, SessionFields } from './session-fields.ts'

export interface Reading {
  readonly form: Form
  /** Everything an option is called, in every language. */
  readonly optionWords: (step: string, option: string) => readonly string[]
  /** The code of the one village a text names. */
  readonly findVillage: (text: string) => string | undefined
  readonly today: CalendarDay
}

export interface ReadAnswers {
  readonly answers: Answers
  /** Steps the session said something about that is asked anew. */
  readonly unclear: readonly string[]
}

export function readAnswers({ known }: SessionFields, reading: Reading): ReadAnswers {
  const answers: Record<string, Answer> = {}
  const unclear: string[] = []
  for (const [step, field] of Object.entries(reading.form.steps)) {
    const values = known.get(step)
    if (!values || field.kind === 'consent' || field.kind === 'yes-no') continue
    const texts = field.kind === 'place' ? values.map((value) => [value, ...around(known)].join(', ')) : values
    const answer = texts.map((value) => read(step, field, value, reading)).find((one) => one !== undefined)
    if (answer === undefined) unclear.push(step)
    else answers[step] = answer
  }
  return { answers, unclear }
}

/** The areas named beside the village, smallest first. */
function around(known: SessionFields['known']): readonly FieldValue[] {
  return ['district', 'regency', 'province'].flatMap((area) => known.get(area)?.slice(0, 1) ?? [])
}

function read(step: string, field: Field, value: FieldValue, { findVillage, optionWords, today }: Reading): Answer | undefined {
  if (typeof value === 'boolean') return field.kind === 'choice' ? stateOf(value, field.options) : undefined
  // Of several names none is sure to be the one asked for, and a bare number is no name.
  const hasFittingType = typeof value === 'string' || (typeof value === 'number' ? field.kind !== 'text' : field.kind === 'choices')
  const text = [value].flat().join(', ')
  if (!hasFittingType || findSensitive(text)) return undefined
  if (field.kind === 'place') return findVillage(text)
  if (namesPositions(field, text)) return undefined
  const reading = readAnswer(field, {}, text, (option) => optionWords(step, option), today)
  return reading.type === 'answer' && fits(field, reading.answer) ? reading.answer : undefined
}

/** "2", "opsi 3", "1, 4": places in the pilot's own list of options, which may have been another one. */
function namesPositions(field: Field, text: string): boolean {
  const hasOptions = field.kind === 'choices' || (field.kind === 'choice' && !field.optionOfNumber)
  return hasOptions && /^(?:\p{L}+[\s.:]*)?\d{1,2}(?:[\s,;]+\d{1,2})*$/u.test(text.trim())
}

/** Yes and no to a licence. */
function stateOf(has: boolean, options: readonly string[]): string | undefined {
  return options.find((option) => option === (has ? 'have' : 'not-yet'))
}
