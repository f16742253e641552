// Webhook updates: stored before they are confirmed to Telegram, then applied in the order of their ids.
import type { Update } from 'grammy/types'
import type { Log } from '../logging.ts'
import type { Database } from '../storage/database.ts'
import type { Arrivals } from './unit-of-work.ts'

export interface InboxDeps {
  readonly database: Database
  readonly apply: (updates: readonly Update[], arrivals?: Arrivals) => Promise<void>
  readonly now: () => number
  readonly log: Log
}

export interface Inbox {
  /** Keeps an update; when it resolves the update may be confirmed. */
  accept(update: Update): Promise<void>
  /** Applies what is waiting, also what an earlier process left. Resolves when nothing waits, or when it can't be applied now. */
  drain(): Promise<void>
}

const BATCH = 100

export function createInbox({ database, apply, now, log }: InboxDeps): Inbox {
  let draining: Promise<void> | undefined
  let again = false

  async function drainAll(): Promise<void> {
    try {
      while (again) {
        again = false
        if (await applyBatch()) again = true
      }
    } catch (error) {
      log.error('inbox.stuck', { err: error })
    } finally {
      // In the same breath as the last look at `again`: whoever comes later starts anew.
      draining = undefined
    }
  }

  /** Applies the oldest that wait; false when there are none. */
  async function applyBatch(): Promise<boolean> {
    const rows = await database.transaction((tx) => tx.selectFrom('inbox').selectAll().orderBy('update_id').limit(BATCH).execute())
    if (rows.length === 0) return false
    await apply(rows.map((row) => JSON.parse(row.payload) as Update), new Map(rows.map((row) => [row.update_id, row.received_at])))
    // Should the process die before this, the updates are seen again and known.
    await database.transaction((tx) => tx.deleteFrom('inbox').where('update_id', 'in', rows.map((row) => row.update_id)).execute())
    return true
  }

  async function drain(): Promise<void> {
    again = true
    draining ??= drainAll()
    await draining
  }

  return {
    accept: async (update) => {
      await database.transaction((tx) =>
        tx
          .insertInto('inbox')
          .values({ update_id: update.update_id, payload: JSON.stringify(update), received_at: now() })
          .onConflict((c) => c.doNothing())
          .execute(),
      )
      void drain()
    },
    drain,
  }
}
