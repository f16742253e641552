// Forgets what settled calls said. Rows themselves stay: edits, dead letters and forms refer to them, and without
// their content they are small and say nothing about anyone but that a message went out.
import { CompiledQuery } from 'kysely'
import type { Tx } from '../storage/database.ts'

/**
 * Blanks the content of rows settled at or before an instant, a limited number at a time.
 * @param before ms UTC.
 * @returns how many were blanked; as long as it equals `limit` there may be more.
 */
export async function blankOldPayloads(tx: Tx, before: number, limit: number): Promise<number> {
  const { numAffectedRows } = await tx.executeQuery(
    CompiledQuery.raw(
      `update outbox set payload = null, on_sent = null where id in
         (select id from outbox where payload is not null and settled_at <= ? order by settled_at limit ?)`,
      [before, limit],
    ),
  )
  return Number(numAffectedRows ?? 0n)
}
