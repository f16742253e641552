// Reads a text or caption with its parse mode or entities, within Telegram's limits.

import type { MessageEntity } from 'grammy/types'
import { characters, mergeEntities, tidyText } from '../entities.ts'
import { parseHtml } from '../html.ts'
import { apiUser } from '../messages.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../params.ts'
import type { State } from '../state.ts'

export interface FormattedText {
  readonly text: string
  readonly entities: readonly MessageEntity[]
}

const MAX_TEXT = 4096
const MAX_CAPTION = 1024

/** The text of a message, 1-4096 characters after parsing. `tooLong`: the words for a longer one. */
export function readText(state: State, params: Params, tooLong: string): FormattedText {
  const read = readFormatted(state, params, params.text('text') ?? '', 'entities')
  if (read.text === '') throw badRequest('message text is empty')
  if (characters(read.text) > MAX_TEXT) throw badRequest(tooLong)
  return read
}

/** The caption of a file, at most 1024 characters after parsing; empty when there is none. */
export function readCaption(state: State, params: Params, tooLong: string): FormattedText {
  const read = readFormatted(state, params, params.text('caption') ?? '', 'caption_entities')
  if (characters(read.text) > MAX_CAPTION) throw badRequest(tooLong)
  return read
}

function readFormatted(state: State, params: Params, source: string, entitiesName: string): FormattedText {
  const mode = (params.text('parse_mode') ?? '').toLowerCase()
  // Telegram knows two Markdowns beside HTML; the clinic's texts are HTML, so they are refused here.
  if (mode !== '' && mode !== 'none' && mode !== 'html') throw badRequest('unsupported parse_mode')
  const parsed = mode === 'html' ? parseHtml(source) : { type: 'parsed' as const, text: source, entities: readEntities(params, entitiesName) }
  if (parsed.type === 'refused') throw badRequest(`can't parse entities: ${parsed.reason}`)
  const tidy = tidyText(parsed.text, parsed.entities.flatMap((entity) => resolveLink(state, entity)))
  return { text: tidy.text, entities: mergeEntities(tidy.text, tidy.entities) }
}

function readEntities(params: Params, name: string): readonly MessageEntity[] {
  const raw = params.json(name) ?? []
  if (!Array.isArray(raw)) throw badRequest("can't parse entities JSON object")
  for (const entity of raw as readonly Partial<MessageEntity>[]) {
    if (typeof entity?.type !== 'string' || typeof entity.offset !== 'number' || typeof entity.length !== 'number') {
      throw badRequest("can't parse entities: Can't parse MessageEntity")
    }
  }
  return raw as readonly MessageEntity[]
}

/** A link to a person is a mention; one that is no link at all is plain text. */
function resolveLink(state: State, entity: MessageEntity): readonly MessageEntity[] {
  if (entity.type !== 'text_link') return [entity]
  const mentioned = /^tg:\/\/user\?id=(\d+)$/.exec(entity.url)
  if (mentioned) {
    const id = Number(mentioned[1])
    const { offset, length } = entity
    return state.people.get(id)?.knownToBot ? [{ type: 'text_mention', offset, length, user: apiUser(state, id) }] : []
  }
  const isLink = /^(?:(?:https?:\/\/)?[^\s/:]+\.[^\s/:.]+(?:[:/?#]\S*)?|(?:tg|ton):\/\/\S+)$/i.test(entity.url)
  return isLink ? [entity] : []
}
