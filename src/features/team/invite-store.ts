// Reads and writes invitations. Of a token only the hash is kept; instants are ms UTC.
import type { Tx } from '../../storage/database.ts'
import { hashToken, type Invite, type TeamRole } from './invite.ts'

export async function createInvite(tx: Tx, made: { token: string; role: TeamRole; uses: number; by: number; now: number; expiresAt: number }): Promise<number> {
  const { id } = await tx
    .insertInto('invite')
    .values({ token_hash: hashToken(made.token), role: made.role, uses: made.uses, created_by: made.by, created_at: made.now, expires_at: made.expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The invitation of a link, opened by someone. Once its maker no longer coordinates it has expired, whether or not it was there to be withdrawn then. */
export async function findInvite(tx: Tx, token: string, person: number): Promise<Invite | undefined> {
  const row = await tx
    .selectFrom('invite')
    .leftJoin('role as maker', (join) =>
      join.onRef('maker.person_id', '=', 'invite.created_by').on('maker.role', '=', 'coordinator').on('maker.ended_at', 'is', null),
    )
    .leftJoin('invite_use', (join) => join.onRef('invite_use.invite_id', '=', 'invite.id').on('invite_use.person_id', '=', person))
    .selectAll('invite')
    .select(['maker.id as maker_id', 'invite_use.used_at as used_before'])
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst()
  return (
    row && {
      id: row.id, role: row.role as TeamRole, createdBy: row.created_by, expiresAt: row.maker_id === null ? 0 : row.expires_at,
      withdrawn: row.withdrawn_at !== null, uses: row.uses, used: row.used, usedBefore: row.used_before !== null,
    }
  )
}

/** Uses an invitation. Says whether there was a use left: no more people than it is for ever hear yes. */
export async function useInvite(tx: Tx, use: { id: number; person: number; now: number }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invite')
    .set((e) => ({ used: e('used', '+', 1), used_by: e.fn.coalesce('used_by', e.val(use.person)), used_at: use.now }))
    .where('id', '=', use.id)
    .whereRef('used', '<', 'uses')
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', use.now)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return false
  await tx.insertInto('invite_use').values({ invite_id: use.id, person_id: use.person, used_at: use.now }).execute()
  return true
}

/** Whether someone made an invitation to this role at or after `since`. */
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

export interface OpenInvite extends Pick<Invite, 'id' | 'role' | 'expiresAt' | 'uses' | 'used'> {
  /** Given name of its maker. */
  readonly by: string | null
}

/** Invitations that can still be used, the newest first. One more than `size` tells that another page follows. */
export async function openInvites(tx: Tx, open: { now: number; at: number; size: number }): Promise<readonly OpenInvite[]> {
  const rows = await tx
    .selectFrom('invite')
    .innerJoin('role as maker', (join) =>
      join.onRef('maker.person_id', '=', 'invite.created_by').on('maker.role', '=', 'coordinator').on('maker.ended_at', 'is', null),
    )
    .innerJoin('person', 'person.id', 'invite.created_by')
    .select(['invite.id', 'invite.role', 'invite.expires_at as expiresAt', 'invite.uses', 'invite.used', 'person.given_name as by'])
    .where('invite.expires_at', '>', open.now)
    .where('invite.withdrawn_at', 'is', null)
    .whereRef('invite.used', '<', 'invite.uses')
    .orderBy('invite.id', 'desc')
    .limit(open.size + 1)
    .offset(open.at * open.size)
    .execute()
  return rows.map((row) => ({ ...row, role: row.role as TeamRole }))
}

/** Withdraws one invitation. Says whether it was still open. */
export async function withdrawInvite(tx: Tx, withdrawn: { id: number; now: number }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invite')
    .set({ withdrawn_at: withdrawn.now })
    .where('id', '=', withdrawn.id)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', withdrawn.now)
    .whereRef('used', '<', 'uses')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Ends the open invitations of someone who may invite no longer. */
export async function endInvitesOf(tx: Tx, ended: { by: number; now: number }): Promise<void> {
  await tx.updateTable('invite').set({ expires_at: ended.now }).where('created_by', '=', ended.by).where('expires_at', '>', ended.now).execute()
}
