// Whose results may be looked at together, which of them repeat each other, and that a group is never too small.
// Pure; it must not compute anything about the group (statistics.ts) or read it from the store.
import type { Instrument, Level } from '../../content/assessment.ts'

/** Below so many people nothing is shown of a group: single persons could be made out, and the numbers would mean little. */
export const MIN_GROUP = 20

const DAY_MS = 86_400_000

/**
 * A finished self-assessment. `owner` only tells people apart and never leaves. Scores are in points: 0 to 12 an area, 0 to 60 in all;
 * null for what was not assessed. Answers are by the item's id: 0 to 3, skipped by her, or not asked any more (counts 0).
 */
export interface Finished {
  readonly owner: number
  /** `retest` measures the questions, not her. */
  readonly kind: 'check' | 'retest'
  /** ms UTC. */
  readonly finishedAt: number
  /** She agrees now that her data be used for research without her name. */
  readonly forResearch: boolean
  readonly answers: ReadonlyMap<string, number | 'skipped' | 'stopped'>
  readonly areas: readonly { readonly area: string; readonly points: number | null; readonly level: Level | null }[]
  readonly total: number | null
  readonly level: Level | null
}

/** Why nothing is shown of a group, and how many people it has. */
export interface TooFew {
  readonly refused: 'too-few'
  readonly people: number
}

/** A check, and the answers to the same questions some days later. */
export interface RetestPair {
  readonly owner: number
  readonly before: Finished
  readonly after: Finished
}

/** What `show` makes of the rows, one a person, or a refusal when there are fewer than `MIN_GROUP`. */
export function ofGroup<Row, Shown>(rows: readonly Row[], show: (rows: readonly Row[]) => Shown): Shown | TooFew {
  return rows.length < MIN_GROUP ? { refused: 'too-few', people: rows.length } : show(rows)
}

/** The newest check of each person; results stand oldest first. */
export function newestChecks(results: readonly Finished[]): readonly Finished[] {
  return lastOfEach(results.filter(({ kind }) => kind === 'check'))
}

/**
 * Of each person the last retest with the check that came just before it, oldest first, both with a total. It counts while she agrees
 * to research, and when both ended as many days apart as the instrument says: a retest begun in time and finished later is kept, but
 * says more about those days than about the questions.
 */
export function retestPairs(results: readonly Finished[], { retest }: Pick<Instrument, 'retest'>): readonly RetestPair[] {
  const latest = new Map<number, Finished>()
  const pairs: RetestPair[] = []
  for (const after of results) {
    const before = latest.get(after.owner)
    latest.set(after.owner, after)
    if (after.kind !== 'retest' || before?.kind !== 'check' || !after.forResearch || before.total === null || after.total === null) continue
    const days = (after.finishedAt - before.finishedAt) / DAY_MS
    if (days >= retest.earliestDays && days <= retest.latestDays) pairs.push({ owner: after.owner, before, after })
  }
  return lastOfEach(pairs)
}

/** When a check must have ended so that it can be repeated at `now`; all three in ms UTC. */
export function retestWindow(now: number, { retest }: Pick<Instrument, 'retest'>): { readonly from: number; readonly until: number } {
  return { from: now - retest.latestDays * DAY_MS, until: now - retest.earliestDays * DAY_MS }
}

function lastOfEach<Row extends Pick<Finished, 'owner'>>(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [row.owner, row])).values()]
}
