// Puts Telegram calls into the outbox, inside the transaction whose facts they report. It sends nothing;
// dispatcher.ts does, after the commit.
import { CompiledQuery } from 'kysely'
import type { OutboxState } from '../storage/schema.ts'
import { engineOf, type Tx } from '../storage/database.ts'
import { findMethod, type Lane, type OutgoingMethod, SENDING_METHODS } from './outgoing.ts'

/** Work to do in the transaction that settles a call as sent. `version` says how to read `data`. */
export interface OnSent {
  readonly name: string
  readonly version: number
  readonly data: unknown
}

/** One Telegram call that a transaction asks for; it is sent after the commit. */
export interface OutgoingCall {
  readonly chatId: number
  readonly method: OutgoingMethod
  /**
   * Parameters as Telegram names them, without `chat_id`. A file is named: `{ photo: { picture, params } }`, `{ document: { document, params } }`,
   * stands ready: `{ photo: { media } }`, `{ voice: { media } }`, or is fetched: `{ document: { refile: fileId, fileName } }`.
   */
  readonly payload: Readonly<Record<string, unknown>>
  /** Default `reply`. A call with a `targetId` always goes in its target's lane, so that it comes after it. */
  readonly lane?: Lane | undefined
  /** Outbox row whose message is meant by an edit or deletion; its `message_id` is filled in when sent. */
  readonly targetId?: number | undefined
  /** For `editMessageText`: becomes a new message when the edited one is no longer the newest of the chat. */
  readonly editOrSend?: boolean | undefined
  /** For `editOrSend`: the highest id of a message that came in from the chat, as far as the caller knows. */
  readonly newestIncoming?: number | undefined
  /** Waiting questions with the same key collapse into the newest one: see `supersedePrompts`. */
  readonly promptKey?: string | undefined
  /** Of an album: one for each of its parts, in order. */
  readonly onSent?: OnSent | readonly (OnSent | null)[] | undefined
  /** Not before this instant, ms UTC. Until then it holds up nothing behind it. */
  readonly notBefore?: number | undefined
  /** What has not left by this instant (ms UTC) would come too late: it becomes `superseded`. */
  readonly notAfter?: number | undefined
}

/** Under this name a payload carries what `editOrSend` needs when sent; Telegram's own names have no capitals. */
export const EDIT_OR_SEND = 'editOrSend'

/** Likewise for `notAfter`. */
export const NOT_AFTER = 'notAfter'

/** What an edit of a text replaces altogether, also when it names nothing in its place. */
const CONTENT = ['text', 'entities', 'parse_mode', 'link_preview_options', 'reply_markup']

/** Likewise what an edit of the words under a file replaces. */
const UNDER_FILE = ['caption', 'caption_entities', 'parse_mode', 'reply_markup']

interface TargetRow {
  readonly chat_id: number
  readonly lane: string
  readonly method: string
  readonly payload: string | null
  readonly state: OutboxState
  readonly next_at: number
}

/**
 * Writes a call into the outbox; nothing is sent before the transaction commits.
 * A change to a message that has not left yet is made in the waiting row itself, and that row's id is returned.
 * A change to a message that never came to be is kept as `superseded`.
 * @param now ms UTC.
 * @returns the id of the row that carries the call, usable as `targetId`.
 * @throws when `targetId` names a row that is not there.
 */
export async function enqueue(tx: Tx, call: OutgoingCall, now: number): Promise<number> {
  if (call.targetId === undefined) return insert(tx, call, 'queued', call.lane ?? 'reply', call.notBefore ?? now, now)
  const target = await getTarget(tx, call.targetId)
  if (target.state === 'queued' && (await mergeInto(tx, call.targetId, target, call, now))) return call.targetId
  const gone = target.state === 'superseded' || target.state === 'dead' || target.state === 'unknown'
  const state = gone && !call.editOrSend ? 'superseded' : 'queued'
  const waits = target.state === 'queued' ? target.next_at : now
  return insert(tx, call, state, target.lane, Math.max(call.notBefore ?? now, waits), now)
}

/**
 * Takes back the chat's waiting questions with this key, because a newer one replaces them.
 * What is being sent at this moment stays.
 * @param now ms UTC.
 */
export async function supersedePrompts(tx: Tx, chatId: number, promptKey: string, now: number): Promise<void> {
  await tx.executeQuery(
    CompiledQuery.raw(
      `update outbox set state = 'superseded', settled_at = ?
       where lane in ('reply', 'bulk', 'setup') and chat_id = ? and state in ('queued', 'sending')
         and state = 'queued' and prompt_key = ?`,
      [now, chatId, promptKey],
    ),
  )
}

/** Telegram's id of the message that a row brought, or changes; undefined while that is not known. */
export async function findMessageOf(tx: Tx, id: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom('outbox')
    .leftJoin('outbox as target', 'target.id', 'outbox.target_id')
    .select(['outbox.message_id', 'target.message_id as target_message_id'])
    .where('outbox.id', '=', id)
    .executeTakeFirst()
  return row?.message_id ?? row?.target_message_id ?? undefined
}

/** Whether nothing newer than this message was sent to the chat, or waits to be. */
export async function isNewestSent(tx: Tx, chatId: number, messageId: number): Promise<boolean> {
  const newer = await tx
    .selectFrom('outbox')
    .select('id')
    .where('chat_id', '=', chatId)
    .where('method', 'in', SENDING_METHODS)
    .where((e) => e.or([e('message_id', '>', messageId), e('state', 'in', ['queued', 'sending'])]))
    .limit(1)
    .executeTakeFirst()
  return newer === undefined
}

/** Whether a message with this key was written for the chat after an instant (ms UTC). */
export async function wasEnqueuedSince(tx: Tx, chatId: number, promptKey: string, since: number): Promise<boolean> {
  const row = await tx
    .selectFrom('outbox')
    .select('id')
    .where('chat_id', '=', chatId)
    .where('prompt_key', '=', promptKey)
    .where('created_at', '>', since)
    // In words the indexes know.
    .where((e) => e.or([e('message_id', 'is not', null), e.and([e('lane', 'in', ['reply', 'bulk', 'setup']), e('state', 'in', ['queued', 'sending'])])]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** How many calls wait (`queued`, `sending`), and how many dead letters lie there (`dead`, `unknown`). */
export async function countOutbox(tx: Tx): Promise<Record<'queued' | 'sending' | 'dead' | 'unknown', number>> {
  const counts = { queued: 0, sending: 0, dead: 0, unknown: 0 }
  const { rows } = await tx.executeQuery<{ state: keyof typeof counts; rows: number }>(
    CompiledQuery.raw(
      `select state, count(*) as rows from outbox where state in ('queued', 'sending') group by state
       union all select state, count(*) as rows from outbox where state in ('dead', 'unknown') group by state`,
    ),
  )
  for (const row of rows) counts[row.state] = row.rows
  return counts
}

const INSERT = `insert into outbox
    (chat_id, lane, method, payload, target_id, prompt_key, state, next_at, on_sent, created_at, settled_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
/** SQLite knows the id of a new row anyway, and takes half as long again to return it as a result. */
const INSERT_BY = { sqlite: INSERT, postgres: `${INSERT} returning id` }

async function insert(tx: Tx, call: OutgoingCall, state: OutboxState, lane: string, at: number, now: number) {
  const payload = {
    ...call.payload,
    ...(call.editOrSend && { [EDIT_OR_SEND]: { newestIncoming: call.newestIncoming ?? 0 } }),
    ...(call.notAfter !== undefined && { [NOT_AFTER]: call.notAfter }),
  }
  const { insertId, rows } = await tx.executeQuery<{ id: number }>(
    CompiledQuery.raw(INSERT_BY[engineOf(tx)], [
      call.chatId,
      lane,
      call.method,
      JSON.stringify(payload),
      call.targetId ?? null,
      call.promptKey ?? null,
      state,
      at,
      call.onSent ? JSON.stringify(call.onSent) : null,
      now,
      state === 'superseded' ? now : null,
    ]),
  )
  return rows[0]?.id ?? Number(insertId)
}

async function getTarget(tx: Tx, id: number): Promise<TargetRow> {
  const { rows } = await tx.executeQuery<TargetRow>(
    CompiledQuery.raw('select chat_id, lane, method, payload, state, next_at from outbox where id = ?', [id]),
  )
  if (!rows[0]) throw new Error(`Outbox row ${id} is not there: pass the id that enqueue returned as targetId.`)
  return rows[0]
}

async function hasNewerWaiting(tx: Tx, id: number, { lane, chat_id }: TargetRow): Promise<boolean> {
  const { rows } = await tx.executeQuery(
    CompiledQuery.raw(
      `select 1 from outbox where lane = ? and chat_id = ? and state in ('queued', 'sending') and id > ? limit 1`,
      [lane, chat_id, id],
    ),
  )
  return rows.length > 0
}

/** Makes the change in the waiting row when that says the same as sending both; answers whether it did. */
async function mergeInto(tx: Tx, id: number, target: TargetRow, call: OutgoingCall, now: number): Promise<boolean> {
  if (call.onSent) return false
  if (call.method === 'deleteMessage') {
    const { numUpdatedRows } = await tx
      .updateTable('outbox')
      .set({ state: 'superseded', settled_at: now })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .where('method', 'in', SENDING_METHODS)
      .executeTakeFirstOrThrow()
    return numUpdatedRows === 1n
  }
  // With something newer behind it, the new content belongs at the end of the chat, not in the old place.
  if (call.editOrSend && (await hasNewerWaiting(tx, id, target))) return false
  const merged = mergedPayload(target, call)
  if (!merged) return false
  // Where several processes work it may have left since it was read.
  const { numAffectedRows } = await tx.executeQuery(
    CompiledQuery.raw(`update outbox set payload = ? where id = ? and state = 'queued'`, [JSON.stringify(merged), id]),
  )
  return numAffectedRows === 1n
}

function mergedPayload(target: TargetRow, call: OutgoingCall): Record<string, unknown> | undefined {
  if (target.payload === null) return undefined
  const before = JSON.parse(target.payload) as Record<string, unknown>
  if (call.method === 'editMessageReplyMarkup') return { ...before, reply_markup: call.payload['reply_markup'] }
  if (call.method === 'editMessageCaption' && findMethod(target.method)?.captioned) {
    for (const name of UNDER_FILE) delete before[name]
    return { ...before, ...call.payload }
  }
  if (call.method !== 'editMessageText') return undefined
  if (target.method !== 'sendMessage' && target.method !== 'editMessageText') return undefined
  for (const name of CONTENT) delete before[name]
  return { ...before, ...call.payload }
}
