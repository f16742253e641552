// Where an update comes from. Pure.
import type { Chat, Update, User } from 'grammy/types'

/** Whoever wrote or tapped. */
export function senderOf(update: Update): User | undefined {
  return update.message?.from ?? update.edited_message?.from ?? update.callback_query?.from
}

export function chatOf(update: Update): Chat | undefined {
  return update.message?.chat ?? update.edited_message?.chat ?? update.callback_query?.message?.chat
}

/** In whose queue an update stands: those of one person, wherever she writes, are applied one after the other in the order of their ids. */
export function queueOf(update: Update): number {
  return senderOf(update)?.id ?? update.my_chat_member?.from.id ?? chatOf(update)?.id ?? 0
}
