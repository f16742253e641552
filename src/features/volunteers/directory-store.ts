// Reads who volunteers, for coordinators. What someone may do is not decided here.
import { sql } from 'kysely'
import type { Tx } from '../../storage/database.ts'

export interface Listed {
  readonly person: number
  readonly givenName: string | null
  /** ms UTC. */
  readonly lastSeenAt: number
}

/** A page of everyone with the role: who waits first, then active, paused, and who has not told anything yet. One more than `size` tells that another page follows. */
export async function listVolunteers(tx: Tx, page: { readonly at: number; readonly size: number }): Promise<readonly Listed[]> {
  const rank = sql<number>`case volunteer.state when 'waiting' then 0 when 'active' then 1 when 'paused' then 2 else 3 end`
  return tx
    .selectFrom('role')
    .innerJoin('person', 'person.id', 'role.person_id')
    .leftJoin('volunteer', 'volunteer.person_id', 'role.person_id')
    .select(['role.person_id as person', 'person.given_name as givenName', 'person.last_seen_at as lastSeenAt'])
    .where('role.role', '=', 'volunteer')
    .where('role.ended_at', 'is', null)
    .orderBy(rank)
    .orderBy('volunteer.shown_name')
    .orderBy('role.person_id')
    .limit(page.size + 1)
    .offset(page.at * page.size)
    .execute()
}

/** One of them. */
export async function findListed(tx: Tx, person: number): Promise<Listed | undefined> {
  return tx
    .selectFrom('role')
    .innerJoin('person', 'person.id', 'role.person_id')
    .select(['role.person_id as person', 'person.given_name as givenName', 'person.last_seen_at as lastSeenAt'])
    .where('role.role', '=', 'volunteer')
    .where('role.ended_at', 'is', null)
    .where('role.person_id', '=', person)
    .executeTakeFirst()
}
