// Decides what becomes of a call after Telegram's answer, or after none. Pure: it neither sends, stores nor logs.
import type { Lane } from './outgoing.ts'

export type Outcome =
  /** `messageIds`: those of an album, in the order of its parts; `messageId` is the last of them. */
  | { readonly type: 'accepted'; readonly messageId: number | undefined; readonly messageIds?: readonly number[] }
  | {
      readonly type: 'refused'
      readonly code: number
      readonly description: string
      /** Seconds, as Telegram says it. */
      readonly retryAfter?: number | undefined
      readonly migrateToChatId?: number | undefined
    }
  /** No answer. `reached: false` when the call surely never got to Telegram. */
  | { readonly type: 'unanswered'; readonly reached: boolean; readonly reason: string }
  /** It could not even be asked: a payload nobody can read, a picture that can't be drawn. */
  | { readonly type: 'unsendable'; readonly reason: string }

export interface CallRule {
  readonly lane: Lane
  /** Whether doing it twice leaves the same result: edits, deletions, setup. */
  readonly repeatable: boolean
  /** Whether it is a recording that people may refuse to be sent. */
  readonly spoken?: boolean
  /** From 0 up to 1: spreads the retries of many calls. */
  readonly jitter: number
}

export type Verdict =
  /** Done, or already as wanted. Without a message id for edits of our own message. */
  | { readonly type: 'sent'; readonly messageId: number | undefined; readonly messageIds?: readonly number[] }
  /** The reader takes no voice notes: the same recording goes out as a document. */
  | { readonly type: 'as-document'; readonly error: string }
  /** `flood`: Telegram asked for the pause, so other calls to the chat must wait too. */
  | { readonly type: 'retry'; readonly afterMs: number; readonly flood: boolean; readonly error: string }
  /** Nobody can be reached in this chat until they write again. */
  | { readonly type: 'unreachable'; readonly error: string }
  | { readonly type: 'migrated'; readonly chatId: number; readonly error: string }
  /** The message to change is gone or too old to change: nothing is left to do, and nobody has to look at it. */
  | { readonly type: 'moot'; readonly error: string }
  /** It may have arrived and must not be sent twice. */
  | { readonly type: 'unknown'; readonly error: string }
  /** It will never be accepted: a dead letter for the operator. */
  | { readonly type: 'dead'; readonly error: string }

const SECOND = 1000
const HOUR = 3_600_000
/** Telegram counts whole seconds; a little more keeps us on the safe side of its clock. */
const RETRY_AFTER_MARGIN_MS = 250
const LONGEST_PAUSE_MS = 300_000
/** With pauses of at most five minutes this is about a day. */
const MOST_ATTEMPTS = 300
/** Setup waits for a chat hourly for a day, then daily for two months. */
const SETUP_HOURLY_ATTEMPTS = 24
const SETUP_MOST_ATTEMPTS = 84

const UNREACHABLE = [/chat not found/i, /user is deactivated/i, /PEER_ID_INVALID/]
const MOOT = [
  /message to edit not found/i,
  /message can't be edited/i,
  /MESSAGE_ID_INVALID/,
  /message to delete not found/i,
  /message can't be deleted/i,
  /there is no (text|caption) in the message to edit/i,
]

/**
 * The verdict on one attempt. Descriptions are those of the Bot API server's source.
 * @param attempts how often the call has been tried, this time included.
 */
export function judge(outcome: Outcome, attempts: number, rule: CallRule): Verdict {
  if (outcome.type === 'accepted') return { ...outcome, type: 'sent' }
  if (outcome.type === 'unsendable') return { type: 'dead', error: outcome.reason }
  if (outcome.type === 'refused') return judgeRefusal(outcome, attempts, rule)
  return outcome.reached ? doubtful(outcome.reason, attempts, rule) : later(outcome.reason, attempts, rule)
}

/**
 * Pause before the next attempt, ms: doubles from one second to five minutes, shortened by up to half by `jitter`.
 */
export function backOff(attempts: number, jitter: number): number {
  const whole = Math.min(LONGEST_PAUSE_MS, SECOND * 2 ** Math.min(attempts - 1, 20))
  return Math.round(whole * (1 - jitter / 2))
}

function judgeRefusal(refusal: Outcome & { type: 'refused' }, attempts: number, rule: CallRule): Verdict {
  const { code, description } = refusal
  const error = `${code} ${description}`
  if (code === 429) {
    const seconds = refusal.retryAfter ?? Number(/retry after (\d+)/i.exec(description)?.[1] ?? Number.NaN)
    if (Number.isNaN(seconds)) return { type: 'retry', afterMs: backOff(attempts, rule.jitter), flood: true, error }
    return { type: 'retry', afterMs: seconds * SECOND + RETRY_AFTER_MARGIN_MS, flood: true, error }
  }
  if (refusal.migrateToChatId !== undefined) return { type: 'migrated', chatId: refusal.migrateToChatId, error }
  if (code >= 500) return doubtful(error, attempts, rule)
  // A wrong token is the operator's to mend; nobody's message should be lost over it.
  if (code === 401 || code === 409) return later(error, attempts, rule)
  if (code === 403 || UNREACHABLE.some((words) => words.test(description))) {
    return rule.lane === 'setup' ? untilChatExists(error, attempts) : { type: 'unreachable', error }
  }
  if (rule.spoken && /VOICE_MESSAGES_FORBIDDEN/i.test(description)) return { type: 'as-document', error }
  if (/message is not modified/i.test(description)) return { type: 'sent', messageId: undefined }
  if (MOOT.some((words) => words.test(description))) return { type: 'moot', error }
  return { type: 'dead', error }
}

/** Nobody knows whether it arrived: bulk messages are sent at most once, everything else at least once. */
function doubtful(error: string, attempts: number, rule: CallRule): Verdict {
  return rule.lane === 'bulk' && !rule.repeatable ? { type: 'unknown', error } : later(error, attempts, rule)
}

function later(error: string, attempts: number, rule: CallRule): Verdict {
  if (attempts >= MOST_ATTEMPTS) return { type: 'dead', error }
  return { type: 'retry', afterMs: backOff(attempts, rule.jitter), flood: false, error }
}

/** Commands for someone who has not pressed start yet wait for them. */
function untilChatExists(error: string, attempts: number): Verdict {
  if (attempts >= SETUP_MOST_ATTEMPTS) return { type: 'dead', error }
  return { type: 'retry', afterMs: attempts <= SETUP_HOURLY_ATTEMPTS ? HOUR : 24 * HOUR, flood: false, error }
}
