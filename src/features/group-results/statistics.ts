// What coordinators may know of a group's results in one version of the instrument: levels, difficulty, reliability.
// Pure; it must not show anything of a small group (group.ts) or name anybody.
import type { Instrument, Level } from '../../content/assessment.ts'
import { type Finished, MIN_GROUP, newestChecks, ofGroup, retestPairs, type TooFew } from './group.ts'
import { cronbachAlpha, itemRestCorrelations, mean, pearson, standardDeviation } from './reliability.ts'

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

/** The statistics of results of this version, oldest first: of each person the newest check counts. */
export function groupStatistics(instrument: Instrument, results: readonly Finished[]): GroupStatistics | TooFew {
  const ids = instrument.areas.flatMap(({ items }) => items.map(({ id }) => id))
  return ofGroup(newestChecks(results), (group) => {
    const complete = group.filter(({ answers }) => ids.every((id) => pointsOf(answers.get(id)) !== null))
    const table = (items: readonly string[]) =>
      complete.length < MIN_GROUP ? [] : complete.map(({ answers }) => items.map((id) => pointsOf(answers.get(id)) ?? 0))
    const itemRest = itemRestCorrelations(table(ids))
    const items = ids.map((item, at) => ({ item, mean: itemMean(group, item), itemRest: itemRest[at] ?? null }))
    const areas = instrument.areas.map((area) => {
      const own = items.filter(({ item }) => area.items.some(({ id }) => id === item))
      const scored = group.map(({ areas }) => areas.find((one) => one.area === area.id))
      return {
        area: area.id,
        levels: countLevels(scored.map((one) => one?.level ?? null)),
        mean: mean(scored.flatMap((one) => one?.points ?? [])),
        isInOrder: neverRises(own.flatMap((one) => one.mean ?? [])),
        alpha: cronbachAlpha(table(own.map(({ item }) => item))),
      }
    })
    return {
      people: group.length,
      complete: complete.length,
      levels: countLevels(group.map(({ level }) => level)),
      areas,
      items: items.toSorted((a, b) => (b.mean ?? -1) - (a.mean ?? -1)),
      alpha: cronbachAlpha(table(ids)),
    }
  })
}

/**
 * How stable totals are, from the pairs among the results of this version (oldest first): r of both, SEM = SD * sqrt(1 - r) with the
 * SD of the earlier ones, and MDC95 = 1.96 * sqrt(2) * SEM. Source: Weir 2005, J Strength Cond Res 19, 231-240.
 */
export function retestStatistics(instrument: Instrument, results: readonly Finished[]): RetestStatistics | TooFew {
  return ofGroup(retestPairs(results, instrument), (pairs) => {
    const before = pairs.flatMap(({ before }) => before.total ?? [])
    const r = pearson(before, pairs.flatMap(({ after }) => after.total ?? []))
    const sd = standardDeviation(before)
    const sem = r === null || sd === null ? null : sd * Math.sqrt(1 - r)
    return { pairs: pairs.length, r, sem, mdc95: sem === null ? null : 1.96 * Math.SQRT2 * sem }
  })
}

function pointsOf(answer: number | string | undefined): number | null {
  if (answer === 'stopped') return 0
  return typeof answer === 'number' ? answer : null
}

function itemMean(group: readonly Finished[], item: string): number | null {
  return mean(group.flatMap(({ answers }) => pointsOf(answers.get(item)) ?? []))
}

function countLevels(levels: readonly (Level | null)[]): LevelCounts {
  const count = (wanted: Level | null) => levels.filter((level) => level === wanted).length
  return { pemula: count('pemula'), dasar: count('dasar'), mahir: count('mahir'), none: count(null) }
}

function neverRises(numbers: readonly number[]): boolean {
  return numbers.every((number, at) => at === 0 || number <= (numbers[at - 1] ?? 0))
}
