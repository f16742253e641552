// Reads and writes what helpers asked of an owner's profile, until it is answered. Instants are ms UTC.
import type { Tx } from '../../storage/database.ts'

export interface FieldAsk {
  readonly id: number
  readonly caseId: number
  readonly business: number
  readonly field: string
}

const asks = (tx: Tx) =>
  tx
    .selectFrom('case_field_ask as ask')
    .innerJoin('help_case', 'help_case.id', 'ask.case_id')
    .select(['ask.id', 'ask.case_id as caseId', 'ask.business_id as business', 'ask.field'])
    .where('ask.answered_at', 'is', null)

/** Asks for a field of a business; undefined when the case waits for it already. */
export async function addFieldAsk(tx: Tx, asked: { caseId: number; business: number; field: string; by: number; now: number }): Promise<number | undefined> {
  const row = await tx
    .insertInto('case_field_ask')
    .values({ case_id: asked.caseId, business_id: asked.business, field: asked.field, asked_by: asked.by, asked_at: asked.now })
    .onConflict((c) => c.columns(['case_id', 'business_id', 'field']).where('answered_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** What someone is asked, if it is she and it is open. */
export async function findFieldAsk(tx: Tx, id: number, owner: number): Promise<FieldAsk | undefined> {
  return asks(tx).where('ask.id', '=', id).where('help_case.person_id', '=', owner).executeTakeFirst()
}

/** Everything that is open about a business of hers. */
export async function openAsksOf(tx: Tx, business: number, owner: number): Promise<readonly FieldAsk[]> {
  return asks(tx).where('ask.business_id', '=', business).where('help_case.person_id', '=', owner).orderBy('ask.id').execute()
}

export async function settleFieldAsk(tx: Tx, id: number, now: number): Promise<void> {
  await tx.updateTable('case_field_ask').set({ answered_at: now }).where('id', '=', id).execute()
}
