// Which case a plain message is for. Pure: a reply says so itself and never comes here.
import type { Intent } from '../../conversation/parse/intent.ts'

export interface OpenCase {
  readonly id: number
  readonly number: number
  /** `helper`: someone else's case that they are assigned to. */
  readonly as: 'owner' | 'helper'
}

export type Destination =
  | { readonly to: 'case'; readonly case: number }
  /** Named before it is sent: the first is the likeliest. */
  | { readonly to: 'ask'; readonly cases: readonly OpenCase[] }
  | { readonly to: 'nobody' }

/** Whoever helps is asked again after so long without a word: a stray line must not reach an owner. */
export const CONFIRMED_FOR_MS = 60 * 60_000

/** What steers the clinic is no message to anyone, unless someone is in the middle of talking. */
const STEERS: ReadonlySet<Intent> = new Set<Intent>(['menu', 'register', 'data-see', 'data-change', 'data-erase', 'leave', 'stop', 'cancel', 'help'])

/** @param active the case of the last message, and when its place was last seen (ms UTC). */
export function destinationOf(
  cases: readonly OpenCase[],
  active: { readonly caseId: number; readonly confirmedAt: number } | undefined,
  intent: Intent | undefined,
  now: number,
): Destination {
  const current = cases.find(({ id }) => id === active?.caseId)
  const isFresh = active !== undefined && now - active.confirmedAt < CONFIRMED_FOR_MS
  // "Bagaimana ya?" asks whoever she talks with.
  const asksInTalk = intent === 'help' && current !== undefined && isFresh
  if (cases.length === 0 || (intent !== undefined && STEERS.has(intent) && !asksInTalk)) return { to: 'nobody' }
  if (current && isFresh) return { to: 'case', case: current.id }
  const [only] = cases
  // Her own and only case: whatever she writes is about it.
  if (only && cases.length === 1 && only.as === 'owner') return { to: 'case', case: only.id }
  return { to: 'ask', cases: current ? [current, ...cases.filter((one) => one !== current)] : cases }
}
