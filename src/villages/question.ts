/**
 * What a person typed, taken apart: which words may be the village's name and which the areas around it. Pure; it
 * proposes every reading and leaves the choice to the search.
 */
import type { RegencyKind } from './gazetteer.ts'
import { foldWords, spell, wordsOf } from './spelling.ts'
import type { Spelling } from './spelling.ts'

/** Words that may name a district, regency, city or province; a title before them ("kec", "kota") says which. */
export interface AreaRun {
  /** Position behind its last word. */
  readonly end: number
  readonly name: Spelling
  readonly level?: 'district' | 'regency' | 'province'
  readonly kind?: RegencyKind
}

/** One way to read the text: the words `from..to` are the village's name, those around it areas. */
export interface Reading {
  readonly from: number
  readonly to: number
  readonly name: Spelling
  /** The name before folding, to prefer the village spelled just so. */
  readonly plain: string
  /** At the edge of the text or behind "desa": worth a search that forgives slips. */
  readonly likely: boolean
}

export interface Question {
  readonly readings: readonly Reading[]
  /** By position of the first word. */
  readonly areas: readonly (readonly AreaRun[])[]
  /** What it costs when a word stays unexplained, by position. */
  readonly unexplained: readonly number[]
}

type Title = 'village' | 'district' | 'kab' | 'kota' | 'province'

const TITLES: ReadonlyMap<string, Title> = new Map(
  Object.entries({
    village: 'desa ds dsa kelurahan klurahan kel',
    district: 'kecamatan kecamatn kcamatan kec distrik',
    kab: 'kabupaten kabupten kab',
    kota: 'kota kotamadya kodya',
    province: 'provinsi propinsi prov',
  } satisfies Record<Title, string>).flatMap(([title, words]) =>
    words.split(' ').map((word) => [word, title as Title] as const)),
)

/** What people call areas whose formal name differs, folded. */
const NICKNAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    dki: 'Jakarta', jakpus: 'Jakarta Pusat', jakut: 'Jakarta Utara', jakbar: 'Jakarta Barat',
    jaksel: 'Jakarta Selatan', jaktim: 'Jakarta Timur', jabar: 'Jawa Barat', jateng: 'Jawa Tengah',
    jatim: 'Jawa Timur', diy: 'Yogyakarta', jogja: 'Yogyakarta', yogya: 'Yogyakarta', jogjakarta: 'Yogyakarta',
    solo: 'Surakarta', tangsel: 'Tangerang Selatan', sumut: 'Sumatera Utara', sumbar: 'Sumatera Barat',
    sumsel: 'Sumatera Selatan', kepri: 'Kepulauan Riau', babel: 'Kepulauan Bangka Belitung',
    ntb: 'Nusa Tenggara Barat', ntt: 'Nusa Tenggara Timur', kalbar: 'Kalimantan Barat', kalteng: 'Kalimantan Tengah',
    kalsel: 'Kalimantan Selatan', kaltim: 'Kalimantan Timur', kaltara: 'Kalimantan Utara', sulut: 'Sulawesi Utara',
    sulteng: 'Sulawesi Tengah', sulsel: 'Sulawesi Selatan', sultra: 'Sulawesi Tenggara', sulbar: 'Sulawesi Barat',
    malut: 'Maluku Utara',
  }).map(([nickname, name]) => [foldWords(wordsOf(nickname)), foldWords(wordsOf(name))]),
)

/** Said around an address, and hardly ever part of a village's name. */
const FILLERS: ReadonlySet<string> = new Set(['saya', 'aku', 'kami', 'tinggal', 'di', 'alamat', 'alamatnya', 'dekat'])

const MOST_CHARACTERS = 120
const MOST_WORDS = 12
const MOST_NAME_WORDS = 6
const MOST_AREA_WORDS = 4
/** House numbers and postal codes tell nothing about the name. */
const NUMBERS = /\b(?:rt|rw|no|nomor)[\s.:/]*\d+\b|\b\d{5}\b/gi

/** Every sensible reading of a text of any length; beyond twelve words the rest is not looked at. */
export function readQuestion(text: string): Question {
  const all = wordsOf(text.slice(0, MOST_CHARACTERS).replaceAll(NUMBERS, ' '))
  const words = all.filter((word) => !FILLERS.has(word)).slice(0, MOST_WORDS)
  // A village may be called just "Kabupaten": a word on its own is a name.
  const titles = words.map((word) => (words.length === 1 ? undefined : TITLES.get(word)))
  return {
    readings: readNames(words, titles),
    areas: words.map((_, from) => readAreas(words, titles, from)),
    unexplained: words.map((word, at) => costUnexplained(word, titles[at])),
  }
}

function readNames(words: readonly string[], titles: readonly (Title | undefined)[]): Reading[] {
  const readings: Reading[] = []
  const marked = titles.lastIndexOf('village', words.length - 2)
  for (let from = Math.max(marked, 0); from <= (marked < 0 ? words.length - 1 : marked + 1); from++) {
    // Behind "kec", "kab" or "prov" stands an area. "Kota" may begin a village's name, or stand before a city.
    if (from > 0 && isAreaTitle(titles[from - 1])) continue
    for (let to = from + 1; to <= Math.min(words.length, from + MOST_NAME_WORDS); to++) {
      if (isAreaTitle(titles[to - 1])) break
      const run = words.slice(from, to)
      const name = spell(foldWords(run))
      if (name.bytes.length < 2) continue
      const likely = marked < 0 ? from === 0 || to === words.length : from === marked + 1
      readings.push({ from, to, name, plain: run.join(''), likely })
    }
  }
  return readings
}

function readAreas(words: readonly string[], titles: readonly (Title | undefined)[], from: number): AreaRun[] {
  const title = titles[from]
  if (title === 'village' || (from > 0 && isAreaTitle(titles[from - 1]))) return []
  if (title === undefined) return spellRuns(words, from, {})
  if (title === 'district' || title === 'province') return spellRuns(words, from + 1, { level: title })
  const cities = spellRuns(words, from + 1, { level: 'regency', kind: title })
  // "Kota" also begins names, such as the district Kota Baru.
  return title === 'kota' ? [...spellRuns(words, from, {}), ...cities] : cities
}

function spellRuns(words: readonly string[], from: number, sense: Pick<AreaRun, 'level' | 'kind'>): AreaRun[] {
  const runs: AreaRun[] = []
  for (let end = from + 1; end <= Math.min(words.length, from + MOST_AREA_WORDS); end++) {
    const folded = foldWords(words.slice(from, end))
    runs.push({ ...sense, end, name: spell(NICKNAMES.get(folded) ?? folded) })
  }
  return runs
}

/** In slips. Long words matter more than short ones; a title says little, and "desa" before a name nothing. */
function costUnexplained(word: string, title: Title | undefined): number {
  if (title === 'village') return 0
  return title ? 0.3 : 1.2 + 0.15 * word.length
}

function isAreaTitle(title: Title | undefined): boolean {
  return title === 'district' || title === 'kab' || title === 'province'
}
