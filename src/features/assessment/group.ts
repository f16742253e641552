// Who belongs to a group whose results may be looked at together, and that it is never too small.
// It must not compute anything about the group (statistics.ts) or read it from the store.
import type { ItemAnswer } from './score.ts'
import type { Measurement } from './verdict.ts'

/** Below so many people nothing is shown of a group: single persons could be made out, and the numbers would mean little. */
export const MIN_GROUP = 20

/** A finished self-assessment. `owner` only tells people apart and never leaves; answers are by the item's id. */
export interface Finished extends Measurement {
  readonly owner: number
  readonly kind: 'first' | 'repeat' | 'retest'
  readonly answers: ReadonlyMap<string, ItemAnswer>
}

/** Why nothing is shown of a group, and how many people it has. */
export interface TooFew {
  readonly refused: 'too-few'
  readonly people: number
}

/** What `show` makes of the rows, or a refusal when they come from fewer than `MIN_GROUP` people. */
export function ofGroup<Row extends Pick<Finished, 'owner'>, Shown>(rows: readonly Row[], show: (rows: readonly Row[]) => Shown): Shown | TooFew {
  const people = new Set(rows.map(({ owner }) => owner)).size
  return people < MIN_GROUP ? { refused: 'too-few', people } : show(rows)
}

/** One row a person: the last of hers. */
export function lastOfEach<Row extends Pick<Finished, 'owner'>>(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [row.owner, row])).values()]
}
