// Methods for what surrounds the chat: command lists by scope and language, the bot's descriptions, the menu button.

import type { BotCommand } from 'grammy/types'
import { characters } from '../entities.ts'
import { badRequest } from '../refusal.ts'
import { readChat } from './targets.ts'
import type { Params } from '../params.ts'
import type { State } from '../state.ts'
import type { Method, Methods } from './method.ts'

/** Limits. Source: Bot API, setMyCommands and BotCommand. */
const MAX_COMMANDS = 100
const MAX_COMMAND_DESCRIPTION = 256

const PLAIN_SCOPES = new Set(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'])
const CHAT_SCOPES = new Set(['chat', 'chat_administrators', 'chat_member'])

export const commandMethods: Methods = {
  setMyCommands: ({ state }, params) => {
    const commands = readCommands(params.json('commands'))
    const key = readScope(state, params)
    if (commands.length === 0) state.commands.remove(key)
    else state.commands.put(key, commands)
    state.changed({ type: 'commands' })
    return true
  },
  deleteMyCommands: ({ state }, params) => {
    state.commands.remove(readScope(state, params))
    state.changed({ type: 'commands' })
    return true
  },
  getMyCommands: ({ state }, params) => state.commands.get(readScope(state, params)) ?? [],

  setMyName: setProfile('name', 64),
  getMyName: ({ state }, params) => ({ name: findProfile(state, params, 'name') ?? state.options.bot.firstName }),
  setMyDescription: setProfile('description', 512),
  getMyDescription: ({ state }, params) => ({ description: findProfile(state, params, 'description') ?? '' }),
  setMyShortDescription: setProfile('short_description', 120),
  getMyShortDescription: ({ state }, params) => ({ short_description: findProfile(state, params, 'short_description') ?? '' }),

  setChatMenuButton: ({ state }, params) => {
    const button = params.json('menu_button') ?? { type: 'default' }
    const { type } = button as { type?: unknown }
    if (!['default', 'commands', 'web_app'].includes(String(type))) throw badRequest("can't parse menu button: invalid type")
    state.profile.put(menuKey(state, params), button)
    return true
  },
  getChatMenuButton: ({ state }, params) => state.profile.get(menuKey(state, params)) ?? { type: 'default' },
}

function readCommands(raw: unknown): readonly BotCommand[] {
  if (!Array.isArray(raw)) throw badRequest("can't parse commands JSON object")
  if (raw.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  return (raw as readonly Partial<BotCommand>[]).map(readCommand)
}

function readCommand(raw: Partial<BotCommand>): BotCommand {
  const command = typeof raw?.command === 'string' ? raw.command.trim().replace(/^\//, '') : ''
  const description = typeof raw?.description === 'string' ? raw.description.trim() : ''
  if (command === '') throw badRequest('command must be non-empty')
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  if (description === '') throw badRequest('command description must be non-empty')
  if (characters(description) > MAX_COMMAND_DESCRIPTION) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  return { command, description }
}

/** '<scope>|<language>', with the chat's and person's id in the scope. */
function readScope(state: State, params: Params): string {
  const raw = (params.json('scope') ?? { type: 'default' }) as Readonly<Record<string, unknown>>
  const type = String(raw['type'])
  const language = readLanguage(params)
  if (PLAIN_SCOPES.has(type)) return `${type}|${language}`
  if (!CHAT_SCOPES.has(type)) throw badRequest("can't parse BotCommandScope: unsupported type specified")
  const scope = params.within(raw)
  const chat = readChat(state, scope)
  if (type === 'chat_administrators' && chat > 0) throw badRequest("can't change commands in the chat")
  if (type !== 'chat_member') return `${type}:${chat}|${language}`
  const user = scope.integer('user_id')
  if (user === undefined || !state.people.get(user)) throw badRequest('user not found')
  return `${type}:${chat}:${user}|${language}`
}

function readLanguage(params: Params): string {
  const language = params.text('language_code') ?? ''
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified')
  return language
}

function setProfile(field: string, limit: number): Method {
  return ({ state }, params) => {
    const text = params.text(field) ?? ''
    if (characters(text) > limit) throw badRequest(`bot ${field.replaceAll('_', ' ')} is too long`)
    const key = `${field}|${readLanguage(params)}`
    if (text === '') state.profile.remove(key)
    else state.profile.put(key, text)
    return true
  }
}

function findProfile(state: State, params: Params, field: string): unknown {
  return state.profile.get(`${field}|${readLanguage(params)}`) ?? state.profile.get(`${field}|`)
}

function menuKey(state: State, params: Params): string {
  return `menu|${params.has('chat_id') ? readChat(state, params) : ''}`
}
