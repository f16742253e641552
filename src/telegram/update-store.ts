// The ledger of updates: which were applied, which are being tried, which could not be applied. One statement each, run for every update.
import type { Update } from 'grammy/types'
import type { Tx } from '../storage/database.ts'
import { prepare } from '../storage/prepared.ts'
import { findPrivateContent } from './private-content.ts'

const insertSeen = prepare<{ botId: number; updateId: number; now: number }, unknown>((db, value) =>
  db
    .insertInto('seen_update')
    .values({ bot_id: value('botId'), update_id: value('updateId'), seen_at: value('now') })
    .onConflict((c) => c.doNothing()),
)

/** Says whether this update is new; it counts as applied from now on (if the transaction commits). */
export async function markSeen(tx: Tx, botId: number, updateId: number, now: number): Promise<boolean> {
  const { numAffectedRows } = await insertSeen(tx, { botId, updateId, now })
  return numAffectedRows === 1n
}

/** Forgets updates applied before an instant; Telegram repeats an update for at most a day. Returns how many. */
export async function pruneSeen(tx: Tx, before: number, limit: number): Promise<number> {
  const old = tx.selectFrom('seen_update').select('update_id').where('seen_at', '<', before).orderBy('seen_at').limit(limit)
  const { numDeletedRows } = await tx.deleteFrom('seen_update').where('update_id', 'in', old).where('seen_at', '<', before).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Blanks what stood in updates that could not be applied before an instant. Returns how many. */
export async function blankFailures(tx: Tx, before: number, limit: number): Promise<number> {
  const old = await tx.selectFrom('failed_update').select('id').where('payload', 'is not', null).where('failed_at', '<', before).limit(limit).execute()
  if (old.length > 0) await tx.updateTable('failed_update').set({ payload: null }).where('id', 'in', old.map((row) => row.id)).execute()
  return old.length
}

/** Counts one more attempt at each update (each named once), up to `most`, and returns the counts including this one. A higher count stays. */
export async function countAttempts(tx: Tx, updateIds: readonly number[], most: number): Promise<ReadonlyMap<number, number>> {
  const rows = await tx
    .insertInto('update_attempt')
    .values(updateIds.map((update_id) => ({ update_id, attempts: 1 })))
    .onConflict((c) => c.column('update_id').doUpdateSet((e) => ({
      attempts: e.case().when('update_attempt.attempts', '<', most).then(e('update_attempt.attempts', '+', 1)).else(e.ref('update_attempt.attempts')).end(),
    })))
    .returning(['update_id', 'attempts'])
    .execute()
  return new Map(rows.map((row) => [row.update_id, row.attempts]))
}

export async function setAttempts(tx: Tx, updateId: number, attempts: number): Promise<void> {
  await tx.updateTable('update_attempt').set({ attempts }).where('update_id', '=', updateId).execute()
}

export async function clearAttempts(tx: Tx, updateIds: readonly number[]): Promise<void> {
  await tx.deleteFrom('update_attempt').where('update_id', 'in', updateIds).execute()
}

export interface Failure {
  readonly outcome: 'failed' | 'quarantined'
  readonly update: Update
  readonly reference: string
  readonly error: unknown
  /** ms UTC. */
  readonly now: number
}

/** Keeps an update that could not be applied, so that nothing a person typed is lost, but for what must not be kept at all. */
export async function recordFailure(tx: Tx, { outcome, update, reference, error, now }: Failure): Promise<void> {
  await tx
    .insertInto('failed_update')
    .values({
      update_id: update.update_id,
      outcome,
      reference,
      error: error instanceof Error ? error.name : typeof error,
      payload: findPrivateContent(update) ? null : JSON.stringify(update),
      failed_at: now,
    })
    .execute()
}
