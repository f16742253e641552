// Takes out of her words what would tell strangers who she is or lead them elsewhere: phones, accounts, links, e-mail, long numbers and names. Pure.

/** What stands in the place of something masked. */
export const MASK = '•••'

const PATTERNS: readonly RegExp[] = [
  // Links first: a number inside one belongs to it.
  /\b(?:https?:\/\/|www\.)\S+/giu,
  /\b[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.(?:com|id|net|org|me|io|co|info|xyz|online|shop|store|site|app|link|biz)(?:\/\S*)?(?![\p{L}\d])/giu,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu,
  /(?<![\p{L}\d])@\w{3,}/gu,
  // Telephone numbers, accounts and identity numbers, also with spaces, dots or dashes between.
  /(?<![\d,.])\+?\d(?:[ .\-()]?\d){6,}(?![\d])/gu,
]

/** Amounts are no telephone numbers: they say what it is about. */
const AMOUNT = /^\d{1,3}(?:[.,]\d{3})+$/

/** @param names what she and her business are called; words shorter than three letters stay. */
export function maskPersonal(text: string, names: readonly string[]): string {
  let masked = text
  for (const pattern of PATTERNS) masked = masked.replace(pattern, (found) => (AMOUNT.test(found.trim()) ? found : MASK))
  const words = names.flatMap((name) => name.split(/\s+/)).filter((word) => Array.from(word).length >= 3)
  for (const name of [...names, ...words].filter((one) => one.trim().length >= 3).toSorted((a, b) => b.length - a.length)) {
    masked = masked.replace(new RegExp(`(?<![\\p{L}\\d])${escape(name.trim())}(?![\\p{L}\\d])`, 'giu'), MASK)
  }
  return masked.replace(/•••(?:\s*•••)+/gu, MASK)
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')
}
