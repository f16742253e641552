// The Telegram calls that may wait in the outbox, what is known about each, and the lanes they go in.
// It holds no SQL and sends nothing.

/** Calls of one chat and lane go out in order; `reply` goes before `bulk`, `bulk` before `setup`. */
export type Lane = 'reply' | 'bulk' | 'setup'

interface MethodTraits {
  /** A second call leaves things as the first did, so it may be repeated when nobody knows whether it arrived. */
  readonly repeatable: boolean
  /** Takes `chat_id`, which is added when sent. */
  readonly addressed: boolean
  /** What it brings may have words under it. */
  readonly captioned?: boolean
}

/** They bring a new message. */
const SEND: MethodTraits = { repeatable: false, addressed: true }
const SEND_FILE: MethodTraits = { ...SEND, captioned: true }
const CHANGE: MethodTraits = { repeatable: true, addressed: true }
const SETUP: MethodTraits = { repeatable: true, addressed: false }

const METHODS = {
  sendMessage: SEND,
  sendPhoto: SEND_FILE,
  sendDocument: SEND_FILE,
  sendVoice: SEND_FILE,
  sendVideo: SEND_FILE,
  sendAudio: SEND_FILE,
  sendAnimation: SEND_FILE,
  sendVideoNote: SEND,
  sendSticker: SEND,
  sendLocation: SEND,
  sendContact: SEND,
  /** Its payload is that of album.ts, not Telegram's: it is made into the call when sent. */
  sendMediaGroup: SEND,
  copyMessage: SEND,
  editMessageText: CHANGE,
  editMessageCaption: CHANGE,
  editMessageReplyMarkup: CHANGE,
  deleteMessage: CHANGE,
  setMyCommands: SETUP,
  deleteMyCommands: SETUP,
} as const satisfies Record<string, MethodTraits>

export type OutgoingMethod = keyof typeof METHODS

/** Those that bring a new message to a chat. */
export const SENDING_METHODS = (Object.keys(METHODS) as OutgoingMethod[]).filter((name) => !METHODS[name].repeatable)

/** What is known about a method by its name, or undefined when it is none of ours. */
export function findMethod(name: string): MethodTraits | undefined {
  return Object.hasOwn(METHODS, name) ? METHODS[name as OutgoingMethod] : undefined
}
