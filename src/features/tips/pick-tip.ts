// Chooses the tip someone gets next, and says why just this one. Pure: it knows neither the person nor the store.
import { type Level, LEVELS } from '../../content/assessment.ts'
import { fitsSector, isForAll, type Tip } from '../../content/tips.ts'

/** What decides which tip comes next. */
export interface TipHistory {
  /** Id of the sector of her newest business; undefined without a business. */
  readonly sector: string | undefined
  /** When she was shown a tip last, ms UTC, by the tip's id. */
  readonly shownAt: ReadonlyMap<string, number>
  /** Tips that did not suit her: they never come again. */
  readonly unsuited?: ReadonlySet<string>
  /** Tips that are open steps of her plan, the next one first. */
  readonly planned?: readonly string[]
  /** Her newest self-assessment, the weakest area first; undefined before the first. */
  readonly standing?: readonly { readonly area: string; readonly level: Level }[]
}

/** Why a tip was chosen: it is in her plan, her weakest area, an area that has its turn, easy to begin with, or seen before. */
export const TIP_REASONS = ['plan', 'weak-area', 'variety', 'beginning', 'again'] as const
export type TipReason = (typeof TIP_REASONS)[number]

export interface TipPick {
  readonly tip: Tip
  readonly reason: TipReason
}

/**
 * The next tip she has not seen: first the steps of her plan, then tips for her weakest area but not twice in a row for the same one,
 * of the level nearest to hers there (the harder of two), made for her line of work before those for everybody. Before her first
 * self-assessment the easiest come first. When all were shown it is the one shown longest ago; undefined when none fits.
 */
export function pickTip(tips: readonly Tip[], history: TipHistory): TipPick | undefined {
  const { planned = [], sector, shownAt, standing, unsuited } = history
  const fitting = tips.filter((tip) => fitsSector(tip, sector) && !unsuited?.has(tip.id))
  const fresh = fitting.filter(({ id }) => !shownAt.has(id))
  const step = planned.map((id) => fresh.find((tip) => tip.id === id)).find((tip) => tip !== undefined)
  if (step) return { tip: step, reason: 'plan' }
  if (standing && standing.length > 0 && fresh.length > 0) return pickForStanding(fresh, standing, areaOf(tips, newestShown(history)))
  const [easiest] = fresh.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || Number(isForAll(a)) - Number(isForAll(b)))
  if (easiest) return { tip: easiest, reason: 'beginning' }
  const [oldest] = fitting.toSorted((a, b) => (shownAt.get(a.id) ?? 0) - (shownAt.get(b.id) ?? 0))
  return oldest && { tip: oldest, reason: 'again' }
}

function pickForStanding(fresh: readonly Tip[], standing: NonNullable<TipHistory['standing']>, lastArea: string | undefined): TipPick | undefined {
  const place = (area: string) => {
    const at = standing.findIndex((one) => one.area === area)
    return at === -1 ? standing.length : at
  }
  // The area of the last tip waits for its next turn.
  const turn = (area: string) => (area === lastArea ? standing.length + 1 : place(area))
  const distance = ({ area, level }: Tip) => {
    const steps = LEVELS.indexOf(level) - LEVELS.indexOf(standing[place(area)]?.level ?? 'pemula')
    return steps >= 0 ? 2 * steps : -2 * steps + 1
  }
  const [tip] = fresh.toSorted((a, b) => turn(a.area) - turn(b.area) || distance(a) - distance(b) || Number(isForAll(a)) - Number(isForAll(b)))
  return tip && { tip, reason: place(tip.area) === 0 ? 'weak-area' : 'variety' }
}

function areaOf(tips: readonly Tip[], id: string | undefined): string | undefined {
  return tips.find((tip) => tip.id === id)?.area
}

/**
 * What someone was shown of whom nothing is kept: every tip up to and including `last`, in the order they are given out.
 * Without a last tip it begins with another easy one each day. `day` counts days.
 */
export function historyUpTo(tips: readonly Tip[], last: string | undefined, day: number): TipHistory {
  const shownAt = new Map<string, number>()
  const easy = tips.filter(({ level, sectors }) => level === 'pemula' && sectors.includes('all')).length
  const before = last === undefined ? day % Math.max(1, easy) : tips.length
  for (let at = 0; at < before; at += 1) {
    const pick = pickTip(tips, { sector: undefined, shownAt })
    // All of them were shown: the round begins again with the first.
    if (!pick || pick.reason === 'again') return { sector: undefined, shownAt: new Map() }
    shownAt.set(pick.tip.id, at)
    if (pick.tip.id === last) break
  }
  return { sector: undefined, shownAt }
}

/** The id of the tip she was shown last; undefined when there was none. */
export function newestShown({ shownAt }: Pick<TipHistory, 'shownAt'>): string | undefined {
  return [...shownAt].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}
