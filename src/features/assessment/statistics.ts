// What coordinators may know of a group's results in one version of the instrument: levels, difficulty, reliability.
// Pure; it must not show anything of a small group (group.ts) or name anybody.
import type { Instrument, Level } from '../../content/assessment.ts'
import { lastOfEach, MIN_GROUP, ofGroup, type Finished, type TooFew } from './group.ts'
import { cronbachAlpha, itemRestCorrelations, mean, pearson, standardDeviation } from './reliability.ts'
import { THIRDS_PER_POINT, type ItemAnswer, type Thirds } from './score.ts'

/** How many people are at each level; `none` has no score, because too much was skipped. */
export type LevelCounts = Readonly<Record<Level | 'none', number>>

/**
 * One area. `mean` is in points, 0 to 12, of who was assessed. `isInOrder`: no item is easier for them than the one
 * before it, as the instrument intends; items after an early stop count as 0, which favours this order.
 */
export interface AreaStatistics {
  readonly area: string
  readonly levels: LevelCounts
  readonly mean: number | null
  readonly isInOrder: boolean
  readonly alpha: number | null
}

/** One item. `mean` is 0 to 3, skipped answers left out, stopped ones as 0. `itemRest`: with the sum of all other items. */
export interface ItemStatistics {
  readonly item: string
  readonly mean: number | null
  readonly itemRest: number | null
}

/**
 * A group's results. Items stand easiest first. `alpha` (of all items, and of each area) and `itemRest` are of the
 * `complete` people who skipped nothing; null when these are fewer than `MIN_GROUP` or nothing varies.
 */
export interface GroupStatistics {
  readonly people: number
  readonly complete: number
  readonly levels: LevelCounts
  readonly areas: readonly AreaStatistics[]
  readonly items: readonly ItemStatistics[]
  readonly alpha: number | null
}

/** Reliability from people who answered twice without training in between. `sem` and `mdc95` are in points of the total. */
export interface RetestStatistics {
  readonly pairs: number
  readonly r: number | null
  readonly sem: number | null
  readonly mdc95: number | null
}

/** Two results of one owner, the earlier one first. */
export interface RetestPair {
  readonly owner: number
  readonly before: Finished
  readonly after: Finished
}

/** The statistics of the results of this version; of several of one owner (oldest first) only the last counts. */
export function groupStatistics(instrument: Instrument, results: readonly Finished[]): GroupStatistics | TooFew {
  return ofGroup(lastOfEach(results.filter(({ version }) => version === instrument.version)), (group) => {
    const complete = group.filter(({ answers }) => itemsOf(instrument).every((id) => pointsOf(answers.get(id)) !== null))
    const table = (ids: readonly string[]) =>
      complete.length < MIN_GROUP ? [] : complete.map(({ answers }) => ids.map((id) => pointsOf(answers.get(id)) ?? 0))
    const itemRest = itemRestCorrelations(table(itemsOf(instrument)))
    const items = itemsOf(instrument).map((item, at) => ({ item, mean: itemMean(group, item), itemRest: itemRest[at] ?? null }))
    const areas = instrument.areas.map((area) => {
      const ids = area.items.map(({ id }) => id)
      const scored = group.map(({ areas }) => areas.find((one) => one.area === area.id))
      return {
        area: area.id,
        levels: countLevels(scored.map((one) => one?.level ?? null)),
        mean: mean(scored.flatMap((one) => inPoints(one?.thirds ?? null))),
        isInOrder: neverRises(ids.flatMap((id) => itemMean(group, id) ?? [])),
        alpha: cronbachAlpha(table(ids)),
      }
    })
    return {
      people: group.length,
      complete: complete.length,
      levels: countLevels(group.map(({ level }) => level)),
      areas,
      items: items.toSorted((a, b) => (b.mean ?? -1) - (a.mean ?? -1)),
      alpha: cronbachAlpha(table(itemsOf(instrument))),
    }
  })
}

/**
 * How stable totals of this version are: r of both, SEM = SD * sqrt(1 - r) with the SD of the earlier ones, and
 * MDC95 = 1.96 * sqrt(2) * SEM. Pairs without both totals are left out; of one owner only the last pair counts.
 */
export function retestStatistics(instrument: Instrument, pairs: readonly RetestPair[]): RetestStatistics | TooFew {
  const usable = pairs.filter(({ before, after }) =>
    [before, after].every(({ version, total }) => version === instrument.version && total !== null),
  )
  return ofGroup(lastOfEach(usable), (pairs) => {
    const before = pairs.flatMap(({ before }) => inPoints(before.total))
    const after = pairs.flatMap(({ after }) => inPoints(after.total))
    const r = pearson(before, after)
    const sd = standardDeviation(before)
    const sem = r === null || sd === null ? null : sd * Math.sqrt(1 - r)
    return { pairs: pairs.length, r, sem, mdc95: sem === null ? null : 1.96 * Math.SQRT2 * sem }
  })
}

function itemsOf({ areas }: Instrument): readonly string[] {
  return areas.flatMap(({ items }) => items.map(({ id }) => id))
}

function pointsOf(answer: ItemAnswer | undefined): number | null {
  if (answer === undefined || answer === 'skipped') return null
  return answer === 'stopped' ? 0 : answer
}

function itemMean(group: readonly Finished[], item: string): number | null {
  return mean(group.flatMap(({ answers }) => pointsOf(answers.get(item)) ?? []))
}

function inPoints(thirds: Thirds | null): readonly number[] {
  return thirds === null ? [] : [thirds / THIRDS_PER_POINT]
}

function countLevels(levels: readonly (Level | null)[]): LevelCounts {
  const count = (wanted: Level | null) => levels.filter((level) => level === wanted).length
  return { pemula: count('pemula'), dasar: count('dasar'), mahir: count('mahir'), none: count(null) }
}

function neverRises(numbers: readonly number[]): boolean {
  return numbers.every((number, at) => at === 0 || number <= (numbers[at - 1] ?? 0))
}
