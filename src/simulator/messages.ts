// One message, three faces: how it is put in a chat, how the Bot API tells it to the bot, and how a person sees it.
// Who may send what is decided elsewhere.

import type { Chat, Message, MessageEntity, User } from 'grammy/types'
import { present } from './state.ts'
import type { Content, FileRecord, State, StoredMessage } from './state.ts'
import type { ChatId, MessageId, PersonId, SeenFile, SeenMessage } from './world.ts'

type Draft = Pick<StoredMessage, 'chatId' | 'from' | 'content'> & Partial<StoredMessage>

/** Puts a new message in a chat and tells those who watch. */
export function putMessage(state: State, draft: Draft): StoredMessage {
  const messageId = state.nextMessageId(draft.chatId)
  const message: StoredMessage = {
    date: state.now(), deleted: false, hasReplyMarkup: false, protected: false, silent: false,
    ...draft,
    messageId,
    offered: offeredBy(draft.inlineKeyboard),
  }
  state.messagesOf(draft.chatId).put(messageId, message)
  if (draft.from === 'bot') state.typing.delete(draft.chatId)
  state.changed({ type: 'message', chatId: draft.chatId, messageId })
  return message
}

/** Replaces parts of a message; `inlineKeyboard: undefined` takes the keyboard away. */
export function changeMessage(
  state: State,
  message: StoredMessage,
  changes: { readonly [K in keyof StoredMessage]?: StoredMessage[K] | undefined },
): StoredMessage {
  const changed = present<StoredMessage>({
    ...message,
    ...changes,
    offered: [...new Set([...message.offered, ...offeredBy(changes.inlineKeyboard)])],
  })
  state.messagesOf(message.chatId).put(message.messageId, changed)
  state.changed({ type: 'message', chatId: message.chatId, messageId: message.messageId })
  return changed
}

/** The message as long as it is in the chat; undefined when unknown or deleted. */
export function findMessage(state: State, chat: ChatId, id: MessageId): StoredMessage | undefined {
  const message = state.messagesOf(chat).get(id)
  return message?.deleted === false ? message : undefined
}

/** The person as updates name them. */
export function apiUser(state: State, person: 'bot' | PersonId): User {
  if (person === 'bot') return state.bot
  const { id, firstName, lastName, username, languageCode } = state.people.get(person)!
  return present<User>({
    id, is_bot: false, first_name: firstName, last_name: lastName, username, language_code: languageCode,
  })
}

/** The chat as messages name it. */
export function apiChat(state: State, chat: ChatId): Chat {
  const group = state.groups.get(chat)
  if (group) return { id: chat, type: group.type, title: group.title }
  const { firstName, lastName, username } = state.people.get(chat)!
  return present<Chat.PrivateChat>({ id: chat, type: 'private', first_name: firstName, last_name: lastName, username })
}

/** The message as the Bot API tells it; a reply carries the message it answers, one level deep. */
export function apiMessage(state: State, message: StoredMessage, depth = 1): Message {
  const { chatId, content } = message
  const repliedTo = message.replyTo !== undefined && depth > 0 ? findMessage(state, chatId, message.replyTo) : undefined
  const keyboard = message.inlineKeyboard && { inline_keyboard: message.inlineKeyboard }
  return present<Message>({
    message_id: message.messageId,
    from: apiUser(state, message.from),
    chat: apiChat(state, chatId),
    date: seconds(message.date),
    edit_date: message.editDate === undefined ? undefined : seconds(message.editDate),
    reply_to_message: repliedTo && apiMessage(state, repliedTo, depth - 1),
    media_group_id: message.mediaGroupId,
    has_protected_content: message.protected || undefined,
    forward_origin: message.forwardedFrom && {
      type: 'user', sender_user: apiUser(state, message.forwardedFrom), date: seconds(message.date),
    },
    ...apiContent(content),
    reply_markup: keyboard,
  } as unknown as Message)
}

/** The message as it stands on a phone. */
export function seenMessage(message: StoredMessage): SeenMessage {
  const { content } = message
  const withFile = 'file' in content ? content : undefined
  return present<SeenMessage>({
    chatId: message.chatId,
    messageId: message.messageId,
    from: message.from,
    date: message.date,
    editDate: message.editDate,
    deleted: message.deleted,
    kind: content.kind,
    text: 'text' in content ? content.text : undefined,
    entities: content.kind === 'text' ? content.entities : [],
    caption: withFile?.caption || undefined,
    captionEntities: withFile?.captionEntities ?? [],
    file: withFile && seenFile(withFile.file),
    location: content.kind === 'location' ? { latitude: content.latitude, longitude: content.longitude } : undefined,
    contact: content.kind === 'contact'
      ? present({ phoneNumber: content.phoneNumber, firstName: content.firstName, userId: content.userId })
      : undefined,
    emoji: withFile?.file.emoji,
    mediaGroupId: message.mediaGroupId,
    replyTo: message.replyTo,
    forwarded: message.forwardedFrom !== undefined,
    protected: message.protected,
    silent: message.silent,
    inlineKeyboard: message.inlineKeyboard,
  })
}

function apiContent(content: Content): object {
  if (content.kind === 'text') return { text: content.text, entities: someEntities(content.entities) }
  if (content.kind === 'service') return content.fields
  if (content.kind === 'location') return { location: { latitude: content.latitude, longitude: content.longitude } }
  if (content.kind === 'contact') {
    const { phoneNumber, firstName, lastName, userId } = content
    return { contact: present({ phone_number: phoneNumber, first_name: firstName, last_name: lastName, user_id: userId }) }
  }
  const caption = { caption: content.caption || undefined, caption_entities: someEntities(content.captionEntities) }
  const file = apiFile(content.file)
  if (content.kind === 'photo') return { photo: [file], ...caption }
  if (content.kind === 'sticker') return { sticker: { ...file, type: 'regular', is_animated: false, is_video: false, emoji: content.file.emoji } }
  if (content.kind === 'video_note') return { video_note: { ...file, length: content.file.width } }
  // An animation is told as a document too (Bot API, Message).
  if (content.kind === 'animation') return { animation: file, document: file, ...caption }
  return { [content.kind]: file, ...caption }
}

function apiFile(file: FileRecord): object {
  const { fileId, fileName, mimeType, size, width, height, duration } = file
  const shape = { file_id: fileId, file_unique_id: `u${fileId}`, file_size: size, width, height, duration }
  const isNamed = file.kind !== 'photo' && file.kind !== 'sticker' && file.kind !== 'video_note'
  const named = !isNamed ? {} : { file_name: file.kind === 'voice' ? undefined : fileName, mime_type: mimeType }
  return present<object>({ ...shape, ...named })
}

function seenFile({ fileId, fileName, mimeType, size, width, height, duration }: FileRecord): SeenFile {
  return present<SeenFile>({ fileId, fileName, mimeType, size, width, height, duration })
}

function someEntities(entities: readonly MessageEntity[]): readonly MessageEntity[] | undefined {
  return entities.length === 0 ? undefined : entities
}

function offeredBy(keyboard: StoredMessage['inlineKeyboard']): readonly string[] {
  return (keyboard ?? []).flat().flatMap((button) => ('callback_data' in button ? [button.callback_data] : []))
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
