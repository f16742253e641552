// The two keyboards of a chat: buttons under a message, and the menu of large buttons below the text field.
import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types'

export type InlineButton = InlineKeyboardButton
export type InlineKeyboard = readonly (readonly InlineButton[])[]

export function inlineMarkup(rows: InlineKeyboard): InlineKeyboardMarkup {
  return { inline_keyboard: rows.filter((row) => row.length > 0).map((row) => [...row]) }
}

/** Puts buttons into rows of `width`. */
export function inRows<T>(buttons: readonly T[], width: number): T[][] {
  const rows: T[][] = []
  for (let at = 0; at < buttons.length; at += width) rows.push(buttons.slice(at, at + width))
  return rows
}

/** A menu that stays open until it is replaced. */
export function menuMarkup(labels: readonly string[], placeholder: string): ReplyKeyboardMarkup {
  return {
    keyboard: inRows(labels.map((text) => ({ text })), 2),
    is_persistent: true,
    resize_keyboard: true,
    input_field_placeholder: placeholder,
  }
}

/** Large buttons with one that shares the person's own phone number. */
export function contactMarkup(share: string, others: readonly string[]): ReplyKeyboardMarkup {
  return {
    keyboard: [[{ text: share, request_contact: true }], ...inRows(others.map((text) => ({ text })), 2)],
    resize_keyboard: true,
    one_time_keyboard: true,
  }
}
