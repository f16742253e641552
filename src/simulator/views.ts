// What people see on their phones and what an observer sees of the traffic. It changes nothing.

import type { BotCommand } from 'grammy/types'
import { findFile } from './files.ts'
import { seenMessage } from './messages.ts'
import { getPerson } from './people.ts'
import type { State } from './state.ts'
import type { ChatId, ChatSummary, PersonId, World } from './world.ts'

type Views = Pick<
  World,
  | 'bot' | 'people' | 'person' | 'chats' | 'messages' | 'message' | 'replyKeyboard' | 'menuCommands' | 'typing' | 'taps'
  | 'tap' | 'file' | 'pendingUpdates' | 'updates' | 'calls' | 'onChange'
>

/** A chat action shows for so long. Source: Bot API, sendChatAction ("5 seconds or less"). */
const TYPING_MS = 5000

export function createViews(state: State): Views {
  return {
    bot: state.bot,
    people: () => [...state.people.values()],
    person: (id) => getPerson(state, id),
    chats: () => [
      ...[...state.people.values()].map((person): ChatSummary => ({ id: person.id, type: 'private', person })),
      ...[...state.groups.values()].map((group): ChatSummary => ({ id: group.id, type: group.type, group })),
    ],
    messages: (chat, options) => [...state.messagesOf(chat).values()]
      .filter((message) => options?.withDeleted || !message.deleted)
      .map(seenMessage),
    message: (chat, id) => {
      const message = state.messagesOf(chat).get(id)
      if (!message) throw new Error(`There is no message ${id} in chat ${chat}`)
      return seenMessage(message)
    },
    replyKeyboard: (person, chat) => state.keyboards.get(`${chat}:${person}`),
    menuCommands: (person, chat, languageCode) => resolveCommands(state, person, chat, languageCode),
    typing: (chat) => {
      const shown = state.typing.get(chat)
      return shown && state.now() - shown.at < TYPING_MS ? shown.action : undefined
    },
    taps: () => [...state.taps.values()].map(({ tap }) => tap),
    tap: (id) => {
      const record = state.taps.get(id)
      if (!record) throw new Error(`There is no tap ${id}`)
      return record.tap
    },
    file: (fileId) => {
      const record = findFile(state, fileId)
      const bytes = record && state.store.findBytes(fileId)
      if (!record || !bytes) return undefined
      return { bytes, mimeType: record.mimeType, ...(record.fileName === undefined ? {} : { fileName: record.fileName }) }
    },
    pendingUpdates: () => state.queue.size,
    updates: () => state.queue.all(),
    calls: () => state.calls,
    onChange: (listener) => state.onChange(listener),
  }
}

/** Narrowest scope first, and in each the reader's language before the rest. Source: Bot API, "Determining list of commands". */
function resolveCommands(state: State, person: PersonId, chat: ChatId, languageCode?: string): readonly BotCommand[] {
  const scopes = state.groups.get(chat)
    ? [`chat_member:${chat}:${person}`, `chat:${chat}`, 'all_group_chats', 'default']
    : [`chat:${chat}`, 'all_private_chats', 'default']
  const language = (languageCode ?? getPerson(state, person).languageCode ?? '').slice(0, 2)
  for (const scope of scopes) {
    const found = state.commands.get(`${scope}|${language}`) ?? state.commands.get(`${scope}|`)
    if (found) return found
  }
  return []
}
