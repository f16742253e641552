/* Brings typed text to one spelling before it is matched: letter case, look-alike characters, emoji, politeness words.
   It must not decide what a message means; it only makes equal things equal. */

/** Words by which people address the clinic. They carry no answer. */
export const ADDRESS_WORDS: ReadonlySet<string> = new Set(
  'bu ibu pak bapak kak kakak min mimin admin mas mbak mba gan sis bang bung om bro'.split(' '),
)

/** Particles that soften a sentence. They carry no answer, except `ya` standing alone. */
export const PARTICLES: ReadonlySet<string> = new Set('ya yah dong deh sih kok lah nih tuh loh lho atuh'.split(' '))

const KEPT_EMOJI: Readonly<Record<string, string>> = {
  '👍': '👍', '👎': '👎', '✅': '✅', '✔': '✅', '☑': '✅', '❌': '❌', '✖': '❌',
}
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gu
const INVISIBLE = /[\p{Cf}\p{Cc}\u034F\u20E3\uFE00-\uFE0F]/gu
const APOSTROPHES = /['’‘`´ʼ]/gu
const PLAIN = /^[!-~]+(?: [!-~]+)*$/
const EDGE = /[\p{P}\p{Z}]/u

/** Short spellings that everybody types, by the full word. Only words with a single reading belong here. */
const FULL_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tidak: 'ga gak gk g ngga nggak enggak engga ndak nda tdk tak kagak kaga',
    tahu: 'tau taw',
    sudah: 'udah udh sdh dah',
    belum: 'blm blom belom blum',
    yang: 'yg',
    orang: 'org',
    tahun: 'thn th',
    bulan: 'bln',
    hari: 'hr',
    juta: 'jt jta',
    ribu: 'rb rbu',
    dengan: 'dgn dg',
    sama: 'sm',
    saja: 'aja aj',
    whatsapp: 'wa wasap whatsap watsap whatsup',
    instagram: 'ig',
    facebook: 'fb',
  }).flatMap(([full, short]) => short.split(' ').map((word) => [word, full] as const)),
)

/** One spelling of look-alike characters: NFKC, lower case, single spaces, nothing invisible. Idempotent; never throws. */
export function fold(text: string): string {
  // Most messages are plain letters and single spaces, and only lose their capitals.
  if (PLAIN.test(text)) return text.toLowerCase()
  // NFKC alone would make "1½" the digits "11⁄2".
  const spaced = text.replaceAll('½', ' 1/2 ').replaceAll('¼', ' 1/4 ').replace(/\s+/gu, ' ')
  const folded = spaced.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().normalize('NFKC')
  return folded.replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim()
}

/** The text to match on: folded, without emoji (except thumbs, tick and cross), apostrophes, outer punctuation,
    and trailing address words or particles, which stay when they are the only word. Idempotent; never throws. */
export function normalise(text: string): string {
  const plain = fold(text)
    .replace(EMOJI, (emoji) => ` ${KEPT_EMOJI[emoji] ?? ''} `)
    .replace(APOSTROPHES, '')
    .normalize('NFKC')
  const words = plain.split(' ').filter((word) => trimEdges(word) !== '')
  while (words.length > 1 && isPolite(trimEdges(words.at(-1) ?? ''))) words.pop()
  return trimEdges(words.join(' '))
}

/** Stretched letters made single: `iyaaaa` -> `iya`. Compare both sides collapsed, for some words have true doubles. */
export function collapseRuns(text: string): string {
  return text.replace(/(\p{L})\1+/gu, '$1')
}

/** The words of a message: `ok2` and `ragu-ragu` become their word once, and repeated words are said once. */
export function wordsOf(text: string): readonly string[] {
  const words = text.replace(/(?<![\p{L}\p{N}])(\p{L}+)2(?![\p{L}\p{N}])/gu, '$1').split(/[^\p{L}\p{N}👍👎✅❌]+/u)
  return words.filter((word, index) => word !== '' && (word !== words[index - 1] || /^\p{N}/u.test(word)))
}

/** The full form of a common short spelling (`gak` -> `tidak`, `jt` -> `juta`); other words unchanged. */
export function fullWord(word: string): string {
  return FULL_WORDS.get(word) ?? word
}

function isPolite(word: string): boolean {
  return ADDRESS_WORDS.has(word) || PARTICLES.has(word)
}

// Two walks instead of one regular expression: `[\p{P}]+$` takes quadratic time on long runs of punctuation.
function trimEdges(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && EDGE.test(text.charAt(start))) start += 1
  while (end > start && EDGE.test(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}
