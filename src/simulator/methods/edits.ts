// Methods that change a message the bot sent. Telegram refuses an edit that changes nothing.

import { readInlineMarkup } from '../keyboards.ts'
import { apiMessage, changeMessage, findMessage } from '../messages.ts'
import { badRequest } from '../refusal.ts'
import { readCaption, readText } from './formatted-text.ts'
import { readInputMedia } from './media.ts'
import { readWritableChat } from './targets.ts'
import type { Params } from '../params.ts'
import type { Content, State, StoredMessage } from '../state.ts'
import type { Methods } from './method.ts'

const NOT_MODIFIED = 'message is not modified: specified new message content and reply markup are exactly the same '
  + 'as a current content and reply markup of the message'

export const editMethods: Methods = {
  editMessageText: ({ state }, params) => {
    const { text, entities } = readText(state, params, 'MESSAGE_TOO_LONG')
    const message = readEditable(state, params)
    if (message.content.kind !== 'text') throw badRequest('there is no text in the message to edit')
    return edit(state, params, message, { kind: 'text', text, entities })
  },

  editMessageCaption: ({ state }, params) => {
    const { text, entities } = readCaption(state, params, 'MEDIA_CAPTION_TOO_LONG')
    const message = readEditable(state, params)
    const { content } = message
    if (!('caption' in content) || content.kind === 'sticker') throw badRequest('there is no caption in the message to edit')
    return edit(state, params, message, { ...content, caption: text, captionEntities: entities })
  },

  editMessageReplyMarkup: ({ state }, params) => {
    const message = readEditable(state, params)
    return edit(state, params, message, message.content)
  },

  editMessageMedia: async ({ state }, params) => {
    const message = readEditable(state, params)
    const media = params.json('media')
    if (typeof media !== 'object' || media === null) throw badRequest("can't parse InputMedia JSON object")
    const content = await readInputMedia(state, params.within(media as Record<string, unknown>))
    return edit(state, params, message, content)
  },
}

function readEditable(state: State, params: Params): StoredMessage {
  const chatId = readWritableChat(state, params, 'text')
  const message = findMessage(state, chatId, params.integer('message_id') ?? 0)
  if (!message) throw badRequest('message to edit not found')
  if (message.from !== 'bot' || message.hasReplyMarkup || message.forwardedFrom !== undefined) throw badRequest("message can't be edited")
  return message
}

/** The keyboard is part of the edit: without one in the request, the message loses the one it had. */
function edit(state: State, params: Params, message: StoredMessage, content: Content): object {
  const inlineKeyboard = readInlineMarkup(params.json('reply_markup'))
  const same = JSON.stringify([content, inlineKeyboard ?? []]) === JSON.stringify([message.content, message.inlineKeyboard ?? []])
  if (same) throw badRequest(NOT_MODIFIED)
  // A changed keyboard alone leaves no "edited" mark.
  const editDate = content === message.content ? message.editDate : state.now()
  return apiMessage(state, changeMessage(state, message, { content, inlineKeyboard, editDate }))
}
