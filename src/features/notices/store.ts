// The SQL of the ledger of planned messages: each is written down when it is decided, sent or not, and settled when Telegram took it.
import type { Tx } from '../../storage/database.ts'
import { prepare } from '../../storage/prepared.ts'
import type { Updateable } from 'kysely'
import type { DeliveryTable } from '../../storage/notice-tables.ts'
import type { DueNotice } from '../../telegram/notice.ts'
import type { SkipReason } from './decide.ts'

/** A planned message to someone. `day`: the day it counts for where she lives; instants are ms UTC. */
export interface Planned {
  readonly person: number
  readonly kind: string
  readonly subject: string
  readonly dueAt: number
  readonly now: number
}

/** Writes down messages that go out now, one a person. Returns their ids by whose they are. @throws when something was said to one of them that day already. */
export async function addDeliveries(tx: Tx, messages: readonly (Planned & { readonly day: string; readonly reason: string | null })[]): Promise<ReadonlyMap<number, number>> {
  const rows = await tx
    .insertInto('delivery')
    .values(messages.map(({ person, kind, subject, dueAt, now, day, reason }) => ({ person_id: person, kind, subject, due_at: dueAt, state: 'queued' as const, reason, day, created_at: now })))
    .returning(['id', 'person_id'])
    .execute()
  return new Map(rows.map((row) => [row.person_id, row.id]))
}

const updateOutbox = prepare<{ delivery: number; outbox: number }, unknown>((db, value) =>
  db.updateTable('delivery').set({ outbox_id: value('outbox') }).where('id', '=', value('delivery')),
)

export async function setOutbox(tx: Tx, ids: { readonly delivery: number; readonly outbox: number }): Promise<void> {
  await updateOutbox(tx, ids)
}

/** Whether this very message was planned before. */
export async function isKnown(tx: Tx, { person, kind, dueAt }: Pick<Planned, 'person' | 'kind' | 'dueAt'>): Promise<boolean> {
  const known = await tx.selectFrom('delivery').select('id').where('person_id', '=', person).where('kind', '=', kind).where('due_at', '=', dueAt).limit(1).executeTakeFirst()
  return known !== undefined
}

export async function addSkipped(tx: Tx, { person, kind, subject, dueAt, now }: Planned, reason: SkipReason | 'failed'): Promise<void> {
  await tx.insertInto('delivery').values({ person_id: person, kind, subject, due_at: dueAt, state: 'skipped', reason, day: null, created_at: now }).execute()
}

/** A message that waited to be sent: which kind it is of, and what was due. */
export interface Waiting extends DueNotice {
  readonly kind: string
}

/** Telegram took it. Returns what it was, unless that was settled before. */
export function markSent(tx: Tx, id: number, now: number): Promise<Waiting | undefined> {
  return settleWaiting(tx, id, { state: 'sent', sent_at: now })
}

/** It waited until it would have come too late, so nothing was said to her that day. Returns what it was, unless that was settled before. */
export function markTooLate(tx: Tx, id: number): Promise<Waiting | undefined> {
  return settleWaiting(tx, id, { state: 'skipped', reason: 'stale', day: null })
}

async function settleWaiting(tx: Tx, id: number, change: Updateable<DeliveryTable>): Promise<Waiting | undefined> {
  return tx
    .updateTable('delivery')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returning(['kind', 'person_id as person', 'subject', 'due_at as dueAt'])
    .executeTakeFirst()
}

/** To whom of them something was said on her day already, by their ids. */
export async function findSaid(tx: Tx, days: readonly { readonly person: number; readonly day: string }[]): Promise<ReadonlySet<number>> {
  if (days.length === 0) return new Set()
  const rows = await tx
    .selectFrom('delivery')
    .select(['person_id', 'day'])
    .where('person_id', 'in', days.map(({ person }) => person))
    .where('day', 'in', [...new Set(days.map(({ day }) => day))])
    .execute()
  return new Set(rows.filter((row) => days.some(({ person, day }) => person === row.person_id && day === row.day)).map((row) => row.person_id))
}

export interface Delivery {
  readonly kind: string
  readonly subject: string
  readonly reason: string | null
  readonly dueAt: number
  readonly createdAt: number
}

/** A message that was said to her, by an id that came in from outside. */
export async function findDelivery(tx: Tx, id: number, person: number): Promise<Delivery | undefined> {
  return tx
    .selectFrom('delivery')
    .select(['kind', 'subject', 'reason', 'due_at as dueAt', 'created_at as createdAt'])
    .where('id', '=', id)
    .where('person_id', '=', person)
    .where('state', '!=', 'skipped')
    .executeTakeFirst()
}

/** What became of planned messages: `late` were sent, but so much after they were due. */
export interface Outcomes {
  readonly queued: number
  readonly sent: number
  readonly late: number
  readonly skipped: number
  readonly blocked: number
  readonly unknown: number
}

/** Counts what was planned since an instant; a message is late when it left more than `lateAfterMs` after it was due. */
export async function countOutcomes(tx: Tx, since: number, lateAfterMs: number): Promise<Outcomes> {
  const rows = await tx
    .selectFrom('delivery')
    .leftJoin('outbox', 'outbox.id', 'delivery.outbox_id')
    .select((e) => [
      'delivery.state',
      'outbox.state as outbox_state',
      e.case().when(e('delivery.sent_at', '>', e('delivery.due_at', '+', lateAfterMs))).then(1).else(0).end().as('late'),
      e.fn.countAll<number>().as('count'),
    ])
    .where('delivery.created_at', '>=', since)
    .groupBy(['delivery.state', 'outbox.state', 'late'])
    .execute()
  const counts = { queued: 0, sent: 0, late: 0, skipped: 0, blocked: 0, unknown: 0 }
  for (const { state, outbox_state, late, count } of rows) {
    if (state === 'queued' && outbox_state === 'dead') counts.blocked += count
    else if (state === 'queued' && outbox_state === 'unknown') counts.unknown += count
    else if (state === 'sent' && late === 1) counts.late += count
    else counts[state] += count
  }
  return counts
}

/** Messages of the bulk lane that wait to be sent, and since when the oldest waits (ms UTC). */
export async function readQueue(tx: Tx): Promise<{ readonly waiting: number; readonly since: number | null }> {
  return tx
    .selectFrom('outbox')
    .select((e) => [e.fn.countAll<number>().as('waiting'), e.fn.min('created_at').as('since')])
    .where('lane', '=', 'bulk')
    .where('state', 'in', ['queued', 'sending'])
    .executeTakeFirstOrThrow()
}

/** Forgets what was planned before an instant. Returns how many. */
export async function pruneDeliveries(tx: Tx, before: number, limit: number): Promise<number> {
  const old = await tx.selectFrom('delivery').select('id').where('created_at', '<', before).orderBy('created_at').limit(limit).execute()
  if (old.length > 0) await tx.deleteFrom('delivery').where('id', 'in', old.map((row) => row.id)).execute()
  return old.length
}
