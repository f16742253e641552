// Which of the clinic's languages a pilot's word for one means. Pure.
import type { Language } from '../../content/language.ts'
import type { FieldValue } from './session-fields.ts'

const WORDS: Readonly<Record<Language, RegExp>> = {
  id: /^(?:id|in|ind)(?:[-_].*)?$|indonesia/i,
  en: /^(?:en|eng)(?:[-_].*)?$|english|inggris/i,
}

/** The language; undefined when it is none of the clinic's. */
export function readLanguage(value: FieldValue): Language | undefined {
  const text = String(value).trim()
  return WORDS.en.test(text) ? 'en' : WORDS.id.test(text) ? 'id' : undefined
}
