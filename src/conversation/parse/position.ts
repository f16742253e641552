// Reads the position of an option in a list: "2", "nomor dua", "yang ke-3", "terakhir". It must not know the options.
import { fold, fullWord, normalise, wordsOf } from './normalise.ts'
import { spellNumber, tokenise } from './number-words.ts'

/** A position from 1; `explicit` when a word such as "nomor" or "kedua" says that a position is meant. */
export interface Position {
  readonly at: number
  readonly explicit: boolean
}

const LEAD = new Set(`
  nomor nomer nmr no urutan angka pilihan pilih opsi option number jawab jawaban jawabannya yang ke saya mau the #`.trim().split(/\s+/))
const NAMES: ReadonlyMap<string, number> = new Map([
  ['pertama', 1], ['kesatu', 1], ['first', 1], ['second', 2], ['third', 3], ['fourth', 4], ['fifth', 5],
])
const LAST = new Set(['terakhir', 'trakhir', 'akhir', 'paling bawah', 'last', 'bawah sendiri', 'paling akhir'])
const FIRST = new Set(['paling atas', 'atas sendiri'])

/** The one position a text names in a list of `length`; undefined when it names none that exists. */
export function readPosition(text: string, length: number): Position | undefined {
  const words = wordsOf(normalise(text.replace(/#(?=\d)/g, ' nomor '))).map(fullWord)
  const start = words.findIndex((word) => !LEAD.has(word))
  if (start < 0) return undefined
  const name = words.slice(start).filter((word) => word !== 'saja').join(' ')
  if (LAST.has(name)) return length > 0 ? { at: length, explicit: true } : undefined
  if (FIRST.has(name)) return length > 0 ? { at: 1, explicit: true } : undefined
  const ordinal = /^ke(?=.{3})/.test(name) && spell(name.slice(2)) !== undefined
  const at = NAMES.get(name) ?? spell(ordinal ? name.slice(2) : name)
  if (at === undefined || !Number.isInteger(at) || at < 1 || at > length) return undefined
  return { at, explicit: ordinal || start > 0 || NAMES.has(name) }
}

/** The positions of a list of bare numbers: "1 3 5", "2-4", "1,2,3". Undefined when anything else stands there or a number
    is too large. */
export function readListing(text: string, length: number): readonly number[] | undefined {
  const plain = fold(text).replace(/[–—]/g, '-')
  if (!/^\d{1,3}(?: ?[ ,.;&+/-] ?\d{1,3})+$/.test(plain)) return undefined
  const positions = plain.split(/ ?[ ,.;&+/] ?/).flatMap((part) => {
    const [from = 0, to = from] = part.split(/ ?- ?/).map(Number)
    return to - from > length || from > to ? [0] : Array.from({ length: to - from + 1 }, (_, step) => from + step)
  })
  return positions.every((at) => at >= 1 && at <= length) ? positions : undefined
}

function spell(name: string): number | undefined {
  const tokens = tokenise(name)
  const number = tokens && spellNumber(tokens)
  return number?.largest === 1 ? number.value : undefined
}
