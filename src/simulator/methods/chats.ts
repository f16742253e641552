// Methods about the bot itself, chats and their members.

import { apiChat, apiUser } from '../messages.ts'
import { apiMember, membershipChange } from '../people.ts'
import { badRequest } from '../refusal.ts'
import { readChat } from './targets.ts'
import type { Methods } from './method.ts'

export const chatMethods: Methods = {
  getMe: ({ state }) => ({
    ...state.bot,
    can_join_groups: true,
    can_read_all_group_messages: state.options.privacyMode === false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  }),
  getChat: ({ state }, params) => {
    const chatId = readChat(state, params)
    return { ...apiChat(state, chatId), accent_color_id: 0, max_reaction_count: 11, accepted_gift_types: {} }
  },
  getChatMember: ({ state }, params) => {
    const chatId = readChat(state, params)
    const user = params.integer('user_id')
    const group = state.groups.get(chatId)
    if (user === state.bot.id) return apiMember(state.bot, group?.bot ?? 'member')
    if (user === undefined || !state.people.get(user)) throw badRequest('user not found')
    const belongs = group ? group.members.includes(user) : user === chatId
    return apiMember(apiUser(state, user), belongs ? 'member' : 'left')
  },
  getChatMemberCount: ({ state }, params) => {
    const chatId = readChat(state, params)
    return (state.groups.get(chatId)?.members.length ?? 1) + 1
  },
  leaveChat: ({ state }, params) => {
    const chatId = readChat(state, params)
    const group = state.groups.get(chatId)
    if (!group) throw badRequest("chat member status can't be changed in private chats")
    state.groups.put(chatId, { ...group, bot: 'left' })
    state.queue.push('my_chat_member', membershipChange(state, chatId, 'bot', group.bot, 'left'))
    state.changed({ type: 'chat', chatId })
    return true
  },
  logOut: () => true,
  close: () => true,
}
