// Finds what Telegram itself marks in a text (commands, mentions, links) and tidies a text as Telegram stores it. Pure.

import type { MessageEntity } from 'grammy/types'

type AutoType = 'bot_command' | 'mention' | 'hashtag' | 'url' | 'email' | 'phone_number'

/** Of the punctuation from U+2000 on, an address takes joiners and dashes alone. In this order; a later find that touches an earlier one is dropped. The text before is not part of the entity. */
const PATTERNS: readonly { readonly type: AutoType; readonly pattern: RegExp }[] = [
  { type: 'url', pattern: /(?<![\p{L}\d@_.-])(?:https?:\/\/(?=[^\s/\u2000-\u200b\u200e\u200f\u2016-\u206f]*\.[\p{L}\d])[^\s<>"\u2000-\u200b\u200e\u200f\u2016-\u206f]*[^\s<>".,;:!?)\]}'\u2000-\u200b\u200e\u200f\u2016-\u206f]|(?:[a-z\d-]+\.)+(?:com|org|net|id|me|info|io|dev)(?:\/[^\s<>"]*[^\s<>".,;:!?)\]}'])?(?![\p{L}\d@]))/giu },
  { type: 'email', pattern: /(?<![\p{L}\d._%+-])[a-z\d._%+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}/giu },
  { type: 'bot_command', pattern: /(?<![\p{L}\d_/<>])\/[A-Za-z\d_]{1,64}(?:@[A-Za-z\d_]{3,32})?(?![\p{L}\d_/<>])/gu },
  { type: 'mention', pattern: /(?<![\p{L}\d_@/])@[A-Za-z\d_]{3,32}(?![\p{L}\d_])/gu },
  { type: 'hashtag', pattern: /(?<![\p{L}\d_#])#[\p{L}\d_]*\p{L}[\p{L}\d_]*/gu },
  { type: 'phone_number', pattern: /(?<![\p{L}\d+])\+\d(?:[ -]?\d){7,14}(?!\d)/gu },
]

/** Entities Telegram adds by itself, sorted, in UTF-16 units. */
export function findEntities(text: string): readonly MessageEntity[] {
  const found: MessageEntity[] = []
  for (const { type, pattern } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      if (!found.some((other) => touches(other, entity))) found.push(entity)
    }
  }
  return found.sort((a, b) => a.offset - b.offset)
}

/** The text as Telegram keeps it: no carriage returns or control characters, no space at either end; entities follow it. */
export function tidyText(
  raw: string,
  entities: readonly MessageEntity[] = [],
): { readonly text: string; readonly entities: readonly MessageEntity[] } {
  // Replaced by spaces, not removed: offsets stay.
  const flat = Array.from(raw, (char) => (char < ' ' && char !== '\n' ? ' ' : char)).join('')
  const text = flat.trim()
  const cut = flat.length - flat.trimStart().length
  const kept = entities.flatMap((entity) => {
    const start = Math.max(entity.offset - cut, 0)
    const end = Math.min(entity.offset + entity.length - cut, text.length)
    return end > start ? [{ ...entity, offset: start, length: end - start }] : []
  })
  return { text, entities: kept }
}

/** Entities the sender gave, and those Telegram finds beside them (none inside code or links). */
export function mergeEntities(text: string, given: readonly MessageEntity[]): readonly MessageEntity[] {
  const closed = given.filter((entity) => ['code', 'pre', 'text_link', 'text_mention'].includes(entity.type))
  const found = findEntities(text).filter((entity) => !closed.some((other) => touches(other, entity)))
  return [...given, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length)
}

/** Length as Telegram's limits count it: characters, not UTF-16 units. */
export function characters(text: string): number {
  return Array.from(text).length
}

function touches(a: { offset: number; length: number }, b: { offset: number; length: number }): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
