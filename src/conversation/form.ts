// What a guided form is made of: steps in order, each a field of a known kind. Declarations only; turn.ts moves through them.
import type { Direction } from './parse/date.ts'

/** What a step holds once answered; `null` is a skipped step. */
export type Answer = string | number | boolean | readonly string[] | readonly number[] | null
export type Answers = Readonly<Record<string, Answer>>

interface FieldRules {
  /** May be skipped. */
  readonly optional?: boolean
  /** Asked only when this holds for the answers so far. */
  readonly when?: (answers: Answers) => boolean
  /** An answer that ends the form kindly, such as "no" to the consent it needs. */
  readonly endsOn?: Answer
}

export interface TextField extends FieldRules {
  readonly kind: 'text'
  /** Length in characters after trimming. */
  readonly min: number
  readonly max: number
  /** Offers "not yet" as an answer of its own (stored as the empty string). */
  readonly noneAllowed?: boolean
  /** A message in her own words: whatever it wishes or tells is the answer, kept line by line. */
  readonly ownWords?: boolean
}

export interface ChoiceField extends FieldRules {
  readonly kind: 'choice'
  readonly options: readonly string[]
  /** Buttons a page; all on one page when absent. */
  readonly pageSize?: number
  /** The options are sentences: they stand in the message as A, B, C..., the buttons are letters, and a letter may be typed. */
  readonly lettered?: boolean
  /** Maps an amount in Rupiah a month to an option; amounts typed for a day, a week or a year are turned into a month's first. */
  readonly optionOfRupiah?: (rupiah: number) => string
  /** Maps a typed whole number to an option; the typed text tells its unit. */
  readonly optionOfNumber?: (number: number, text: string) => string | undefined
  /** Step whose labels this one shares. */
  readonly labels?: string
}

export interface ChoicesField extends FieldRules {
  readonly kind: 'choices'
  readonly options: readonly string[]
}

export interface YesNoField extends FieldRules {
  readonly kind: 'yes-no'
}

/** Answered with buttons only: nobody agrees to anything by a stray "ok". */
export interface ConsentField extends FieldRules {
  readonly kind: 'consent'
  readonly purpose: string
  /** Offers the complete text before deciding. */
  readonly readMore?: boolean
}

/** A place found by name and chosen from what was found; the answer is its code. */
export interface PlaceField extends FieldRules {
  readonly kind: 'place'
}

export interface PhoneField extends FieldRules {
  readonly kind: 'phone'
}

/** An amount in Rupiah, a whole number; or a range of two where allowed. */
export interface RupiahField extends FieldRules {
  readonly kind: 'rupiah'
  readonly rangeAllowed?: boolean
}

/** A whole number between `min` and `max`. */
export interface NumberField extends FieldRules {
  readonly kind: 'number'
  readonly min: number
  readonly max: number
}

/** A calendar day, kept as YYYY-MM-DD. */
export interface DateField extends FieldRules {
  readonly kind: 'date'
  /** Only days before, or from, today. */
  readonly only?: Direction
}

/** A picture or a voice note; the answer is Telegram's file id. */
export interface MediaField extends FieldRules {
  readonly kind: 'photo' | 'voice'
}

/** Something to show: her words, a link, or a picture. The answer is `['words', text]`, or `['photo', file id, caption]`. */
export interface ShowingField extends FieldRules {
  readonly kind: 'showing'
  /** Length of words in characters after trimming. */
  readonly max: number
}

/** Several messages of any kind, each kept as it comes until she says that it is all; the answer is their numbers. */
export interface MessagesField extends FieldRules {
  readonly kind: 'messages'
  /** So many and no more. */
  readonly most: number
}

export type Field = TextField | ChoiceField | ChoicesField | YesNoField | ConsentField | PlaceField | PhoneField | RupiahField | NumberField | DateField | MediaField | ShowingField | MessagesField

export interface Form {
  readonly name: string
  /** Raised when steps change meaning; answers that still fit are kept. */
  readonly version: number
  readonly steps: Readonly<Record<string, Field>>
  /** Ends with a card of all answers to look through and change; on unless false. */
  readonly review?: boolean
  /** A tap turns the message to the next question instead of bringing a new one: for many quick questions. */
  readonly turns?: boolean
}

/** The name of the place after the last step where all answers are looked through. */
export const REVIEW = 'review'

const STEP_NAME = /^[a-z][a-z0-9-]*$/

/**
 * Declares a form.
 * @throws when a step's name can't stand in a text key or is taken by the review.
 */
export function defineForm(form: Form): Form {
  for (const step of Object.keys(form.steps)) {
    if (!STEP_NAME.test(step) || step === REVIEW) {
      throw new Error(`Form "${form.name}" has a step "${step}": use lower-case letters, digits and dashes, and not "${REVIEW}".`)
    }
  }
  return form
}

/** What the options of a lettered question are called: "A", "B"... */
export const letterOf = (at: number): string => String.fromCodePoint(65 + at)

type Rules<F extends Field> = Omit<F, 'kind'>

export const textField = (rules: Rules<TextField>): TextField => ({ kind: 'text', ...rules })
export const choiceField = (options: readonly string[], rules: Omit<Rules<ChoiceField>, 'options'> = {}): ChoiceField => ({ kind: 'choice', options, ...rules })
export const choicesField = (options: readonly string[], rules: Omit<Rules<ChoicesField>, 'options'> = {}): ChoicesField => ({ kind: 'choices', options, ...rules })
export const yesNoField = (rules: Rules<YesNoField> = {}): YesNoField => ({ kind: 'yes-no', ...rules })
export const consentField = (purpose: string, rules: Omit<Rules<ConsentField>, 'purpose'> = {}): ConsentField => ({ kind: 'consent', purpose, ...rules })
export const placeField = (rules: Rules<PlaceField> = {}): PlaceField => ({ kind: 'place', ...rules })
export const phoneField = (rules: Rules<PhoneField> = {}): PhoneField => ({ kind: 'phone', ...rules })

export const rupiahField = (rules: Rules<RupiahField> = {}): RupiahField => ({ kind: 'rupiah', ...rules })
export const numberField = (rules: Rules<NumberField>): NumberField => ({ kind: 'number', ...rules })
export const dateField = (rules: Rules<DateField> = {}): DateField => ({ kind: 'date', ...rules })
export const photoField = (rules: Rules<MediaField> = {}): MediaField => ({ kind: 'photo', ...rules })
export const showingField = (rules: Rules<ShowingField>): ShowingField => ({ kind: 'showing', ...rules })
export const messagesField = (rules: Rules<MessagesField>): MessagesField => ({ kind: 'messages', ...rules })
export const voiceField = (rules: Rules<MediaField> = {}): MediaField => ({ kind: 'voice', ...rules })

/** The steps that apply to these answers, in order. */
export function stepsFor(form: Form, answers: Answers): string[] {
  return Object.entries(form.steps)
    .filter(([, field]) => field.when?.(answers) ?? true)
    .map(([step]) => step)
}

/**
 * The field of a step.
 * @throws when the form has no such step.
 */
export function getField(form: Form, step: string): Field {
  const field = form.steps[step]
  if (!field) throw new Error(`Form "${form.name}" has no step "${step}".`)
  return field
}

/** Whether a stored answer is still one the field could have given. */
export function fits(field: Field, answer: Answer): boolean {
  if (answer === null) return field.optional === true
  switch (field.kind) {
    case 'text':
      return typeof answer === 'string' && (answer === '' ? field.noneAllowed === true : answer.length <= field.max)
    case 'choice':
      return typeof answer === 'string' && field.options.includes(answer)
    case 'showing':
      return Array.isArray(answer) && (answer[0] === 'words' || answer[0] === 'photo')
    case 'messages':
      return Array.isArray(answer) && answer.every((one: unknown) => typeof one === 'number')
    case 'choices':
      return Array.isArray(answer) && answer.every((one: unknown) => field.options.some((id) => id === one))
    case 'yes-no':
    case 'consent':
      return typeof answer === 'boolean'
    case 'rupiah':
      return Array.isArray(answer) ? field.rangeAllowed === true && answer.length === 2 : typeof answer === 'number'
    case 'number':
      return typeof answer === 'number' && answer >= field.min && answer <= field.max
    case 'date':
      return typeof answer === 'string' && /^\d{4}-\d\d-\d\d$/.test(answer)
    case 'place':
    case 'phone':
    case 'photo':
    case 'voice':
      return typeof answer === 'string'
  }
}
