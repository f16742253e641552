// Takes the calls whose turn it is out of the outbox: the first of each chat and lane that is due and may leave now.
// It writes rows and sends nothing; call.ts sends what it returns.
import { CompiledQuery } from 'kysely'
import { engineOf, type Tx } from '../storage/database.ts'
import type { OutboxState } from '../storage/schema.ts'
import { albumSize } from './album.ts'
import { EDIT_OR_SEND, NOT_AFTER } from './outbox.ts'
import { findMethod, type Lane } from './outgoing.ts'
import type { Pacing } from './pacing.ts'

/** A row that is now `sending`, ready to be called. */
export interface Claimed {
  readonly id: number
  /** The chat as the row names it. */
  readonly rowChatId: number
  /** The chat as Telegram knows it now. */
  readonly chatId: number
  readonly lane: Lane
  readonly method: string
  readonly repeatable: boolean
  /** Without `chat_id`; undefined when nobody can read what was stored. */
  readonly payload: Readonly<Record<string, unknown>> | undefined
  /** Our message that is edited or deleted. */
  readonly messageId: number | undefined
  /** An edit that has to become a new message when its target turns out to be gone. */
  readonly orSend: boolean
  /** This attempt included. */
  readonly attempts: number
  readonly onSent: string | null
  /** When it was written into the outbox, ms UTC. */
  readonly createdAt: number
  /** ms UTC. */
  readonly claimedAt: number
}

export interface ClaimOptions {
  readonly pacing: Pacing
  /** ms UTC. */
  readonly now: number
  readonly leaseUntil: number
  /** How many rows of the lane may be taken. */
  readonly room: (lane: Lane) => number
  /** What is written of a row that names an on-sent handler, when it would have come too late. */
  readonly onTooLate?: ((tx: Tx, row: TooLate) => Promise<void>) | undefined
}

/** A row that was taken back. */
export interface TooLate {
  readonly id: number
  readonly chatId: number
  readonly onSent: string
}

export interface ClaimResult {
  readonly claimed: readonly Claimed[]
  /** Edits of messages that never came to be, and what would come too late; what waited behind them may be due now. */
  readonly supersededCount: number
  /** When a row that is due but paced may leave, ms UTC; `Infinity` when there is none. */
  readonly wakeAt: number
}

interface Head {
  readonly id: number
  readonly chat_id: number
  readonly new_chat_id: number | null
  readonly lane: Lane
  readonly method: string
  readonly payload: string | null
  readonly target_id: number | null
  readonly target_state: OutboxState | null
  readonly target_message_id: number | null
  readonly attempts: number
  readonly on_sent: string | null
  readonly created_at: number
}

/** Claims what may leave now, lane after lane. Part of a transaction: send only after its commit. */
export async function claimDue(tx: Tx, lanes: readonly Lane[], options: ClaimOptions): Promise<ClaimResult> {
  const { pacing, now } = options
  const claimed: Claimed[] = []
  let supersededCount = 0
  let wakeAt = Number.POSITIVE_INFINITY
  for (const lane of lanes) {
    const paced: number[] = []
    let room = options.room(lane)
    while (room > 0) {
      const slot = pacing.nextSlot({ lane }, now)
      if (slot > now) {
        wakeAt = Math.min(wakeAt, slot)
        break
      }
      const asked = room
      const heads = await selectHeads(tx, lane, now, asked, paced)
      const taken: Claimed[] = []
      for (const head of heads) {
        const chatId = head.new_chat_id ?? head.chat_id
        const messages = head.method === 'sendMediaGroup' ? albumSize(parse(head.payload)) : 1
        const call = { lane, chatId, change: findMethod(head.method)?.repeatable ?? false, messages }
        const slot = pacing.nextSlot(call, now)
        if (slot > now) {
          paced.push(head.chat_id)
          wakeAt = Math.min(wakeAt, slot)
          continue
        }
        const row = await resolve(tx, head, chatId, options)
        if (!row) {
          supersededCount += 1
          continue
        }
        pacing.take({ ...call, change: row.repeatable }, now)
        taken.push(row)
      }
      await markSending(tx, taken, options.leaseUntil)
      claimed.push(...taken)
      room -= taken.length
      if (heads.length < asked) break
    }
  }
  return { claimed, supersededCount, wakeAt }
}

interface Ahead {
  readonly bulk: 0 | 1
  readonly reply_at: number | null
  readonly bulk_at: number | null
  readonly setup_at: number | null
}

/**
 * Whether bulk or setup is due, and when the next row of any lane becomes due after `now` (`Infinity`: none).
 */
export async function lookAhead(tx: Tx, now: number): Promise<{ bulkDue: boolean; nextAt: number }> {
  const { rows } = await tx.executeQuery<Ahead>(
    CompiledQuery.raw(
      `select
         exists (select 1 from outbox where state = 'queued' and lane in ('bulk', 'setup') and next_at <= ?) as bulk,
         (select min(next_at) from outbox where state = 'queued' and lane = 'reply' and next_at > ?) as reply_at,
         (select min(next_at) from outbox where state = 'queued' and lane = 'bulk' and next_at > ?) as bulk_at,
         (select min(next_at) from outbox where state = 'queued' and lane = 'setup' and next_at > ?) as setup_at`,
      [now, now, now, now],
    ),
  )
  const { bulk, reply_at, bulk_at, setup_at } = rows[0]!
  const never = Number.POSITIVE_INFINITY
  return { bulkDue: Boolean(bulk), nextAt: Math.min(reply_at ?? never, bulk_at ?? never, setup_at ?? never) }
}

/** How many rows went back into the queue, and of how many nobody knows whether they arrived. */
export interface Recovered {
  readonly requeued: number
  readonly unknown: number
}

/**
 * Settles what a sender left behind whose lease ran out at or before `leaseEnd`: messages of the bulk lane may have
 * arrived and become `unknown`; everything else is sent again.
 * @param leaseEnd ms UTC; `Infinity` for all leases, when no other sender can be alive.
 */
export async function recoverLeases(tx: Tx, leaseEnd: number, now: number): Promise<Recovered> {
  const end = Math.min(leaseEnd, Number.MAX_SAFE_INTEGER)
  const { rows } = await tx.executeQuery<{ id: number; lane: string; method: string }>(
    CompiledQuery.raw(
      `select id, lane, method from outbox where state in ('queued', 'sending') and state = 'sending' and lease_until <= ?`,
      [end],
    ),
  )
  const lost = rows.filter((row) => row.lane === 'bulk' && !findMethod(row.method)?.repeatable).map((row) => row.id)
  const again = rows.filter((row) => !lost.includes(row.id)).map((row) => row.id)
  if (lost.length > 0) {
    await tx
      .updateTable('outbox')
      .set({ state: 'unknown', lease_until: null, settled_at: now, error: 'no answer before the program ended' })
      .where('id', 'in', lost)
      .execute()
  }
  if (again.length > 0) {
    await tx.updateTable('outbox').set({ state: 'queued', lease_until: null }).where('id', 'in', again).execute()
  }
  return { requeued: again.length, unknown: lost.length }
}

/** Where updates are applied meanwhile, what one of them changes in a row is seen, or left for the next pass. */
const LOCKED = { sqlite: '', postgres: 'for update of o skip locked' }

/**
 * The first row of each chat that is due. A row that was tried, or is due itself, holds up those behind it;
 * one that was put off from the start holds up nothing.
 */
async function selectHeads(tx: Tx, lane: Lane, now: number, limit: number, without: readonly number[]) {
  const others = without.length > 0 ? `and o.chat_id not in (${marks(without.length)})` : ''
  const { rows } = await tx.executeQuery<Head>(
    CompiledQuery.raw(
      `select o.id, o.chat_id, a.new_chat_id, o.lane, o.method, o.payload, o.attempts, o.on_sent, o.created_at,
         o.target_id, t.state as target_state, t.message_id as target_message_id
       from outbox as o
       left join outbox as t on t.id = o.target_id
       left join chat_alias as a on a.old_chat_id = o.chat_id
       where o.state = 'queued' and o.lane = ? and o.next_at <= ? ${others}
         and not exists (
           select 1 from outbox as e
           where e.state in ('queued', 'sending') and e.lane = o.lane and e.chat_id = o.chat_id and e.id < o.id
             and (e.attempts > 0 or e.next_at <= ?)
         )
       order by o.next_at, o.id limit ? ${LOCKED[engineOf(tx)]}`,
      [lane, now, ...without, now, limit],
    ),
  )
  return rows
}

/** Fills in what is known only now; undefined when the message to change never came to be, or it is too late for it (the row is settled then). */
async function resolve(tx: Tx, head: Head, chatId: number, { now, onTooLate }: ClaimOptions): Promise<Claimed | undefined> {
  const stored = parse(head.payload)
  const orSend = stored !== undefined && EDIT_OR_SEND in stored
  const { [EDIT_OR_SEND]: newer, [NOT_AFTER]: notAfter, ...payload } = stored ?? {}
  if (typeof notAfter === 'number' && notAfter < now) {
    if (head.on_sent !== null) await onTooLate?.(tx, { id: head.id, chatId, onSent: head.on_sent })
    return supersede(tx, head.id, now)
  }
  let messageId = head.target_message_id ?? (typeof payload['message_id'] === 'number' ? payload['message_id'] : undefined)
  let method = head.method
  if (orSend && method === 'editMessageText') {
    const newest = Math.max((newer as { newestIncoming: number }).newestIncoming, await newestMessageId(tx, head.chat_id))
    if (messageId === undefined || newest > messageId) {
      method = 'sendMessage'
      messageId = undefined
      delete payload['message_id']
    }
  } else if (head.target_id !== null && messageId === undefined) {
    return supersede(tx, head.id, now)
  }
  return {
    id: head.id,
    rowChatId: head.chat_id,
    chatId,
    lane: head.lane,
    method,
    repeatable: findMethod(method)?.repeatable ?? false,
    payload: stored && payload,
    messageId,
    orSend: orSend && method === 'editMessageText',
    attempts: head.attempts + 1,
    onSent: head.on_sent,
    createdAt: head.created_at,
    claimedAt: now,
  }
}

async function supersede(tx: Tx, id: number, now: number): Promise<undefined> {
  await tx.executeQuery(CompiledQuery.raw(`update outbox set state = 'superseded', settled_at = ? where id = ?`, [now, id]))
}

async function newestMessageId(tx: Tx, chatId: number): Promise<number> {
  const { rows } = await tx.executeQuery<{ newest: number | null }>(
    CompiledQuery.raw('select max(message_id) as newest from outbox where chat_id = ? and message_id is not null', [chatId]),
  )
  return rows[0]?.newest ?? 0
}

async function markSending(tx: Tx, rows: readonly Claimed[], leaseUntil: number): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map((row) => row.id)
  await tx.executeQuery(
    CompiledQuery.raw(
      `update outbox set state = 'sending', attempts = attempts + 1, lease_until = ? where id in (${marks(ids.length)})`,
      [leaseUntil, ...ids],
    ),
  )
}

function parse(payload: string | null): Record<string, unknown> | undefined {
  if (payload === null) return undefined
  try {
    const value: unknown = JSON.parse(payload)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ')
}
