// Counts what comes in, remembers what each coordinator was told, and reads how the clinic is. It keeps nothing of what anyone wrote.
import { sql } from 'kysely'
import { backlogOf } from '../../delivery/backlog.ts'
import { findLastBackup } from '../../operations/backup.ts'
import { engineOf, type Tx } from '../../storage/database.ts'
import type { Health } from './health.ts'
import { HISTORY_MS, SLOT_MS } from './silence.ts'

const DAY_MS = 86_400_000
const MOST_REFERENCES = 5
/** Word for word as an index of the outbox says it: with parameters it would not be used. */
const UNDELIVERED = sql<boolean>`state in ('dead', 'unknown')`

/** Adds up the quarters of an hour that ended since the last time, and forgets those the rule looks at no more. @param now ms UTC */
export async function countActivity(tx: Tx, now: number): Promise<void> {
  const { last } = await tx.selectFrom('activity').select((e) => e.fn.max('slot_at').as('last')).where('slot_at', '<=', now).executeTakeFirstOrThrow()
  const slot = sql<number>`seen_at - seen_at % ${sql.lit(SLOT_MS)}`
  const rows = await tx
    .selectFrom('seen_update')
    .select((e) => [slot.as('slot_at'), e.fn.countAll<number>().as('updates')])
    .where('seen_at', '>=', (last ?? -SLOT_MS) + SLOT_MS)
    .where('seen_at', '<', now - (now % SLOT_MS))
    .groupBy(slot)
    .execute()
  if (rows.length === 0) return
  await tx.insertInto('activity').values(rows).onConflict((c) => c.doNothing()).execute()
  await tx.deleteFrom('activity').where('slot_at', '<', now - HISTORY_MS - DAY_MS).execute()
}

/** The quarters in which anything came in, when they began, oldest first. */
export async function activeSlots(tx: Tx): Promise<readonly number[]> {
  const rows = await tx.selectFrom('activity').select('slot_at').orderBy('slot_at').execute()
  return rows.map((row) => row.slot_at)
}

/** When the last update before `now` came in, both ms UTC; undefined when nobody knows any more. One from the future came before the clock was set back. */
export async function findLastUpdate(tx: Tx, now: number): Promise<number | undefined> {
  const { at } = await tx.selectFrom('seen_update').select((e) => e.fn.max('seen_at').as('at')).where('seen_at', '<=', now).executeTakeFirstOrThrow()
  return at ?? undefined
}

/** When the first update after an instant came in; both ms UTC. */
export async function findUpdateAfter(tx: Tx, instant: number): Promise<number | undefined> {
  const { at } = await tx.selectFrom('seen_update').select((e) => e.fn.min('seen_at').as('at')).where('seen_at', '>', instant).executeTakeFirstOrThrow()
  return at ?? undefined
}

/** What a coordinator was told last. */
export interface Notice {
  /** The day of the last heartbeat where she lives, such as 2026-11-23. */
  readonly heartbeatOn: string
  /** The last update before the silence she was told of; null when she was told that it is over. */
  readonly silenceSince: number | null
}

export async function findNotice(tx: Tx, person: number): Promise<Notice | undefined> {
  return tx.selectFrom('health_notice').select(['heartbeat_on as heartbeatOn', 'silence_since as silenceSince']).where('person_id', '=', person).executeTakeFirst()
}

export async function keepNotice(tx: Tx, person: number, { heartbeatOn, silenceSince }: Notice): Promise<void> {
  const told = { heartbeat_on: heartbeatOn, silence_since: silenceSince }
  await tx.insertInto('health_notice').values({ person_id: person, ...told }).onConflict((c) => c.column('person_id').doUpdateSet(told)).execute()
}

/** Whether the clinic ever wrote into this chat. Someone named in the configuration may not have opened it yet. */
export async function hasChat(tx: Tx, chatId: number): Promise<boolean> {
  const row = await tx.selectFrom('outbox').select('id').where('chat_id', '=', chatId).where('message_id', 'is not', null).limit(1).executeTakeFirst()
  return row !== undefined
}

/** How the clinic is at `now` (ms UTC). */
export async function readHealth(tx: Tx, now: number): Promise<Health> {
  const yesterday = now - DAY_MS
  const count = sql<number>`count(*)`.as('count')
  const updates = await tx.selectFrom('seen_update').select(count).where('seen_at', '>', yesterday).executeTakeFirstOrThrow()
  const failures = await tx.selectFrom('failed_update').select('reference').where('failed_at', '>', yesterday).orderBy('id', 'desc').execute()
  // Whoever left or blocked the bot is no breakdown.
  const undelivered = await tx
    .selectFrom('outbox')
    .select(['state', count])
    .where(UNDELIVERED)
    .where('settled_at', '>', yesterday)
    .where(sql<boolean>`coalesce(error, '') not like '403 %' and coalesce(error, '') not like '%chat not found%' and coalesce(error, '') not like '%user is deactivated%'`)
    .groupBy('state')
    .execute()
  const countOf = (state: string) => undelivered.find((one) => one.state === state)?.count ?? 0
  const sendingSince = (await backlogOf(tx, now)).flatMap(({ lane, oldestAt }) => (lane === 'setup' || oldestAt === null ? [] : [oldestAt]))
  return {
    updateCount: updates.count,
    failures: { count: failures.length, references: failures.slice(0, MOST_REFERENCES).map(({ reference }) => reference) },
    sendingWaitsMs: sendingSince.length === 0 ? undefined : now - Math.min(...sendingSince),
    deadCount: countOf('dead'),
    unknownCount: countOf('unknown'),
    backupAgeMs: engineOf(tx) === 'postgres' ? 'elsewhere' : await readBackupAge(tx, now),
    asking: await readAsking(tx, now),
  }
}

async function readBackupAge(tx: Tx, now: number): Promise<number | undefined> {
  const lastBackup = await findLastBackup(tx)
  return lastBackup === undefined ? undefined : now - lastBackup
}

/** People with a question open wait since the first thing they wrote after the last answer. */
async function readAsking(tx: Tx, now: number): Promise<Health['asking']> {
  const { people, since } = await tx
    .selectFrom('help_case as request')
    .innerJoin('case_message as message', 'message.case_id', 'request.id')
    .select((e) => [e.fn.count<number>('request.person_id').distinct().as('people'), e.fn.min('message.created_at').as('since')])
    .where((e) => e.or([e('request.state', '=', 'waiting'), e('request.turn', '=', 'volunteer')]))
    .whereRef('message.author_id', '=', 'request.person_id')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('case_message as answer')
            .select('answer.id')
            .whereRef('answer.case_id', '=', 'request.id')
            .whereRef('answer.author_id', '!=', 'request.person_id')
            .whereRef('answer.id', '>', 'message.id'),
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  return { count: people, longestMs: now - (since ?? now) }
}
