/** The letter of thanks to a volunteer as a picture (SVG), with every word given by the caller. Pure. */
import { COLORS, sheet, rectangle, words } from './look.ts'

export interface LetterContent {
  readonly clinic: string
  readonly title: string
  /** "Diberikan kepada". */
  readonly given: string
  readonly name: string
  /** What was done, in a sentence. */
  readonly body: string
  /** The two numbers, such as "4 kasus" and "2,5 jam". */
  readonly numbers: readonly [string, string]
  /** How the hours were counted. */
  readonly rule: string
  /** How anyone can check it. */
  readonly check: string
  readonly link: string
}

const WIDTH = 1080
const HEIGHT = 1080
const MARGIN = 90
const INNER = WIDTH - 2 * MARGIN
const HEAD = 190

export function letter({ clinic, title, given, name, body, numbers, rule, check, link }: LetterContent): string {
  const middle = { x: WIDTH / 2, anchor: 'middle', width: INNER } as const
  const box = (x: number, text: string) => [
    rectangle({ x, y: 590, width: 420, height: 120, fill: COLORS.sand }),
    words(text, { x: x + 210, y: 650, centered: true, anchor: 'middle', fill: COLORS.leaf, bold: true, width: 380, sizes: [46, 38, 30], lines: 1 }),
  ]
  return sheet({ width: WIDTH, height: HEIGHT, head: HEAD }, [
    words(clinic, { ...middle, y: HEAD / 2, centered: true, fill: COLORS.white, bold: true, sizes: [46, 40, 34], lines: 2 }),
    words(title, { ...middle, y: 290, fill: COLORS.leaf, bold: true, sizes: [54, 46, 38], lines: 1 }),
    words(given, { ...middle, y: 355, fill: COLORS.muted, sizes: [30], lines: 1 }),
    words(name, { ...middle, y: 430, fill: COLORS.clay, bold: true, sizes: [62, 52, 42, 34], lines: 1 }),
    words(body, { ...middle, y: 500, fill: COLORS.ink, sizes: [32, 28], lines: 2 }),
    ...box(MARGIN, numbers[0]),
    ...box(WIDTH - MARGIN - 420, numbers[1]),
    words(rule, { ...middle, y: 770, fill: COLORS.muted, sizes: [28, 24], lines: 2 }),
    rectangle({ x: MARGIN, y: 870, width: INNER, height: 2, fill: COLORS.line }),
    words(check, { ...middle, y: 930, fill: COLORS.ink, sizes: [28, 24], lines: 1 }),
    words(link, { ...middle, y: 985, fill: COLORS.leaf, bold: true, sizes: [32, 28, 24, 20], lines: 1 }),
  ])
}
