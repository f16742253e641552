// Reads what a person typed as an answer to one field. Pure: it neither moves the conversation nor words a reply.
import type { Answer, ChoiceField, Field, RupiahField } from './form.ts'
import type { Memo } from './conversation.ts'
import { matchChoice, matchChoices } from './parse/choice.ts'
import { type CalendarDay, readDate } from './parse/date.ts'
import { type Intent, readIntent } from './parse/intent.ts'
import { collapseRuns, fullWord, normalise, wordsOf } from './parse/normalise.ts'
import { monthlyBounds } from './parse/monthly.ts'
import { readPhone } from './parse/phone.ts'
import { readRupiah } from './parse/rupiah.ts'
import { readWholeNumber, type WholeNumber } from './parse/whole-number.ts'

/** Why an answer was not taken; the words are at `form.refused.<reason>` or the step's own `refused.<reason>`. */
export type Refusal =
  | 'too-short'
  | 'too-long'
  | 'unclear'
  | 'needed'
  | 'unknown'
  | 'ambiguous'
  | 'buttons-only'
  | 'not-found'
  | 'not-a-phone'
  | 'not-yours'
  | 'not-text'
  | 'not-an-amount'
  | 'not-a-number'
  | 'not-a-date'
  | 'out-of-range'
  | 'not-a-photo'
  | 'not-a-voice'
  | 'which'
  | 'too-many'
  | 'not-carried'

export type Reading =
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'refused'; readonly reason: Refusal }
  /** It may mean one of these: ask back, never guess. */
  | { readonly type: 'ask'; readonly answers: readonly (number | string)[] }
  | { readonly type: 'look-up'; readonly queries: readonly string[] }

/** The words an option is known by, in the reader's language; the first one is its label. */
export type OptionWords = (option: string) => readonly string[]

const refused = (reason: Refusal): Reading => ({ type: 'refused', reason })
const answer = (answer: Answer): Reading => ({ type: 'answer', answer })

/** Reads typed text as an answer to `field`. `today` is the day where she lives. */
export function readAnswer(field: Field, memo: Memo, text: string, words: OptionWords, today: CalendarDay): Reading {
  const trimmed = text.trim()
  switch (field.kind) {
    case 'text':
      return readText(field, trimmed)
    case 'choice':
      return readChoice(field, trimmed, words)
    case 'choices': {
      const match = matchChoices(trimmed, field.options.map((id) => option(id, words)))
      return match.type === 'several' ? answer(match.ids) : refused(match.type === 'ask' ? 'ambiguous' : 'unknown')
    }
    case 'yes-no': {
      const intent = readIntent(trimmed)
      return intent === 'yes' || intent === 'no' ? answer(intent === 'yes') : refused('unclear')
    }
    case 'consent':
      return refused('buttons-only')
    case 'place':
      return readPlace(memo, trimmed)
    case 'phone': {
      const phone = readPhone(trimmed)
      return phone.type === 'phone' ? answer(phone.e164) : refused('not-a-phone')
    }
    case 'rupiah':
      return readAmount(field, trimmed)
    case 'number': {
      const number = readWholeNumber(trimmed)
      if (number.type === 'none') return refused('not-a-number')
      const fitting = (number.type === 'ask' ? number.numbers : [number.value]).filter((one) => one >= field.min && one <= field.max)
      return oneOf(fitting, 'out-of-range')
    }
    case 'date': {
      const date = readDate(trimmed, today, field.only)
      if (date.type === 'none') return refused('not-a-date')
      const days = (date.type === 'ask' ? date.dates : [date.date]).map(isoDate)
      const now = isoDate(today)
      return oneOf(days.filter((day) => (field.only === 'past' ? day < now : field.only === 'coming' ? day >= now : true)), 'out-of-range')
    }
    case 'showing':
      if (!/[\p{L}\p{N}]/u.test(trimmed)) return refused('unclear')
      return trimmed.length > field.max ? refused('too-long') : answer(['words', trimmed])
    case 'photo':
      return refused('not-a-photo')
    case 'voice':
      return refused('not-a-voice')
    // Messages are kept whole; what they say is not read.
    case 'messages':
      return refused('not-carried')
  }
}

function readAmount(field: RupiahField, text: string): Reading {
  const amount = readRupiah(text)
  switch (amount.type) {
    case 'amount':
      return answer(amount.rupiah)
    case 'range':
      return field.rangeAllowed ? answer([amount.from, amount.to]) : { type: 'ask', answers: [amount.from, amount.to] }
    case 'ask':
      return { type: 'ask', answers: amount.rupiah }
    case 'none':
      return refused('not-an-amount')
  }
}

function oneOf(possible: readonly (number | string)[], otherwise: Refusal): Reading {
  const [first] = possible
  if (first === undefined) return refused(otherwise)
  return possible.length === 1 ? answer(first) : { type: 'ask', answers: possible }
}

function isoDate({ year, month, day }: CalendarDay): string {
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
}

/** Whether the text is, word for word, one of the field's options. */
export function namesOption(field: Field, text: string, words: OptionWords): boolean {
  if (field.kind !== 'choice' && field.kind !== 'choices') return false
  const typed = normalise(text)
  return field.options.some((id) => words(id).some((word) => normalise(word) === typed))
}

/** "Belum ada nama", "no name yet": every word is one of these, and the first says no. */
const NOTHING_YET = /^(?:saya |masih )*(?:belum|tidak|tanpa|no|not|none|without)(?: (?:ada|punya|dikasih|diberi|kasih|nama|namanya|usaha|usahanya|name|a|yet))*$/

/** Words that are nobody's name. Other words for yes and no are ("Oki", "Alim", "Tara"), and may be the answer. */
const NEVER_A_NAME: ReadonlySet<string> = new Set(
  `ya iya y iyah yes yup yep ok oke okay sip siap boleh mau setuju lanjut baik baiklah betul benar bisa sudah jadi saja aja dulu lagi deh lah pak bu saya
   tidak belum bukan jangan no nope n enggak ndak emoh ogah males mungkin barangkali nanti insyaallah insya allah terserah ragu maybe gapapa apa papa 👍 👎 ✅ ❌`.split(/\s+/),
)

/** "Nama saya Sari" tells no more than "Sari". */
const LEAD_IN =
  /^(?:nama(?: (?:panggilan|lengkap|usaha|toko|warung|kedai|depot|produk))?(?:nya| (?:saya|aku|kami)(?: (?:adalah|ialah))?|(?=\s*[:=]))|panggil(?:an)?(?: saya| aku)? (?:saja|aja)|my name is|call me)(?:\s*[:=]\s*|\s+|$)/i

function readText(field: Extract<Field, { kind: 'text' }>, typed: string): Reading {
  const text = field.ownWords ? typed : typed.replace(LEAD_IN, '')
  const intent = readIntent(text)
  const words = () => wordsOf(normalise(text)).map(fullWord)
  if (field.noneAllowed && (intent === 'no' || intent === 'dont-know' || NOTHING_YET.test(words().join(' ')))) return answer('')
  // "Ya" or "hapus data saya" answers another question than the one asked.
  const takesSides = intent !== undefined && TAKES_SIDES.has(intent)
  const mayBeMeant = intent === undefined || (field.ownWords ? !takesSides : takesSides && !words().every(isNobodysName))
  if (!mayBeMeant || !/[\p{L}\p{N}]/u.test(text)) return refused('unclear')
  const tidy = field.ownWords ? text : text.replace(/\s+/gu, ' ')
  if (tidy.length > field.max) return refused('too-long')
  return tidy.length < field.min ? refused('too-short') : answer(tidy)
}

function isNobodysName(word: string): boolean {
  return NEVER_A_NAME.has(word) || NEVER_A_NAME.has(collapseRuns(word))
}

const TAKES_SIDES: ReadonlySet<Intent> = new Set(['yes', 'no', 'maybe', 'fine'] as const)

function readChoice(field: ChoiceField, text: string, words: OptionWords): Reading {
  const match = matchChoice(text, field.options.map((id) => option(id, words)))
  if (field.optionOfNumber) {
    const number = readWholeNumber(text)
    const chosen = sameFor(possibleNumbers(number), (one) => field.optionOfNumber?.(one, text))
    // A bare "2" may be two years or the second button: asked back unless both say the same.
    if (chosen && /^\s*\d+\s*$/.test(text) && match.type === 'one' && match.id !== chosen) return refused('ambiguous')
    if (chosen) return answer(chosen)
    if (match.type === 'none' && number.type === 'ask') return refused('ambiguous')
  }
  if (match.type === 'one') return answer(match.id)
  if (field.optionOfRupiah) {
    const amount = readRupiah(text)
    const chosen = sameFor(monthlyBounds(amount) ?? [], field.optionOfRupiah)
    if (chosen) return answer(chosen)
    if (amount.type !== 'none') return refused('ambiguous')
  }
  if (match.type === 'ask') return refused('ambiguous')
  const meant = optionMeaning(readIntent(text), field, words)
  return meant ? answer(meant) : refused('unknown')
}

/** "Tahun 2018" tells when, not how many. */
const isYear = (number: number) => number >= 1900 && number <= 2100

function possibleNumbers(number: WholeNumber): readonly number[] {
  if (number.type === 'number') return isYear(number.value) ? [] : [number.value]
  if (number.type === 'ask') return number.numbers
  return number.reason === 'not-whole' ? number.between : []
}

/** The one option that all these numbers lead to, if there is one. */
function sameFor(numbers: readonly number[], optionOf: (number: number) => string | undefined): string | undefined {
  const [chosen, ...others] = new Set(numbers.map(optionOf))
  return others.length === 0 ? chosen : undefined
}

/** "Ya" and "tidak" stand for the one option whose label says so itself ("Sudah", "Belum"). */
function optionMeaning(intent: Intent | undefined, field: ChoiceField, words: OptionWords): string | undefined {
  if (intent !== 'yes' && intent !== 'no') return undefined
  const [meant, ...others] = field.options.filter((id) => readIntent(words(id)[0] ?? '') === intent)
  return others.length === 0 ? meant : undefined
}

function readPlace(memo: Memo, text: string): Reading {
  const found = memo.found ?? []
  const position = /^\d{1,2}$/.test(text) ? Number(text) : 0
  const chosen = found[position - 1]
  if (chosen) return answer(chosen)
  if (!/\p{L}{2}/u.test(text) || text.length > 100) return refused('not-found')
  // After a list was shown, a further word usually narrows it ("Batu"); if that finds nothing it is a new search.
  return { type: 'look-up', queries: memo.query ? [`${memo.query} ${text}`, text] : [text] }
}

function option(id: string, words: OptionWords): { id: string; label: string; aliases: readonly string[] } {
  const [label = id, ...aliases] = words(id)
  return { id, label, aliases }
}
