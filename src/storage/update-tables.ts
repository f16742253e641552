// The tables of updates on their way in, and of what one process does at a time, as Kysely types; schema.ts joins them to the others.
// Instants are integer milliseconds UTC.
import type { Generated } from 'kysely'

/** Updates already applied; an update is applied once. */
export interface SeenUpdateTable {
  bot_id: number
  update_id: number
  seen_at: number
}

/** Webhook updates stored before they are confirmed, waiting to be applied. */
export interface InboxTable {
  update_id: number
  payload: string
  received_at: number
  /** Telegram id of the person in whose queue it stands: those of one person are applied in the order of their ids. */
  queue: Generated<number>
  /** While a process applies it. */
  lease_until: number | null
}

/** What only one of several processes does at a time, such as sending. */
export interface LeaseTable {
  name: string
  owner: string | null
  /** By the database's clock. */
  until: number
}

/** The updates now being applied, written beforehand so that one that kills the process is found out. */
export interface UpdateAttemptTable {
  update_id: number
  attempts: number
}

/** Updates that could not be applied: rolled back after an error, or set aside because they killed the process. */
export interface FailedUpdateTable {
  id: Generated<number>
  update_id: number
  outcome: 'failed' | 'quarantined'
  reference: string
  error: string
  /** The update as JSON, so that nothing a person typed is lost; blanked after the time in the clinic file. */
  payload: string | null
  failed_at: number
}
