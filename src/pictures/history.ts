/**
 * All results of a self-assessment over time as SVG: the total as a line, and under it a row of bars for each area. Pure;
 * every word is given by the caller. Results of other questions are not joined, and what is not known is never drawn as nothing.
 */
import { chart, CHART_MARGIN, CHART_WIDTH, COLORS, HEAD_HEIGHT, LETTER, note, pair, rectangle, round, unknownMark, words } from './look.ts'
import { drawable, textWidth } from './svg-text.ts'

export interface HistoryPoint {
  /** Short date in words, "23 Nov 2026". */
  readonly date: string
  /** ms UTC, for the place on the axis. */
  readonly at: number
  /** 0 to 1; null: not computed. */
  readonly total: number | null
  /** "31 dari 60", or "belum dihitung". */
  readonly value: string
  readonly areas: readonly (number | null)[]
  /** Another version of the questions than the point before: the line breaks here. */
  readonly breaksBefore: boolean
}

export interface History {
  readonly title: string
  readonly areas: readonly string[]
  /** From the oldest to the newest, 1 to 12. */
  readonly points: readonly HistoryPoint[]
  readonly totalLabel: string
  /** Words for a mark where the questions changed. */
  readonly breakLabel: string
  readonly foot: string
}

const LINE = { top: HEAD_HEIGHT + 104, bottom: HEAD_HEIGHT + 270, from: 100, to: CHART_WIDTH - 100 }
const ROWS = { top: LINE.bottom + 68, step: 70, height: 52, from: 330, to: CHART_WIDTH - 46 }
const RIGHT = CHART_WIDTH - CHART_MARGIN
const MOST_WORDS = 220
const SPACE = 8
const BREAK_STYLE = `fill="none" stroke="${COLORS.muted}" stroke-width="2" stroke-dasharray="6 6"`

/** Draws the history, 720 wide. Where dates would overlap the newest and the oldest are written, and then what has room. */
export function history({ title, areas, points, totalLabel, breakLabel, foot }: History): string {
  const rowsEnd = ROWS.top + areas.length * ROWS.step
  const hasBreak = points.some(({ breaksBefore }, i) => i > 0 && breaksBefore)
  return chart({ title, foot, bottom: rowsEnd + (hasBreak ? 46 : 6) }, [
    words(totalLabel, { x: CHART_MARGIN, y: HEAD_HEIGHT + 46, fill: COLORS.ink, bold: true, width: RIGHT - CHART_MARGIN, sizes: [26, LETTER], lines: 1 }),
    ...drawTotal(points),
    ...areas.flatMap((label, area) => drawRow(label, points.map(({ areas }) => areas[area] ?? null), ROWS.top + area * ROWS.step, points)),
    ...breaks(points, spread(points, ROWS), ROWS.top, rowsEnd),
    ...(hasBreak ? [
      `<path d="M${CHART_MARGIN + 10} ${rowsEnd + 2}v32" ${BREAK_STYLE}/>`,
      words(breakLabel, { x: CHART_MARGIN + 30, y: rowsEnd + 18, centered: true, fill: COLORS.muted, width: RIGHT - CHART_MARGIN - 30, sizes: [LETTER], lines: 1 }),
    ] : []),
  ])
}

/** Places in proportion to time, pushed apart where marks would touch. */
function spread(points: readonly Pick<HistoryPoint, 'at'>[], { from, to }: { readonly from: number; readonly to: number }): number[] {
  const first = points[0]?.at ?? 0
  const length = (points.at(-1)?.at ?? 0) - first
  const last = points.length - 1
  if (last <= 0) return points.map(() => (from + to) / 2)
  const apart = Math.min(42, (to - from) / last)
  const places: number[] = []
  for (const [i, { at }] of points.entries()) {
    const place = length > 0 ? from + ((at - first) / length) * (to - from) : from
    places.push(Math.min(Math.max(place, (places.at(-1) ?? -Infinity) + apart), to - (last - i) * apart))
  }
  return places
}

function drawTotal(points: readonly HistoryPoint[]): string[] {
  const places = spread(points, LINE)
  const spots = points.map(({ total }, i) => ({ x: places[i]!, y: heightOf(total ?? aroundUnknown(points, i)) }))
  const links = points.flatMap(({ total }, i) => {
    const from = points.findLastIndex((point, earlier) => earlier < i && point.total !== null)
    if (total === null || from < 0 || points.slice(from + 1, i + 1).some(({ breaksBefore }) => breaksBefore)) return []
    const dots = from < i - 1 ? ' stroke-dasharray="1 10"' : ''
    return [`<path d="M${pair(spots[from]!)}L${pair(spots[i]!)}" stroke="${COLORS.now}" stroke-width="5" stroke-linecap="round"${dots}/>`]
  })
  return [
    ...[0, 0.5, 1].map((share) => `<path d="M${CHART_MARGIN} ${heightOf(share)}H${RIGHT}" stroke="${COLORS.ring}" stroke-width="${share === 0 ? 3 : 1}"/>`),
    ...breaks(points, places, LINE.top - 28, LINE.bottom),
    ...links,
    ...roomFor(points.map(({ value }) => value), places).map(({ i, x, width }) =>
      note(points[i]!.value, { x, y: spots[i]!.y - 23, width, bold: true, fill: points[i]!.total === null ? COLORS.muted : COLORS.now })),
    ...points.map(({ total }, i) => {
      const { x, y } = spots[i]!
      if (total === null) return unknownMark(x, y)
      return `<circle cx="${round(x)}" cy="${round(y)}" r="9" fill="${COLORS.now}" stroke="${COLORS.white}" stroke-width="3"/>`
    }),
    ...roomFor(points.map(({ date }) => date), places).map(({ i, x, width }) =>
      `<path d="M${round(places[i]!)} ${LINE.bottom}v9" stroke="${COLORS.muted}" stroke-width="3"/>`
      + words(points[i]!.date, { x, y: LINE.bottom + 35, anchor: 'middle', width, sizes: [LETTER], lines: 1, fill: COLORS.muted })),
  ]
}

/** Where the mark of an unknown total stands: at the height of what is known around it. */
function aroundUnknown(points: readonly HistoryPoint[], i: number): number {
  const isKnown = ({ total }: HistoryPoint) => total !== null
  const known = [points.slice(0, i).findLast(isKnown), points.slice(i).find(isKnown)].flatMap((point) => point?.total ?? [])
  return known.length === 0 ? 0.5 : known.reduce((sum, share) => sum + share, 0) / known.length
}

interface Room {
  readonly i: number
  readonly x: number
  readonly width: number
}

/** Which texts have room at their places, and where their middles stand: the newest, the oldest, then the rest from the newest. */
function roomFor(texts: readonly string[], places: readonly number[]): Room[] {
  const newestFirst = texts.map((_, i) => i).toReversed()
  const chosen: Room[] = []
  for (const i of new Set([newestFirst[0]!, 0, ...newestFirst])) {
    const width = Math.min(MOST_WORDS, textWidth(drawable(texts[i]!)) * LETTER)
    const x = Math.min(Math.max(places[i]!, CHART_MARGIN + width / 2), RIGHT - width / 2)
    if (chosen.every((other) => Math.abs(other.x - x) > (other.width + width) / 2 + SPACE)) chosen.push({ i, x, width })
  }
  return chosen
}

/** A bar for each result in a frame that shows how much there could be; the newest is the darkest. */
function drawRow(label: string, shares: readonly (number | null)[], top: number, points: readonly HistoryPoint[]): string[] {
  const places = spread(points, ROWS)
  const width = Math.min(32, points.length > 1 ? 0.8 * Math.min(...places.slice(1).map((place, i) => place - places[i]!)) : Infinity)
  return [
    words(label, { x: CHART_MARGIN, y: top + ROWS.height / 2, centered: true, fill: COLORS.ink, width: ROWS.from - CHART_MARGIN - 30, sizes: [24, LETTER], lines: 2 }),
    ...shares.map((share, i) => {
      const x = places[i]! - width / 2
      if (share === null) {
        return `<rect x="${round(x + 2)}" y="${top + 2}" width="${round(width - 4)}" height="${ROWS.height - 4}" fill="none" stroke="${COLORS.muted}" stroke-width="2" stroke-dasharray="4 4"/>`
          + words('?', { x: places[i]!, y: top + ROWS.height / 2, centered: true, anchor: 'middle', fill: COLORS.muted, bold: true, width, sizes: [LETTER], lines: 1 })
      }
      // Nothing is seen too: as a thin foot.
      const height = Math.max(4, share * ROWS.height)
      return rectangle({ x, y: top, width, height: ROWS.height, fill: COLORS.sand })
        + rectangle({ x, y: top + ROWS.height - height, width, height, fill: i === shares.length - 1 ? COLORS.now : COLORS.earlier })
    }),
  ]
}

/** Dashed lines before the first result of other questions. */
function breaks(points: readonly HistoryPoint[], places: readonly number[], top: number, bottom: number): string[] {
  return points.flatMap(({ breaksBefore }, i) =>
    i > 0 && breaksBefore ? [`<path d="M${round((places[i - 1]! + places[i]!) / 2)} ${top}V${bottom}" ${BREAK_STYLE}/>`] : [])
}

function heightOf(share: number): number {
  return LINE.bottom - share * (LINE.bottom - LINE.top)
}
