// What the clinic was about to say to someone of its own accord and has not sent yet: taken back once she wants no more of it.
import type { Tx } from '../storage/database.ts'

/** Takes back what waits of a kind (`now`: ms UTC). Returns what each was about, such as the ids of tips. */
export async function takeBackNotices(tx: Tx, person: number, kind: string, now: number): Promise<readonly string[]> {
  const waiting = await tx.selectFrom('delivery').select('outbox_id').where('person_id', '=', person).where('kind', '=', kind).where('state', '=', 'queued').where('outbox_id', 'is not', null).execute()
  if (waiting.length === 0) return []
  // What is on its way at this moment, or was refused, stays as it is.
  const taken = await tx
    .updateTable('outbox')
    .set({ state: 'superseded', settled_at: now })
    .where('id', 'in', waiting.map((row) => row.outbox_id as number))
    .where('state', '=', 'queued')
    .returning('id')
    .execute()
  if (taken.length === 0) return []
  const rows = await tx
    .updateTable('delivery')
    .set({ state: 'skipped', reason: 'stopped', day: null })
    .where('person_id', '=', person)
    .where('outbox_id', 'in', taken.map((row) => row.id))
    .returning('subject')
    .execute()
  return rows.map(({ subject }) => subject)
}
