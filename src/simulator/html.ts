// Reads Telegram's HTML: text and entities, or the refusal Telegram words, with its byte offset. Pure.
// Rules as in the Bot API's "HTML style" section and its open-source server.

import type { MessageEntity } from 'grammy/types'

export type HtmlOutcome =
  | { readonly type: 'parsed'; readonly text: string; readonly entities: readonly MessageEntity[] }
  | { readonly type: 'refused'; readonly reason: string }

interface OpenTag {
  readonly tag: string
  readonly argument: string
  /** Where its text begins, UTF-16 units. */
  readonly offset: number
}

const SIMPLE = new Map<string, MessageEntity['type']>([
  ['b', 'bold'], ['strong', 'bold'],
  ['i', 'italic'], ['em', 'italic'],
  ['u', 'underline'], ['ins', 'underline'],
  ['s', 'strikethrough'], ['strike', 'strikethrough'], ['del', 'strikethrough'],
  ['span', 'spoiler'], ['tg-spoiler', 'spoiler'],
])
const TAGS = new Set([...SIMPLE.keys(), 'a', 'code', 'pre', 'blockquote', 'tg-emoji', 'tg-time'])
const NAMED = new Map([['lt', '<'], ['gt', '>'], ['amp', '&'], ['quot', '"']])
const SPACE = /[ \t\r\n\0\v]/

class HtmlError extends Error {}

/** Parses a text sent with `parse_mode` HTML. Offsets in entities are UTF-16 units, in refusals UTF-8 bytes. */
export function parseHtml(source: string): HtmlOutcome {
  try {
    return { type: 'parsed', ...parse(source) }
  } catch (error) {
    if (error instanceof HtmlError) return { type: 'refused', reason: error.message }
    throw error
  }
}

function parse(source: string): { text: string; entities: MessageEntity[] } {
  const open: OpenTag[] = []
  const entities: MessageEntity[] = []
  let text = ''
  let at = 0
  while (at < source.length) {
    const char = source[at]!
    if (char === '&') {
      const reference = readReference(source, at)
      text += reference?.text ?? char
      at = reference?.end ?? at + 1
    } else if (char !== '<') {
      text += char
      at += 1
    } else if (source[at + 1] === '/') {
      at = closeTag(source, at, text, open, entities)
    } else {
      const opened = openTag(source, at)
      open.push({ tag: opened.tag, argument: opened.argument, offset: text.length })
      at = opened.end
    }
  }
  const unclosed = open.at(-1)
  if (unclosed) throw new HtmlError(`Can't find end tag corresponding to start tag "${unclosed.tag}"`)
  const settled = entities.map((e): MessageEntity => (e.type === 'code' ? { type: 'code', offset: e.offset, length: e.length } : e))
  return { text, entities: settled.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}

function openTag(source: string, start: number): { tag: string; argument: string; end: number } {
  const where = () => `at byte offset ${byteOffset(source, start)}`
  let at = start + 1
  while (at < source.length && !SPACE.test(source[at]!) && source[at] !== '>') at += 1
  if (at >= source.length) throw new HtmlError(`Unclosed start tag ${where()}`)
  const tag = source.slice(start + 1, at).toLowerCase()
  if (!TAGS.has(tag)) throw new HtmlError(`Unsupported start tag "${tag}" ${where()}`)

  let argument = ''
  for (;;) {
    at = skipSpace(source, at)
    if (source[at] === '>') break
    const nameStart = at
    while (at < source.length && !SPACE.test(source[at]!) && !'=>/"\''.includes(source[at]!)) at += 1
    const name = source.slice(nameStart, at)
    if (at >= source.length) throw new HtmlError(`Unclosed start tag "${tag}" ${where()}`)
    if (name === '') throw new HtmlError(`Empty attribute name in the tag "${tag}" ${where()}`)
    at = skipSpace(source, at)
    let value = ''
    if (source[at] === '=') {
      const read = readValue(source, skipSpace(source, at + 1))
      value = read.value
      at = read.end
      if (at >= source.length) throw new HtmlError(`Unclosed start tag ${where()}`)
    }
    argument = argumentOf(tag, name.toLowerCase(), value) ?? argument
  }
  if (tag === 'span' && argument !== 'spoiler') throw new HtmlError(`Tag "span" must have class "tg-spoiler" ${where()}`)
  return { tag, argument, end: at + 1 }
}

function readValue(source: string, start: number): { value: string; end: number } {
  const quote = source[start]
  if (quote !== '"' && quote !== "'") {
    const token = /^[A-Za-z0-9.-]*/.exec(source.slice(start))![0]
    const end = start + token.length
    if (end < source.length && !SPACE.test(source[end]!) && source[end] !== '>') {
      throw new HtmlError(`Unexpected end of name token at byte offset ${byteOffset(source, start)}`)
    }
    return { value: token.toLowerCase(), end }
  }
  let value = ''
  let at = start + 1
  while (at < source.length && source[at] !== quote) {
    const reference = source[at] === '&' ? readReference(source, at) : undefined
    value += reference?.text ?? source[at]!
    at = reference?.end ?? at + 1
  }
  return { value, end: at + 1 }
}

function argumentOf(tag: string, name: string, value: string): string | undefined {
  if (tag === 'a' && name === 'href') return value
  if (tag === 'code' && name === 'class' && value.startsWith('language-')) return value.slice('language-'.length)
  if (tag === 'span' && name === 'class' && value.startsWith('tg-')) return value.slice('tg-'.length)
  if (tag === 'tg-emoji' && name === 'emoji-id') return value
  if (tag === 'tg-time' && name === 'unix') return value
  if (tag === 'blockquote' && name === 'expandable') return 'expandable'
  return undefined
}

function closeTag(source: string, start: number, text: string, open: OpenTag[], entities: MessageEntity[]): number {
  const where = `at byte offset ${byteOffset(source, start)}`
  const last = open.pop()
  if (!last) throw new HtmlError(`Unexpected end tag ${where}`)
  let at = start + 2
  while (at < source.length && !SPACE.test(source[at]!) && source[at] !== '>') at += 1
  const name = source.slice(start + 2, at).toLowerCase()
  at = skipSpace(source, at)
  if (source[at] !== '>') throw new HtmlError(`Unclosed end tag ${where}`)
  if (name !== '' && name !== last.tag) {
    throw new HtmlError(`Unmatched end tag ${where}, expected "</${last.tag}>", found "</${name}>"`)
  }
  if (text.length > last.offset) addEntity(last, text, entities)
  return at + 1
}

function addEntity({ tag, argument, offset }: OpenTag, text: string, entities: MessageEntity[]): void {
  const span = { offset, length: text.length - offset }
  const simple = SIMPLE.get(tag)
  if (simple) entities.push({ type: simple, ...span } as MessageEntity)
  else if (tag === 'blockquote') entities.push({ type: argument ? 'expandable_blockquote' : 'blockquote', ...span })
  else if (tag === 'a') entities.push({ type: 'text_link', ...span, url: argument || text.slice(offset) })
  else if (tag === 'tg-emoji') entities.push({ type: 'custom_emoji', ...span, custom_emoji_id: argument })
  else if (tag === 'tg-time') entities.push({ type: 'date_time', ...span, unix_time: Number(argument) } as MessageEntity)
  else if (tag === 'code') entities.push(codeEntity(span, argument))
  else entities.push(preEntity(span, entities))
}

/** A language on `code` matters inside `pre` alone; it rides along until `preEntity` takes it. */
function codeEntity(span: { offset: number; length: number }, language: string): MessageEntity {
  return { type: 'code', ...span, ...(language && { language }) }
}

/** `<pre><code class="language-x">` is one entity with a language. */
function preEntity(span: { offset: number; length: number }, entities: MessageEntity[]): MessageEntity {
  const inner = entities.at(-1)
  const whole = inner?.type === 'code' && inner.offset === span.offset && inner.length === span.length
  if (!whole) return { type: 'pre', ...span }
  entities.pop()
  return { ...inner, type: 'pre' }
}

function readReference(source: string, start: number): { text: string; end: number } | undefined {
  const found = /^&(?:#x([0-9a-f]{1,7})|#(\d{1,8})|([a-z]+));?/i.exec(source.slice(start, start + 16))
  if (!found) return undefined
  const [whole, hex, decimal, name] = found
  const end = start + whole.length
  if (name !== undefined) {
    const named = NAMED.get(name)
    return named === undefined ? undefined : { text: named, end }
  }
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  return code === 0 || code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), end }
}

function skipSpace(source: string, start: number): number {
  let at = start
  while (at < source.length && SPACE.test(source[at]!)) at += 1
  return at
}

function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index))
}
