// What someone has sent that is on its way to nobody yet: she still tells of it, or was asked which case it is for.
import type { Tx } from '../storage/database.ts'
import type { Part } from '../telegram/part.ts'

export interface Draft {
  readonly id: number
  readonly part: Part
  /** Telegram's id of her message. */
  readonly sourceMessage: number
}

export type DraftPurpose = 'ask' | 'relay'

/** Keeps a part and gives its number. `now`: ms UTC. */
export async function keepDraft(tx: Tx, kept: { person: number; purpose: DraftPurpose; part: Part; sourceMessage: number; now: number }): Promise<number> {
  const { id } = await tx
    .insertInto('draft_part')
    .values({ person_id: kept.person, purpose: kept.purpose, part: JSON.stringify(kept.part), source_message: kept.sourceMessage, created_at: kept.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Her drafts in the order she sent them, all of a purpose or those with these numbers. */
export async function draftsOf(tx: Tx, person: number, purpose: DraftPurpose, ids?: readonly number[]): Promise<readonly Draft[]> {
  if (ids?.length === 0) return []
  const rows = await tx
    .selectFrom('draft_part')
    .select(['id', 'part', 'source_message'])
    .where('person_id', '=', person)
    .where('purpose', '=', purpose)
    .$if(ids !== undefined, (query) => query.where('id', 'in', [...(ids ?? [])]))
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, part: JSON.parse(row.part) as Part, sourceMessage: row.source_message }))
}

export async function dropDrafts(tx: Tx, person: number, purpose: DraftPurpose): Promise<void> {
  await tx.deleteFrom('draft_part').where('person_id', '=', person).where('purpose', '=', purpose).execute()
}

/** What was held for a case begins a new request instead. Gives its numbers. */
export async function askWithHeld(tx: Tx, person: number): Promise<readonly number[]> {
  const rows = await tx.updateTable('draft_part').set({ purpose: 'ask' }).where('person_id', '=', person).where('purpose', '=', 'relay').returning('id').execute()
  return rows.map((row) => row.id)
}

/** New words for a draft: she edited her message. Says whether there was one. */
export async function rewordDraft(tx: Tx, person: number, sourceMessage: number, part: Part): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('draft_part')
    .set({ part: JSON.stringify(part) })
    .where('person_id', '=', person)
    .where('source_message', '=', sourceMessage)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
