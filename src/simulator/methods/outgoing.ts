// How anything the bot sends reaches a chat: the parameters all sending methods share, flood limits, reply keyboards.

import { readReplyMarkup } from '../keyboards.ts'
import type { ReplyMarkup } from '../keyboards.ts'
import { apiMessage, findMessage, putMessage } from '../messages.ts'
import { badRequest } from '../refusal.ts'
import { present } from '../state.ts'
import type { Content, State, StoredMessage } from '../state.ts'
import { readWritableChat } from './targets.ts'
import type { Params } from '../params.ts'
import type { ChatId, MessageId, PersonId, SeenKeyboard } from '../world.ts'
import type { BotSide } from './method.ts'

export interface Envelope {
  readonly chatId: ChatId
  readonly markup: ReplyMarkup | undefined
  readonly replyTo: MessageId | undefined
  readonly protected: boolean
  readonly silent: boolean
}

/** Reads and checks where a message goes and what hangs on it. */
export function readEnvelope(state: State, params: Params, kind: string): Envelope {
  const chatId = readWritableChat(state, params, kind)
  return {
    chatId,
    markup: readReplyMarkup(params.json('reply_markup'), { isPrivate: chatId > 0 }),
    replyTo: readReplyTo(state, params, chatId),
    protected: params.flag('protect_content'),
    silent: params.flag('disable_notification'),
  }
}

/** Sends: counts it against the flood limits, puts it in the chat, changes the reply keyboard. Answers the API message. */
export function post(
  bot: BotSide, envelope: Envelope, content: Content, extra: Partial<StoredMessage> = {},
): object {
  bot.faults.checkFlood(envelope.chatId, bot.state.now())
  return place(bot, envelope, content, extra)
}

/** As `post`, for what was counted already. */
export function place(
  { state }: BotSide, { chatId, markup, replyTo, ...envelope }: Envelope, content: Content, extra: Partial<StoredMessage> = {},
): object {
  return state.store.atomically(() => {
    const message = putMessage(state, present({
      chatId,
      from: 'bot' as const,
      content,
      protected: envelope.protected,
      silent: envelope.silent,
      replyTo,
      inlineKeyboard: markup?.type === 'inline' ? markup.rows : undefined,
      hasReplyMarkup: markup !== undefined && markup.type !== 'inline',
      ...extra,
    }))
    if (markup) showKeyboard(state, message, markup)
    return apiMessage(state, message)
  })
}

function readReplyTo(state: State, params: Params, chatId: ChatId): MessageId | undefined {
  const given = params.json('reply_parameters')
  const inner = params.within((given ?? {}) as Record<string, unknown>)
  const id = inner.integer('message_id') ?? params.integer('reply_to_message_id')
  if (id === undefined || id === 0) return undefined
  if (findMessage(state, chatId, id)) return id
  if (inner.flag('allow_sending_without_reply') || params.flag('allow_sending_without_reply')) return undefined
  throw badRequest('message to be replied not found')
}

function showKeyboard(state: State, message: StoredMessage, markup: ReplyMarkup): void {
  if (markup.type !== 'keyboard' && markup.type !== 'remove') return
  for (const person of readersOf(state, message, markup.selective)) {
    const key = `${message.chatId}:${person}`
    if (markup.type === 'remove') state.keyboards.remove(key)
    else state.keyboards.put(key, present<SeenKeyboard>({
      buttons: markup.rows,
      isPersistent: markup.isPersistent,
      oneTime: markup.oneTime,
      resize: markup.resize,
      placeholder: markup.placeholder,
      hidden: false,
    }))
  }
  state.changed({ type: 'keyboard', chatId: message.chatId })
}

/** Whose keyboard changes: everyone's in the chat, or of those mentioned and the one replied to when it is selective. */
function readersOf(state: State, message: StoredMessage, selective: boolean): readonly PersonId[] {
  const members = state.groups.get(message.chatId)?.members
  if (!members) return [message.chatId]
  if (!selective) return members
  const repliedTo = message.replyTo === undefined ? undefined : findMessage(state, message.chatId, message.replyTo)?.from
  const { content } = message
  const mentioned = content.kind !== 'text' ? [] : content.entities.flatMap((entity) => {
    if (entity.type === 'text_mention') return [entity.user.id]
    if (entity.type !== 'mention') return []
    const name = content.text.slice(entity.offset + 1, entity.offset + entity.length).toLowerCase()
    return members.filter((member) => state.people.get(member)?.username?.toLowerCase() === name)
  })
  return members.filter((member) => member === repliedTo || mentioned.includes(member))
}
