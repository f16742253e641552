// Reads and writes to whom a case was offered, and what they did with it.
import type { Tx } from '../storage/database.ts'

export interface Card {
  readonly id: number
  readonly caseId: number
  /** Null in the group. */
  readonly person: number | null
  readonly chatId: number
  readonly outboxId: number | null
}

const cards = (tx: Tx) => tx.selectFrom('case_card').select(['id', 'case_id as caseId', 'person_id as person', 'chat_id as chatId', 'outbox_id as outboxId'])

/** Cards that still offer a case. */
export async function liveCards(tx: Tx, caseId: number): Promise<readonly Card[]> {
  return cards(tx).where('case_id', '=', caseId).where('retired_at', 'is', null).orderBy('id').execute()
}

/** Notes that a case is offered in a chat (again). Gives the card's number. */
export async function addCard(tx: Tx, card: { caseId: number; person: number | null; chatId: number; now: number }): Promise<number> {
  const { id } = await tx
    .insertInto('case_card')
    .values({ case_id: card.caseId, person_id: card.person, chat_id: card.chatId, created_at: card.now })
    .onConflict((c) => c.columns(['case_id', 'chat_id']).doUpdateSet({ outbox_id: null, opened_at: null, skipped_at: null, retired_at: null }))
    .returning('id')
    .executeTakeFirstOrThrow()
  if (card.person !== null) await tx.updateTable('volunteer').set({ offered_at: card.now }).where('person_id', '=', card.person).execute()
  return id
}

export async function linkCard(tx: Tx, id: number, outboxId: number): Promise<void> {
  await tx.updateTable('case_card').set({ outbox_id: outboxId }).where('id', '=', id).execute()
}

export async function retire(tx: Tx, ids: readonly number[], now: number): Promise<void> {
  if (ids.length > 0) await tx.updateTable('case_card').set({ retired_at: now }).where('id', 'in', [...ids]).execute()
}

/** Someone looked into a case offered to them, or left it to others. Says whether that is news. */
export async function markCard(tx: Tx, marked: { caseId: number; person: number; as: 'opened_at' | 'skipped_at'; now: number }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('case_card')
    .set({ [marked.as]: marked.now })
    .where('case_id', '=', marked.caseId)
    .where('person_id', '=', marked.person)
    .where(marked.as, 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** To how many volunteers a case is offered now, and how many of them looked into it. */
export async function countCards(tx: Tx, caseId: number): Promise<{ readonly asked: number; readonly opened: number }> {
  const { asked, opened } = await tx
    .selectFrom('case_card')
    .select((e) => [e.fn.count<number>('id').as('asked'), e.fn.count<number>('opened_at').as('opened')])
    .where('case_id', '=', caseId)
    .where('person_id', 'is not', null)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { asked, opened }
}

/** Whether anyone who was asked may still take it: not all of them left it to others. */
export async function isStillOffered(tx: Tx, caseId: number): Promise<boolean> {
  const card = await tx
    .selectFrom('case_card')
    .select('id')
    .where('case_id', '=', caseId)
    .where('person_id', 'is not', null)
    .where('retired_at', 'is', null)
    .where('skipped_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return card !== undefined
}

/** Who gave this case back, let its time run out, or left it with a report: they are not asked again at once. */
export async function whoGaveBack(tx: Tx, caseId: number): Promise<readonly number[]> {
  const rows = await tx.selectFrom('case_assignment').select('person_id').where('case_id', '=', caseId).where('ended_as', 'in', ['release', 'lapse', 'report']).execute()
  return rows.map((row) => row.person_id)
}
