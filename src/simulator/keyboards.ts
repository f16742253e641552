// Checks the one reply_markup of a request as Telegram does and names its kind. Pure.

import type { InlineKeyboardButton, KeyboardButton } from 'grammy/types'
import { characters } from './entities.ts'
import { badRequest } from './refusal.ts'

export type ReplyMarkup =
  | { readonly type: 'inline'; readonly rows: readonly (readonly InlineKeyboardButton[])[] }
  | {
      readonly type: 'keyboard'
      readonly rows: readonly (readonly KeyboardButton[])[]
      readonly isPersistent: boolean
      readonly oneTime: boolean
      readonly resize: boolean
      readonly selective: boolean
      readonly placeholder: string | undefined
    }
  | { readonly type: 'remove'; readonly selective: boolean }
  | { readonly type: 'force-reply' }

type Fields = Readonly<Record<string, unknown>>

const MAX_INLINE_BUTTONS = 100
const INLINE_TYPES = [
  'url', 'callback_data', 'web_app', 'login_url', 'switch_inline_query', 'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat', 'copy_text', 'callback_game', 'pay',
]
const KEYBOARD_TYPES = [
  'request_users', 'request_chat', 'request_managed_bot', 'request_contact', 'request_location', 'request_poll', 'web_app',
]
const PRIVATE_ONLY = new Map([
  ['request_contact', "phone number can be requested in private chats only"],
  ['request_location', 'location can be requested in private chats only'],
  ['web_app', 'BUTTON_TYPE_INVALID'],
])
const STYLES: ReadonlySet<unknown> = new Set(['danger', 'success', 'primary'])

/** Reads a reply_markup; undefined when there is none. Throws the Refusal Telegram gives. */
export function readReplyMarkup(raw: unknown, chat: { readonly isPrivate: boolean }): ReplyMarkup | undefined {
  if (raw === undefined || raw === null) return undefined
  if (!isObject(raw)) throw badRequest('object expected as reply markup')
  if ('inline_keyboard' in raw) return readInline(raw)
  if ('keyboard' in raw) return readKeyboard(raw, chat)
  if (raw['remove_keyboard'] === true) return { type: 'remove', selective: raw['selective'] === true }
  if (raw['force_reply'] === true) {
    readPlaceholder(raw)
    return { type: 'force-reply' }
  }
  return undefined
}

/** Reads the markup of an edit, where an inline keyboard alone fits. */
export function readInlineMarkup(raw: unknown): readonly (readonly InlineKeyboardButton[])[] | undefined {
  const markup = readReplyMarkup(raw, { isPrivate: true })
  if (markup && markup.type !== 'inline') throw badRequest('inline keyboard expected')
  return markup?.rows
}

function readInline(raw: Fields): ReplyMarkup | undefined {
  const rows = readRows(raw['inline_keyboard'], 'inline_keyboard', 'InlineKeyboardMarkup')
    .map((row) => row.map(readInlineButton))
    .filter((row) => row.length > 0)
  if (rows.flat().length > MAX_INLINE_BUTTONS) throw badRequest('REPLY_MARKUP_TOO_LONG')
  return rows.length === 0 ? undefined : { type: 'inline', rows }
}

function readInlineButton(raw: unknown): InlineKeyboardButton {
  const trouble = (reason: string) => badRequest(`can't parse inline keyboard button: ${reason}`)
  if (!isObject(raw)) throw trouble('InlineKeyboardButton must be an Object')
  if (typeof raw['text'] !== 'string') throw trouble('Can\'t find field "text"')
  if (raw['text'].trim() === '') throw badRequest('inline keyboard button text must be non-empty')
  checkStyle(raw)
  const types = INLINE_TYPES.filter((type) => raw[type] !== undefined)
  if (types.length === 0) throw trouble('Text buttons are unallowed in the inline keyboard')
  if (types.length > 1) throw badRequest('BUTTON_TYPE_INVALID')
  if (types[0] === 'callback_data') checkCallbackData(raw['callback_data'])
  if (types[0] === 'url') checkUrl(raw['url'])
  if (types[0] === 'copy_text') checkCopyText(raw['copy_text'])
  return raw as unknown as InlineKeyboardButton
}

function checkCallbackData(data: unknown): void {
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0
  if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID')
}

function checkCopyText(raw: unknown): void {
  const text = isObject(raw) ? raw['text'] : undefined
  if (typeof text !== 'string' || text.length < 1 || text.length > 256) throw badRequest('BUTTON_COPY_TEXT_INVALID')
}

function checkUrl(url: unknown): void {
  const text = String(url)
  const link = /^[a-z]+:/i.test(text) ? text : `http://${text}`
  // Telegram's own rule: a host without a dot ('localhost') is no web address.
  const known = /^(?:https?:\/\/[^\s/?#:]+\.[^\s/?#:.]+(?::\d+)?(?:[/?#]\S*)?|(?:tg|ton):\/\/\S+)$/i.test(link)
  if (!known) throw badRequest(`inline keyboard button URL '${text}' is invalid: Wrong HTTP URL`)
}

function readKeyboard(raw: Fields, chat: { readonly isPrivate: boolean }): ReplyMarkup | undefined {
  const rows = readRows(raw['keyboard'], 'keyboard', 'ReplyKeyboardMarkup')
    .map((row) => row.map((button) => readKeyboardButton(button, chat)))
    .filter((row) => row.length > 0)
  const placeholder = readPlaceholder(raw)
  if (rows.length === 0) return undefined
  return {
    type: 'keyboard',
    rows,
    isPersistent: raw['is_persistent'] === true,
    oneTime: raw['one_time_keyboard'] === true,
    resize: raw['resize_keyboard'] === true,
    selective: raw['selective'] === true,
    placeholder,
  }
}

function readKeyboardButton(raw: unknown, chat: { readonly isPrivate: boolean }): KeyboardButton {
  const button = typeof raw === 'string' ? { text: raw } : raw
  const trouble = (reason: string) => badRequest(`can't parse keyboard button: ${reason}`)
  if (!isObject(button)) throw trouble('KeyboardButton must be a String or an Object')
  if (typeof button['text'] !== 'string') throw trouble('Can\'t find field "text"')
  if (button['text'].trim() === '') throw badRequest('keyboard button text must be non-empty')
  checkStyle(button)
  const types = KEYBOARD_TYPES.filter((type) => button[type] !== undefined && button[type] !== false)
  if (types.length > 1) throw badRequest('BUTTON_TYPE_INVALID')
  if (types[0] !== undefined && !chat.isPrivate) throw badRequest(PRIVATE_ONLY.get(types[0]) ?? 'BUTTON_TYPE_INVALID')
  return button as unknown as KeyboardButton
}

function checkStyle(button: Fields): void {
  const style = button['style']
  if (style !== undefined && !STYLES.has(style)) throw badRequest('invalid button style specified')
}

function readPlaceholder(raw: Fields): string | undefined {
  const placeholder = raw['input_field_placeholder']
  if (placeholder === undefined || placeholder === '') return undefined
  if (typeof placeholder !== 'string' || characters(placeholder) > 64) throw badRequest('INPUT_FIELD_PLACEHOLDER_INVALID')
  return placeholder
}

function readRows(raw: unknown, field: string, owner: string): readonly (readonly unknown[])[] {
  if (!Array.isArray(raw)) throw badRequest(`field "${field}" of the ${owner} must be an Array`)
  if (raw.some((row) => !Array.isArray(row))) throw badRequest(`field "${field}" of the ${owner} must be an Array of Arrays`)
  return raw as readonly (readonly unknown[])[]
}

function isObject(raw: unknown): raw is Fields {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}
