// What a request for help is, and how its age and its messages are shown. Pure.

export interface HelpRequest {
  readonly id: number
  /** The number people see and say. */
  readonly number: number
  /** Who asked. */
  readonly personId: number
  readonly state: 'open' | 'answered' | 'closed'
  /** ms UTC. */
  readonly createdAt: number
}

export interface HelpMessage {
  readonly authorId: number
  readonly body: string
}

/** Telegram's limit for a message is 4096 characters (Bot API, sendMessage); the rest is for the words around a person's text. */
export const MOST_BODY_CHARS = 3500

const EXCERPT_CHARS = 160

/** So many characters of earlier messages fit into one card. */
const THREAD_CHARS = 3000

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export interface Age {
  readonly unit: 'moments' | 'minutes' | 'hours' | 'days'
  readonly count: number
}

/** How long something has waited, in the largest whole unit; both instants in ms UTC. A clock set back counts as no time. */
export function ageOf(since: number, now: number): Age {
  const waited = Math.max(0, now - since)
  if (waited < MINUTE_MS) return { unit: 'moments', count: 0 }
  if (waited < HOUR_MS) return { unit: 'minutes', count: Math.floor(waited / MINUTE_MS) }
  if (waited < DAY_MS) return { unit: 'hours', count: Math.floor(waited / HOUR_MS) }
  return { unit: 'days', count: Math.floor(waited / DAY_MS) }
}

/** The beginning of a message, whole when it is short, without half a character at its end. */
export function excerpt(body: string): string {
  const characters = Array.from(body)
  return characters.length > EXCERPT_CHARS ? `${characters.slice(0, EXCERPT_CHARS - 1).join('').trimEnd()}…` : body
}

/** The newest messages that fit into one card, oldest first; always at least the last one. */
export function latestThatFit(messages: readonly HelpMessage[]): readonly HelpMessage[] {
  const kept: HelpMessage[] = []
  let chars = 0
  for (const message of messages.toReversed()) {
    chars += message.body.length
    if (kept.length > 0 && chars > THREAD_CHARS) break
    kept.unshift(message)
  }
  return kept
}
