// Who may see a case before they have it: nobody until its owner sent it on, volunteers only with her consent, coordinators always.
import type { Tx } from '../storage/database.ts'
import { consentsOf } from '../people/consent.ts'
import type { CaseRecord } from './store.ts'

export type Audience = 'volunteers' | 'coordinators'

/** Whether a waiting case may be shown to, and taken by, one of these. */
export async function isOpenTo(tx: Tx, of: Pick<CaseRecord, 'circle' | 'coordinatorsOnly' | 'personId'>, audience: Audience): Promise<boolean> {
  return of.circle >= 0 && (audience === 'coordinators' || (await mayVolunteersHelp(tx, of)))
}

/** Whether its owner agreed that volunteers write to her, and did not ask for coordinators alone this time. */
export async function mayVolunteersHelp(tx: Tx, { personId, coordinatorsOnly }: Pick<CaseRecord, 'personId' | 'coordinatorsOnly'>): Promise<boolean> {
  return !coordinatorsOnly && (await consentsOf(tx, personId)).has('contact')
}
