/** What all pictures share: letters, colours, the band at the head, text in its room. Pure; what is shown is decided elsewhere. */
import { escapeXml, fitText, textWidth } from './svg-text.ts'
import type { Room } from './svg-text.ts'

/** Family to name in an SVG; weights 400 and 700 are shipped (SIL Open Font License). */
const FONT_FAMILY = 'Noto Sans'

/** `now`, `earlier` and `before` are told apart by every kind of eye (Okabe and Ito, "Color Universal Design", 2008). */
export const COLORS = {
  paper: '#fffaf0', sand: '#fbe8c6', line: '#ecd9b4', leaf: '#0d5446', leafLight: '#2c7a68', clay: '#c8502a', gold: '#ffd27a',
  white: '#ffffff', ink: '#2a2118', muted: '#6d5a42', now: '#0072b2', nowArea: '#bcd8e2', earlier: '#56b4e9', before: '#d55e00', band: '#f9efda', ring: '#d8c190',
}

/** Width of the charts: that of a phone of 5 inches, so that its pixels are ours. At 1080 a chart took half as long again. */
export const CHART_WIDTH = 720
export const CHART_MARGIN = 26
/** Letters of a chart, as large on that phone as those of the chat. */
export const LETTER = 23
export const HEAD_HEIGHT = 100
const FOOT_HEIGHT = 52
const INNER = CHART_WIDTH - 2 * CHART_MARGIN

/** A whole picture on paper, with the band at the head; the parts are drawn in their order. */
export function sheet({ width, height, head }: { readonly width: number; readonly height: number; readonly head: number }, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT_FAMILY}">`,
    kawungPattern(),
    rectangle({ x: 0, y: 0, width, height, fill: COLORS.paper }),
    rectangle({ x: 0, y: 0, width, height: head, fill: COLORS.leaf }),
    rectangle({ x: 0, y: 0, width, height: head, fill: 'url(#kawung)' }),
    rectangle({ x: 0, y: head, width, height: 6, fill: COLORS.clay }),
    ...parts,
    '</svg>',
  ].join('\n')
}

/** A chart with its title in the head and a line at the foot, which begins at `bottom`. */
export function chart({ title, foot, bottom }: { readonly title: string; readonly foot: string; readonly bottom: number }, parts: readonly string[]): string {
  const y = Math.round(bottom)
  const line = { x: CHART_WIDTH / 2, anchor: 'middle', width: INNER } as const
  return sheet({ width: CHART_WIDTH, height: y + FOOT_HEIGHT, head: HEAD_HEIGHT }, [
    words(title, { ...line, y: HEAD_HEIGHT / 2, centered: true, fill: COLORS.white, bold: true, sizes: [34, 30, 26], lines: 2 }),
    ...parts,
    rectangle({ x: 0, y, width: CHART_WIDTH, height: FOOT_HEIGHT, fill: COLORS.sand }),
    words(foot, { ...line, y: y + FOOT_HEIGHT / 2, centered: true, fill: COLORS.muted, sizes: [LETTER], lines: 1 }),
  ])
}

export interface Words extends Room {
  readonly x: number
  /** Baseline of the first line, or the middle of all lines when `centered`. */
  readonly y: number
  readonly fill: string
  readonly bold?: boolean
  readonly centered?: boolean
  /** Which part of a line stands at `x`; its start by default. */
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** Distance of two lines, in units of the letter size. */
export const LINE_STEP = 1.2

export function words(text: string, { x, y, fill, bold = false, centered = false, anchor = 'start', ...room }: Words): string {
  const { size, lines } = fitText(text, room)
  const step = size * LINE_STEP
  const first = centered ? y - ((lines.length - 1) * step) / 2 + size * 0.36 : y
  const style = `font-size="${size}" font-weight="${bold ? 700 : 400}" fill="${fill}" text-anchor="${anchor}"`
  return lines
    .map((line, i) => `<text x="${round(x)}" y="${round(first + i * step)}" ${style}>${escapeXml(line)}</text>`)
    .join('\n')
}

/** Words at the middle of `x`, on a piece of paper so that they can be read over lines. */
export function note(text: string, { x, y, fill, bold = false, width }: Pick<Words, 'x' | 'y' | 'fill' | 'bold' | 'width'>): string {
  const room = { width, sizes: [LETTER], lines: 1 }
  const wide = textWidth(fitText(text, room).lines[0] ?? '') * LETTER
  return [
    `<rect x="${round(x - wide / 2)}" y="${round(y - LETTER * 0.86)}" width="${round(wide)}" height="${LETTER * 1.12}" rx="7" fill="${COLORS.paper}"/>`,
    words(text, { x, y, fill, bold, anchor: 'middle', ...room }),
  ].join('\n')
}

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly fill: string
}

export function rectangle({ x, y, width, height, fill }: Rectangle): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`
}

/** A hollow mark for what is not known; it stands for no amount. */
export function unknownMark(x: number, y: number): string {
  return [
    `<circle cx="${round(x)}" cy="${round(y)}" r="16" fill="${COLORS.white}" stroke="${COLORS.muted}" stroke-width="3" stroke-dasharray="5 4"/>`,
    words('?', { x, y, centered: true, anchor: 'middle', fill: COLORS.muted, bold: true, width: 30, sizes: [LETTER], lines: 1 }),
  ].join('\n')
}

export interface Spot {
  readonly x: number
  readonly y: number
}

/** A place in a path. */
export function pair({ x, y }: Spot): string {
  return `${round(x)} ${round(y)}`
}

/** To tenths of a unit: less can not be seen. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
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
