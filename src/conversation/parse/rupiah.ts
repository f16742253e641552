// Reads typed amounts of money in whole Rupiah, and writes them. It must not settle an unclear amount: that is asked back.
import { fold, fullWord, normalise, wordsOf } from './normalise.ts'
import { isOneOf, spellNumber, type SpelledNumber, splitAt, type Token, tokenise } from './number-words.ts'

export type Period = 'day' | 'week' | 'month' | 'year'

interface Manner {
  /** "per bulan", "sehari"; absent when not said. */
  readonly period?: Period
  /** "kira-kira", "3 jutaan". */
  readonly about: boolean
  /** "kurang dari 5 juta", "di atas 5 juta"; absent when the amount itself is meant. */
  readonly bound?: 'under' | 'over'
}

/** Amounts are whole Rupiah. `ask` holds the readings to choose from, smallest first. */
export type Rupiah =
  | ({ readonly type: 'amount'; readonly rupiah: number } & Manner)
  | ({ readonly type: 'range'; readonly from: number; readonly to: number } & Manner)
  | ({ readonly type: 'ask'; readonly rupiah: readonly number[] } & Manner)
  | { readonly type: 'none' }

/** Ten trillion: more than any micro business, less than any card number. */
const LARGEST = 10_000_000_000_000
const NONE: Rupiah = { type: 'none' }

const PERIODS: ReadonlyMap<string, Period> = new Map(
  Object.entries({
    day: 'hari hr sehari perhari harian harinya day daily',
    week: 'minggu mgg mggu seminggu perminggu mingguan pekan sepekan week weekly',
    month: 'bulan bln bl sebulan perbulan perbln bulanan bulannya month monthly',
    year: 'tahun thn th setahun pertahun pertahunnya tahunan year yearly',
  }).flatMap(([period, words]) => words.split(' ').map((word) => [word, period as Period] as const)),
)
/** These name one period each; with a number before them they name several. */
const SPANS = new Set('hari hr minggu mgg pekan bulan bln bl tahun thn th day week month year'.split(' '))
const ABOUT = new Set(
  `kira sekitar sekitaran sktr kurang lebih krg krng lbh kurleb krleb kisaran kisarannya rata hampir mungkin paling
   maksimal minimal an ribuan rban rbuan jutaan jtan jutan miliaran milyaran about around roughly ± ~ ≈ < >`.split(/\s+/),
)
const ROUND_UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ribu: 'ribuan rban rbuan', juta: 'jutaan jtan jutan', miliar: 'miliaran milyaran' }).flatMap(([unit, words]) =>
    words.split(' ').map((word) => [word, unit] as const),
  ),
)
const FILLERS = new Set(
  `rupiah rp idr perak per tiap setiap dalam a every saya kami kita dapat dapet omzet omset penjualan jualan
   pendapatan pemasukan penghasilan hasil untung laba modal harga harganya uang duit itu ada cuma hanya cuman
   bisa saja aja nih sih ya lah kok bu pak kak mbak mas bersih kotor dari dan totalnya total nya . , ; : ! ? ( )
   = / "`.split(/\s+/),
)
const OR = new Set(['-', '–', '—', 'atau', 'sampai', 'sampe', 'smp', 'hingga', 'sd', 'or', 'to'])
const UNDER = /\b(?:kurang dari|di ?bawah|maksimal|paling banyak|less than|under|below|at most)\b|[<≤]/g
const OVER = /\b(?:lebih dari|di ?atas|minimal|paling sedikit|more than|over|above|at least)\b|[>≥]/g
const NOTHING =
  /^(?:saya )?(?:tidak|belum) (?:ada|punya|dapat)(?: (?:sama sekali|penjualan|pemasukan|om[sz]et|modal|uang|hasil|pendapatan))?$|^(?:nihil|kosong)$/
// Market words of Hokkien origin. Those that still name small coins for some have two readings.
const MARKET_WORDS: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    seceng: [1e3], ceceng: [1e3], noceng: [2e3], goceng: [5e3], ceban: [1e4], noban: [2e4], jigo: [25e3], goban: [5e4], gocap: [5e4],
    cepekceng: [1e5], nopekceng: [2e5], gopekceng: [5e5], cetiau: [1e6], cetiao: [1e6], gotiau: [5e6], gotiao: [5e6],
    cepek: [100, 1e5], cepe: [100, 1e5], nopek: [200, 2e5], nope: [200, 2e5], gopek: [500, 5e5], gope: [500, 5e5], pego: [150, 15e4],
  }),
)

/** Reads one amount from typed text, in digits or words. A bare number under 1000, `m` (miliar or juta), and `1jt50` are asked back.
    Never throws. */
export function readRupiah(text: string): Rupiah {
  if (text.length > 200) return NONE
  if (NOTHING.test(wordsOf(normalise(text)).map(fullWord).join(' '))) return { type: 'amount', rupiah: 0, about: false }
  const spelled = spellOut(fold(text))
  const bound = boundIn(spelled)
  const plain = bound ? spelled.replace(UNDER, ' ± ').replace(OVER, ' ± ') : spelled
  const tokens = tokenise(plain)
  const said = tokens && takePeriod(tokens)
  if (said === undefined) return NONE
  const about = said.tokens.some((token) => isOneOf(token, ABOUT))
  const manner: Manner = { ...(said.period && { period: said.period }), about, ...(bound && { bound }) }
  const named = /\brp\b|\bidr\b|rupiah|perak|\brp(?=\d)/.test(plain)
  const parts = splitAt(said.tokens, OR).map((part) => readPart(part, named))
  return combine(parts, manner)
}

/** `Rp1.500.000`, as official spelling has it. `rupiah` is a whole number. */
export function formatRupiah(rupiah: number): string {
  const digits = Math.abs(rupiah).toFixed(0).replace(/\B(?=(?:\d{3})+$)/g, '.')
  return `${rupiah < 0 ? '-' : ''}Rp${digits}`
}

/** `1,5 juta`, `750 ribu`, `2 miliar`: at most two decimals, so amounts are rounded. Never "M", which is read both ways. */
export function formatRupiahShort(rupiah: number): string {
  const size = Math.abs(rupiah)
  for (const [unit, word] of [[1e9, 'miliar'], [1e6, 'juta'], [1e3, 'ribu']] as const) {
    // What rounds up to 1000 of a unit is one of the next: 999.999 is "1 juta".
    if (size < unit * 0.999_995) continue
    const rounded = String(Math.round(size / unit * 100) / 100).replace('.', ',')
    return `${rupiah < 0 ? '-' : ''}${rounded} ${word}`
  }
  return String(rupiah)
}

// "Rp5.000,-", "s/d", "kira-kira", "+/-", "5jt-an", "sejutaan", ",5" and "antara 3 dan 4" in words and signs that stand for one thing each.
function spellOut(text: string): string {
  return text
    .replace(/[.,]?-+$/, '')
    .replace(/s\/d/g, 'sd')
    .replace(/(kira|rata)(?:-\1|2)/g, '$1')
    .replace(/\+[-/]+/g, '±')
    .replace(/-(?=an\b)/g, ' ')
    .replace(/\b(se(?:puluh|belas|ratus|ribu|juta|miliar|milyar))an\b/g, '$1 an')
    .replace(/(^|\s)[.,](?=\d)/g, (_, before: string) => `${before}0,`)
    .replace(/\b(?:antara|between)\b(.*)\b(?:dan|and)\b/, '$1 sampai ')
    .replace(/\b(?:antara|between)\b/, ' ')
}

function boundIn(plain: string): Manner['bound'] {
  const [under, over] = [plain.search(UNDER) >= 0, plain.search(OVER) >= 0]
  return under === over ? undefined : under ? 'under' : 'over'
}

/** What one end of a text says: sure, unclear (several readings), or a bare small number that needs a unit. */
type Part =
  | { readonly type: 'sure'; readonly rupiah: number; readonly unit: number }
  | { readonly type: 'unclear'; readonly rupiah: readonly number[] }
  | { readonly type: 'bare'; readonly number: number }

function readPart(tokens: readonly Token[], named: boolean): Part | undefined {
  const words = tokens.filter((token) => !isOneOf(token, FILLERS)).map(withPlainUnit).filter((token) => !isOneOf(token, ABOUT))
  const only = words.length === 1 ? words[0] : undefined
  const market = only && 'word' in only ? MARKET_WORDS.get(only.word) : undefined
  if (market) return market.length === 1 ? { type: 'sure', rupiah: market[0] ?? 0, unit: 1 } : { type: 'unclear', rupiah: market }
  const last = words.at(-1)
  if (last && 'word' in last && last.word === 'm') return readDoubtfulUnit(words.slice(0, -1))
  const spelled = spellNumber(words)
  if (spelled === undefined) return undefined
  if (spelled.tail) return readTail(spelled, spelled.tail)
  if (spelled.largest === 1 && spelled.value !== 0 && (spelled.value < 1000) && !named) return { type: 'bare', number: spelled.value }
  return { type: 'sure', rupiah: Math.round(spelled.value), unit: spelled.largest }
}

function readDoubtfulUnit(tokens: readonly Token[]): Part | undefined {
  const spelled = spellNumber(tokens)
  if (spelled === undefined || spelled.largest !== 1) return undefined
  return { type: 'unclear', rupiah: [spelled.value * 1e6, spelled.value * 1e9] }
}

// "2jt5" is 2,5 juta and "2jt500" is 2.500 ribu; two digits ("1jt50") may be thousands or a decimal, words ("dua juta lima") anything.
function readTail(spelled: SpelledNumber, tail: NonNullable<SpelledNumber['tail']>): Part | undefined {
  const { value, smallest: unit } = spelled
  const asThousandths = value + tail.value * (unit / 1000)
  const asDecimal = value + tail.value * unit / 10 ** String(tail.value).length
  if (!Number.isInteger(tail.value)) return undefined
  if (tail.digits !== undefined && (tail.value < 10 || tail.value >= 100)) {
    const sure = tail.value < 10 ? asDecimal : tail.value < 1000 ? asThousandths : value + tail.value
    return { type: 'sure', rupiah: Math.round(sure), unit }
  }
  const literal = tail.digits === undefined ? value + tail.value : asThousandths
  return literal === asDecimal ? { type: 'sure', rupiah: literal, unit } : { type: 'unclear', rupiah: [literal, asDecimal] }
}

function combine(parts: readonly (Part | undefined)[], manner: Manner): Rupiah {
  const [left, right, ...others] = parts
  if (left === undefined || others.length > 0 || (parts.length === 2 && right === undefined)) return NONE
  if (right === undefined) return left.type === 'sure' ? amount(left.rupiah, manner) : ask(readings(left), manner)
  if (right.type === 'unclear') return ask(right.rupiah, manner)
  // Without a unit on the right, the ends are only worth showing in the likeliest unit.
  if (right.type === 'bare') {
    const unit = left.type === 'sure' ? left.unit : 1000
    return ask([...(left.type === 'bare' ? [left.number * unit] : readings(left)), right.number * unit], manner)
  }
  if (left.type === 'unclear') return ask(left.rupiah, manner)
  const from = left.type === 'sure' ? left.rupiah : withUnitOf(left.number, right)
  if (from === right.rupiah) return amount(from, manner)
  if (from > right.rupiah) return ask([right.rupiah, from], manner)
  return Math.max(from, right.rupiah) > LARGEST ? NONE : { type: 'range', from, to: right.rupiah, ...manner }
}

// The right end's unit goes for the left end too; hundreds that would turn the range around are of the unit below ("500-1jt").
function withUnitOf(number: number, right: { readonly rupiah: number; readonly unit: number }): number {
  const scaled = Math.round(number * right.unit)
  return scaled <= right.rupiah || right.unit === 1 || number < 100 ? scaled : Math.round(scaled / 1000)
}

function readings(part: Part): readonly number[] {
  if (part.type === 'sure') return [part.rupiah]
  if (part.type === 'unclear') return part.rupiah
  return [part.number, part.number * 1e3, part.number * 1e6]
}

function amount(rupiah: number, manner: Manner): Rupiah {
  return rupiah > LARGEST ? NONE : { type: 'amount', rupiah, ...manner }
}

function ask(rupiah: readonly number[], manner: Manner): Rupiah {
  const whole = [...new Set(rupiah.filter((reading) => Number.isInteger(reading) && reading <= LARGEST))].sort((a, b) => a - b)
  return whole.length === 0 ? NONE : { type: 'ask', rupiah: whole, ...manner }
}

// Takes "per bulan", "sehari" or "1 minggu" out. Undefined for a period of several ("2 minggu") and for two different ones.
function takePeriod(tokens: readonly Token[]): { readonly tokens: readonly Token[]; readonly period?: Period } | undefined {
  const rest: Token[] = []
  const periods = new Set<Period>()
  for (const token of tokens) {
    const period = 'word' in token ? PERIODS.get(token.word) : undefined
    if (period === undefined || !('word' in token)) {
      rest.push(token)
      continue
    }
    periods.add(period)
    const before = rest.at(-1)
    if (!(before && 'digits' in before && SPANS.has(token.word) && before.value < 1000)) continue
    if (before.value !== 1) return undefined
    rest.pop()
  }
  const [period, second] = periods
  if (second !== undefined) return undefined
  return period ? { tokens: rest, period } : { tokens: rest }
}

function withPlainUnit(token: Token): Token {
  const unit = 'word' in token ? ROUND_UNITS.get(token.word) : undefined
  return unit === undefined ? token : { word: unit }
}
