// Finds numbers nobody should send to the clinic: identity numbers (NIK), bank cards, one-time codes. It must not keep or show them.
import { fold } from './normalise.ts'

export type Sensitive = 'nik' | 'card' | 'otp'

/** First two digits of a NIK: the province codes of Kepmendagri 300.2.2-2138/2025, and 54 of the former Timor Timur. */
const PROVINCES = new Set(
  '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 54 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96'.split(' '),
)
const LONG_RUN = /\+?\d(?:[ .,-]{0,3}\d){12,}/g
/** What may stand for itself in a row of numbers: one written without gaps, or in four groups of four. */
const OWN_NUMBER = /(?<![+\d])\d{13,19}(?!\d)|(?<!\d)\d{4}([ .-])\d{4}\1\d{4}\1\d{4}(?!\d)/g
const GROUPED_AMOUNT = /^\d{1,3}(?:[.,]\d{3})+$/
const CODE_WORD =
  /\b(?:otp|pin|kode ?(?:nya )?(?:otp|wa|whatsapp|(?:dari )?bank|verifikasi|rahasia|aktivasi|akses|masuk|login|konfirmasi|keamanan)|(?:verification|security|login) code)(?:nya|ku)?\b/g
const CODE = /(?<![\d.,/+-])(?:g-)?(\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|\d{2} \d{2} \d{2}|\d{4,8})(?![\d/]|[.,-]\d)/g
const CARD_CODE = /\bcv[cv]2?\b\D{0,12}\d{3,4}(?!\d)/
const BARE_CODE = /\bkode(?:nya)?(?: saya| ku| itu| adalah)?[ :=]{1,3}\d{6}(?!\d)/
/** A number after one of these is a day, a price or an address, not a code; before one of UNITS it is an amount. */
const NOT_A_CODE =
  /\b(?:rp|idr|harga(?:nya)?|tanggal|tgl|tahun|jam|pukul|nom[eo]r|no|ke|dari|pos|(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)\w{0,7})[ .:]{0,2}$/
const UNITS = /^ ?(?:rb|ribu|jt|juta|k|m|miliar|rupiah|perak|orang|kali|hari|menit|jam|pcs|buah|unit|x)\b/
const IDENTITY_CARD =
  /\b(?:e-?)?ktp(?:nya|ku)?\b|\bnik(?:nya|ku)?\b|\bkartu (?:tanda penduduk|keluarga|identitas|atm|debit|kredit)(?:nya|ku)?\b|\bpaspor|\bbuku tabungan|\b(?:id|identity|bank|credit|debit) card\b|\bpassport\b/
const BESIDE = 40
const READABLE = 4096

/** The first kind of private number in a text, if any. Telephone numbers, amounts and days are none. Never throws.
    NIK: province, and a birth day (women's + 40) and month. Card: a network's length and prefix, and the Luhn check digit. */
export function findSensitive(text: string): Sensitive | undefined {
  const plain = fold(text.slice(0, READABLE)).replace(/[\u2010-\u2015]/g, '-')
  for (const run of plain.match(LONG_RUN) ?? []) {
    const kind = [run, ...run.split(','), ...(run.match(OWN_NUMBER) ?? [])].map(kindOf).find((one) => one !== undefined)
    if (kind) return kind
  }
  if (CARD_CODE.test(plain)) return 'card'
  return hasOneTimeCode(plain) ? 'otp' : undefined
}

/** Whether words beside a picture say that it shows a card with someone's identity or account. Never throws. */
export function namesIdentityCard(caption: string): boolean {
  return IDENTITY_CARD.test(fold(caption.slice(0, READABLE)))
}

function kindOf(number: string): Sensitive | undefined {
  const written = number.trim()
  if (written.startsWith('+') || GROUPED_AMOUNT.test(written)) return undefined
  const digits = written.replace(/\D/g, '')
  if (isNik(digits)) return 'nik'
  return isCard(digits) ? 'card' : undefined
}

function isNik(digits: string): boolean {
  const part = (from: number) => Number(digits.slice(from, from + 2))
  const day = part(6) > 40 ? part(6) - 40 : part(6)
  const dated = day >= 1 && day <= 31 && part(8) >= 1 && part(8) <= 12
  const placed = PROVINCES.has(digits.slice(0, 2)) && part(2) >= 1 && part(4) >= 1
  return digits.length === 16 && placed && dated && digits.slice(12) !== '0000'
}

// Business numbers (NIB) have 13 digits and would pass the check digit one time in ten, so prefix and length must fit a network too.
function isCard(digits: string): boolean {
  const network = /^(?:4(?:\d{12}|\d{15}|\d{18})|[25]\d{15}|3\d{13,15}|6\d{15,18})$/
  return network.test(digits) && !/^628\d{9,12}$/.test(digits) && passesLuhn(digits)
}

function passesLuhn(digits: string): boolean {
  const sum = digits.split('').toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

function hasOneTimeCode(plain: string): boolean {
  if (BARE_CODE.test(plain)) return true
  const names = [...plain.matchAll(CODE_WORD)].map(({ 0: name, index }) => ({
    start: index,
    end: index + name.length,
    pin: name.startsWith('pin'),
  }))
  if (names.length === 0) return false
  return [...plain.matchAll(CODE)].some(({ 0: code, index }) => {
    const end = index + code.length
    if (NOT_A_CODE.test(plain.slice(Math.max(0, index - 16), index)) || UNITS.test(plain.slice(end, end + 10))) return false
    // Pins are also sold: "pin 5000" is a price.
    const price = /^\d+00$/.test(code)
    return names.some((name) => !(name.pin && price) && index - name.end <= BESIDE && name.start - end <= BESIDE)
  })
}
