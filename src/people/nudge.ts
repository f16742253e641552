// When someone is next reminded of something, or asked, that has no row of its own for it: a plan left alone, a long silence, a letter of thanks, a check to repeat.
import type { Tx } from '../storage/database.ts'

/** `retest`: the invitation to answer the check twice; `retention`: whether to keep the data of who is silent for long. */
export const NUDGES = ['plan', 'welcome-back', 'letter', 'retest', 'retention'] as const
export type Nudge = (typeof NUDGES)[number]

export interface NudgeState {
  /** How often she was reminded since `since`. */
  readonly made: number
  /** ms UTC. */
  readonly since: number
}

/** Reminds her at `nextAt` (ms UTC; null: not at all), counted anew from `since`; who said stop is not reminded again. */
export async function setNudge(tx: Tx, person: number, kind: Nudge, { nextAt, since }: { nextAt: number | null; since: number }): Promise<void> {
  await tx
    .insertInto('nudge')
    .values({ person_id: person, kind, next_at: nextAt, since, made: 0 })
    .onConflict((c) => c.columns(['person_id', 'kind']).doUpdateSet((e) => ({ next_at: e.case().when('nudge.stopped_at', 'is', null).then(nextAt).else(null).end(), since, made: 0 })))
    .execute()
}

export async function findNudge(tx: Tx, person: number, kind: Nudge): Promise<NudgeState | undefined> {
  return tx.selectFrom('nudge').select(['made', 'since']).where('person_id', '=', person).where('kind', '=', kind).executeTakeFirst()
}

/** Who is to be reminded by an instant (ms UTC), the longest waiting first. */
export async function dueNudges(
  tx: Tx,
  kind: Nudge,
  { by, limit, people }: { by: number; limit: number; people?: readonly number[] | undefined },
): Promise<readonly { readonly person: number; readonly subject: string; readonly dueAt: number }[]> {
  const rows = await tx
    .selectFrom('nudge')
    .select(['person_id', 'next_at'])
    .where('kind', '=', kind)
    .where('next_at', '<=', by)
    .$if(people !== undefined, (query) => query.where('person_id', 'in', people ?? []))
    .orderBy('next_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ person: row.person_id, subject: kind, dueAt: row.next_at as number }))
}

/** She wants to hear no more of this kind. `now`: ms UTC. */
export async function stopNudge(tx: Tx, person: number, kind: Nudge, now: number): Promise<void> {
  await tx
    .insertInto('nudge')
    .values({ person_id: person, kind, next_at: null, since: now, stopped_at: now })
    .onConflict((c) => c.columns(['person_id', 'kind']).doUpdateSet({ next_at: null, stopped_at: now }))
    .execute()
}

/** Lets none of a kind come later than an instant (ms UTC). */
export async function bringNudgesForward(tx: Tx, kind: Nudge, latest: number): Promise<void> {
  await tx.updateTable('nudge').set({ next_at: latest }).where('kind', '=', kind).where('next_at', '>', latest).execute()
}

/** Moves a reminder; `made` counts one more. */
export async function moveNudge(tx: Tx, person: number, kind: Nudge, nextAt: number | null, made: 0 | 1 = 0): Promise<void> {
  await tx
    .updateTable('nudge')
    .set((e) => ({ next_at: nextAt, made: e('made', '+', made) }))
    .where('person_id', '=', person)
    .where('kind', '=', kind)
    .execute()
}
