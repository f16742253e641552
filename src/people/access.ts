// The log of who of the team was shown a person's data (UU 27/2022 art. 32 gives her the right to see it). Codes only, never the data.
import type { Tx } from '../storage/database.ts'

export interface Access {
  /** ms UTC. */
  readonly at: number
  /** Given name of who looked; null when she has told none or is no longer known. */
  readonly by: string | null
  /** What was shown: a code with a text under `privacy.access`. */
  readonly what: AccessKind
}

export const ACCESS_KINDS = ['help-request', 'help-list', 'help-card', 'owner-card', 'reported-case'] as const
export type AccessKind = (typeof ACCESS_KINDS)[number]

/** Notes that `by` was shown something of `person` at `now` (ms UTC); her own data shown to herself is no access. */
export async function noteAccess(tx: Tx, shown: { person: number; by: number; what: AccessKind; now: number }): Promise<void> {
  if (shown.person === shown.by) return
  await tx.insertInto('access_log').values({ person_id: shown.person, by_person: shown.by, at: shown.now, what: shown.what }).execute()
}

/** Who was shown a person's data, newest first. */
export async function accessesTo(tx: Tx, person: number): Promise<readonly Access[]> {
  const rows = await tx
    .selectFrom('access_log')
    .leftJoin('person', 'person.id', 'access_log.by_person')
    .select(['access_log.at', 'access_log.what', 'person.given_name as by'])
    .where('access_log.person_id', '=', person)
    .orderBy('access_log.id', 'desc')
    .execute()
  return rows.map((row) => ({ at: row.at, by: row.by, what: row.what as AccessKind }))
}
