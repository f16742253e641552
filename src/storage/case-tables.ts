// The tables of cases as Kysely types; schema.ts joins them to the others. Instants are integer milliseconds UTC.
import type { ColumnType, Generated } from 'kysely'

type Fixed<T> = ColumnType<T, T, never>

/** What someone asked help for, from the first word to the rating. */
export interface HelpCaseTable {
  id: Generated<number>
  number: Fixed<number>
  person_id: Fixed<number>
  state: 'waiting' | 'claimed' | 'closing' | 'frozen' | 'closed'
  /** Of data/help-topics.yaml; null when nobody knows. */
  topic: string | null
  /** Area of the self-assessment it is about; null when nobody knows. */
  area: string | null
  /** The step or tip she was at when she asked. */
  about: string | null
  /** Of a scam: `transfer`, `account` or `apk`. */
  branch: string | null
  /** Goes before the others. */
  urgent: Generated<number>
  /** Was held before and came back: goes before those that were not. */
  front: Generated<number>
  /** Who has been told: -1 nobody, 0 fitting volunteers, 1 everyone on duty, 2 coordinators, 3 coordinators once more. */
  circle: Generated<number>
  /** 1: its owner wants no volunteer to see it. */
  coordinators_only: Generated<number>
  /** Since when it has waited in the queue. */
  waiting_since: number | null
  /** When time itself has something to do with it: remind, take back, widen, ask, close, purge. */
  due_at: number | null
  /** When anyone last wrote or did something. */
  last_at: number | null
  /** Outbox row of the message that tells the owner how it stands. */
  status_outbox: number | null
  volunteer_id: number | null
  /** Whose answer is awaited: `volunteer` or `owner`. */
  turn: 'volunteer' | 'owner' | null
  lease_from: number | null
  lease_until: number | null
  /** Reminders of the lease made: 0 to 2. */
  reminded: Generated<number>
  claimed_at: number | null
  /** When a volunteer answered first. */
  answered_at: number | null
  still_asked_at: number | null
  outcome: 'solved' | 'referred' | 'no-answer' | 'cancelled' | 'self-help' | 'answered' | null
  lesson: string | null
  rating: number | null
  thanks: string | null
  /** Outbox row of the message that brought it to whoever helped. */
  thanks_outbox: number | null
  frozen_from: 'claimed' | 'closing' | 'closed' | null
  reported_by: number | null
  /** A code, see src/cases/reported.ts. */
  report_reason: string | null
  /** Hers or his own, until a coordinator has decided. */
  report_words: string | null
  purged_at: number | null
  created_at: Fixed<number>
  closed_at: number | null
}

export interface CaseMessageTable {
  id: Generated<number>
  case_id: Fixed<number>
  author_id: Fixed<number>
  /** Its words, or what stands under a picture. */
  body: string
  /** What it was, as JSON; null for plain words. */
  part: string | null
  source_chat: Fixed<number | null>
  source_message: Fixed<number | null>
  edited_at: number | null
  withdrawn_at: number | null
  created_at: Fixed<number>
}

/** What someone has sent that is not on its way yet: of a request she is telling, or until she says which case it is for. */
export interface DraftPartTable {
  id: Generated<number>
  person_id: Fixed<number>
  purpose: 'ask' | 'relay'
  part: string
  source_message: Fixed<number>
  created_at: Fixed<number>
}

/** Which message in a chat shows which case, and which of its messages, so that replies, edits and withdrawals find their way. */
export interface CaseCopyTable {
  id: Generated<number>
  case_id: Fixed<number>
  message: number | null
  chat_id: Fixed<number>
  outbox_id: number | null
  telegram_id: number | null
  created_at: Fixed<number>
}

/** Who may read and write in a case, and from when to when. */
export interface CaseAssignmentTable {
  id: Generated<number>
  case_id: Fixed<number>
  person_id: Fixed<number>
  role: 'lead' | 'expert'
  since: Fixed<number>
  until: number | null
  ended_as: string | null
}

/** That a case was offered to someone, or to the group, and what they did. */
export interface CaseCardTable {
  id: Generated<number>
  case_id: Fixed<number>
  /** Null in the group. */
  person_id: Fixed<number | null>
  chat_id: Fixed<number>
  outbox_id: number | null
  created_at: Fixed<number>
  opened_at: number | null
  skipped_at: number | null
  /** When it no longer offered anything. */
  retired_at: number | null
}

export interface CaseNoteTable {
  id: Generated<number>
  case_id: Fixed<number>
  author_id: Fixed<number>
  body: Fixed<string>
  created_at: Fixed<number>
}

/** A coordinator may look into a reported case until then. */
export interface CaseLookTable {
  id: Generated<number>
  case_id: Fixed<number>
  person_id: Fixed<number>
  until: number
}

/** One thing a helper asked of an owner's profile. */
export interface CaseFieldAskTable {
  id: Generated<number>
  case_id: Fixed<number>
  business_id: Fixed<number>
  /** A step of the form that asks about a business. */
  field: Fixed<string>
  asked_by: number | null
  asked_at: Fixed<number>
  answered_at: number | null
}

/** The case that someone's plain messages go to. */
export interface ActiveCaseTable {
  person_id: number
  case_id: number
  /** When they last saw where their words go. */
  confirmed_at: number
}

export interface CannedAnswerTable {
  id: Generated<number>
  title: string
  body: string
  updated_by: number | null
  updated_at: number
  removed_at: number | null
}

/** A question with its answer, without anyone's name, for whoever asks the same. */
export interface QuestionAnswerTable {
  id: Generated<number>
  case_id: number | null
  area: string | null
  question: string
  answer: string
  state: 'proposed' | 'approved' | 'declined'
  decided_by: number | null
  created_at: Fixed<number>
}

export interface ContributionLetterTable {
  code: string
  person_id: Fixed<number>
  /** Such as 2026-11. */
  month: Fixed<string>
  shown_name: Fixed<string>
  cases: number
  minutes: number
  made_at: number
}

/** That someone wrote in a case on a day, such as 2026-11-23 where they live. */
export interface HelpedDayTable {
  person_id: Fixed<number>
  case_number: Fixed<number>
  day: Fixed<string>
}
