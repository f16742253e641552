// The tables as Kysely types: what each row is for and in which unit. It holds no queries; migrations/ makes the tables.
// Instants are integer milliseconds UTC, booleans 0 or 1, JSON is text, Telegram ids are integers.
import type { ColumnType, Generated, Insertable, Selectable } from 'kysely'
import type { ActivityTable, HealthNoticeTable } from './activity-tables.ts'
import type { AssessmentAnswerTable, AssessmentAreaTable, AssessmentTable, InstrumentTable, PlanStepTable } from './assessment-tables.ts'
import type {
  ActiveCaseTable, CannedAnswerTable, CaseAssignmentTable, CaseCardTable, CaseCopyTable, CaseFieldAskTable, CaseLookTable, CaseMessageTable, CaseNoteTable, ContributionLetterTable, DraftPartTable,
  HelpCaseTable, HelpedDayTable, QuestionAnswerTable,
} from './case-tables.ts'
import type { DeliveryTable, NudgeTable, TipMarkTable, TipScheduleTable } from './notice-tables.ts'
import type { AccessLogTable, ConsentProofTable, TombstoneTable } from './privacy-tables.ts'
import type { FailedUpdateTable, InboxTable, LeaseTable, SeenUpdateTable, UpdateAttemptTable } from './update-tables.ts'
import type { InviteTable, InviteUseTable, VolunteerTable } from './volunteer-tables.ts'

type Id = Generated<number>
type Instant = number
type Bit = 0 | 1
/** Set on insert, never changed afterwards. */
type Fixed<T> = ColumnType<T, T, never>

/** One line per setting that belongs to the database itself, such as the id of the bot it serves. */
interface MetaTable {
  key: string
  value: string
}

/** Gapless numbers people see, such as member numbers. */
interface CounterTable {
  name: string
  value: number
}

/** Someone we know. May have no Telegram account. */
interface PersonTable {
  id: Id
  telegram_id: number | null
  language: Generated<string>
  given_name: string | null
  honorific: string | null
  adult: Bit | null
  phone: string | null
  time_zone: string | null
  member_number: number | null
  member_since: Instant | null
  /** When Telegram last told us that messages can't reach this person; any message from them clears it. */
  unreachable_at: Instant | null
  /** Since when she wants to hear nothing but answers to her own messages. */
  paused_at: Instant | null
  /** When she was asked, after a long silence, whether her data should stay; a sign of life clears it. */
  retention_asked_at: Instant | null
  /** Which keyboard and command list Telegram last got for this person. */
  menu_shown: string | null
  commands_shown: string | null
  created_at: Fixed<Instant>
  last_seen_at: Instant
}

interface RoleTable {
  id: Id
  person_id: number
  role: string
  granted_at: Instant
  /** Null when the configuration granted it. */
  granted_by: number | null
  ended_at: Instant | null
  ended_by: number | null
}

/** Append only: triggers refuse updates and deletes. */
interface AuditTable {
  id: Id
  at: Fixed<Instant>
  actor_id: Fixed<number | null>
  action: Fixed<string>
  subject: Fixed<string>
  detail: Fixed<string | null>
}

interface ConsentTable {
  id: Id
  person_id: number
  purpose: string
  version: string
  text_hash: string
  given_at: Instant
  message_id: number | null
  withdrawn_at: Instant | null
}

/** An unfinished guided form of a person; gone when finished or cancelled. */
interface ConversationTable {
  id: Id
  person_id: number
  form: string
  version: number
  step: string
  revision: number
  /** Answers by step, as JSON. */
  answers: string
  /** What the turn must remember between messages (page, found places, refusals), as JSON. */
  memo: string
  /** What the form is about, such as a business id. */
  subject: string | null
  /** The one conversation that typed answers go to has 1. */
  active: Bit
  /** Outbox row of the current question. */
  prompt_id: number | null
  /** Outbox row that asked this question first; what was written before it arrived answers something else. */
  first_prompt_id: number | null
  started_at: Fixed<Instant>
  updated_at: Instant
  remind_at: Instant | null
  reminders_sent: Generated<number>
}

interface BusinessTable {
  id: Id
  person_id: number
  /** Null when it has no name yet. */
  name: string | null
  sector: string
  village_code: string
  product: string | null
  age: string | null
  workers: string | null
  sales_band: string | null
  /** JSON array of channel ids. */
  channels: string | null
  /** JSON object: licence id -> status. */
  licences: string
  created_at: Fixed<Instant>
  updated_at: Instant
}

interface TipShownTable {
  person_id: number
  tip: string
  shown_at: Instant
}

/** What happened at a step of a form; codes and times only. */
interface StepEventTable {
  id: Id
  form: string
  step: string
  event: string
  /** Since the question was asked. */
  elapsed_ms: number
  at: Fixed<Instant>
}

export type OutboxState = 'queued' | 'sending' | 'sent' | 'dead' | 'superseded' | 'unknown'

/** A Telegram call that a committed transaction asked for. */
interface OutboxTable {
  id: Id
  chat_id: number
  /** Calls of one chat and lane go out in order; `reply` goes before `bulk`. */
  lane: 'reply' | 'bulk' | 'setup'
  method: string
  /** Parameters as JSON, without chat_id; null once blanked. */
  payload: string | null
  /** For edits and deletions: the row whose message is meant; its message id is filled in when sent. */
  target_id: number | null
  /** Waiting questions with the same key collapse into the newest one. */
  prompt_key: string | null
  state: OutboxState
  attempts: Generated<number>
  /** Not before this instant. */
  next_at: Instant
  /** While `sending`: until when the sender may take to settle it. */
  lease_until: Instant | null
  message_id: number | null
  /** `<code> <description>` of Telegram's last refusal. */
  error: string | null
  /** Handler to run in the settling transaction, as JSON {name, version, data}. */
  on_sent: string | null
  created_at: Fixed<Instant>
  settled_at: Instant | null
}

/** A group that became a supergroup: messages follow to the new id. */
interface ChatAliasTable {
  old_chat_id: number
  new_chat_id: number
}

/** Scheduled jobs: when each is due next and who runs it now. */
interface JobTable {
  name: string
  next_at: Instant
  lease_until: Instant | null
  lease_owner: string | null
}

export interface Schema {
  meta: MetaTable
  counter: CounterTable
  seen_update: SeenUpdateTable
  inbox: InboxTable
  update_attempt: UpdateAttemptTable
  failed_update: FailedUpdateTable
  person: PersonTable
  role: RoleTable
  invite: InviteTable
  invite_use: InviteUseTable
  volunteer: VolunteerTable
  audit: AuditTable
  consent: ConsentTable
  consent_proof: ConsentProofTable
  tombstone: TombstoneTable
  access_log: AccessLogTable
  conversation: ConversationTable
  business: BusinessTable
  help_case: HelpCaseTable
  case_message: CaseMessageTable
  draft_part: DraftPartTable
  case_copy: CaseCopyTable
  case_assignment: CaseAssignmentTable
  case_card: CaseCardTable
  case_note: CaseNoteTable
  case_look: CaseLookTable
  case_field_ask: CaseFieldAskTable
  active_case: ActiveCaseTable
  canned_answer: CannedAnswerTable
  question_answer: QuestionAnswerTable
  helped_day: HelpedDayTable
  contribution_letter: ContributionLetterTable
  tip_shown: TipShownTable
  tip_mark: TipMarkTable
  tip_schedule: TipScheduleTable
  delivery: DeliveryTable
  nudge: NudgeTable
  instrument: InstrumentTable
  assessment: AssessmentTable
  assessment_area: AssessmentAreaTable
  assessment_answer: AssessmentAnswerTable
  plan_step: PlanStepTable
  step_event: StepEventTable
  outbox: OutboxTable
  chat_alias: ChatAliasTable
  job: JobTable
  lease: LeaseTable
  activity: ActivityTable
  health_notice: HealthNoticeTable
}

export type PersonRow = Selectable<PersonTable>
export type ConversationRow = Selectable<ConversationTable>
export type BusinessRow = Selectable<BusinessTable>
export type OutboxRow = Selectable<OutboxTable>
export type NewOutboxRow = Insertable<OutboxTable>
