// Reads one number written in digits, in Indonesian words, or in both. It must not know what is counted: money and people
// have their own files.
import { collapseRuns, fold } from './normalise.ts'

/** A piece of a number text: digits as typed with their value, or a lower-case word or sign. */
export type Token = { readonly digits: string; readonly value: number } | { readonly word: string }

/**
 * A number and how sure its spelling makes it. `tail` is a number left without unit after a larger unit ("2 juta 5"), not yet
 * added to `value`. `largest` is the largest unit said, 1 when none was.
 */
export interface SpelledNumber {
  readonly value: number
  readonly largest: number
  readonly smallest: number
  readonly tail?: { readonly value: number; readonly digits?: string }
}

const ONES = named(`nol kosong zero|satu atu siji hiji sak|dua duo loro rong kalih|tiga telu telung tilu tigo
  |empat ampat papat patang opat ampek|lima limo limang gangsal|enam anam enem nem genep|tujuh tuju pitu pitung
  |delapan dlapan lapan wolu wolung dalapan|sembilan smbilan sanga sangang songo salapan`)
const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1e3: 'ribu rb rbu rebu ewu k thousand',
    1e6: 'juta jt jta jeti jutak yuta million',
    1e9: 'miliar milyar milyard miliyar mlyr billion',
  }).flatMap(([unit, words]) => words.split(' ').map((word) => [word, Number(unit)] as const)),
)
const TENS: ReadonlyMap<string, number> = new Map([['puluh', 10], ['plh', 10], ['ratus', 100], ['rts', 100], ['atus', 100], ['belas', 0], ['bls', 0]])
const HALVES: ReadonlyMap<string, number> = new Map([['setengah', 0.5], ['stengah', 0.5], ['setgh', 0.5], ['seperempat', 0.25]])
const ONE_OF = /^(?:se|sa)(puluh|belas|ratus|ribu|rb|juta|jt|miliar|milyar)$/
const GLUED = /^(.{3,9}?)(puluh|belas|ratus|ribu|juta|rb|jt)$/
const SPACED_GROUPS = /(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])/g

/** Cuts a text into numbers, words and signs. Undefined when a number is no quantity: a leading zero, or separators that
    fit no rule. */
export function tokenise(text: string): readonly Token[] | undefined {
  const plain = fold(text)
    .replace(/(?<![\d/])1\/2(?![\d/])/g, ' setengah ')
    .replace(/(?<![\d/])1\/4(?![\d/])/g, ' seperempat ')
    .replace(/['’]/g, '')
    .replace(SPACED_GROUPS, (groups) => groups.replaceAll(' ', ''))
  const tokens: Token[] = []
  for (const piece of plain.match(/\d+(?:[.,]\d+)*|\p{L}+|[^\s\p{L}\d]/gu) ?? []) {
    if (!/^\d/.test(piece)) {
      tokens.push({ word: piece })
      continue
    }
    const value = readDigits(piece)
    if (value === undefined) return undefined
    tokens.push({ digits: piece, value })
  }
  return tokens.flatMap(unglue)
}

/** The value of digits with Indonesian or English separators: two kinds, the last is the decimal; groups of three are
    thousands; otherwise a decimal. Undefined for a leading zero (a telephone number or code) and for separators that fit
    no rule. */
export function readDigits(digits: string): number | undefined {
  if (/^0\d/.test(digits)) return undefined
  const groups = digits.split(/[.,]/)
  const marks = digits.replace(/\d/g, '')
  const first = groups[0] ?? ''
  if (groups.length === 1) return Number(digits)
  const areThousands = (parts: readonly string[]) => parts.every((part) => part.length === 3)
  if (first !== '0' && areThousands(groups.slice(1))) return Number(groups.join(''))
  const decimals = groups.at(-1) ?? ''
  const whole = groups.slice(0, -1)
  const decimalMark = marks.at(-1) ?? ''
  const unmixed = marks.length === 1 || (!marks.slice(0, -1).includes(decimalMark) && decimals.length <= 2)
  if (!unmixed || !areThousands(whole.slice(1))) return undefined
  return Number(`${whole.join('')}.${decimals}`)
}

/** The number these tokens spell, all of them, in falling units; undefined when they spell none or more than one. */
export function spellNumber(tokens: readonly Token[]): SpelledNumber | undefined {
  let [at, total, smallest, largest] = [0, 0, Infinity, 1]
  while (at < tokens.length) {
    const section = readSection(tokens, at)
    if (section === undefined) return undefined
    const unit = UNITS.get(wordAt(tokens, section.next))
    if (unit === undefined) {
      if (section.next !== tokens.length) return undefined
      if (smallest === Infinity) return { value: section.value, largest: 1, smallest: 1 }
      if (section.value >= smallest) return undefined
      return { value: total, largest, smallest, tail: section }
    }
    if (unit >= smallest) return undefined
    if (smallest === Infinity) largest = unit
    total += section.value * unit
    smallest = unit
    at = section.next + 1
    const half = HALVES.get(wordAt(tokens, at))
    if (half !== undefined) {
      return at + 1 === tokens.length ? { value: Math.round(total + half * unit), largest, smallest } : undefined
    }
  }
  return smallest === Infinity ? undefined : { value: roundCents(total), largest, smallest }
}

/** The stretches of tokens between the words or signs that separate alternatives. */
export function splitAt(tokens: readonly Token[], separators: ReadonlySet<string>): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    if (isOneOf(token, separators)) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

export function isOneOf(token: Token, words: ReadonlySet<string>): boolean {
  return 'word' in token && words.has(token.word)
}

interface Section {
  readonly value: number
  readonly next: number
  readonly digits?: string
}

// One stretch below a unit word: digits, or words up to 999, with an optional half.
function readSection(tokens: readonly Token[], start: number): Section | undefined {
  const alone = HALVES.get(wordAt(tokens, start))
  if (alone !== undefined) return { value: alone, next: start + 1 }
  const first = tokens[start]
  const spelled = first && 'digits' in first && !TENS.has(wordAt(tokens, start + 1))
    ? { value: first.value, next: start + 1, digits: first.digits }
    : readHundreds(tokens, start)
  if (spelled === undefined) return undefined
  // "Satu koma lima" is how 1,5 is said.
  const decimal = wordAt(tokens, spelled.next) === 'koma' ? readOne(tokens[spelled.next + 1]) : undefined
  if (decimal !== undefined) return { value: spelled.value + decimal / 10, next: spelled.next + 2 }
  const half = HALVES.get(wordAt(tokens, spelled.next))
  return half !== undefined && spelled.value < 100 ? { value: spelled.value + half, next: spelled.next + 1 } : spelled
}

function readHundreds(tokens: readonly Token[], start: number): Section | undefined {
  let [at, value, below] = [start, 0, 1000]
  while (at < tokens.length) {
    const one = readOne(tokens[at])
    if (one === undefined) break
    const ten = TENS.get(wordAt(tokens, at + 1))
    const place = ten === 0 ? 10 : (ten ?? 1)
    if (place >= below || (ten !== undefined && one === 0)) return undefined
    value += ten === 0 ? 10 + one : one * place
    below = ten === 0 ? 1 : place
    at += ten === undefined ? 1 : 2
  }
  return at === start ? undefined : { value, next: at }
}

function readOne(token: Token | undefined): number | undefined {
  if (token === undefined) return undefined
  if ('word' in token) return ONES.get(token.word)
  return /^[1-9]$/.test(token.digits) ? token.value : undefined
}

// "sejuta" is "satu juta", "duapuluh" is "dua puluh", "jutaa" is "juta".
function unglue(token: Token): readonly Token[] {
  if ('digits' in token || isKnown(token.word)) return [token]
  const { word } = token
  const unit = ONE_OF.exec(word)?.[1]
  if (unit !== undefined) return [{ word: 'satu' }, { word: unit }]
  if (word === 'sewu') return [{ word: 'satu' }, { word: 'ribu' }]
  const [, head = '', tail = ''] = GLUED.exec(word) ?? []
  if (ONES.has(head)) return [{ word: head }, { word: tail }]
  const collapsed = collapseRuns(word)
  return isKnown(collapsed) ? [{ word: collapsed }] : [token]
}

function isKnown(word: string): boolean {
  return ONES.has(word) || UNITS.has(word) || TENS.has(word) || HALVES.has(word)
}

function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index]
  return token && 'word' in token ? token.word : ''
}

function roundCents(value: number): number {
  return Math.round(value * 100) / 100
}

function named(list: string): ReadonlyMap<string, number> {
  return new Map(list.split('|').flatMap((words, value) => words.trim().split(' ').map((word) => [word, value] as const)))
}
