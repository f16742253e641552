// What the page is shown: the world as plain JSON, with a version that grows with each change so that a page asks for
// the changed chats alone. It must not change the world.

import type { BotCommand } from 'grammy/types'
import type {
  ApiCall, CallbackAnswer, ChatId, ChatSummary, FaultState, Person, PersonId, SeenKeyboard, SeenMessage, Simulator, Tap,
} from '../world.ts'
import { findCastRole } from './cast.ts'
import type { CastRole } from './cast.ts'

/** The newest messages of a chat that the page gets, and the newest taps and refusals. */
const MESSAGES_SHOWN = 200
const TAPS_SHOWN = 40
const REFUSALS_SHOWN = 5
/** Changes that come within so many ms are told together. */
const TELL_AFTER_MS = 30

export interface SeenPerson extends Person {
  readonly role?: CastRole
}

/** One person's place in a chat: the reply keyboard and the command list they have there. */
export interface SeenSeat {
  readonly person: PersonId
  readonly keyboard?: SeenKeyboard
  readonly commands: readonly BotCommand[]
}

export interface SeenChat {
  readonly id: ChatId
  readonly type: 'private' | 'group' | 'supergroup'
  /** Of a group. */
  readonly title?: string
  readonly hasBot: boolean
  readonly typing?: string
  readonly messages: readonly SeenMessage[]
  readonly seats: readonly SeenSeat[]
}

export interface SeenTap {
  readonly id: string
  readonly person: PersonId
  readonly chat: ChatId
  readonly message: number
  readonly data: string
  readonly state: 'spinning' | 'answered' | 'expired'
  readonly answer?: CallbackAnswer
}

export interface PageState {
  readonly version: number
  /** The clinic's clock, ms UTC. */
  readonly now: number
  readonly canAdvance: boolean
  readonly bot: { readonly id: number; readonly firstName: string; readonly username: string }
  readonly people: readonly SeenPerson[]
  /** Ids of every chat there is, in the order to list them. */
  readonly chatIds: readonly ChatId[]
  /** The chats that changed after the version asked about. */
  readonly chats: readonly SeenChat[]
  readonly taps: readonly SeenTap[]
  readonly faults: FaultState
  readonly pendingUpdates: number
  /** What Telegram lately refused the bot. */
  readonly refusals: readonly { readonly method: string; readonly code: number; readonly description: string }[]
}

export interface PageView {
  /** The state with the chats that changed after `since`; 0 for all of them. */
  state(since: number): PageState
  /** Tells the page of a change that the world does not announce: the clock, a fault. */
  touch(): void
  /** Keeps what the bot will answer to a tap made on the page, for its notice. */
  followTap(tapId: string): void
  /** Called with the newest version, at most once in 30 ms. Answers how to stop. */
  onVersion(listener: (version: number) => void): () => void
  close(): void
}

/** Follows the world of a simulator for its page. */
export function createPageView(simulator: Simulator): PageView {
  const { world } = simulator
  const changedAt = new Map<ChatId, number>()
  const answers = new Map<string, CallbackAnswer>()
  const listeners = new Set<(version: number) => void>()
  let version = 1
  let allChangedAt = 1
  let telling: NodeJS.Timeout | undefined

  function tell(): void {
    telling ??= setTimeout(() => {
      telling = undefined
      for (const listener of listeners) listener(version)
    }, TELL_AFTER_MS)
  }

  function touch(): void {
    version += 1
    tell()
  }

  const stopFollowing = world.onChange((change) => {
    version += 1
    if ('chatId' in change) changedAt.set(change.chatId, version)
    else if (change.type !== 'calls') allChangedAt = version
    tell()
  })

  async function keepAnswer(tapId: string): Promise<void> {
    answers.set(tapId, await world.tap(tapId).answered)
    for (const old of answers.keys()) if (answers.size > TAPS_SHOWN) answers.delete(old)
    touch()
  }

  function seeTap(tap: Tap): SeenTap {
    const answer = answers.get(tap.id)
    return {
      id: tap.id,
      person: tap.person,
      chat: tap.chatId,
      message: tap.messageId,
      data: tap.data,
      state: tap.state(),
      ...(answer === undefined ? {} : { answer }),
    }
  }

  function seeSeat(person: PersonId, chat: ChatId): SeenSeat {
    const keyboard = world.replyKeyboard(person, chat)
    const commands = world.menuCommands(person, chat)
    return keyboard === undefined ? { person, commands } : { person, commands, keyboard }
  }

  function seeChat(chat: ChatSummary): SeenChat {
    const typing = world.typing(chat.id)
    const seated = chat.type === 'private' ? [chat.person.id] : chat.group.members
    return {
      id: chat.id,
      type: chat.type,
      ...(chat.type === 'private' ? {} : { title: chat.group.title }),
      hasBot: chat.type === 'private' || (chat.group.bot !== 'left' && chat.group.bot !== 'kicked'),
      ...(typing === undefined ? {} : { typing }),
      messages: world.messages(chat.id).slice(-MESSAGES_SHOWN),
      seats: seated.map((person) => seeSeat(person, chat.id)),
    }
  }

  return {
    touch,
    followTap(tapId) {
      void keepAnswer(tapId)
    },
    state(since) {
      const chats = world.chats().filter((chat) => chat.type === 'private' || chat.group.migratedTo === undefined)
      const changed = chats.filter((chat) => Math.max(allChangedAt, changedAt.get(chat.id) ?? 0) > since)
      return {
        version,
        now: simulator.options.now(),
        canAdvance: simulator.options.advance !== undefined,
        bot: { id: world.bot.id, firstName: world.bot.first_name, username: world.bot.username ?? '' },
        people: world.people().map(seePerson),
        chatIds: chats.map((chat) => chat.id),
        chats: changed.map(seeChat),
        taps: world.taps().slice(-TAPS_SHOWN).map(seeTap),
        faults: simulator.faults.state(),
        pendingUpdates: world.pendingUpdates(),
        refusals: latestRefusals(world.calls()),
      }
    },
    onVersion(listener) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    close() {
      clearTimeout(telling)
      stopFollowing()
      listeners.clear()
    },
  }
}

function seePerson(person: Person): SeenPerson {
  const role = findCastRole(person.id)
  return role === undefined ? person : { ...person, role }
}

function latestRefusals(calls: readonly ApiCall[]): PageState['refusals'] {
  const refusals: PageState['refusals'][number][] = []
  for (let index = calls.length - 1; index >= 0 && refusals.length < REFUSALS_SHOWN; index -= 1) {
    const call = calls[index]
    if (call?.outcome.type !== 'refused') continue
    refusals.push({ method: call.method, code: call.outcome.code, description: call.outcome.description })
  }
  return refusals.toReversed()
}
