// What may be said about two results of the same owner: a real change, a sign of one, or about the same.
// Pure and exact; it must not score answers (score.ts) or put anything into words.
import { LEVELS, THIRDS_PER_POINT, type ChangeRules, type Level } from '../../content/assessment.ts'
import type { Result, Thirds } from './score.ts'

/** A result with the version of the instrument it was made with. */
export interface Measurement extends Result {
  readonly version: string
}

/** An area that really changed, and which way. */
export interface AreaChange {
  readonly area: string
  readonly way: 'up' | 'down'
}

/** `level` is the new level, where it may be announced; otherwise null. Areas stand in the order of the later result. */
export type Verdict =
  | { readonly type: 'none'; readonly reason: 'other-version' | 'no-total' }
  | {
      readonly type: 'real-up' | 'real-down' | 'sign-up' | 'sign-down' | 'same'
      readonly areas: readonly AreaChange[]
      readonly level: Level | null
    }

/** What the newest of results (oldest first) is compared with: the last one before it that has a total, so that a check with gaps hides no change. */
export function comparedWith<One extends Measurement>(results: readonly One[]): One | undefined {
  return results.slice(0, -1).findLast(({ total }) => total !== null)
}

/** The earlier result if it was made with the same questions: only then may numbers stand beside each other. */
export function comparable<One extends Measurement>(before: One | undefined, now: One): One | undefined {
  return before?.version === now.version ? before : undefined
}

/**
 * The verdict on two results, by their exact difference and never by their levels. Without the same version and both
 * totals nothing is said at all, of areas neither. Source: `change` of data/assessment.yaml.
 */
export function verdictOn(before: Measurement, after: Measurement, rules: ChangeRules): Verdict {
  if (!comparable(before, after)) return { type: 'none', reason: 'other-version' }
  if (before.total === null || after.total === null) return { type: 'none', reason: 'no-total' }
  const difference = after.total - before.total
  return { type: typeOf(difference, rules), areas: areaChanges(before, after, rules), level: announcedLevel(before, after, difference, rules) }
}

function typeOf(difference: Thirds, { totalReal, totalSign }: ChangeRules): Exclude<Verdict['type'], 'none'> {
  if (reaches(difference, totalReal)) return difference > 0 ? 'real-up' : 'real-down'
  if (reaches(difference, totalSign)) return difference > 0 ? 'sign-up' : 'sign-down'
  return 'same'
}

function areaChanges(before: Result, after: Result, { areaReal }: ChangeRules): readonly AreaChange[] {
  return after.areas.flatMap(({ area, thirds }) => {
    const earlier = before.areas.find((one) => one.area === area)?.thirds ?? null
    if (thirds === null || earlier === null || !reaches(thirds - earlier, areaReal)) return []
    return [{ area, way: thirds > earlier ? 'up' : 'down' } as const]
  })
}

/** The level after, if it lies the way the total moved. The guard can move it the other way: that is no news to announce. */
function announcedLevel(before: Result, after: Result, difference: Thirds, rules: ChangeRules): Level | null {
  if (before.level === null || after.level === null || !reaches(difference, rules.level)) return null
  const steps = LEVELS.indexOf(after.level) - LEVELS.indexOf(before.level)
  return Math.sign(steps) === Math.sign(difference) ? after.level : null
}

function reaches(difference: Thirds, points: number): boolean {
  return Math.abs(difference) >= points * THIRDS_PER_POINT
}
