/** Puts people's words into an SVG: escaped, without signs our font cannot draw, broken into lines and shortened to fit. Pure. */

/** Lines of text in one size (SVG units). */
export interface FittedText {
  readonly size: number
  readonly lines: readonly string[]
}

/** Sizes to try, largest first, and the room there is. */
export interface Room {
  readonly width: number
  readonly sizes: readonly number[]
  readonly lines: number
}

/** Latin letters, digits and the usual signs are drawn; everything else (emoji, other scripts) our font may lack. */
const NOT_DRAWN = /[^\u0020-\u007e\u00a0-\u017f\u1e00-\u1eff\u2010-\u2027\u20ac]/gu
const ELLIPSIS = '…'

/** What of a text can be drawn, on one line; "–" when nothing is left. */
export function drawable(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').replaceAll(NOT_DRAWN, '').replaceAll(/ +/g, ' ').trim() || '–'
}

/** Breaks the drawable part of a text into lines of the largest size that fits, about equally long; at the smallest, the last line is cut with "…". */
export function fitText(text: string, { width, sizes, lines }: Room): FittedText {
  const words = drawable(text).split(' ')
  let size = sizes[0] ?? 16
  for (size of sizes) {
    const broken = breakLines(words, width / size)
    if (broken.length <= lines && fits(broken, width / size)) return { size, lines: balance(words, width / size, broken) }
  }
  const broken = breakLines(words, width / size)
  const last = broken.slice(lines - 1).join(' ')
  return { size, lines: [...broken.slice(0, lines - 1), last].map((line) => shorten(line, width / size)) }
}

/** Safe inside SVG text and attributes. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** `width` in units of the letter size. */
function breakLines(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const word of words) {
    const line = lines.at(-1)
    if (line !== undefined && textWidth(`${line} ${word}`) <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

function fits(lines: readonly string[], width: number): boolean {
  return lines.every((line) => textWidth(line) <= width)
}

/** As narrow as the same number of lines allows. */
function balance(words: readonly string[], width: number, broken: readonly string[]): readonly string[] {
  if (broken.length === 1) return broken
  const narrower = breakLines(words, width - 1)
  return narrower.length > broken.length || !fits(narrower, width - 1) ? broken : balance(words, width - 1, narrower)
}

function shorten(line: string, width: number): string {
  if (textWidth(line) <= width) return line
  let kept = ''
  let used = textWidth(ELLIPSIS)
  for (const letter of line) {
    used += textWidth(letter)
    if (used > width) break
    kept += letter
  }
  return kept.trimEnd() + ELLIPSIS
}

/** Letter widths of Noto Sans Bold at size 1, in groups and rounded up, so that text may end early but never over the edge. */
const LETTER_WIDTHS: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ .:!,;'jliI()[\]`J]/, 0.36],
  [/[fr{}t_\-/\\]/, 0.47],
  [/[?"zscLEFS|vy*$+<=>^~\d]/, 0.575],
  [/[TxZeakPo]/, 0.635],
  [/[a-ln-vx-zT-VX-ZBCKR#]/, 0.68],
  [/[A-L&NOPQ]/, 0.81],
]
const WIDEST_LETTER = 1.05
const WIDTHS = Array.from({ length: 127 }, (_, code) => LETTER_WIDTHS.find(([letters]) => letters.test(String.fromCharCode(code)))?.[1])

/** Width of a text at size 1, or a little more; accented letters count as wide. */
export function textWidth(text: string): number {
  let width = 0
  for (const letter of text) width += WIDTHS[letter.codePointAt(0)!] ?? WIDEST_LETTER
  return width
}
