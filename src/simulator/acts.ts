// What people write, edit and tap, and whether the bot hears of it (privacy mode in groups).
// A deed an app would not offer throws: it is a mistake of whoever wrote the scene.

import { findEntities, tidyText } from './entities.ts'
import { createMediaActs } from './media-acts.ts'
import { apiMessage, apiUser, changeMessage, findMessage, putMessage } from './messages.ts'
import { changeRecord, getGroup, getPerson, isPresent } from './people.ts'
import type { Content, State, StoredMessage } from './state.ts'
import { createTap } from './taps.ts'
import type { ChatId, MessageId, PersonId, SendOptions, World } from './world.ts'

type Acts = ReturnType<typeof createMediaActs>
  & Pick<World, 'start' | 'sendText' | 'editText' | 'deleteMessage' | 'tapButton' | 'rawUpdate'>

/** Apps cut a longer text in several messages. */
const MAX_TEXT = 4096
const START_PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/

export function createActs(state: State, people: Pick<World, 'unblockBot'>): Acts {
  const atomically = <T>(work: () => T) => state.store.atomically(work)

  const send = (from: PersonId, chatId: ChatId, content: Content, extra: Partial<StoredMessage> = {}): MessageId => atomically(() => {
    checkMayWrite(state, from, chatId)
    if (chatId === from) changeRecord(state, from, { started: true, knownToBot: true })
    const message = putMessage(state, { chatId, from, content, ...extra })
    if (content.kind === 'text') hideUsedKeyboard(state, from, chatId, content.text)
    tellBot(state, 'message', message)
    return message.messageId
  })

  const sendText = (from: PersonId, chatId: ChatId, raw: string, options: SendOptions = {}): MessageId => {
    const { text } = tidyText(raw)
    if (text === '') throw new Error('An app sends no empty message: give it some text')
    let last = 0
    for (const part of cutText(text)) {
      last = send(from, chatId, { kind: 'text', text: part, entities: findEntities(part) }, options)
    }
    return last
  }

  return {
    start: (person, payload) => {
      if (payload !== undefined && !START_PAYLOAD.test(payload)) {
        throw new Error(`A start payload is 1-64 of A-Za-z0-9_-; '${payload}' would not work as a link`)
      }
      people.unblockBot(person)
      return sendText(person, person, payload === undefined ? '/start' : `/start ${payload}`)
    },
    sendText,
    ...createMediaActs(state, send),
    editText: (person, chat, id, raw) => atomically(() => {
      checkMayWrite(state, person, chat)
      const message = getOwnMessage(state, person, chat, id)
      const content = withWords(message.content, tidyText(raw).text)
      if (!content) throw new Error(`Message ${id} has no text that could be edited so`)
      tellBot(state, 'edited_message', changeMessage(state, message, { content, editDate: state.now() }))
    }),
    deleteMessage: (person, chat, id) => {
      // In a private chat a person may delete the bot's messages too.
      const message = chat === person ? findMessage(state, chat, id) : getOwnMessage(state, person, chat, id)
      if (!message) throw new Error(`There is no message ${id} in chat ${chat}`)
      changeMessage(state, message, { deleted: true })
    },
    tapButton: (person, chat, id, data, options) => {
      checkMayWrite(state, person, chat)
      const message = findMessage(state, chat, id)
      if (!message || message.from !== 'bot') throw new Error(`There is no message ${id} of the bot in chat ${chat}`)
      if (!options?.forged && !message.offered.includes(data)) {
        throw new Error(`Message ${id} never showed a button with the data '${data}'; it showed: ${message.offered.join(', ')}`)
      }
      const tap = createTap(state, { person, chatId: chat, messageId: id, data })
      state.queue.push('callback_query', {
        id: tap.id, from: apiUser(state, person), message: apiMessage(state, message), chat_instance: String(-chat), data,
      })
      return tap
    },
    rawUpdate: (update) => state.queue.pushRaw(update),
  }
}

function checkMayWrite(state: State, person: PersonId, chat: ChatId): void {
  const { deactivated, blockedBot } = getPerson(state, person)
  if (deactivated) throw new Error(`Person ${person} deleted the account and can do nothing`)
  if (chat === person) {
    if (blockedBot) throw new Error(`Person ${person} blocked the bot: world.unblockBot or world.start first`)
    return
  }
  const { members, migratedTo } = getGroup(state, chat)
  if (migratedTo !== undefined) throw new Error(`Group ${chat} became ${migratedTo}: write there`)
  if (!members.includes(person)) throw new Error(`Person ${person} is not in group ${chat}: world.joinGroup first`)
}

function getOwnMessage(state: State, person: PersonId, chat: ChatId, id: MessageId): StoredMessage {
  const message = findMessage(state, chat, id)
  if (message?.from !== person) throw new Error(`Person ${person} has no message ${id} in chat ${chat}`)
  return message
}

/** The content with another text or caption; undefined where an app lets nobody write so. */
function withWords(content: Content, words: string): Content | undefined {
  if (content.kind === 'text') return words === '' ? undefined : { ...content, text: words, entities: findEntities(words) }
  if (!('caption' in content) || content.kind === 'sticker' || content.kind === 'video_note') return undefined
  return { ...content, caption: words, captionEntities: findEntities(words) }
}

function tellBot(state: State, kind: 'message' | 'edited_message', message: StoredMessage): void {
  const { chatId, from } = message
  if (chatId !== from) {
    const group = getGroup(state, chatId)
    if (!isPresent(group.bot)) return
    const hearsAll = group.bot === 'administrator' || state.options.privacyMode === false
    if (!hearsAll && !isMeantForBot(state, message)) return
    if (from !== 'bot') changeRecord(state, from, { knownToBot: true })
  }
  state.queue.push(kind, apiMessage(state, message))
}

/** What a bot in privacy mode hears in a group: commands not meant for another bot, its name, replies to it. */
function isMeantForBot(state: State, message: StoredMessage): boolean {
  const repliedTo = message.replyTo === undefined ? undefined : findMessage(state, message.chatId, message.replyTo)
  if (repliedTo?.from === 'bot') return true
  if (message.content.kind !== 'text') return false
  const { text, entities } = message.content
  const name = `@${state.options.bot.username}`.toLowerCase()
  return entities.some(({ type, offset, length }) => {
    const marked = text.slice(offset, offset + length).toLowerCase()
    if (type === 'mention') return marked === name
    return type === 'bot_command' && (!marked.includes('@') || marked.endsWith(name))
  })
}

function hideUsedKeyboard(state: State, person: PersonId, chat: ChatId, text: string): void {
  const keyboard = state.keyboards.get(`${chat}:${person}`)
  const used = keyboard?.oneTime && keyboard.buttons.flat().some((button) => textOf(button) === text)
  if (!keyboard || !used) return
  state.keyboards.put(`${chat}:${person}`, { ...keyboard, hidden: true })
  state.changed({ type: 'keyboard', chatId: chat })
}

function textOf(button: string | { readonly text: string }): string {
  return typeof button === 'string' ? button : button.text
}

function cutText(text: string): readonly string[] {
  const chars = Array.from(text)
  return Array.from({ length: Math.ceil(chars.length / MAX_TEXT) }, (_, part) => (
    chars.slice(part * MAX_TEXT, (part + 1) * MAX_TEXT).join('')
  ))
}
