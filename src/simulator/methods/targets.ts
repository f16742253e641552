// Finds the chat a request names and tells whether the bot may read it or write there, in Telegram's words.

import { badRequest, forbidden } from '../refusal.ts'
import type { Params } from '../params.ts'
import type { State } from '../state.ts'
import type { ChatId } from '../world.ts'

/** What a muted bot is told it may not send, by kind of content. */
const RIGHTS = new Map([
  ['text', 'text messages'], ['photo', 'photos'], ['document', 'documents'], ['voice', 'voice notes'], ['video', 'videos'],
  ['sticker', 'stickers'], ['audio', 'music'], ['animation', 'animations'], ['video_note', 'video notes'], ['location', 'locations'],
  ['contact', 'contacts'],
])

/** The chat named by `chat_id`, as long as the bot knows it. Throws Telegram's refusal otherwise. */
export function readChat(state: State, params: Params, name = 'chat_id'): ChatId {
  if (!params.has(name)) throw badRequest(`${name} is empty`)
  const id = params.integer(name)
  const chatNotFound = badRequest('chat not found')
  if (id === undefined) throw chatNotFound
  const group = state.groups.get(id)
  if (!group) {
    if (!state.people.get(id)?.knownToBot) throw chatNotFound
    return id
  }
  if (group.migratedTo !== undefined) {
    throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: group.migratedTo })
  }
  const kind = group.type === 'supergroup' ? 'supergroup' : 'group'
  if (group.bot === 'kicked') throw forbidden(`bot was kicked from the ${kind} chat`)
  if (group.bot === 'left') throw forbidden(`bot is not a member of the ${kind} chat`)
  return id
}

/** The chat named by `chat_id`, as long as the bot may send this kind of content there. */
export function readWritableChat(state: State, params: Params, kind: string): ChatId {
  const id = readChat(state, params)
  checkPersonReachable(state, id, kind)
  if (state.groups.get(id)?.bot === 'muted') {
    throw badRequest(`not enough rights to send ${RIGHTS.get(kind) ?? 'messages'} to the chat`)
  }
  if (params.has('message_thread_id')) throw badRequest('message thread not found')
  return id
}

function checkPersonReachable(state: State, id: ChatId, kind: string): void {
  const person = state.people.get(id)
  if (!person) return
  if (person.deactivated) throw forbidden('user is deactivated')
  if (!person.started) throw forbidden("bot can't initiate conversation with a user")
  if (person.blockedBot) throw forbidden('bot was blocked by the user')
  if ((kind === 'voice' || kind === 'video_note') && person.refusesVoice) throw badRequest('VOICE_MESSAGES_FORBIDDEN')
}
