// Scores of a self-assessment: which items are asked, points and level of each area and in all, what stands out.
// Pure and exact; it must not compare two results (verdict.ts) or put anything into words.
import { LEVELS, THIRDS_PER_POINT, type Area, type Instrument, type Level } from '../../content/assessment.ts'

/**
 * Points in whole thirds: an area is 0 to 36 of them, the total 0 to 180. A skipped item counts as the mean of three
 * others, so every score is a whole number of thirds, and nothing is ever rounded but to look up a level.
 */
export type Thirds = number

export type Score = 0 | 1 | 2 | 3

/** An item's answer: its score, skipped by the owner, or not asked because the area stopped early (counts 0). */
export type ItemAnswer = Score | 'skipped' | 'stopped'

/** `thirds` and `level` are null for an area that is not assessed because too many items were skipped. */
export interface AreaResult {
  readonly area: string
  readonly thirds: Thirds | null
  readonly level: Level | null
}

/** Areas in the instrument's order. `total` and `level` are null unless every area is assessed. */
export interface Result {
  readonly areas: readonly AreaResult[]
  readonly total: Thirds | null
  readonly level: Level | null
}

/**
 * Whether the item at `position` (0 to 3) of an area is asked, given the area's answers, easiest first (undefined: not
 * answered yet). A skipped item never stops an area.
 */
export function isAsked(area: readonly (Score | 'skipped' | undefined)[], position: number, { earlyStop }: Pick<Instrument, 'earlyStop'>): boolean {
  return !earlyStop.some(({ after, pointsMax }) => {
    const scores = area.slice(0, after).filter((answer) => typeof answer === 'number')
    return position >= after && scores.length === after && scores.at(-1) === 0 && sum(scores) <= pointsMax
  })
}

/** The answer of every item by its id: stopped where it is not asked, whatever was said before; skipped where none was given. */
export function settleAnswers(instrument: Instrument, given: ReadonlyMap<string, Score | 'skipped'>): ReadonlyMap<string, ItemAnswer> {
  return new Map(
    instrument.areas.flatMap(({ items }) => {
      const answers = items.map(({ id }) => given.get(id))
      return items.map(({ id }, at): [string, ItemAnswer] => [id, isAsked(answers, at, instrument) ? (answers[at] ?? 'skipped') : 'stopped'])
    }),
  )
}

/** The result of the answers by the item's id; an item without one counts as skipped. */
export function scoreOf(instrument: Instrument, answers: ReadonlyMap<string, ItemAnswer>): Result {
  const areas = instrument.areas.map((area): AreaResult => {
    const thirds = areaThirds(area, answers, instrument.skippedPerAreaMax)
    return { area: area.id, thirds, level: thirds === null ? null : levelOf(thirds, instrument.levels.area) }
  })
  const assessed = areas.map(({ thirds }) => thirds).filter((thirds) => thirds !== null)
  if (assessed.length < areas.length) return { areas, total: null, level: null }
  const total = sum(assessed)
  const level = levelOf(total, instrument.levels.total)
  // One weak area, such as safety, is not to be hidden by strong ones.
  return { areas, total, level: level === 'mahir' && areas.some((area) => area.level === 'pemula') ? 'dasar' : level }
}

/**
 * What to praise and what to work on: the two highest areas, highest first, and of the others the two lowest, lowest
 * first. Of equal ones the earlier in the instrument comes first. With fewer than four areas assessed it is half of them
 * each, rounded down.
 */
export function standouts({ areas }: Result): { readonly strengths: readonly string[]; readonly priorities: readonly string[] } {
  const assessed = areas.flatMap(({ area, thirds }) => (thirds === null ? [] : [{ area, thirds }]))
  const count = Math.min(2, Math.floor(assessed.length / 2))
  const strengths = assessed.toSorted((a, b) => b.thirds - a.thirds).slice(0, count)
  const others = assessed.filter((area) => !strengths.includes(area))
  const priorities = others.toSorted((a, b) => a.thirds - b.thirds).slice(0, count)
  return { strengths: strengths.map(({ area }) => area), priorities: priorities.map(({ area }) => area) }
}

function areaThirds({ items }: Area, answers: ReadonlyMap<string, ItemAnswer>, skippedMax: number): Thirds | null {
  const scores = items
    .map(({ id }) => answers.get(id) ?? 'skipped')
    .filter((answer) => answer !== 'skipped')
    .map((answer) => (answer === 'stopped' ? 0 : answer))
  if (items.length - scores.length > skippedMax) return null
  // In thirds the mean of the other three is their sum.
  return sum(scores) * THIRDS_PER_POINT + (scores.length < items.length ? sum(scores) : 0)
}

/** The level whose band holds the score rounded to the nearest whole number. Thirds never lie halfway between two. */
function levelOf(thirds: Thirds, bands: Instrument['levels']['area']): Level {
  const points = Math.round(thirds / THIRDS_PER_POINT)
  const level = LEVELS.find((level) => points <= bands[level][1])
  if (level === undefined) throw new Error(`No level holds ${points} points`)
  return level
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
