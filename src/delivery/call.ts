// Makes one claimed row into one call to Telegram and tells what came back. It decides nothing and stores nothing.
import { type Api, GrammyError, HttpError } from 'grammy'
import { albumCall } from './album.ts'
import type { Claimed } from './claim.ts'
import { type Drawing, withDrawnFile, withFetchedFiles } from './files.ts'
import { findMethod } from './outgoing.ts'
import type { Outcome } from './refusal.ts'

/** Failures before anything was written to Telegram: name lookup and connecting. */
const NEVER_REACHED = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT',
])

/** Calls Telegram once. Never throws: every way it can end is an outcome. */
export async function callTelegram(api: Pick<Api, 'raw'>, row: Claimed, drawing: Drawing): Promise<Outcome> {
  if (!row.payload) return { type: 'unsendable', reason: 'payload can not be read' }
  const traits = findMethod(row.method)
  if (!traits) return { type: 'unsendable', reason: `no such method: ${row.method}` }
  const asked = row.method === 'sendMediaGroup' ? albumCall(row.payload) : { method: row.method, payload: row.payload }
  if (!asked) return { type: 'unsendable', reason: 'album can not be read' }
  let named: Readonly<Record<string, unknown>>
  try {
    named = await withDrawnFile(asked.payload, drawing)
  } catch (error) {
    return { type: 'unsendable', reason: `file: ${error instanceof Error ? error.message : 'not drawn'}` }
  }
  let payload: Record<string, unknown>
  try {
    payload = { ...(await withFetchedFiles(named, drawing.fetchFile)) }
  } catch (error) {
    const outcome = outcomeOf(error)
    // Whatever became of the fetching, nothing was sent to the chat.
    return outcome.type === 'unanswered' ? { ...outcome, reached: false } : outcome
  }
  if (traits.addressed) payload['chat_id'] = row.chatId
  if (row.messageId !== undefined) payload['message_id'] = row.messageId
  try {
    const call = api.raw[asked.method as keyof Api['raw']] as unknown as (payload: unknown) => Promise<unknown>
    return accepted(await call(payload))
  } catch (error) {
    return outcomeOf(error)
  }
}

/** What came is one message, several of an album, or no message at all. */
function accepted(result: unknown): Outcome {
  if (!Array.isArray(result)) return { type: 'accepted', messageId: messageIdOf(result) }
  const messageIds = result.flatMap((one: unknown) => messageIdOf(one) ?? [])
  // Of an album the row keeps the last message: what comes after it is newer than all of them.
  return { type: 'accepted', messageId: messageIds.at(-1), messageIds }
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
