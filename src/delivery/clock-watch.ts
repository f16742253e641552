// Notices that the host's clock was set back, and moves what waits in the outbox to when it would be due by the new time.
// It keeps no time of its own: whoever looks tells it what the clock shows.
import { CompiledQuery } from 'kysely'
import type { Tx } from '../storage/database.ts'

export interface ClockWatch {
  /** How far the clock went back since the last look, ms; 0 when it did not. @param now ms UTC */
  look(now: number): number
  /** Lets what waits follow the clock. It is done once `followed` is told that the transaction was committed. */
  follow(tx: Tx, now: number): Promise<void>
  followed(): void
}

/** A clock that is corrected by less has not been set back, and those of several machines differ by less. */
const NOTABLE_MS = 1000
/** Word for word as the index of what waits says it, so that it is used. */
const DUE_LATER = `state = 'queued' and lane in ('reply', 'bulk', 'setup') and next_at > ?`

export function createClockWatch(): ClockWatch {
  let lookedAt: number | undefined
  /** How far what waits has still to move; undefined as long as nobody knows what happened before the start. */
  let owedMs: number | undefined
  return {
    look(now) {
      const backMs = lookedAt !== undefined && lookedAt - now >= NOTABLE_MS ? lookedAt - now : 0
      lookedAt = now
      if (owedMs !== undefined) owedMs += backMs
      return backMs
    },
    async follow(tx, now) {
      if (owedMs === 0) return
      if (owedMs === undefined) {
        // Written in what is the future now: it waits as long from now as it was to wait then.
        await tx.executeQuery(CompiledQuery.raw(`update outbox set next_at = next_at - (created_at - ?) where ${DUE_LATER} and created_at > ?`, [now, now, now + NOTABLE_MS]))
        return
      }
      // What was put off from the start to a time of day keeps it.
      const moved = `${DUE_LATER} and (attempts > 0 or created_at > ?)`
      await tx.executeQuery(CompiledQuery.raw(`update outbox set next_at = next_at - ? where ${moved}`, [owedMs, now, now + NOTABLE_MS]))
    },
    followed: () => {
      owedMs = 0
    },
  }
}
