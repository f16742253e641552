// How much waits in the outbox and since when, lane by lane. It only looks.
import { sql } from 'kysely'
import type { Tx } from '../storage/database.ts'
import type { Lane } from './outgoing.ts'

export interface Backlog {
  readonly lane: Lane
  /** Calls not sent yet, also those put off on purpose. */
  readonly waitingCount: number
  /** Since when the oldest waits that was due or tried already, ms UTC; null when there is none. */
  readonly oldestAt: number | null
}

/** Word for word as the index of what is due says it, its first column named: with parameters it would not be used. */
const QUEUED = sql<boolean>`state = 'queued' and lane in ('reply', 'bulk', 'setup')`

/** What waits at `now` (ms UTC), of the lanes in which anything does. A million waiting calls take some 100 ms to count. */
export async function backlogOf(tx: Tx, now: number): Promise<readonly Backlog[]> {
  const queued = await tx
    .selectFrom('outbox')
    .select((e) => ['lane', e.fn.countAll<number>().as('count'), e.fn.min('next_at').as('first')])
    .where(QUEUED)
    .groupBy('lane')
    .execute()
  // A call that is tried again is due later than the day it was written.
  const tried = await tx
    .selectFrom('outbox')
    .select((e) => ['lane', e.fn.min('created_at').as('oldest')])
    .where(QUEUED)
    .where('next_at', '>', now)
    .where('attempts', '>', 0)
    .groupBy('lane')
    .execute()
  return queued.map(({ lane, count, first }) => {
    const instants = [...(first <= now ? [first] : []), ...tried.flatMap((one) => (one.lane === lane ? [one.oldest] : []))]
    return { lane, waitingCount: count, oldestAt: instants.length === 0 ? null : Math.min(...instants) }
  })
}
