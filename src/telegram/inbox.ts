// Webhook updates: stored before they are confirmed to Telegram, then applied, those of one person in the order of their ids.
import type { Update } from 'grammy/types'
import { passPoint } from '../fault-point.ts'
import type { Log } from '../logging.ts'
import type { Database } from '../storage/database.ts'
import { drop, keep, takeWaiting } from './inbox-store.ts'
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
  /** From now on looks by itself, now and then, for what other processes took and did not finish. */
  start(): void
  /** Ends after what is being applied; the rest is left to the other processes, or to the next start. */
  stop(): Promise<void>
}

/** How often a process looks for what another one left behind. */
const LOOK_EVERY_MS = 3000

export function createInbox({ database, apply, now, log }: InboxDeps): Inbox {
  let draining: Promise<void> | undefined
  let again = false
  const stopping = new AbortController()
  let looking: ReturnType<typeof setInterval> | undefined

  async function drainAll(): Promise<void> {
    try {
      while (again && !stopping.signal.aborted) {
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

  /** Applies some of those whose turn it is; false when there are none. */
  async function applyBatch(): Promise<boolean> {
    const rows = await database.transaction((tx) => takeWaiting(tx, now()))
    if (rows.length === 0) return false
    await apply(rows.map((row) => JSON.parse(row.payload) as Update), new Map(rows.map((row) => [row.update_id, row.received_at])))
    passPoint('inbox.applied')
    // Should the process die before this, the updates are seen again and known.
    await database.transaction((tx) => drop(tx, rows.map((row) => row.update_id)))
    return true
  }

  async function drain(): Promise<void> {
    again = true
    draining ??= drainAll()
    await draining
  }

  return {
    accept: async (update) => {
      await database.transaction((tx) => keep(tx, update, now()))
      passPoint('inbox.kept')
      void drain()
    },
    drain,
    start: () => {
      if (database.shared) looking ??= setInterval(() => void drain(), LOOK_EVERY_MS)
    },
    stop: async () => {
      clearInterval(looking)
      // Nobody else would apply what waits here; where others may, they bring more than a stop has time for.
      if (!database.shared) await drain()
      stopping.abort()
      await draining
    },
  }
}
