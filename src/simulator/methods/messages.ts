// Methods that send without a file: text, places, contacts, copies and forwards, "typing…", and taking messages back.

import { characters } from '../entities.ts'
import { changeMessage, findMessage } from '../messages.ts'
import { badRequest } from '../refusal.ts'
import { present } from '../state.ts'
import { answerTap } from '../taps.ts'
import { readCaption, readText } from './formatted-text.ts'
import { post, readEnvelope } from './outgoing.ts'
import { readChat, readWritableChat } from './targets.ts'
import type { Params } from '../params.ts'
import type { Content, State, StoredMessage } from '../state.ts'
import type { ChatId } from '../world.ts'
import type { BotSide, Methods } from './method.ts'

/** A bot may take a message back for everyone so long. Source: Bot API, deleteMessage. */
const DELETE_WITHIN_MS = 48 * 3_600_000
const MAX_DELETED_AT_ONCE = 100
const MAX_ANSWER = 200

const ACTIONS = new Set([
  'typing', 'upload_photo', 'record_video', 'upload_video', 'record_voice', 'upload_voice', 'upload_document',
  'choose_sticker', 'find_location', 'record_video_note', 'upload_video_note',
])

export const messageMethods: Methods = {
  sendMessage: (bot, params) => {
    const { text, entities } = readText(bot.state, params, 'message is too long')
    return post(bot, readEnvelope(bot.state, params, 'text'), { kind: 'text', text, entities })
  },

  sendLocation: (bot, params) => {
    const latitude = params.decimal('latitude')
    const longitude = params.decimal('longitude')
    if (latitude === undefined || longitude === undefined) throw badRequest('latitude and longitude must be specified')
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest('wrong location specified')
    return post(bot, readEnvelope(bot.state, params, 'location'), { kind: 'location', latitude, longitude })
  },

  sendContact: (bot, params) => {
    const phoneNumber = params.text('phone_number')
    const firstName = params.text('first_name')
    if (!phoneNumber) throw badRequest("field \"phone_number\" can't be empty")
    if (!firstName) throw badRequest("field \"first_name\" can't be empty")
    const content = present({ kind: 'contact' as const, phoneNumber, firstName, lastName: params.text('last_name') })
    return post(bot, readEnvelope(bot.state, params, 'contact'), content)
  },

  copyMessage: (bot, params) => {
    const { state } = bot
    const original = readOriginal(state, params, 'copy')
    const envelope = readEnvelope(state, params, original.content.kind)
    if (original.content.kind === 'service' || original.protected) throw badRequest("message can't be copied")
    const content = params.has('caption') && 'caption' in original.content
      ? withCaption(state, params, original.content)
      : original.content
    return { message_id: (post(bot, envelope, content) as { message_id: number }).message_id }
  },

  forwardMessage: (bot, params) => {
    const { state } = bot
    const original = readOriginal(state, params, 'forward')
    const envelope = readEnvelope(state, params, original.content.kind)
    if (original.content.kind === 'service' || original.protected) throw badRequest("message can't be forwarded")
    const keyboard = original.inlineKeyboard && { type: 'inline' as const, rows: original.inlineKeyboard }
    return post(bot, { ...envelope, markup: keyboard }, original.content, { forwardedFrom: original.forwardedFrom ?? original.from })
  },

  sendChatAction: ({ state }, params) => {
    const action = params.text('action') ?? ''
    if (!ACTIONS.has(action)) throw badRequest('wrong parameter action in request')
    const chatId = readWritableChat(state, params, 'text')
    state.typing.set(chatId, { action, at: state.now() })
    state.changed({ type: 'typing', chatId })
    return true
  },

  answerCallbackQuery: ({ state }, params) => {
    const text = params.text('text')
    if (text !== undefined && characters(text) > MAX_ANSWER) throw badRequest('MESSAGE_TOO_LONG')
    const url = params.text('url')
    const opensThisBot = new RegExp(`^(?:https?://)?t\\.me/${state.options.bot.username}\\?start=[\\w-]+$`, 'i')
    if (url !== undefined && !opensThisBot.test(url)) throw badRequest('URL_INVALID')
    const answer = { text, url, showAlert: params.flag('show_alert') }
    answerTap(state, params.text('callback_query_id') ?? '', present(answer))
    return true
  },

  deleteMessage: (bot, params) => {
    const chatId = readChat(bot.state, params)
    const message = findMessage(bot.state, chatId, params.integer('message_id') ?? 0)
    if (!message) throw badRequest('message to delete not found')
    deleteForEveryone(bot, message)
    return true
  },

  deleteMessages: (bot, params) => {
    const chatId = readChat(bot.state, params)
    const ids = params.json('message_ids')
    if (!Array.isArray(ids) || ids.length === 0) throw badRequest('message identifiers are not specified')
    if (ids.length > MAX_DELETED_AT_ONCE) throw badRequest('too many messages to delete')
    const found = (ids as readonly unknown[]).flatMap((id) => findMessage(bot.state, chatId, Number(id)) ?? [])
    for (const message of found) deleteForEveryone(bot, message)
    return true
  },
}

function deleteForEveryone({ state }: BotSide, message: StoredMessage): void {
  const isOld = state.now() - message.date > DELETE_WITHIN_MS
  const isForeign = message.from !== 'bot' && message.chatId < 0 && state.groups.get(message.chatId)?.bot !== 'administrator'
  if (isOld || isForeign) throw badRequest("message can't be deleted for everyone")
  changeMessage(state, message, { deleted: true })
}

function readOriginal(state: State, params: Params, deed: 'copy' | 'forward'): StoredMessage {
  const from: ChatId = readChat(state, params, 'from_chat_id')
  const message = findMessage(state, from, params.integer('message_id') ?? 0)
  if (!message) throw badRequest(`message to ${deed} not found`)
  return message
}

function withCaption(state: State, params: Params, content: Extract<Content, { caption: string }>): Content {
  const { text, entities } = readCaption(state, params, 'message caption is too long')
  return { ...content, caption: text, captionEntities: entities }
}
