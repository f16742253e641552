// Reads and writes until when a coordinator may look into a reported case. Instants are ms UTC.
import type { Tx } from '../../storage/database.ts'

/** Until when someone may look into a case; undefined when not now. */
export async function lookUntil(tx: Tx, look: { caseId: number; person: number; now: number }): Promise<number | undefined> {
  const row = await tx.selectFrom('case_look').select('until').where('case_id', '=', look.caseId).where('person_id', '=', look.person).where('until', '>', look.now).orderBy('until', 'desc').executeTakeFirst()
  return row?.until
}

export async function addLook(tx: Tx, look: { caseId: number; person: number; until: number }): Promise<void> {
  await tx.insertInto('case_look').values({ case_id: look.caseId, person_id: look.person, until: look.until }).execute()
}

/** Nobody looks into it any more. */
export async function endLooks(tx: Tx, caseId: number, now: number): Promise<void> {
  await tx.updateTable('case_look').set({ until: now }).where('case_id', '=', caseId).where('until', '>', now).execute()
}
