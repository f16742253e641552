/** The member card as SVG, 1012 x 638 like a bank card, with every word given by the caller. Pure. */
import { FONT_FAMILY } from './fonts.ts'
import { drawable, escapeXml, fitText } from './svg-text.ts'
import type { Room } from './svg-text.ts'

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

const COLORS = {
  paper: '#fffaf0', sand: '#fbe8c6', line: '#ecd9b4', leaf: '#0d5446', leafLight: '#2c7a68', clay: '#c8502a', gold: '#ffd27a',
  ink: '#2a2118', muted: '#6d5a42',
}
const MARGIN = 56
const INNER = CARD_WIDTH - 2 * MARGIN

/** Draws the card. Long words are made smaller, broken into lines or cut; signs the font lacks are left out. */
export function memberCard(card: MemberCard): string {
  const { labels } = card
  const column = (INNER - 40) / 2
  const right = MARGIN + column + 40
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_WIDTH}" height="${CARD_HEIGHT}" font-family="${FONT_FAMILY}">`,
    kawungPattern(),
    rectangle(0, 0, CARD_WIDTH, CARD_HEIGHT, COLORS.paper),
    rectangle(0, 0, CARD_WIDTH, 148, COLORS.leaf),
    rectangle(0, 0, CARD_WIDTH, 148, 'url(#kawung)'),
    rectangle(0, 148, CARD_WIDTH, 8, COLORS.clay),
    words(card.clinic, { x: MARGIN, y: 78, fill: '#ffffff', bold: true, width: INNER, sizes: [44, 38, 32], lines: 1 }),
    words(labels.title, { x: MARGIN, y: 120, fill: COLORS.gold, width: INNER, sizes: [27], lines: 1 }),
    initial(card.name, MARGIN + 54, 248),
    words(card.name, {
      x: MARGIN + 138, y: 248, centered: true, fill: COLORS.ink, bold: true,
      width: INNER - 138, sizes: [52, 46, 40, 34], lines: 2,
    }),
    field(labels.business, card.business, MARGIN, 354, column),
    field(labels.sector, card.sector, right, 354, column),
    field(labels.village, card.village, MARGIN, 448, INNER),
    rectangle(0, 532, CARD_WIDTH, 106, COLORS.sand),
    field(labels.memberNumber, card.memberNumber, MARGIN, 573, column, COLORS.clay),
    field(labels.since, card.since, right, 573, column),
    '</svg>',
  ].join('\n')
}

interface Words extends Room {
  readonly x: number
  /** Baseline of the first line, or the middle of all lines when `centered`. */
  readonly y: number
  readonly fill: string
  readonly bold?: boolean
  readonly centered?: boolean
}

function words(text: string, { x, y, fill, bold = false, centered = false, ...room }: Words): string {
  const { size, lines } = fitText(text, room)
  const step = size * 1.2
  const first = centered ? y - ((lines.length - 1) * step) / 2 + size * 0.36 : y
  const style = `font-size="${size}" font-weight="${bold ? 700 : 400}" fill="${fill}"`
  return lines
    .map((line, i) => `<text x="${x}" y="${round(first + i * step)}" ${style}>${escapeXml(line)}</text>`)
    .join('\n')
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
    `<text x="${x}" y="${y + 20}" font-size="56" font-weight="700" fill="#ffffff" text-anchor="middle">${escapeXml(letter)}</text>`,
  ].join('\n')
}

/** Four petals around a seed, the old batik motif for a good and useful life. */
function kawungPattern(): string {
  const petals = [45, 135, 225, 315].map((turn) =>
    `<ellipse cx="0" cy="-15" rx="8.5" ry="14" transform="translate(24 24) rotate(${turn})"/>`)
  return [
    '<defs><pattern id="kawung" width="48" height="48" patternUnits="userSpaceOnUse">',
    `<g fill="${COLORS.leafLight}" opacity="0.35">${petals.join('')}<circle cx="24" cy="24" r="2.5"/></g>`,
    '</pattern></defs>',
  ].join('')
}

function rectangle(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
