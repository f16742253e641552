// The tables of erasure and of looking as Kysely types; schema.ts joins them to the others. Instants are integer milliseconds UTC.
import type { ColumnType, Generated } from 'kysely'

/** Someone erased: a keyed hash that only the clinic's secret can match, so that a restored backup does not bring her back. */
export interface TombstoneTable {
  key_hash: string
  erased_at: number
}

/** What is left of the consents of someone erased: the proof that there was one, by keyed hash. */
export interface ConsentProofTable {
  id: Generated<number>
  key_hash: string
  purpose: string
  version: string
  text_hash: string
  given_at: number
  withdrawn_at: number
}

/** Who of the team looked at a person's data, and what was shown. */
export interface AccessLogTable {
  id: Generated<number>
  person_id: number
  by_person: number
  at: ColumnType<number, number, never>
  /** A code, such as `help-request`. */
  what: string
}
