// The contract of the simulated Telegram: what a test or the page can make people do, and what it can see them see.
// Types alone: the data lives in state.ts, the deeds in people.ts and acts.ts, the views in views.ts.

import type { BotCommand, InlineKeyboardButton, KeyboardButton, MessageEntity, Update, User } from 'grammy/types'

export interface SimulatorOptions {
  /** The clinic's clock, ms UTC; it may have been moved forward. */
  readonly now: () => number
  /** Default '127.0.0.1'. */
  readonly host?: string
  /** 0 or absent: any free port. */
  readonly port?: number
  /** The one bot token the server accepts, '<id>:<secret>'. */
  readonly token: string
  readonly bot: { readonly firstName: string; readonly username: string }
  /** SQLite file that keeps the world over a restart; in memory when absent. */
  readonly storagePath?: string
  /** The id of the very first update; default 500_000_001. A kept world goes on from its own last id. */
  readonly firstUpdateId?: number
  /** Whether the bot runs in privacy mode in groups (Telegram's default); default true. */
  readonly privacyMode?: boolean
  /** Moves the clinic's clock forward by so many ms, for the page. */
  readonly advance?: (ms: number) => Promise<void>
  /** What the page asks for when it is opened beyond loopback. */
  readonly accessCode?: string
}

export interface Simulator {
  /** Such as 'http://127.0.0.1:8081': what the bot takes for the API root, and where the page lives. */
  readonly origin: string
  readonly options: SimulatorOptions
  readonly world: World
  readonly faults: Faults
  close(): Promise<void>
}

/** Every person is named by the id Telegram gave them; their private chat with the bot has the same id. */
export type PersonId = number
export type ChatId = number
export type MessageId = number

export interface NewPerson {
  readonly id?: PersonId
  readonly firstName: string
  readonly lastName?: string
  readonly username?: string
  /** Language of the person's app, such as 'id' or 'en'. */
  readonly languageCode?: string
  /** The person's privacy settings refuse voice messages. */
  readonly refusesVoice?: boolean
}

export interface Person extends NewPerson {
  readonly id: PersonId
  /** Pressed start, so the bot may write. */
  readonly started: boolean
  readonly blockedBot: boolean
  /** The account was deleted. */
  readonly deactivated: boolean
  /** The bot met this person somewhere, in a group perhaps. */
  readonly knownToBot: boolean
}

export type BotStanding = 'member' | 'administrator' | 'muted' | 'left' | 'kicked'

export interface NewGroup {
  /** Negative; -100… for a supergroup. */
  readonly id?: ChatId
  readonly title: string
  readonly type: 'group' | 'supergroup'
  readonly members: readonly PersonId[]
}

export interface Group extends NewGroup {
  readonly id: ChatId
  readonly bot: BotStanding
  /** Set once a basic group became this supergroup. */
  readonly migratedTo?: ChatId
}

export type ChatSummary =
  | { readonly id: ChatId; readonly type: 'private'; readonly person: Person }
  | { readonly id: ChatId; readonly type: 'group' | 'supergroup'; readonly group: Group }

export type MessageKind =
  | 'text' | 'photo' | 'document' | 'voice' | 'audio' | 'video' | 'video_note' | 'animation' | 'sticker' | 'location' | 'contact' | 'service'

/** A file in a message; the bytes come from `World.file(fileId)`. Width and height in pixels, duration in seconds. */
export interface SeenFile {
  readonly fileId: string
  readonly fileName?: string
  readonly mimeType: string
  readonly size: number
  readonly width?: number
  readonly height?: number
  readonly duration?: number
}

/** A message as it stands in a chat now. A deleted one stays in the list with `deleted: true`. */
export interface SeenMessage {
  readonly chatId: ChatId
  readonly messageId: MessageId
  readonly from: 'bot' | PersonId
  /** When it was sent and last edited, ms UTC. */
  readonly date: number
  readonly editDate?: number
  readonly deleted: boolean
  readonly kind: MessageKind
  /** Text of a text message, or what a service message says ('joined', 'left', …). */
  readonly text?: string
  readonly entities: readonly MessageEntity[]
  readonly caption?: string
  readonly captionEntities: readonly MessageEntity[]
  readonly file?: SeenFile
  readonly location?: { readonly latitude: number; readonly longitude: number }
  readonly contact?: { readonly phoneNumber: string; readonly firstName: string; readonly userId?: PersonId }
  readonly emoji?: string
  readonly mediaGroupId?: string
  readonly replyTo?: MessageId
  readonly forwarded: boolean
  readonly protected: boolean
  readonly silent: boolean
  readonly inlineKeyboard?: readonly (readonly InlineKeyboardButton[])[]
}

/** The reply keyboard a person has in a chat. `hidden`: one_time and already used; the icon to show it again stays. */
export interface SeenKeyboard {
  readonly buttons: readonly (readonly KeyboardButton[])[]
  readonly isPersistent: boolean
  readonly oneTime: boolean
  readonly resize: boolean
  readonly placeholder?: string
  readonly hidden: boolean
}

export interface CallbackAnswer {
  readonly text?: string
  readonly showAlert: boolean
  readonly url?: string
}

/** A tapped inline button. It spins until the bot answers; Telegram stops waiting after 15 s. */
export interface Tap {
  readonly id: string
  readonly person: PersonId
  readonly chatId: ChatId
  readonly messageId: MessageId
  readonly data: string
  /** ms UTC. */
  readonly at: number
  state(): 'spinning' | 'answered' | 'expired'
  /** Resolves when the bot answers; stays pending when it never does. */
  readonly answered: Promise<CallbackAnswer>
}

export type ApiOutcome =
  | { readonly type: 'ok'; readonly result: unknown }
  | { readonly type: 'refused'; readonly code: number; readonly description: string }
  | { readonly type: 'no-answer'; readonly applied: boolean }

/** One request of the bot. Files in `params` appear as '<name, n bytes>'. */
export interface ApiCall {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  /** ms UTC. */
  readonly at: number
  readonly outcome: ApiOutcome
}

export type WorldChange =
  | { readonly type: 'message'; readonly chatId: ChatId; readonly messageId: MessageId }
  | { readonly type: 'keyboard' | 'typing' | 'chat'; readonly chatId: ChatId }
  | { readonly type: 'tap'; readonly chatId: ChatId; readonly tapId: string }
  | { readonly type: 'people' | 'commands' | 'calls' }

export interface SendOptions {
  readonly replyTo?: MessageId
}

export interface FileToSend {
  readonly bytes: Uint8Array
  readonly fileName?: string
  readonly mimeType?: string
  readonly caption?: string
  /** Seconds, of what is played. */
  readonly duration?: number
  /** Pixels, of what is seen. */
  readonly width?: number
  readonly height?: number
  /** Parts of one album share it. */
  readonly mediaGroupId?: string
  readonly replyTo?: MessageId
}

export type AlbumFile = FileToSend & { readonly kind: 'photo' | 'video' | 'document' | 'audio' }

/** Deeds throw on a developer's mistake (an unknown person, a button that was never shown); Telegram's own refusals go to the bot. */
export interface World {
  readonly bot: User
  addPerson(person: NewPerson): Person
  changePerson(person: PersonId, changes: Partial<Omit<NewPerson, 'id'>>): Person
  addGroup(group: NewGroup): Group
  people(): readonly Person[]
  person(id: PersonId): Person
  /** Private chats of everyone who is there, and the groups. */
  chats(): readonly ChatSummary[]

  /** Presses Start (or opens t.me/<bot>?start=payload, 1-64 of A-Za-z0-9_-): sends '/start' or '/start payload', unblocks the bot. */
  start(person: PersonId, payload?: string): MessageId
  sendText(person: PersonId, chat: ChatId, text: string, options?: SendOptions): MessageId
  sendContact(
    person: PersonId,
    chat: ChatId,
    contact: { readonly phoneNumber: string; readonly firstName?: string; readonly userId?: PersonId | null },
    options?: SendOptions,
  ): MessageId
  sendLocation(person: PersonId, chat: ChatId, place: { readonly latitude: number; readonly longitude: number }, options?: SendOptions): MessageId
  sendPhoto(person: PersonId, chat: ChatId, photo: FileToSend): MessageId
  sendVoice(person: PersonId, chat: ChatId, voice: FileToSend): MessageId
  sendAudio(person: PersonId, chat: ChatId, audio: FileToSend): MessageId
  sendVideo(person: PersonId, chat: ChatId, video: FileToSend): MessageId
  sendVideoNote(person: PersonId, chat: ChatId, note: FileToSend): MessageId
  sendAnimation(person: PersonId, chat: ChatId, animation: FileToSend): MessageId
  sendDocument(person: PersonId, chat: ChatId, document: FileToSend): MessageId
  sendSticker(person: PersonId, chat: ChatId, emoji: string, options?: SendOptions): MessageId
  /** Its parts reach the bot one by one, as Telegram tells them. */
  sendAlbum(person: PersonId, chat: ChatId, items: readonly AlbumFile[]): readonly MessageId[]
  /** Changes a text, or the words under a file. */
  editText(person: PersonId, chat: ChatId, message: MessageId, text: string): void
  /** Bots never learn of it. */
  deleteMessage(person: PersonId, chat: ChatId, message: MessageId): void
  /** Taps an inline callback button shown by the message now or earlier; `forged` sends any data, as a changed app could. */
  tapButton(person: PersonId, chat: ChatId, message: MessageId, data: string, options?: { readonly forged?: boolean }): Tap
  blockBot(person: PersonId): void
  unblockBot(person: PersonId): void
  deletePerson(person: PersonId): void
  joinGroup(person: PersonId, group: ChatId): void
  leaveGroup(person: PersonId, group: ChatId): void
  /** A person gives the bot another standing in a group: kicks it, adds it back, makes it administrator, forbids it to write. */
  setBotStanding(group: ChatId, standing: BotStanding, by?: PersonId): void
  kickBot(group: ChatId, by?: PersonId): void
  /** A basic group becomes a supergroup with a new id; answers the new id. */
  upgradeGroup(group: ChatId): ChatId
  /** Puts any update in the queue: unknown kinds, repeats. Without `update_id` it gets the next one. Answers the id. */
  rawUpdate(update: Record<string, unknown>): number

  messages(chat: ChatId, options?: { readonly withDeleted?: boolean }): readonly SeenMessage[]
  message(chat: ChatId, message: MessageId): SeenMessage
  /** The reply keyboard the person has in the chat now; undefined when none. */
  replyKeyboard(person: PersonId, chat: ChatId): SeenKeyboard | undefined
  /** The command list behind "/" or Menu, as Telegram resolves scopes and language. Language: default the person's app. */
  menuCommands(person: PersonId, chat: ChatId, languageCode?: string): readonly BotCommand[]
  /** Whether "typing…" (or another action) of the last 5 s shows in the chat. */
  typing(chat: ChatId): string | undefined
  taps(): readonly Tap[]
  tap(id: string): Tap
  /** Bytes behind a file id, the bot's or a person's. */
  file(fileId: string): { readonly bytes: Uint8Array; readonly mimeType: string; readonly fileName?: string } | undefined

  /** Updates not yet confirmed by a getUpdates offset or taken by the webhook. */
  pendingUpdates(): number
  updates(): readonly Update[]
  /** The bot's requests, oldest first; the last 10,000 are kept. */
  calls(): readonly ApiCall[]
  onChange(listener: (change: WorldChange) => void): () => void
}

export type Fault =
  | { readonly status: 429; readonly retryAfter: number }
  | { readonly status: 400 | 401 | 403 | 409 | 500 | 502 }
  /** Accepted, never applied, never answered. */
  | 'timeout'
  /** Applied, and the connection cut before the answer. */
  | 'drop-after-apply'

export interface FaultState {
  readonly outage: boolean
  readonly duplicateUpdates: boolean
  readonly floods: boolean
  readonly delayMs: number
  readonly waiting: readonly { readonly method: string; readonly fault: Fault; readonly times: number }[]
}

/** What can go wrong between the bot and Telegram, switched while it runs. */
export interface Faults {
  /** The next `times` (default 1) calls of the method ('*': any but getUpdates) meet the fault. */
  next(method: string, fault: Fault, times?: number): void
  /** Every connection is cut, webhook deliveries wait. */
  outage(on: boolean): void
  /** Every update arrives twice. */
  duplicateUpdates(on: boolean): void
  /** Telegram's flood limits; off at first. */
  floods(on: boolean): void
  /** Every answer but getUpdates' comes so many real ms later. */
  delay(ms: number): void
  clear(): void
  state(): FaultState
}
