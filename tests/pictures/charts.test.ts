/** Holds of radar and history that any words and results are drawn whole, inside the picture, and that unknown is never nothing. */
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/i18n/translator.ts'
import { packageRoot } from '../../src/package-root.ts'
import { history } from '../../src/pictures/history.ts'
import { COLORS } from '../../src/pictures/look.ts'
import { createPictures } from '../../src/pictures/pictures.ts'
import { radar } from '../../src/pictures/radar.ts'
import { textWidth } from '../../src/pictures/svg-text.ts'
import { FIVE_RESULTS, historyOf, pointOf, radarOf } from './samples.ts'

const translator = createTranslator(`${packageRoot()}/locales`)
const pictures = createPictures()
afterAll(() => pictures.close())

interface Box {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const TEXT = /<text x="([\d.-]+)" y="([\d.-]+)" font-size="(\d+)" font-weight="\d+" fill="[^"]+" text-anchor="(\w+)">([^<]*)<\/text>/g

/** The room each line of text takes at most. */
function textBoxes(svg: string): Box[] {
  return [...svg.matchAll(TEXT)].map(([, x, y, size, anchor, content = '']) => {
    const text = content.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    const width = textWidth(text) * Number(size)
    const left = Number(x) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
    return { text, left, right: left + width, top: Number(y) - 0.8 * Number(size), bottom: Number(y) + 0.25 * Number(size) }
  })
}

const overlaps = (one: Box, other: Box) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom

function expectRoomForAll(svg: string): Box[] {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? []
  const boxes = textBoxes(svg)
  expect(boxes).toHaveLength(svg.split('<text').length - 1)
  for (const box of boxes) {
    expect(box.left, box.text).toBeGreaterThanOrEqual(0)
    expect(box.right, box.text).toBeLessThanOrEqual(Number(width))
    expect(box.bottom, box.text).toBeLessThanOrEqual(Number(height))
  }
  return boxes
}

interface Spot {
  readonly x: number
  readonly y: number
}

/** Corners of the outermost ring, and their middle. */
function ringOf(svg: string): { corners: Spot[]; centre: Spot } {
  const path = /<path d="M([^Z"]+)Z"/.exec(svg)?.[1] ?? ''
  const corners = path.split('L').map((pair) => pair.split(' ').map(Number)).map(([x = 0, y = 0]) => ({ x, y }))
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return { corners, centre: { x: mean(corners.map(({ x }) => x)), y: mean(corners.map(({ y }) => y)) } }
}

const between = (from: Spot, to: Spot, share: number) => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share })

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('Komunikasi & Layanan Pembeli', 'Communication and customer service', 'WWWWWWWWWWWWWWWWWWWWWWWW', '<b>"Ibu" & \'Bapak\'</b>', ''),
)
const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }))
const maybe = fc.option(share)
const bands = radarOf([]).bands
const anyRadar = fc.record({
  title: words,
  axes: fc.array(fc.record({ label: words, value: words, now: maybe, before: maybe }), { minLength: 5, maxLength: 5 }),
  bands: fc.tuple(words, words, words).map((labels) => bands.map((band, i) => ({ ...band, label: labels[i]! }))),
  legend: fc.option(fc.record({ now: words, before: words }), { nil: undefined }),
  foot: words,
})
const anyHistory = fc.record({
  title: words,
  areas: fc.array(words, { minLength: 5, maxLength: 5 }),
  points: fc.array(
    fc.record({ date: words, at: fc.integer({ min: 0, max: 4e12 }), total: maybe, value: words, areas: fc.array(maybe, { minLength: 5, maxLength: 5 }), breaksBefore: fc.boolean() }),
    { minLength: 1, maxLength: 12 },
  ).map((points) => points.toSorted((one, other) => one.at - other.at)),
  totalLabel: words,
  breakLabel: words,
  foot: words,
})

describe('any words and results', () => {
  it('become a radar', () => fc.assert(fc.asyncProperty(anyRadar, async (picture) => {
    expect((await pictures.renderPng(radar(picture))).length).toBeGreaterThan(0)
  }), { numRuns: 25 }))

  it('become a history', () => fc.assert(fc.asyncProperty(anyHistory, async (picture) => {
    expect((await pictures.renderPng(history(picture))).length).toBeGreaterThan(0)
  }), { numRuns: 25 }))
})

describe('the words of a radar', () => {
  it.each([['id', '10,7'], ['en', '10.7']] as const)('say in %s the longest points of then and now whole', (language, points) => {
    const value = translator.plain(language, 'assessment.picture.then-now', { before: points, points })
    const { axes, ...picture } = radarOf([3, 3, 3, 3, 3], [3, 3, 3, 3, 3])
    const drawn = textBoxes(radar({ ...picture, axes: axes.map((axis) => ({ ...axis, value })) })).map(({ text }) => text)
    expect(drawn.filter((text) => text === value)).toHaveLength(5)
  })

  it('stay inside the picture, apart from each other', () => fc.assert(fc.property(anyRadar, (picture) => {
    const boxes = expectRoomForAll(radar(picture))
    const touching = boxes.flatMap((one, i) => boxes.slice(i + 1).filter((other) => overlaps(one, other)).map((other) => [one.text, other.text]))
    expect(touching).toEqual([])
  })))

  it('stand outside of the rings, but for the names of these', () => fc.assert(fc.property(anyRadar, (picture) => {
    const svg = radar({ ...picture, bands: bands.map(({ upTo }) => ({ label: 'x', upTo })), axes: picture.axes.map((axis) => ({ ...axis, now: 1 })) })
    const { corners } = ringOf(svg)
    const onRing = corners.flatMap((corner, i) => [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((share) => between(corner, corners[(i + 1) % corners.length]!, share)))
    const hit = textBoxes(svg).filter(({ text }) => text !== 'x').filter(({ left, right, top, bottom }) => onRing.some(({ x, y }) => x > left && x < right && y > top && y < bottom))
    expect(hit.map(({ text }) => text)).toEqual([])
  })))
})

describe('the marks of a radar', () => {
  const circles = (svg: string, fill: string) =>
    [...svg.matchAll(new RegExp(`<circle cx="([\\d.]+)" cy="([\\d.]+)" r="\\d+" fill="${fill}"`, 'g'))].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))

  it('stand at their share of the axis, and what is not assessed has a hollow one at its end', () => fc.assert(fc.property(anyRadar, (picture) => {
    const svg = radar({ ...picture, legend: undefined })
    const { corners, centre } = ringOf(svg)
    const expected = picture.axes.flatMap(({ now }, i) => (now === null ? [] : [between(centre, corners[i]!, now)]))
    const unknown = corners.filter((_, i) => picture.axes[i]!.now === null)
    const distances = (found: Spot[], wanted: Spot[]) => found.map(({ x, y }, i) => Math.hypot(x - (wanted[i]?.x ?? NaN), y - (wanted[i]?.y ?? NaN)))
    const marks = circles(svg, COLORS.now)
    expect(marks).toHaveLength(expected.length)
    for (const distance of distances(marks, expected)) expect(distance).toBeLessThan(0.5)
    const hollow = circles(svg, COLORS.white)
    expect(hollow).toHaveLength(unknown.length)
    for (const distance of distances(hollow, unknown)) expect(distance).toBeLessThan(0.5)
  })))
})

describe('the words of a history', () => {
  it('stay inside the picture', () => fc.assert(fc.property(anyHistory, (picture) => {
    expectRoomForAll(history(picture))
  })))

  it.each([
    ['five over a year', FIVE_RESULTS],
    ['two on one day', [pointOf('23 Nov 2026', '2026-11-23', [1, 1, 1, 1, 1]), pointOf('23 Nov 2026', '2026-11-23', [1, 1, 1, 1, 2])]],
    ['twelve, ten of them in one week', Array.from({ length: 12 }, (_, i) => pointOf(`${i + 1} Nov 2026`, i < 2 ? `202${i}-01-01` : `2026-11-${10 + i}`, [i, i, i, i, i]))],
  ])('do not overlap: %s', (_, points) => {
    const svg = history(historyOf(points))
    const dates = textBoxes(svg).filter(({ text }) => / 20\d\d$/.test(text))
    const values = textBoxes(svg).filter(({ text }) => / dari /.test(text))
    for (const boxes of [dates, values]) {
      expect(boxes.flatMap((one, i) => boxes.slice(i + 1).filter((other) => overlaps(one, other)))).toEqual([])
      expect(boxes.length).toBeGreaterThan(0)
    }
    expect(dates.map(({ text }) => text)).toContain(points.at(-1)!.date)
  })
})

describe('the line of a history', () => {
  const lineCount = (svg: string) => svg.split(`stroke="${COLORS.now}" stroke-width="5"`).length - 1
  const dotted = (svg: string) => svg.split('stroke-dasharray="1 10"').length - 1
  const one = pointOf('1 Jan 2026', '2026-01-01', [1, 2, 3, 4, 5])
  const two = pointOf('1 Apr 2026', '2026-04-01', [2, 3, 4, 5, 6])
  const unknown = pointOf('1 Jul 2026', '2026-07-01', [2, 3, null, 5, 6])
  const last = pointOf('1 Okt 2026', '2026-10-01', [3, 4, 5, 6, 7])

  it.each([
    { what: 'one alone', points: [one], lines: 0, dots: 0 },
    { what: 'two', points: [one, two], lines: 1, dots: 0 },
    { what: 'other questions', points: [one, two, { ...last, breaksBefore: true }], lines: 1, dots: 0 },
    { what: 'one not computed between two', points: [one, two, unknown, last], lines: 2, dots: 1 },
    { what: 'other questions after one not computed', points: [one, unknown, { ...last, breaksBefore: true }], lines: 0, dots: 0 },
    { what: 'other questions at one not computed', points: [one, { ...unknown, breaksBefore: true }, last], lines: 0, dots: 0 },
  ])('joins what can be compared: $what', ({ points, lines, dots }) => {
    const svg = history(historyOf(points))
    expect({ lines: lineCount(svg), dots: dotted(svg) }).toEqual({ lines, dots })
  })
})
