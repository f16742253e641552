// Turns a message into the input of a form's turn, and tells whether it was written before its question could be seen.
import type { Message } from 'grammy/types'
import type { TurnInput } from '../conversation/turn.ts'
import { SEND_LEASE_MS } from '../delivery/dispatcher.ts'
import type { OpenConversation } from './conversation-store.ts'

export function toInput(message: Message, asked: OpenConversation): TurnInput {
  const { caption, contact, message_id: messageId, photo, text, voice } = message
  if (text !== undefined) return { type: 'text', text, messageId, ...(isEarly(message, asked) && { early: true }) }
  if (contact) return { type: 'contact', phone: toE164(contact.phone_number), own: contact.user_id === message.from?.id }
  // The last size is the largest (Bot API, PhotoSize).
  const largest = photo?.at(-1)
  if (largest) return { type: 'photo', fileId: largest.file_id, ...(caption && { caption }) }
  return voice ? { type: 'voice', fileId: voice.file_id } : { type: 'other' }
}

/**
 * Whether she wrote this before the current question reached her. Message ids of a private chat rise with time, so they are
 * compared where the question has one; while it is being sent, Telegram's date (whole seconds) is compared with the moment it left.
 */
function isEarly(message: Message, asked: OpenConversation): boolean {
  switch (asked.asked_state) {
    case 'queued':
      return true
    case 'sending':
      return message.date * 1000 < (asked.asked_lease_until ?? 0) - SEND_LEASE_MS
    case 'sent':
      return asked.asked_message_id !== null && message.message_id < asked.asked_message_id
    default:
      return false
  }
}

/** Telegram gives shared numbers as digits of the international number, with or without a plus. */
function toE164(number: string): string {
  return `+${number.replace(/\D/g, '')}`
}
