// Reads who is in the team and how that changed.
import type { Tx } from '../../storage/database.ts'
import { TEAM_ROLES, type TeamRole } from './invite.ts'

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
