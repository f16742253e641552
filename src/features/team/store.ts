// Reads and writes invitations, and reads who is in the team and how that changed.
import type { Tx } from '../../storage/database.ts'
import { hashToken, type Invite, TEAM_ROLES, type TeamRole } from './invite.ts'

/** Keeps an invitation; of its token only the hash. Instants in ms UTC. */
export async function createInvite(tx: Tx, made: { token: string; role: TeamRole; by: number; now: number; expiresAt: number }): Promise<number> {
  const { id } = await tx
    .insertInto('invite')
    .values({ token_hash: hashToken(made.token), role: made.role, created_by: made.by, created_at: made.now, expires_at: made.expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The invitation of a link. Once its maker no longer coordinates it has expired, whether or not it was there to be withdrawn then. */
export async function findInvite(tx: Tx, token: string): Promise<Invite | undefined> {
  const row = await tx
    .selectFrom('invite')
    .leftJoin('role as maker', (join) =>
      join.onRef('maker.person_id', '=', 'invite.created_by').on('maker.role', '=', 'coordinator').on('maker.ended_at', 'is', null),
    )
    .selectAll('invite')
    .select('maker.id as maker_id')
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst()
  return row && { id: row.id, role: row.role as TeamRole, createdBy: row.created_by, expiresAt: row.maker_id === null ? 0 : row.expires_at, usedBy: row.used_by }
}

/** Uses an invitation up. Says whether it was still unused: only one person ever hears yes. */
export async function useInvite(tx: Tx, use: { id: number; person: number; now: number }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invite')
    .set({ used_by: use.person, used_at: use.now })
    .where('id', '=', use.id)
    .where('used_by', 'is', null)
    .where('expires_at', '>', use.now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Whether someone made an invitation to this role at or after `since` (ms UTC). */
export async function hasInvitedSince(tx: Tx, made: { by: number; role: TeamRole; since: number }): Promise<boolean> {
  const row = await tx
    .selectFrom('invite')
    .select('id')
    .where('created_by', '=', made.by)
    .where('role', '=', made.role)
    .where('created_at', '>=', made.since)
    .executeTakeFirst()
  return row !== undefined
}

/** Ends the unused invitations of someone who may invite no longer. */
export async function withdrawInvites(tx: Tx, withdrawn: { by: number; now: number }): Promise<void> {
  await tx
    .updateTable('invite')
    .set({ expires_at: withdrawn.now })
    .where('created_by', '=', withdrawn.by)
    .where('used_by', 'is', null)
    .where('expires_at', '>', withdrawn.now)
    .execute()
}

export interface Member {
  readonly personId: number
  readonly role: TeamRole
  readonly givenName: string | null
  /** ms UTC. */
  readonly since: number
}

/** A page of the team, coordinators first, then by time of joining. One more than `size` tells that another page follows. */
export async function membersOf(tx: Tx, page: { at: number; size: number }): Promise<readonly Member[]> {
  const rows = await tx
    .selectFrom('role')
    .innerJoin('person', 'person.id', 'role.person_id')
    .select(['role.person_id as personId', 'role.role', 'person.given_name as givenName', 'role.granted_at as since'])
    .where('role.role', 'in', TEAM_ROLES)
    .where('role.ended_at', 'is', null)
    .orderBy('role.role')
    .orderBy('role.granted_at')
    .orderBy('role.id')
    .limit(page.size + 1)
    .offset(page.at * page.size)
    .execute()
  return rows.map(({ personId, role, givenName, since }) => ({ personId, role: role as TeamRole, givenName, since }))
}

export interface RoleChange {
  readonly at: number
  readonly change: 'role-granted' | 'role-ended'
  readonly role: TeamRole
  readonly personId: number
  /** Null when the configuration did it. */
  readonly by: number | null
}

/** The latest changes in the team, newest first. */
export async function latestChanges(tx: Tx, limit: number): Promise<readonly RoleChange[]> {
  const rows = await tx
    .selectFrom('audit')
    .select(['at', 'action', 'detail', 'subject', 'actor_id'])
    .where('action', 'in', ['role-granted', 'role-ended'])
    .where('detail', 'in', TEAM_ROLES)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    at: row.at,
    change: row.action as RoleChange['change'],
    role: row.detail as TeamRole,
    personId: Number(row.subject.slice('person:'.length)),
    by: row.actor_id,
  }))
}
