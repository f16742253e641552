// Reads a typed count ("3 orang", "dua puluh lima", "berdua", "selusin"). It must not guess: a range or two numbers is asked back.
import { fold, fullWord, normalise, wordsOf } from './normalise.ts'
import { isOneOf, spellNumber, splitAt, type Token, tokenise } from './number-words.ts'

/** `ask` holds the readings to choose from, smallest first. */
export type WholeNumber =
  | { readonly type: 'number'; readonly value: number; readonly about: boolean }
  | { readonly type: 'ask'; readonly numbers: readonly number[] }
  | { readonly type: 'none'; readonly reason: 'no-number' | 'too-large' }
  /** `between`: the whole numbers below and above it. */
  | { readonly type: 'none'; readonly reason: 'not-whole'; readonly between: readonly [number, number] }

const LARGEST = 1_000_000_000
const PEOPLE: ReadonlyMap<string, number> = new Map(
  Object.entries({
    0: 'tidak ada|belum ada|nihil',
    1: 'saya|sendiri|sendirian|saya sendiri|aku|aku sendiri|seorang|seorang diri|dewe|dewekan|sorangan|me|myself',
    2: 'berdua|suami istri|saya dan suami|saya dan istri|saya sama suami|saya sama istri|sepasang',
    3: 'bertiga',
    4: 'berempat',
    5: 'berlima',
    6: 'berenam',
    7: 'bertujuh',
    8: 'berdelapan',
    9: 'bersembilan',
    10: 'bersepuluh',
  }).flatMap(([value, phrases]) => phrases.split('|').map((phrase) => [phrase, Number(value)] as const)),
)
const ONLY = new Set('cuma cuman hanya saja only just'.split(' '))
const BUNDLES: ReadonlyMap<string, number> = new Map([['lusin', 12], ['kodi', 20], ['gros', 144], ['pasang', 2]])
const ONE_BUNDLE: ReadonlyMap<string, number> = new Map([
  ['selusin', 12], ['sekodi', 20], ['segros', 144], ['sepasang', 2],
  ...['seorang', 'sehari', 'seminggu', 'sebulan', 'setahun'].map((word) => [word, 1] as const),
])
const ABOUT = new Set('kira sekitar sekitaran kurang lebih kurleb kisaran rata mungkin paling hampir krg lbh about around ± ~'.split(' '))
const FILLERS = new Set(
  `orang org wong urang karyawan pegawai pekerja tenaga anggota people buah biji bh pcs potong ekor porsi bungkus
   kali x unit macam jenis toko cabang anak hari minggu bulan bln tahun tahunan thn th jam menit kg saya kami kita aku
   ada termasuk cuma hanya cuman baru sudah total totalnya semua semuanya jumlahnya itu saja aja nih sih ya lah kok bu
   pak kak mbak mas . , ! ? : ( )`.split(/\s+/),
)
const OR = new Set(['-', '–', '—', 'atau', 'sampai', 'sampe', 'hingga', 'sd', 'or', 'to'])

/** Reads one whole number of zero or more from typed text. Never throws. */
export function readWholeNumber(text: string): WholeNumber {
  if (text.length > 200) return { type: 'none', reason: 'no-number' }
  const people = PEOPLE.get(wordsOf(normalise(text)).map(fullWord).filter((word) => !ONLY.has(word)).join(' '))
  if (people !== undefined) return { type: 'number', value: people, about: false }
  const tokens = tokenise(fold(text).replace(/s\/d/g, 'sd').replace(/(kira|rata)(?:-\1|2)/g, '$1').replace(/\+-/g, '±'))
  if (tokens === undefined) return { type: 'none', reason: 'no-number' }
  return readParts(splitAt(tokens.filter((token) => !isOneOf(token, FILLERS)), OR))
}

function readParts(parts: readonly (readonly Token[])[]): WholeNumber {
  const numbers: number[] = []
  for (const part of parts) {
    const value = readCount(part.filter((token) => !isOneOf(token, ABOUT)))
    if (value === undefined) return { type: 'none', reason: 'no-number' }
    if (!Number.isInteger(value)) return { type: 'none', reason: 'not-whole', between: [Math.floor(value), Math.ceil(value)] }
    if (value > LARGEST) return { type: 'none', reason: 'too-large' }
    numbers.push(value)
  }
  const [value, ...others] = [...new Set(numbers)].sort((a, b) => a - b)
  if (value === undefined) return { type: 'none', reason: 'no-number' }
  if (others.length > 0) return { type: 'ask', numbers: [value, ...others] }
  return { type: 'number', value, about: parts.flat().some((token) => isOneOf(token, ABOUT)) }
}

function readCount(tokens: readonly Token[]): number | undefined {
  const last = tokens.at(-1)
  const bundle = last && 'word' in last ? last.word : ''
  const one = ONE_BUNDLE.get(bundle)
  if (one !== undefined) return tokens.length === 1 ? one : undefined
  const size = BUNDLES.get(bundle)
  const spelled = spellNumber(size === undefined ? tokens : tokens.slice(0, -1))
  if (spelled === undefined) return undefined
  return (spelled.value + (spelled.tail?.value ?? 0)) * (size ?? 1)
}
