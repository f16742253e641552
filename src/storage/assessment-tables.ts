// The tables of self-assessment and plan as Kysely types; schema.ts joins them to the others. Instants are integer milliseconds UTC.
import type { ColumnType, Generated } from 'kysely'

type Fixed<T> = ColumnType<T, T, never>

/** The questions as they were asked under a version: a version never changes once somebody answered it. */
export interface InstrumentTable {
  version: string
  /** Its areas, items and options as JSON. */
  content: Fixed<string>
  first_used_at: Fixed<number>
}

/** One finished self-assessment. Its scores are those of its day; a later instrument does not change them. */
export interface AssessmentTable {
  id: Generated<number>
  person_id: number
  /** Version of the questions. */
  instrument: Fixed<string>
  /** `check` for herself; `retest` to measure how reliable the questions are. */
  kind: Fixed<'check' | 'retest'>
  finished_at: Fixed<number>
  /** In thirds of a point, 0 to 180; null when an area could not be scored. */
  total: Fixed<number | null>
  level: Fixed<string | null>
  /** When she is asked next whether to check again; null when not. */
  offer_at: number | null
  offers_made: Generated<number>
  retest_invited_at: number | null
}

export interface AssessmentAreaTable {
  assessment_id: number
  area: string
  /** In thirds of a point, 0 to 36; null when too many answers are missing. */
  score: number | null
  level: string | null
  /** 1 for the area to begin with, 2 for the next; null for the others. */
  priority: number | null
}

export interface AssessmentAnswerTable {
  assessment_id: number
  item: string
  /** `0` to `3`, `skipped`, or `stopped` when it was not asked any more and counts 0. */
  answer: string
}

/** A small step of someone's plan: a tip to try in an area. */
export interface PlanStepTable {
  id: Generated<number>
  person_id: number
  /** The result it follows from. */
  assessment_id: number
  area: string
  /** Counts the sets of steps in this area, from 1: a finished set is followed by a harder one. */
  round: number
  tip: string
  /** 1 when she tried it before and it comes for practice. */
  is_review: 0 | 1
  /** `swapped`: it did not suit her; `dropped`: a newer plan took its place. */
  state: 'open' | 'done' | 'swapped' | 'dropped'
  created_at: Fixed<number>
  settled_at: number | null
  proof_kind: 'words' | 'photo' | null
  /** Her words, or Telegram's file id. */
  proof: string | null
  /** What she wrote under the picture. */
  proof_words: string | null
}
