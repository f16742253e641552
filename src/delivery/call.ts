// Makes one claimed row into one call to Telegram and tells what came back. It decides nothing and stores nothing.
import { type Api, GrammyError, HttpError, InputFile } from 'grammy'
import type { Claimed } from './claim.ts'
import { findMethod } from './outgoing.ts'
import type { Outcome } from './refusal.ts'

/** Draws a named picture as PNG. @throws when there is no such picture or it can't be drawn. */
export type DrawPicture = (name: string, params: unknown) => Promise<Buffer>

/** A file as its reader gets it. */
export interface DrawnDocument {
  readonly fileName: string
  readonly content: string
}

/** Writes a named document. @throws when there is no such document or it can't be written. */
export type DrawDocument = (name: string, params: unknown) => Promise<DrawnDocument>

/** Files are named in the outbox and drawn when they are sent, so their data is read anew. */
export interface Drawing {
  readonly drawPicture: DrawPicture
  readonly drawDocument: DrawDocument
}

/** Failures before anything was written to Telegram: name lookup and connecting. */
const NEVER_REACHED = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT',
])

/** Calls Telegram once. Never throws: every way it can end is an outcome. */
export async function callTelegram(api: Pick<Api, 'raw'>, row: Claimed, drawing: Drawing): Promise<Outcome> {
  if (!row.payload) return { type: 'unsendable', reason: 'payload can not be read' }
  const traits = findMethod(row.method)
  if (!traits) return { type: 'unsendable', reason: `no such method: ${row.method}` }
  let payload: Record<string, unknown>
  try {
    payload = await withFile(row.payload, drawing)
  } catch (error) {
    return { type: 'unsendable', reason: `file: ${error instanceof Error ? error.message : 'not drawn'}` }
  }
  if (traits.addressed) payload['chat_id'] = row.chatId
  if (row.messageId !== undefined) payload['message_id'] = row.messageId
  try {
    const call = api.raw[row.method as keyof Api['raw']] as unknown as (payload: unknown) => Promise<unknown>
    return { type: 'accepted', messageId: messageIdOf(await call(payload)) }
  } catch (error) {
    return outcomeOf(error)
  }
}

async function withFile(payload: Readonly<Record<string, unknown>>, { drawDocument, drawPicture }: Drawing) {
  const { photo, document } = payload
  if (isObject(photo)) {
    const { picture, params } = photo
    if (typeof picture !== 'string') throw new Error('a photo is named as { picture, params }')
    return { ...payload, photo: new InputFile(await drawPicture(picture, params), `${picture}.png`) }
  }
  if (isObject(document)) {
    const { document: name, params } = document
    if (typeof name !== 'string') throw new Error('a document is named as { document, params }')
    const { content, fileName } = await drawDocument(name, params)
    return { ...payload, document: new InputFile(Buffer.from(content), fileName) }
  }
  return { ...payload }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function messageIdOf(result: unknown): number | undefined {
  const { message_id } = (typeof result === 'object' && result !== null ? result : {}) as { message_id?: unknown }
  return typeof message_id === 'number' ? message_id : undefined
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof GrammyError) {
    return {
      type: 'refused',
      code: error.error_code,
      description: error.description,
      retryAfter: error.parameters.retry_after,
      migrateToChatId: error.parameters.migrate_to_chat_id,
    }
  }
  // Only the code is kept: messages of network errors quote the address, and the address holds the bot's token.
  const code = networkCode(error instanceof HttpError ? error.error : error)
  return { type: 'unanswered', reached: !NEVER_REACHED.has(code), reason: `network ${code}` }
}

function networkCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 3; at = at.cause, depth += 1) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code)) return code
  }
  return error instanceof Error && /timed out/.test(error.message) ? 'TIMEOUT' : 'FAILED'
}
