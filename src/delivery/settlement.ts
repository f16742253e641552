// Writes down what became of calls: several in one transaction, with the work they asked for once sent.
// What a refusal means is decided in refusal.ts, not here.
import { CompiledQuery } from 'kysely'
import type { Log } from '../logging.ts'
import { savepoint, type Tx } from '../storage/database.ts'
import { prepare } from '../storage/prepared.ts'
import type { OutboxState } from '../storage/schema.ts'
import { splitAlbum } from './album.ts'
import type { Claimed } from './claim.ts'
import type { OnSent } from './outbox.ts'
import type { Verdict } from './refusal.ts'
import { asDocument } from './unspoken.ts'

export interface Settling {
  readonly row: Claimed
  readonly verdict: Verdict
}

/** What a handler is told about the message that went out. `version` says how to read `data`. */
export interface SentMessage {
  readonly data: unknown
  readonly version: number
  readonly chatId: number
  readonly messageId: number | undefined
  /** All messages that came with it, in order: those of its album, else the one alone. */
  readonly messageIds: readonly number[]
  /** ms UTC. */
  readonly now: number
}

/** Runs in the transaction that settles the row; when it throws, its own writes are undone and the row stays sent. */
export type OnSentHandler = (tx: Tx, sent: SentMessage) => Promise<void>

export interface SettlementOptions {
  /** ms UTC. */
  readonly now: number
  readonly log: Log
  readonly onSentHandlers: Readonly<Record<string, OnSentHandler>>
}

export type Settled = Record<'sent' | 'retried' | 'dead' | 'unknown' | 'superseded', number>

/** Settles the calls; answers how many rows went which way, waiting rows of unreachable chats included. */
export async function settle(tx: Tx, settling: readonly Settling[], options: SettlementOptions): Promise<Settled> {
  const { now } = options
  const counts: Settled = { sent: 0, retried: 0, dead: 0, unknown: 0, superseded: 0 }
  await writeSent(tx, settling, now)
  for (const { row, verdict } of settling) {
    switch (verdict.type) {
      case 'sent':
        counts.sent += 1
        if (row.onSent) await runHandlers(tx, row, row.onSent, sentAs(row, verdict), { now, log: options.log, handlers: options.onSentHandlers })
        break
      case 'as-document':
        if (await sendAsDocument(tx, row)) {
          counts.retried += 1
          await requeue(tx, row.id, now, verdict.error)
        } else {
          counts.dead += 1
          await close(tx, row.id, 'dead', verdict.error, now)
        }
        break
      case 'retry':
        counts.retried += 1
        await requeue(tx, row.id, now + verdict.afterMs, verdict.error)
        break
      case 'migrated':
        counts.retried += 1
        await tx
          .insertInto('chat_alias')
          .values({ old_chat_id: row.rowChatId, new_chat_id: verdict.chatId })
          .onConflict((c) => c.column('old_chat_id').doUpdateSet({ new_chat_id: verdict.chatId }))
          .execute()
        await requeue(tx, row.id, now, verdict.error)
        break
      case 'unreachable':
        counts.dead += 1 + (await giveUpChat(tx, row, verdict.error, now))
        await close(tx, row.id, 'dead', verdict.error, now)
        break
      case 'moot':
        if (row.orSend) {
          counts.retried += 1
          await sendInstead(tx, row, verdict.error, now)
        } else {
          counts.superseded += 1
          await close(tx, row.id, 'superseded', verdict.error, now)
        }
        break
      case 'unknown':
      case 'dead':
        if (verdict.type === 'dead' && (await splitAlbum(tx, row, now))) {
          counts.superseded += 1
          await close(tx, row.id, 'superseded', verdict.error, now)
          break
        }
        counts[verdict.type] += 1
        await close(tx, row.id, verdict.type, verdict.error, now)
        break
    }
  }
  return counts
}

const updateSent = prepare<{ id: number; messageId: number | null; now: number }, unknown>((db, value) =>
  db
    .updateTable('outbox')
    .set({ state: 'sent', message_id: value('messageId'), settled_at: value('now'), lease_until: null, error: null })
    .where('id', '=', value('id'))
    .where('state', '=', 'sending'),
)

/** Row by row: SQLite takes nearly three times as long over one statement for all of them. */
async function writeSent(tx: Tx, settling: readonly Settling[], now: number): Promise<void> {
  for (const { row, verdict } of settling) {
    if (verdict.type === 'sent') await updateSent(tx, { id: row.id, messageId: verdict.messageId ?? row.messageId ?? null, now })
  }
}

async function requeue(tx: Tx, id: number, at: number, error: string): Promise<void> {
  await tx.executeQuery(
    CompiledQuery.raw(
      `update outbox set state = 'queued', next_at = ?, lease_until = null, error = ? where id = ? and state = 'sending'`,
      [at, error, id],
    ),
  )
}

async function close(tx: Tx, id: number, state: OutboxState, error: string, now: number): Promise<void> {
  await tx.executeQuery(
    CompiledQuery.raw(
      `update outbox set state = ?, error = ?, settled_at = ?, lease_until = null where id = ? and state = 'sending'`,
      [state, error, now, id],
    ),
  )
}

/** The edited message is gone, so its new content goes out as a message of its own. */
async function sendInstead(tx: Tx, row: Claimed, error: string, now: number): Promise<void> {
  const payload: Record<string, unknown> = { ...row.payload }
  delete payload['message_id']
  await tx
    .updateTable('outbox')
    .set({ method: 'sendMessage', target_id: null, payload: JSON.stringify(payload) })
    .where('id', '=', row.id)
    .where('state', '=', 'sending')
    .execute()
  await requeue(tx, row.id, now, error)
}

/**
 * Nobody can be reached there: what waits for the chat is given up, but for setup, which waits for the person.
 * What was written or said since the call left stays: the person may have come back meanwhile.
 * @returns how many waiting rows died.
 */
async function giveUpChat(tx: Tx, row: Claimed, error: string, now: number): Promise<number> {
  await tx.executeQuery(
    CompiledQuery.raw('update person set unreachable_at = ? where telegram_id = ? and last_seen_at <= ?', [
      now,
      row.rowChatId,
      row.claimedAt,
    ]),
  )
  const { numAffectedRows } = await tx.executeQuery(
    CompiledQuery.raw(
      `update outbox set state = 'dead', error = ?, settled_at = ?
       where lane in ('reply', 'bulk') and chat_id = ? and state in ('queued', 'sending')
         and state = 'queued' and created_at <= ?`,
      [error, now, row.rowChatId, row.claimedAt],
    ),
  )
  return Number(numAffectedRows ?? 0n)
}

/** The row keeps its place in the chat, and whatever waits for its message. Answers whether it goes out so. */
async function sendAsDocument(tx: Tx, { id, method, payload }: Claimed): Promise<boolean> {
  const document = asDocument(method, payload)
  if (!document) return false
  await tx
    .updateTable('outbox')
    .set({ method: 'sendDocument', payload: JSON.stringify(document) })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute()
  return true
}

/** Telegram's ids of what went out. */
function sentAs(row: Pick<Claimed, 'messageId'>, verdict: Verdict & { type: 'sent' }): Pick<SentMessage, 'messageId' | 'messageIds'> {
  const messageId = verdict.messageId ?? row.messageId
  return { messageId, messageIds: verdict.messageIds ?? (messageId === undefined ? [] : [messageId]) }
}

type HandlerOptions = Pick<SettlementOptions, 'now' | 'log'> & { readonly handlers: SettlementOptions['onSentHandlers']; readonly isOptional?: boolean }

/** Runs what a row names as JSON (`text`), among these handlers. Of an album every part has work of its own, which is told of the part's own message. */
export async function runHandlers(
  tx: Tx,
  row: Pick<Claimed, 'id' | 'chatId'>,
  text: string,
  { messageId, messageIds }: Pick<SentMessage, 'messageId' | 'messageIds'>,
  options: HandlerOptions,
): Promise<void> {
  const work = parseWork(text)
  if (!Array.isArray(work)) return runOne(tx, row, work as Partial<OnSent> | undefined, { messageId, messageIds }, options)
  for (const [at, one] of (work as readonly (Partial<OnSent> | null)[]).entries()) {
    if (one) await runOne(tx, row, one, { messageId: messageIds[at], messageIds }, options)
  }
}

function parseWork(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** When the handler throws, its own writes are undone and the log says so. */
async function runOne(
  tx: Tx,
  row: Pick<Claimed, 'id' | 'chatId'>,
  work: Partial<OnSent> | undefined,
  sent: Pick<SentMessage, 'messageId' | 'messageIds'>,
  { log, now, handlers, isOptional = false }: HandlerOptions,
): Promise<void> {
  const { name = 'unreadable', data, version = 0 } = work ?? {}
  try {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined
    if (!handler && isOptional) return
    if (!handler) throw new Error('No handler has this name: declare it in the feature that asks for it.')
    await savepoint(tx, () => handler(tx, { data, version, chatId: row.chatId, ...sent, now }))
  } catch (error) {
    log.error('delivery.on-sent-threw', { outboxId: row.id, kind: name, err: error })
  }
}
