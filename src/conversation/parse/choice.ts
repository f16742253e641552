// Matches typed text with the options of a question. What fits several options is asked back, never guessed.
import { ADDRESS_WORDS, fullWord, normalise, wordsOf } from './normalise.ts'
import { readListing, readPosition, type Position } from './position.ts'
import { slipLimit, spellingDistance } from './spelling.ts'

/** `aliases` are further words for the same option; a single letter as alias lets people answer with that letter. */
export interface Option {
  readonly id: string
  readonly label: string
  readonly aliases?: readonly string[]
}

export type Choice =
  | { readonly type: 'one'; readonly id: string }
  | { readonly type: 'ask'; readonly ids: readonly string[] }
  | { readonly type: 'none' }

/** `ask` also tells which options are already sure, and which parts of the text fitted none. */
export type Choices =
  | { readonly type: 'several'; readonly ids: readonly string[] }
  | { readonly type: 'ask'; readonly ids: readonly string[]; readonly sure: readonly string[]; readonly unknown: readonly string[] }
  | { readonly type: 'none' }

const NONE: Choice = { type: 'none' }
const LONGEST_TEXT = 200
const LEAD = new Set('yang pilih pilihan jawab jawaban jawabannya opsi option the saya mau'.split(' '))
const FILLERS = new Set(
  `saya aku sy kami kita punya ada jual jualan usaha usahanya bidang bidangnya di ke yang pilih pilihan mau itu ini
   saja dari dan lewat lewatnya seperti kayak macam soal tentang i my the sell via`.split(/\s+/),
)
const NEGATIONS = new Set('tidak bukan belum jangan ora mboten no not'.split(' '))
const ALL = new Set('semua semuanya smua smuanya kabeh sadayana sadaya sedoyo all everything'.split(' '))
const BREAK = /[,;\n+&]|(?<!\d)\/|\/(?!\d)|\b(?:dan|sama|serta|dengan|dgn|terus|trus|juga|lalu|plus|and|sm)\b/iu

/** The option a text names: by label or alias, by position ("2", "nomor dua", "yang kedua", "terakhir"), by the beginning
    of the label, by a word only it has, or with a slip of the thumb. Never throws. */
export function matchChoice(text: string, options: readonly Option[]): Choice {
  if (text.length > LONGEST_TEXT) return NONE
  const known = options.map(knownBy)
  const typed = phraseOf(text)
  if (typed.length === 0) return decide(sameLabel(text, options))
  const exact = matchExactly(typed, known)
  if (exact.length > 0) return decide(exact)
  const position = readPosition(text, options.length)
  if (position) return matchPosition(position, known)
  for (const fits of [startsWith(typed), sharesWords(typed), isSlipOf(typed)]) {
    const ids = idsWhere(known, fits)
    if (ids.length > 0) return decide(ids)
  }
  return NONE
}

/** The options a text names, in their own order: "1, 3 dan 5", "2-4", "WA sama tetangga", "semua". Never throws. */
export function matchChoices(text: string, options: readonly Option[]): Choices {
  if (text.length > LONGEST_TEXT) return { type: 'none' }
  const exact = matchExactly(phraseOf(text), options.map(knownBy))
  if (exact.length === 1) return { type: 'several', ids: exact }
  if (ALL.has(normalise(text))) return { type: 'several', ids: options.map((option) => option.id) }
  const listing = options.some(hasDigits) ? undefined : readListing(text, options.length)
  if (listing) return { type: 'several', ids: options.filter((_, index) => listing.includes(index + 1)).map((option) => option.id) }
  const parts = text.split(BREAK).map((part) => part.trim()).filter((part) => normalise(part) !== '')
  return gather(parts.flatMap((part) => matchPart(part, options)), options)
}

interface PartMatch {
  readonly part: string
  readonly choice: Choice
}

// "wa tetangga pasar" without commas counts as a list when each of its words is sure.
function matchPart(part: string, options: readonly Option[]): readonly PartMatch[] {
  const choice = matchChoice(part, options)
  if (choice.type === 'one') return [{ part, choice }]
  const words = part.split(/\s+/).filter((word) => !FILLERS.has(fullWord(normalise(word))))
  const single = words.map((word) => ({ part: word, choice: matchChoice(word, options) }))
  return single.length > 1 && single.every((match) => match.choice.type === 'one') ? single : [{ part, choice }]
}

function gather(matches: readonly PartMatch[], options: readonly Option[]): Choices {
  const sure = new Set(matches.flatMap(({ choice }) => (choice.type === 'one' ? [choice.id] : [])))
  const asked = new Set(matches.flatMap(({ choice }) => (choice.type === 'ask' ? choice.ids : [])))
  const unknown = matches.filter(({ choice }) => choice.type === 'none').map(({ part }) => part)
  const inOrder = (ids: ReadonlySet<string>) => options.map((option) => option.id).filter((id) => ids.has(id))
  if (sure.size === 0 && asked.size === 0) return { type: 'none' }
  if (asked.size === 0 && unknown.length === 0) return { type: 'several', ids: inOrder(sure) }
  return { type: 'ask', ids: inOrder(asked), sure: inOrder(sure), unknown }
}

type Phrase = readonly string[]
interface Known {
  readonly id: string
  readonly phrases: readonly Phrase[]
}

function knownBy(option: Option): Known {
  const phrases = [option.label, ...(option.aliases ?? [])].map(phraseOf)
  return { id: option.id, phrases: phrases.filter((phrase) => phrase.length > 0) }
}

function matchExactly(typed: Phrase, known: readonly Known[]): readonly string[] {
  const start = typed.findIndex((word) => !LEAD.has(word))
  const rest = typed.slice(Math.max(0, start))
  const bare = typed.filter((word) => !FILLERS.has(word))
  return typed.length === 0 ? [] : idsWhere(known, (phrase) => [typed, rest, bare].some((form) => same(phrase, form)))
}

// Beside labels with numbers of their own ("5-19"), a bare "5" may be a count: unless position and label agree it is asked back.
function matchPosition(position: Position, known: readonly Known[]): Choice {
  const chosen = known[position.at - 1]
  const counts = known.some(({ phrases }) => phrases[0]?.some((word) => /\d/.test(word)))
  if (position.explicit || !counts) return decide(chosen ? [chosen.id] : [])
  const mentioning = idsWhere(known, (phrase) => spans(phrase, position.at))
  if (mentioning.length === 1 && mentioning[0] === chosen?.id) return decide(mentioning)
  const ids = known.map(({ id }) => id).filter((id) => id === chosen?.id || mentioning.includes(id))
  return { type: 'ask', ids }
}

function spans(phrase: Phrase, number: number): boolean {
  const [from, to, ...others] = phrase.filter((word) => /^\d+$/.test(word)).map(Number)
  if (from === number || to === number) return true
  return from !== undefined && to !== undefined && others.length === 0 && from <= number && number <= to
}

function startsWith(typed: Phrase): (phrase: Phrase) => boolean {
  const beginning = typed.join(' ')
  // "Tidak" begins "Tidak tahu", but is another answer.
  return (phrase) => beginning.length >= 3 && typed.some(isTelling) && phrase.join(' ').startsWith(beginning)
}

// All the words that carry meaning are the option's, or a whole phrase of the option stands in the text.
// "Bukan kuliner" is not "kuliner".
function sharesWords(typed: Phrase): (phrase: Phrase) => boolean {
  const words = typed.filter((word) => !FILLERS.has(word))
  const named = words.filter((word) => !ADDRESS_WORDS.has(word))
  // "Bu" alone is the answer to how she likes to be addressed.
  const telling = named.length > 0 ? named : words
  return (phrase) => {
    if (negations(phrase) !== negations(typed)) return false
    const isOwn = (word: string) => phrase.some((own) => own === word || (word.length >= 4 && own.startsWith(word)))
    const within = telling.some(isTelling) && telling.every(isOwn)
    return within || (phrase.some(isTelling) && ` ${typed.join(' ')} `.includes(` ${phrase.join(' ')} `))
  }
}

function isSlipOf(typed: Phrase): (phrase: Phrase) => boolean {
  const written = typed.join(' ')
  const limit = slipLimit(written.length)
  return (phrase) => {
    if (limit === 0 || !typed.some(isTelling) || /\d/.test(written) || negations(phrase) !== negations(typed)) return false
    const forms = typed.length === 1 ? [phrase.join(' '), ...phrase] : [phrase.join(' ')]
    return forms.some((form) => spellingDistance(written, form, limit) <= Math.min(limit, slipLimit(form.length)))
  }
}

function phraseOf(text: string): Phrase {
  const spelled = normalise(text).replace(/</g, ' kurang dari ').replace(/>/g, ' lebih dari ').replace(/\+/g, ' lebih ')
  return wordsOf(spelled.replace(/\d(?=\p{L})/gu, '$& ')).map(fullWord)
}

// A label of signs alone ("👌", "-") has no words to match.
function sameLabel(text: string, options: readonly Option[]): readonly string[] {
  const typed = text.trim()
  return options.filter((option) => typed !== '' && option.label.trim() === typed).map((option) => option.id)
}

function hasDigits(option: Option): boolean {
  return /\d/.test(option.label)
}

function isTelling(word: string): boolean {
  return word.length >= 2 && !NEGATIONS.has(word)
}

function negations(phrase: Phrase): number {
  return phrase.filter((word) => NEGATIONS.has(word)).length
}

function idsWhere(known: readonly Known[], fits: (phrase: Phrase) => boolean): readonly string[] {
  return known.filter(({ phrases }) => phrases.some(fits)).map(({ id }) => id)
}

function same(one: Phrase, other: Phrase): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index])
}

function decide(ids: readonly string[]): Choice {
  const [id, ...others] = ids
  if (id === undefined) return NONE
  return others.length === 0 ? { type: 'one', id } : { type: 'ask', ids }
}
