// Takes out of her words what would tell strangers who she is or lead them elsewhere: phones, accounts, links, e-mail, long numbers and names. Pure.

/** What stands in the place of something masked. */
export const MASK = '•••'

const DOMAINS = 'com|id|net|org|me|io|co|info|xyz|online|shop|store|site|app|link|biz|ly|ee|gl|gg|to|tv|my|page|dev|asia|web'
const LEADS_ELSEWHERE: readonly RegExp[] = [
  // E-mail and links first: a number or a name inside one belongs to it.
  /[\w.+-]{1,64}(?:@|\s?[([]at[)\]]\s?)[\w-]+(?:\.[\w-]+)+/giu,
  /\b(?:https?:\/\/|www\.)\S+/giu,
  new RegExp(`(?<![\\p{L}\\d.])[\\p{L}\\d-]+(?:\\.[\\p{L}\\d-]+)*\\.(?:${DOMAINS})(?:/\\S*)?(?![\\p{L}\\d])`, 'giu'),
  /(?<![\p{L}\d])@\w[\w.]{2,}/gu,
]

/** Digits with whatever people put between them, also the letter O for a nought; from seven digits on. */
const DIGITS = /(?<![\p{L}\d,.])[+(]{0,2}[\doO](?:[ .\-()/–]{0,3}[\doO]){6,}(?![\p{L}\d])/gu
const SPELLED_DIGIT = '(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan|zero|one|two|three|four|five|six|seven|eight|nine)'
const SPELLED = new RegExp(`(?<![\\p{L}\\d])${SPELLED_DIGIT}(?:[ ,.-]+${SPELLED_DIGIT}){6,}(?![\\p{L}\\d])`, 'giu')

/** Up to ten billion: what has more digits is no sum a small business speaks of. */
const AMOUNT = /^(?:[1-9]\d{0,2}(?:[.,]\d{3}){1,2}|[1-9](?:[.,]\d{3}){3})(?:,\d{2})?$/
const PLAIN_AMOUNT = /^[1-9]\d{3,9}$/
const DATE = /^(?:(?:0?[1-9]|[12]\d|3[01])([ ./-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d|(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))$/
const TIME = /^(?:[01]?\d|2[0-4])\.[0-5]\d$/
const YEAR = /^(?:19|20)\d\d$/
const NAMES_RUPIAH = /\brp\.?\s*$/i
/** A round sum written without dots; telephone numbers begin with a nought or are longer. */
const ROUND = /^[1-9]\d{1,6}000$/

/** Common words that stand in names of businesses: hidden, they would take the sense out of what she asks. */
const COMMON = new Set(
  'warung toko usaha kedai rumah makan depot katering catering jahit penjahit salon bengkel laundry kios pasar ibu bapak pak mbak mas bang kak bakso soto mie nasi kue roti kopi es jus sayur buah ayam ikan tahu tempe pecel jaya baru maju berkah dan cv pt ud'.split(' '),
)

/** @param names what she and her business are called; words shorter than three letters stay, and so do common ones. */
export function maskPersonal(text: string, names: readonly string[]): string {
  let masked = text
  for (const pattern of LEADS_ELSEWHERE) masked = masked.replace(pattern, MASK)
  masked = masked.replace(DIGITS, (found, at: number) => (!/\d/.test(found) || saysHowMuchOrWhen(found, masked.slice(0, at)) ? found : MASK)).replace(SPELLED, MASK)
  const words = names.flatMap((name) => name.split(/\s+/)).filter((word) => !COMMON.has(word.toLowerCase()))
  for (const name of [...names, ...words].map((one) => one.trim()).filter((one) => Array.from(one).length >= 3).toSorted((a, b) => b.length - a.length)) {
    masked = masked.replace(new RegExp(`(?<![\\p{L}\\d])${escape(name)}(?![\\p{L}\\d])`, 'giu'), MASK)
  }
  return masked.replace(/•••(?:\s*•••)+/gu, MASK)
}

/** Prices and dates say what it is about. */
function saysHowMuchOrWhen(found: string, before: string): boolean {
  const isRupiah = NAMES_RUPIAH.test(before)
  const isOne = (one: string) => AMOUNT.test(one) || YEAR.test(one) || TIME.test(one) || ROUND.test(one) || (isRupiah && PLAIN_AMOUNT.test(one))
  return DATE.test(found) || found.split(/\s*[-–/]\s*/).every(isOne)
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')
}
