// The SQL of updates that were stored before they are applied.
import type { Update } from 'grammy/types'
import { CompiledQuery } from 'kysely'
import { engineOf, type Tx } from '../storage/database.ts'
import { queueOf } from './origin.ts'

export interface Waiting {
  readonly update_id: number
  readonly payload: string
  /** ms UTC. */
  readonly received_at: number
}

const BATCH = 100
/** Where several processes share the work, one that dies leaves little behind, and not for long. */
const SHARED_BATCH = 32
/** A process that took an update and has not applied it by then has died or hangs; another one takes it. */
const LEASE_MS = 10_000

/** Stores an update, once however often it comes. */
export async function keep(tx: Tx, update: Update, now: number): Promise<void> {
  await tx
    .insertInto('inbox')
    .values({ update_id: update.update_id, payload: JSON.stringify(update), received_at: now, queue: queueOf(update) })
    .onConflict((c) => c.doNothing())
    .execute()
}

/** Takes some of the updates that wait, oldest first. Where several processes share them: the first of each person's, unless another process has it. */
export async function takeWaiting(tx: Tx, now: number): Promise<readonly Waiting[]> {
  if (engineOf(tx) === 'sqlite') {
    return tx.selectFrom('inbox').select(['update_id', 'payload', 'received_at']).orderBy('update_id').limit(BATCH).execute()
  }
  const { rows } = await tx.executeQuery<Waiting>(
    CompiledQuery.raw(
      `update inbox set lease_until = ? where update_id in (
         select i.update_id from inbox as i
         where (i.lease_until is null or i.lease_until <= ?)
           and not exists (select 1 from inbox as e where e.queue = i.queue and e.update_id < i.update_id)
         order by i.update_id limit ? for update skip locked)
       returning update_id, payload, received_at`,
      [now + LEASE_MS, now, SHARED_BATCH],
    ),
  )
  return rows
}

/** Forgets updates that were applied. */
export async function drop(tx: Tx, updateIds: readonly number[]): Promise<void> {
  await tx.deleteFrom('inbox').where('update_id', 'in', updateIds).execute()
}
