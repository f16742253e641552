// The tables that watch over the clinic as Kysely types; schema.ts joins them to the others. Instants are integer milliseconds UTC.

/** How many updates came in during a quarter of an hour; quarters without any have no row. Whose they were is not kept. */
export interface ActivityTable {
  /** When the quarter began. */
  slot_at: number
  updates: number
}

/** What a coordinator was told of the clinic's health. */
export interface HealthNoticeTable {
  person_id: number
  /** The day of the last heartbeat where she lives, such as 2026-11-23. */
  heartbeat_on: string
  /** The last update before the silence she was told of; null when she was told that it is over. */
  silence_since: number | null
}
