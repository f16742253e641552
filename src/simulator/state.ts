// The data of the simulated world, on which people (acts.ts) and the bot (methods/) both act, and the ids it gives out.
// It decides nothing: rules live with those who act.

import type { BotCommand, InlineKeyboardButton, MessageEntity, User } from 'grammy/types'
import { openStore } from './store.ts'
import type { Shelf, Store } from './store.ts'
import { createUpdateQueue } from './updates.ts'
import type { UpdateQueue } from './updates.ts'
import type {
  ApiCall, CallbackAnswer, ChatId, Group, MessageId, Person, PersonId, SeenFile, SeenKeyboard, SimulatorOptions, Tap,
  WorldChange,
} from './world.ts'

/** As the Bot API names the field that holds it. */
export type FileKind = 'photo' | 'document' | 'voice' | 'audio' | 'video' | 'video_note' | 'animation' | 'sticker'

export interface FileRecord extends SeenFile {
  readonly kind: FileKind
  /** Where getFile says it can be fetched. */
  readonly path: string
  /** Of a sticker: it belongs to it wherever it is sent. */
  readonly emoji?: string
}

export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly entities: readonly MessageEntity[] }
  | {
      readonly kind: FileKind
      readonly file: FileRecord
      readonly caption: string
      readonly captionEntities: readonly MessageEntity[]
    }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | {
      readonly kind: 'contact'
      readonly phoneNumber: string
      readonly firstName: string
      readonly lastName?: string
      readonly userId?: PersonId
    }
  /** `fields`: what the Bot API puts in the message, such as new_chat_members. */
  | { readonly kind: 'service'; readonly text: string; readonly fields: Readonly<Record<string, unknown>> }

export interface StoredMessage {
  readonly chatId: ChatId
  readonly messageId: MessageId
  readonly from: 'bot' | PersonId
  /** ms UTC. */
  readonly date: number
  readonly editDate?: number
  readonly deleted: boolean
  readonly content: Content
  readonly inlineKeyboard?: readonly (readonly InlineKeyboardButton[])[]
  /** Sent with a reply keyboard, its removal or a forced reply: such a message can never be edited. */
  readonly hasReplyMarkup: boolean
  /** All callback data it ever offered; a phone may still show an older keyboard. */
  readonly offered: readonly string[]
  readonly replyTo?: MessageId
  readonly mediaGroupId?: string
  readonly forwardedFrom?: 'bot' | PersonId
  readonly protected: boolean
  readonly silent: boolean
}

export interface TapRecord {
  readonly id: string
  readonly tap: Tap
  answer?: CallbackAnswer
  readonly settle: (answer: CallbackAnswer) => void
}

export interface WebhookRecord {
  readonly url: string
  readonly secretToken: string
  readonly maxConnections: number
}

export interface State {
  readonly options: SimulatorOptions
  readonly now: () => number
  readonly bot: User
  readonly store: Store
  readonly queue: UpdateQueue
  readonly people: Shelf<Person>
  readonly groups: Shelf<Group>
  /** By '<chat>:<person>'. */
  readonly keyboards: Shelf<SeenKeyboard>
  /** By '<scope>|<language>'. */
  readonly commands: Shelf<readonly BotCommand[]>
  /** By '<field>|<language>'; also 'menu|<chat>'. */
  readonly profile: Shelf<unknown>
  readonly files: Shelf<FileRecord>
  readonly webhook: Shelf<WebhookRecord>
  readonly taps: Map<string, TapRecord>
  readonly typing: Map<ChatId, { readonly action: string; readonly at: number }>
  readonly calls: ApiCall[]
  messagesOf(chat: ChatId): Shelf<StoredMessage>
  nextMessageId(chat: ChatId): MessageId
  nextId(counter: string, first: number): number
  changed(change: WorldChange): void
  onChange(listener: (change: WorldChange) => void): () => void
}

const FIRST_UPDATE_ID = 500_000_001
const CALLS_KEPT = 10_000

/** Opens the world's data. Throws when the token has no bot id before its colon. */
export function openState(options: SimulatorOptions): State {
  const botId = Number(/^(\d+):/.exec(options.token)?.[1])
  if (!botId) throw new Error('The simulator\'s token must look like \'<bot id>:<secret>\', such as \'700000001:simulator\'')
  const store = openStore(options.storagePath)
  const counters = store.shelf<number>('counter')
  const listeners = new Set<(change: WorldChange) => void>()
  const nextId = (counter: string, first: number) => counters.put(counter, (counters.get(counter) ?? first - 1) + 1)

  return {
    options,
    now: options.now,
    bot: { id: botId, is_bot: true, first_name: options.bot.firstName, username: options.bot.username },
    store,
    queue: createUpdateQueue(store, options.firstUpdateId ?? FIRST_UPDATE_ID),
    people: store.shelf('person'),
    groups: store.shelf('group'),
    keyboards: store.shelf('keyboard'),
    commands: store.shelf('command'),
    profile: store.shelf('profile'),
    files: store.shelf('file'),
    webhook: store.shelf('webhook'),
    taps: new Map(),
    typing: new Map(),
    calls: [],
    messagesOf: (chat) => store.shelf(`message:${chat}`),
    // A supergroup counts for itself; private chats and basic groups share one count.
    nextMessageId: (chat) => nextId(isSupergroupId(chat) ? `message:${chat}` : 'message', 1),
    nextId,
    changed: (change) => {
      for (const listener of listeners) listener(change)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Keeps the newest calls; older ones make room. */
export function logCall(state: State, call: ApiCall): void {
  state.calls.push(call)
  // A quarter at once, so that a long log is not shifted at every call.
  if (state.calls.length > CALLS_KEPT * 1.25) state.calls.splice(0, state.calls.length - CALLS_KEPT)
  state.changed({ type: 'calls' })
}

export function isSupergroupId(chat: ChatId): boolean {
  return chat < -1_000_000_000_000
}

/** Drops undefined members, so that a value fits a type whose members are there or not. */
export function present<T>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}
