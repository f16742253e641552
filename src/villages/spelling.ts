/**
 * How Indonesian place names are spelled: words, abbreviations, old spelling, and the number of slips between two names.
 * Pure; it knows letters, never places.
 */

/** A name prepared for comparing. `letters` has one bit for each letter present, so most names are ruled out at a glance. */
export interface Spelling {
  readonly bytes: Uint8Array
  readonly letters: number
  readonly hash: number
  /** How many slips (a letter missing, added, other or swapped) this name may have and still be meant. */
  readonly slips: number
}

/** Written both ways in the data as well as by people, so both sides are read one way. */
const ONE_WAY: ReadonlyMap<string, string> = new Map(Object.entries({
  tj: 'tanjung', tg: 'tanjung', tjg: 'tanjung', gn: 'gunung', kp: 'kampung', kmp: 'kampung', kt: 'koto', lbk: 'lubuk',
  sei: 'sungai', mns: 'meunasah', perk: 'perkebunan', pd: 'padang', kep: 'kepulauan', btg: 'batang', dsn: 'dusun',
  1: 'i', 2: 'ii', 3: 'iii', 4: 'iv', 5: 'v', 6: 'vi', 7: 'vii', 8: 'viii', 9: 'ix',
}))

/** Lower-case words of letters and digits. Accents and apostrophes vanish (`Soka"an` is `sokaan`), the rest separates. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036F'"`´‘’“”ʼ]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => ONE_WAY.get(word) ?? word)
}

/**
 * One key for all usual spellings of a name: glued, old spelling (oe, dj, tj) made modern, like sounds as one, doubled
 * letters single.
 */
export function foldWords(words: readonly string[]): string {
  return words
    .join('')
    .replaceAll(/oe|dj|tj|dh|th|[vfzqxy]/g, (sound) => MODERN[sound] ?? sound)
    .replaceAll(/([a-hj-z])\1+/g, '$1')
    .replace(/^sei/, 'sungai')
}

const MODERN: Readonly<Record<string, string>> = {
  oe: 'u', dj: 'j', tj: 'c', dh: 'd', th: 't', v: 'p', f: 'p', z: 's', q: 'k', x: 'ks', y: 'i',
}

/** Prepares a folded name for comparing. Names up to 3 letters allow no slip, up to 6 one, longer ones two. */
export function spell(folded: string): Spelling {
  const bytes = Buffer.from(folded, 'latin1')
  let letters = 0
  let hash = 0x811c9dc5
  for (const byte of bytes) {
    letters |= 1 << (byte & 31)
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  return { bytes, letters, hash: hash >>> 0, slips: bytes.length <= 3 ? 0 : bytes.length <= 6 ? 1 : 2 }
}

/**
 * Slips between `a` and the name at `from..to` of `b`: letters missing, added, other, or two neighbours swapped, each
 * letter touched once (optimal string alignment). More than `most` is answered as `most + 1`. `most` is at most 15.
 */
export function countSlips(a: Uint8Array, b: Uint8Array, from: number, to: number, most: number): number {
  const rows = a.length
  const columns = to - from
  const tooMany = most + 1
  if (Math.abs(rows - columns) > most) return tooMany
  if (columns >= ROW_LENGTH) return tooMany
  let [before, above, row] = ROWS
  for (let j = 0; j <= columns; j++) above[j] = j
  for (let i = 1; i <= rows; i++) {
    // Only cells within `most` of the diagonal can end within the bound.
    const first = Math.max(1, i - most)
    const last = Math.min(columns, i + most)
    row[first - 1] = first === 1 ? i : tooMany
    let least = row[first - 1]!
    for (let j = first; j <= last; j++) {
      const same = a[i - 1] === b[from + j - 1]
      let slips = above[j - 1]! + (same ? 0 : 1)
      if (j - 1 >= first - 1) slips = Math.min(slips, row[j - 1]! + 1)
      if (j <= i - 1 + most) slips = Math.min(slips, above[j]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[from + j - 2] && a[i - 2] === b[from + j - 1]) {
        slips = Math.min(slips, before[j - 2]! + 1)
      }
      row[j] = slips
      if (slips < least) least = slips
    }
    if (least > most) return tooMany
    ;[before, above, row] = [above, row, before]
  }
  return Math.min(above[columns]!, tooMany)
}

const ROW_LENGTH = 64
/** Scratch rows, written before they are read in every call. */
const ROWS = [new Uint8Array(ROW_LENGTH), new Uint8Array(ROW_LENGTH), new Uint8Array(ROW_LENGTH)] as const
