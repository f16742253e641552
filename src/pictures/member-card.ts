/** The member card as SVG, 1012 x 638 like a bank card, with every word given by the caller. Pure. */
import { COLORS, rectangle, sheet, words } from './look.ts'
import { drawable, escapeXml } from './svg-text.ts'

export interface MemberCard {
  readonly name: string
  readonly memberNumber: string
  readonly business: string
  readonly sector: string
  readonly village: string
  readonly clinic: string
  /** A date already in words. */
  readonly since: string
  readonly labels: {
    readonly title: string
    readonly business: string
    readonly sector: string
    readonly village: string
    readonly memberNumber: string
    readonly since: string
  }
}

export const CARD_WIDTH = 1012
export const CARD_HEIGHT = 638

const MARGIN = 56
const INNER = CARD_WIDTH - 2 * MARGIN

/** Draws the card. Long words are made smaller, broken into lines or cut; signs the font lacks are left out. */
export function memberCard(card: MemberCard): string {
  const { labels } = card
  const column = (INNER - 40) / 2
  const right = MARGIN + column + 40
  return sheet({ width: CARD_WIDTH, height: CARD_HEIGHT, head: 148 }, [
    words(card.clinic, { x: MARGIN, y: 78, fill: COLORS.white, bold: true, width: INNER, sizes: [44, 38, 32], lines: 1 }),
    words(labels.title, { x: MARGIN, y: 120, fill: COLORS.gold, width: INNER, sizes: [27], lines: 1 }),
    initial(card.name, MARGIN + 54, 248),
    words(card.name, {
      x: MARGIN + 138, y: 248, centered: true, fill: COLORS.ink, bold: true,
      width: INNER - 138, sizes: [52, 46, 40, 34], lines: 2,
    }),
    field(labels.business, card.business, MARGIN, 354, column),
    field(labels.sector, card.sector, right, 354, column),
    field(labels.village, card.village, MARGIN, 448, INNER),
    rectangle({ x: 0, y: 532, width: CARD_WIDTH, height: 106, fill: COLORS.sand }),
    field(labels.memberNumber, card.memberNumber, MARGIN, 573, column, COLORS.clay),
    field(labels.since, card.since, right, 573, column),
  ])
}

function field(label: string, value: string, x: number, y: number, width: number, fill = COLORS.ink): string {
  return [
    words(label, { x, y, fill: COLORS.muted, width, sizes: [22], lines: 1 }),
    words(value, { x, y: y + 38, fill, bold: true, width, sizes: [32, 29, 26, 23], lines: 1 }),
  ].join('\n')
}

function initial(name: string, x: number, y: number): string {
  const letter = /\p{L}/u.exec(drawable(name))?.[0].toUpperCase() ?? ''
  return [
    `<circle cx="${x}" cy="${y}" r="54" fill="${COLORS.clay}"/>`,
    `<text x="${x}" y="${y + 20}" font-size="56" font-weight="700" fill="${COLORS.white}" text-anchor="middle">${escapeXml(letter)}</text>`,
  ].join('\n')
}
