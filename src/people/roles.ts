// Who may do what: roles are rows, granted and ended, and every change is in the audit trail.
import type { Language } from '../content/language.ts'
import { takeLock, type Tx } from '../storage/database.ts'
import { audit } from './audit.ts'

export const ROLES = ['owner', 'volunteer', 'coordinator'] as const
export type Role = (typeof ROLES)[number]

/** Gives a role; a role already held stays as it is. `by` is null when the configuration gave it. */
export async function grantRole(tx: Tx, grant: { person: number; role: Role; by: number | null; now: number }): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('role')
    .values({ person_id: grant.person, role: grant.role, granted_at: grant.now, granted_by: grant.by })
    .onConflict((c) => c.columns(['person_id', 'role']).where('ended_at', 'is', null).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows) await audit(tx, { at: grant.now, actor: grant.by, action: 'role-granted', subject: `person:${grant.person}`, detail: grant.role })
}

/** Whoever counts coordinators before one goes takes this first: two who go at once must not leave nobody. */
export async function lockRoles(tx: Tx): Promise<void> {
  await takeLock(tx, 'roles')
}

/** Ends a role. Says whether there was one to end. */
export async function endRole(tx: Tx, end: { person: number; role: Role; by: number | null; now: number }): Promise<boolean> {
  if (end.role === 'coordinator') await lockRoles(tx)
  const { numUpdatedRows } = await tx
    .updateTable('role')
    .set({ ended_at: end.now, ended_by: end.by })
    .where('person_id', '=', end.person)
    .where('role', '=', end.role)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return false
  // Who volunteers no longer is offered nothing, however the role ended.
  if (end.role === 'volunteer') await tx.updateTable('volunteer').set({ state: 'ended', ask_at: null, updated_at: end.now }).where('person_id', '=', end.person).execute()
  await audit(tx, { at: end.now, actor: end.by, action: 'role-ended', subject: `person:${end.person}`, detail: end.role })
  return true
}

export interface Holder {
  /** Person id. */
  readonly id: number
  readonly telegramId: number
  readonly language: Language
  /** The configuration gave the role, nobody else. */
  readonly byConfiguration: boolean
}

/** Everyone who holds a role now and has a Telegram chat. */
export async function holdersOf(tx: Tx, role: Role): Promise<readonly Holder[]> {
  const rows = await tx
    .selectFrom('role')
    .innerJoin('person', 'person.id', 'role.person_id')
    .select(['person.id', 'person.telegram_id', 'person.language', 'role.granted_by'])
    .where('role.role', '=', role)
    .where('role.ended_at', 'is', null)
    .where('person.telegram_id', 'is not', null)
    .orderBy('person.id')
    .execute()
  return rows.map((row) => ({ id: row.id, telegramId: row.telegram_id as number, language: row.language as Language, byConfiguration: row.granted_by === null }))
}
