// Sees to it that of several processes on one database only one sends, so that what leaves is paced as a whole. It sends nothing itself.
import { sql } from 'kysely'
import type { Tx } from '../storage/database.ts'

/** `taken`: from now on this process sends; whoever did before has stopped or died. `elsewhere`: another process sends. */
export type Standing = 'held' | 'taken' | 'elsewhere'

export interface SenderLease {
  /** Extends this process's lease, or takes one that nobody holds any more. Valid only if the transaction commits. */
  keep(tx: Tx): Promise<Standing>
  /** Lets another process send at once. */
  release(tx: Tx): Promise<void>
}

/** A sender that has not been heard of for so long is replaced. Together with how often the others look: at most 15 s without one. */
const LEASE_MS = 10_000
/** How often a process that does not send looks whether it has to. */
export const LOOK_FOR_LEASE_MS = 3000
const NAME = 'sender'

/** Where one process has the database to itself, it sends. */
export const LONELY_LEASE: SenderLease = { keep: async () => 'held', release: async () => {} }

/**
 * A lease in a PostgreSQL database. Times are those of the database's own clock: the clocks of several machines never quite agree.
 * @param owner names this process and no other.
 */
export function createSharedLease(owner: string): SenderLease {
  const now = sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
  return {
    keep: async (tx) => {
      const held = await tx
        .updateTable('lease')
        .set({ until: sql<number>`${now} + ${sql.lit(LEASE_MS)}` })
        .where('name', '=', NAME)
        .where('owner', '=', owner)
        .executeTakeFirstOrThrow()
      if (held.numUpdatedRows === 1n) return 'held'
      await tx.insertInto('lease').values({ name: NAME, owner: null, until: 0 }).onConflict((c) => c.doNothing()).execute()
      const taken = await tx
        .updateTable('lease')
        .set({ owner, until: sql<number>`${now} + ${sql.lit(LEASE_MS)}` })
        .where('name', '=', NAME)
        .where('until', '<', now)
        .executeTakeFirstOrThrow()
      return taken.numUpdatedRows === 1n ? 'taken' : 'elsewhere'
    },
    release: async (tx) => {
      await tx.updateTable('lease').set({ owner: null, until: 0 }).where('name', '=', NAME).where('owner', '=', owner).execute()
    },
  }
}
