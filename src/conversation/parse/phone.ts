// Reads and shows telephone numbers. Numbers without a country code are Indonesian. It must not store or send any.
import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { fold } from './normalise.ts'

/** `e164` is `+` with country code and number. A fixed line is a number, but no WhatsApp. */
export type Phone =
  | { readonly type: 'phone'; readonly e164: string; readonly kind: 'mobile' | 'fixed' }
  | { readonly type: 'none'; readonly reason: 'no-number' | 'several' | 'too-short' | 'too-long' | 'not-in-use' }

const LINKS = /(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/|api\.whatsapp\.com\/send\/?\?phone=|whatsapp:\/\/send\?phone=|tel:)/g
const DIGIT_RUN = /\+?\(?\d[\d\s().-]*/g
const READABLE = 500

/** Reads the one telephone number in a text, also from a wa.me link or a sentence. Never throws.
    Validity follows Google's numbering metadata (Indonesian mobile: 08 and 8 to 11 more digits). */
export function readPhone(text: string): Phone {
  const plain = fold(text.slice(0, READABLE))
    .replace(LINKS, ' ')
    .replace(/[\u2010-\u2015\u2212_]/g, '-')
    .replace(/(?<![\p{L}\p{N}])o(?=8\d)/gu, '0')
  const runs = (plain.match(DIGIT_RUN) ?? []).map((run) => run.trim()).filter((run) => countDigits(run) >= 5)
  const [run, ...others] = [...new Set(runs.map(dial))]
  if (run === undefined) return { type: 'none', reason: 'no-number' }
  if (others.length > 0) return { type: 'none', reason: 'several' }
  const number = parsePhoneNumberFromString(run, 'ID')
  const kind = kindOf(number)
  if (number && kind) return { type: 'phone', e164: number.number, kind }
  const length = run.replace(/^\+62|^62|^0/, '').length
  if (length < 9) return { type: 'none', reason: 'too-short' }
  return { type: 'none', reason: length > 12 ? 'too-long' : 'not-in-use' }
}

/** How a number is shown: `0812-3456-7890`, `(0341) 123456`, abroad `+60 12-345 6789`. Text that is no number comes back unchanged. */
export function formatPhone(e164: string): string {
  const number = parsePhoneNumberFromString(e164)
  if (number === undefined) return e164
  return number.countryCallingCode === '62' ? number.formatNational() : number.formatInternational()
}

/** The shown number with its middle hidden: `0812-xxxx-7890`. At least four digits are hidden, whatever the length. */
export function maskPhone(e164: string): string {
  const shown = formatPhone(e164)
  const digits = countDigits(shown)
  const head = Math.min(4, Math.max(0, digits - 4))
  const tail = Math.max(0, Math.min(4, digits - head - 4))
  let seen = 0
  return shown.replace(/\d/g, (digit) => {
    seen += 1
    return seen > head && seen <= digits - tail ? 'x' : digit
  })
}

// Only the full metadata tells mobile numbers from fixed and service ones (0800).
function kindOf(number: PhoneNumber | undefined): 'mobile' | 'fixed' | undefined {
  const type = number?.getType()
  if (type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE') return 'mobile'
  return type === 'FIXED_LINE' ? 'fixed' : undefined
}

// "0062" and "+62 (0)812" are ways people write "+62"; "62812" lacks only its plus.
function dial(run: string): string {
  const digits = run.replace(/\D/g, '')
  const international = run.startsWith('+') ? `+${digits}` : digits.replace(/^00(?=[1-9])/, '+').replace(/^62(?=0?[1-9]\d{7})/, '+62')
  return international.replace(/^\+620/, '+62')
}

function countDigits(text: string): number {
  return text.replace(/\D/g, '').length
}
