// Which case someone's plain messages go to, and when they last saw that.
import type { Tx } from '../storage/database.ts'

export interface ActiveCase {
  readonly caseId: number
  /** ms UTC. */
  readonly confirmedAt: number
}

export async function activeCaseOf(tx: Tx, person: number): Promise<ActiveCase | undefined> {
  return tx.selectFrom('active_case').select(['case_id as caseId', 'confirmed_at as confirmedAt']).where('person_id', '=', person).executeTakeFirst()
}

/** From now on plain messages go to this case. `now`: ms UTC. */
export async function setActiveCase(tx: Tx, active: { person: number; caseId: number; now: number }): Promise<void> {
  await tx
    .insertInto('active_case')
    .values({ person_id: active.person, case_id: active.caseId, confirmed_at: active.now })
    .onConflict((c) => c.column('person_id').doUpdateSet({ case_id: active.caseId, confirmed_at: active.now }))
    .execute()
}

/** Someone of another case was heard: where the next plain message is meant to go is asked first. */
export async function unsettleActiveCase(tx: Tx, heard: { person: number; caseId: number }): Promise<void> {
  await tx.updateTable('active_case').set({ confirmed_at: 0 }).where('person_id', '=', heard.person).where('case_id', '!=', heard.caseId).execute()
}
