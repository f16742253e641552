// The tables of volunteers and of invitations into the team as Kysely types; schema.ts joins them to the others. Instants are integer milliseconds UTC.
import type { ColumnType, Generated } from 'kysely'

type Fixed<T> = ColumnType<T, T, never>

/** What someone who helps offers, and when. Lists are JSON arrays of text. */
export interface VolunteerTable {
  person_id: Fixed<number>
  state: 'waiting' | 'active' | 'paused' | 'ended'
  /** Shown to the owners she helps. */
  shown_name: string
  /** Ids of assessment areas; empty means all. */
  areas: string
  /** Ids of sectors; empty means all. */
  sectors: string
  languages: string
  /** Beginnings of village codes; empty means everywhere. */
  regions: string
  /** Cases a week. */
  weekly_load: number
  /** Ids of areas. */
  expert_in: string
  on_duty: 0 | 1
  away_until: number | null
  /** Whole hours where she lives. */
  quiet_from: number
  quiet_until: number
  news: 'instant' | 'digest'
  digest_hour: number
  /** Their day of the latest digest, such as 2026-11-23; null before the first. */
  digest_day: string | null
  /** When she is asked next how many cases she can take; null when she does not want to be asked, or is not active. */
  ask_at: number | null
  /** When a case was offered to her last. */
  offered_at: number | null
  created_at: Fixed<number>
  updated_at: number
}

export interface InviteTable {
  id: Generated<number>
  /** SHA-256 of the token: the link itself is not kept. */
  token_hash: string
  role: string
  created_by: number
  created_at: number
  expires_at: number
  /** How many people may use it. */
  uses: Generated<number>
  /** How many have. */
  used: Generated<number>
  withdrawn_at: number | null
  /** Who used it first. */
  used_by: number | null
  used_at: number | null
}

/** Each person uses an invitation once. */
export interface InviteUseTable {
  invite_id: Fixed<number>
  person_id: Fixed<number>
  used_at: Fixed<number>
}
