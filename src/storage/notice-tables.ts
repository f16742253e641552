// The tables of what the clinic says of its own accord as Kysely types; schema.ts joins them to the others. Instants are integer milliseconds UTC.
import type { ColumnType, Generated } from 'kysely'

type Fixed<T> = ColumnType<T, T, never>

/** Every planned message, sent or not. */
export interface DeliveryTable {
  id: Generated<number>
  person_id: Fixed<number>
  /** Name of the kind of notice, such as `tip`. */
  kind: Fixed<string>
  /** What it is about: a tip's id, a row's id. */
  subject: Fixed<string>
  /** When it was to be said. */
  due_at: Fixed<number>
  /** `queued` until Telegram took it; what Telegram refused, or nobody knows of, stands in its outbox row. */
  state: 'queued' | 'sent' | 'skipped'
  /** Why it was skipped, or what it was chosen for: a code. */
  reason: string | null
  /** The day it counts for where she lives, such as 2026-11-23; null when skipped. */
  day: string | null
  outbox_id: number | null
  created_at: Fixed<number>
  sent_at: number | null
}

/** When someone is next reminded of something that has no row of its own to be reminded by. */
export interface NudgeTable {
  person_id: number
  /** One of `NUDGES` in people/nudge.ts. */
  kind: string
  next_at: number | null
  /** How often she was reminded since `since`. */
  made: Generated<number>
  /** When she said that she wants to hear no more of it. */
  stopped_at: number | null
  /** What it counts from: the last step of the plan, the last sign of life, the invitation. */
  since: number
}

/** When someone wants her tips, in her own time zone. */
export interface TipScheduleTable {
  person_id: number
  /** ISO weekdays with commas: 1 is Monday, 7 is Sunday. */
  weekdays: string
  /** Local hour, 6 to 20. */
  hour: number
  /** The next slot; null while stopped. */
  next_at: number | null
  paused_until: number | null
  stopped_at: number | null
  updated_at: number
}

/** What someone did with a tip. */
export interface TipMarkTable {
  person_id: number
  tip: string
  mark: 'tried' | 'unsuited' | 'saved'
  at: number
}
