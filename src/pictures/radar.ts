/**
 * The result of a self-assessment as a radar, alone or over an earlier one, as SVG with every word given by the caller.
 * Pure. What is not assessed is shown as not known, never as nothing.
 */
import { chart, CHART_MARGIN, CHART_WIDTH, COLORS, HEAD_HEIGHT, LETTER, LINE_STEP, note, pair, round, unknownMark, words } from './look.ts'
import type { Spot } from './look.ts'
import { fitText } from './svg-text.ts'

export interface RadarAxis {
  readonly label: string
  /** 0 to 1; null: not assessed. */
  readonly now: number | null
  readonly before?: number | null | undefined
  /** What stands at the label, such as "7 dari 12" or "belum dinilai". */
  readonly value: string
}

export interface Radar {
  readonly title: string
  /** Clockwise from the top; the room for words is made for five. */
  readonly axes: readonly RadarAxis[]
  /** Names of rings from the inside out, such as "pemula", "dasar", "mahir", and the share at which each ends. */
  readonly bands: readonly { readonly label: string; readonly upTo: number }[]
  /** Present when two results are overlaid. */
  readonly legend?: { readonly now: string; readonly before: string } | undefined
  /** Small line at the foot, such as the date and the clinic's name. */
  readonly foot: string
}

/** One for each axis; undefined where nothing is known. */
type Spots = readonly (Spot | undefined)[]
type Link = readonly [Spot, Spot]

const MIDDLE = CHART_WIDTH / 2
const RADIUS = 230
const LEGEND_HEIGHT = 50
/** Beside the rings there is no room for more. */
const VALUE_WIDTH = 195
const NOW_STYLE = 'stroke-width="5" stroke-linecap="round"'
const BEFORE_STYLE = 'stroke-width="4" stroke-dasharray="12 7"'

/** Draws the radar, 720 wide and about as high. Links over what is not assessed are dotted, and nothing is filled there. */
export function radar({ title, axes, bands, legend, foot }: Radar): string {
  const labels = axes.map((axis, i) => placeLabel(axis.label, turnOf(i, axes.length)))
  const top = HEAD_HEIGHT + 24 + (legend ? LEGEND_HEIGHT : 0)
  const centre = { x: MIDDLE, y: top - Math.min(...labels.map((label) => label.top)) }
  const at = (i: number, share: number): Spot => onTurn(centre, turnOf(i, axes.length), share * RADIUS)
  const spotsOf = (shares: readonly (number | null | undefined)[]) => shares.map((share, i) => (share == null ? undefined : at(i, share)))
  const now = spotsOf(axes.map((axis) => axis.now))
  const before = spotsOf(axes.map((axis) => axis.before))
  const ring = (share: number) => `M${axes.map((_, i) => pair(at(i, share))).join('L')}Z`
  const bottom = centre.y + Math.max(...labels.map((label) => label.top + label.height)) + 20

  return chart({ title, foot, bottom }, [
    ...bands.toReversed().map(({ upTo }, i) => `<path d="${ring(upTo)}" fill="${i % 2 === 0 ? COLORS.band : COLORS.paper}"/>`),
    // Under the rings: they are seen through it without the time that transparency takes.
    `<path d="${sides(now).map(([from, to]) => `M${pair(centre)}L${pair(from)}L${pair(to)}Z`).join('')}" fill="${COLORS.nowArea}"/>`,
    stroke(bands.map(({ upTo }) => ring(upTo)).join(''), COLORS.ring, 'stroke-width="2"'),
    ...axes.map(({ now }, i) => stroke(`M${pair(centre)}L${pair(at(i, 1))}`, COLORS.ring, now === null ? 'stroke-width="3" stroke-dasharray="7 8"' : 'stroke-width="2"')),
    stroke(lines(overUnknown(now)), COLORS.now, 'stroke-width="4" stroke-dasharray="1 10" stroke-linecap="round"'),
    stroke(lines(sides(now)), COLORS.now, NOW_STYLE),
    stroke(lines(sides(before)), COLORS.before, BEFORE_STYLE),
    // In the middle between two axes, where no mark of a result stands.
    ...bands.map(({ label, upTo }) => {
      const { x, y } = at(Math.floor(axes.length / 2) + 0.5, upTo * Math.cos(Math.PI / axes.length))
      return note(label, { x, y: y - 5, fill: COLORS.muted, width: 160 })
    }),
    ...now.flatMap((spot) => (spot ? [nowMark(spot)] : [])),
    ...before.flatMap((spot) => (spot ? [beforeMark(spot)] : [])),
    ...axes.flatMap(({ now }, i) => (now === null ? [unknownMark(at(i, 1).x, at(i, 1).y)] : [])),
    ...axes.map((axis, i) => drawLabel(axis, labels[i]!, centre)),
    ...(legend ? [drawLegend(legend)] : []),
  ])
}

/** Neighbours that are both known. */
function sides(spots: Spots): Link[] {
  return spots.flatMap((from, i) => {
    const to = spots[(i + 1) % spots.length]
    return from && to ? [[from, to] as const] : []
  })
}

/** From what is known to what is known next, over what is not. */
function overUnknown(spots: Spots): Link[] {
  const known = spots.filter((spot) => spot !== undefined)
  return known.flatMap((from, i) => {
    const to = known[(i + 1) % known.length]!
    // Two are joined once, and one with nothing.
    if (i > known.length - 2 && known.length < 3) return []
    return sides(spots).some((side) => side[0] === from && side[1] === to) ? [] : [[from, to] as const]
  })
}

function lines(links: readonly Link[]): string {
  return links.map(([from, to]) => `M${pair(from)}L${pair(to)}`).join('')
}

function nowMark({ x, y }: Spot): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="9" fill="${COLORS.now}" stroke="${COLORS.white}" stroke-width="3"/>`
}

/** Larger than the mark of now, so that both are seen in one place. */
function beforeMark({ x, y }: Spot): string {
  const corners = [[0, -14], [14, 0], [0, 14], [-14, 0]] as const
  return stroke(`M${corners.map(([dx, dy]) => pair({ x: x + dx, y: y + dy })).join('L')}Z`, COLORS.before, 'stroke-width="4"')
}

interface Label {
  readonly x: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly room: { readonly width: number; readonly sizes: readonly number[]; readonly lines: number }
  /** Upper edge, measured from the centre. */
  readonly top: number
  readonly height: number
}

/** Above its corner in the upper half, below it in the lower; at the edge of the picture when the corner is near to it. */
function placeLabel(text: string, turn: number): Label {
  const { x, y } = onTurn({ x: MIDDLE, y: 0 }, turn, RADIUS)
  const isRight = x > MIDDLE
  const beside = Math.abs(x - MIDDLE)
  const outer = CHART_WIDTH - CHART_MARGIN - MIDDLE
  const [place, anchor, width, distance]: [number, Label['anchor'], number, number] =
    beside < 1 ? [MIDDLE, 'middle', 2 * outer, 28]
    : beside > 0.8 * RADIUS ? [MIDDLE + (isRight ? outer : -outer), isRight ? 'end' : 'start', 215, 60]
    : [MIDDLE + (isRight ? outer / 2 : -outer / 2), 'middle', outer - 14, 28]
  const room = { width, sizes: [24, LETTER], lines: 3 }
  const { size, lines } = fitText(text, room)
  const height = (lines.length * size + LETTER) * LINE_STEP
  return { x: place, anchor, room, height, top: y < 1 ? y - distance - height : y + distance }
}

function drawLabel({ label, value, now }: RadarAxis, { x, anchor, room, top, height }: Label, centre: Spot): string {
  const y = centre.y + top
  return [
    words(label, { x, y: y + LETTER, anchor, ...room, fill: COLORS.ink, bold: true }),
    words(value, { x, y: y + height - 6, anchor, width: Math.min(room.width, VALUE_WIDTH), sizes: [LETTER, 21], lines: 1, fill: now === null ? COLORS.muted : COLORS.now }),
  ].join('\n')
}

function drawLegend(legend: { readonly now: string; readonly before: string }): string {
  const y = HEAD_HEIGHT + 38
  const entry = (x: number, text: string, sample: string) =>
    words(text, { x: x + 62, y, centered: true, fill: COLORS.ink, width: MIDDLE - CHART_MARGIN - 74, sizes: [LETTER], lines: 1 }) + sample
  return [
    entry(CHART_MARGIN, legend.before, stroke(`M${CHART_MARGIN} ${y}h50`, COLORS.before, BEFORE_STYLE) + beforeMark({ x: CHART_MARGIN + 25, y })),
    entry(MIDDLE + 14, legend.now, stroke(`M${MIDDLE + 14} ${y}h50`, COLORS.now, NOW_STYLE) + nowMark({ x: MIDDLE + 39, y })),
  ].join('\n')
}

function stroke(path: string, color: string, style: string): string {
  return path === '' ? '' : `<path d="${path}" fill="none" stroke="${color}" ${style}/>`
}

/** Radians, clockwise from three o'clock; the first axis points up. */
function turnOf(i: number, count: number): number {
  return (i / count) * 2 * Math.PI - Math.PI / 2
}

function onTurn({ x, y }: Spot, turn: number, distance: number): Spot {
  return { x: x + Math.cos(turn) * distance, y: y + Math.sin(turn) * distance }
}
