// Chooses the tip someone gets next. Pure: it knows neither the person nor the store.
import { fitsSector, isForAll, type Tip } from '../../content/tips.ts'

/** What decides which tip comes next. */
export interface TipHistory {
  /** Id of the sector of her newest business; undefined without a business. */
  readonly sector: string | undefined
  /** When she was shown a tip last, ms UTC, by the tip's id. */
  readonly shownAt: ReadonlyMap<string, number>
}

export interface TipPick {
  readonly tip: Tip
  /** Every tip that fits was shown before, and this one longest ago. */
  readonly isRepeat: boolean
}

const RANK: Readonly<Record<Tip['level'], number>> = { pemula: 0, dasar: 1, mahir: 2 }

/**
 * The next tip: one not shown yet, the easiest first, and of those one made for her sector before one for everybody;
 * otherwise the order they are given in. When all were shown it is the one shown longest ago; undefined when none fits.
 */
export function pickTip(tips: readonly Tip[], { sector, shownAt }: TipHistory): TipPick | undefined {
  const fitting = tips.filter((tip) => fitsSector(tip, sector))
  const [fresh] = fitting
    .filter(({ id }) => !shownAt.has(id))
    .toSorted((a, b) => RANK[a.level] - RANK[b.level] || Number(isForAll(a)) - Number(isForAll(b)))
  if (fresh) return { tip: fresh, isRepeat: false }
  const [oldest] = fitting.toSorted((a, b) => (shownAt.get(a.id) ?? 0) - (shownAt.get(b.id) ?? 0))
  return oldest && { tip: oldest, isRepeat: true }
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
    if (!pick || pick.isRepeat) return { sector: undefined, shownAt: new Map() }
    shownAt.set(pick.tip.id, at)
    if (pick.tip.id === last) break
  }
  return { sector: undefined, shownAt }
}

/** The id of the tip she was shown last; undefined when there was none. */
export function newestShown({ shownAt }: Pick<TipHistory, 'shownAt'>): string | undefined {
  return [...shownAt].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}
