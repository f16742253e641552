// Reads what the clinic holds about one person, and the rows whose time is over. It erases nobody: people/erasure.ts does.
import { sql } from 'kysely'
import { accessesTo } from '../../people/access.ts'
import { type TimeZone, zoneOf } from '../../people/time-zone.ts'
import { rowLock, type Tx } from '../../storage/database.ts'

/** Everything held about someone but the words of requests of others. Instants are ms UTC. */
export type Account = Awaited<ReturnType<typeof readAccount>>

/** @throws when there is no such person. */
export async function readAccount(tx: Tx, person: number) {
  const about = await tx.selectFrom('person').selectAll().where('id', '=', person).executeTakeFirstOrThrow()
  const requests = await tx.selectFrom('help_case').select(['id', 'number', 'state', 'topic', 'about', 'outcome', 'rating', 'thanks', 'created_at', 'closed_at']).where('person_id', '=', person).orderBy('id').execute()
  return {
    about,
    roles: await tx.selectFrom('role').where('person_id', '=', person).select(['role', 'granted_at', 'ended_at']).orderBy('id').execute(),
    consents: await tx.selectFrom('consent').where('person_id', '=', person).select(['purpose', 'version', 'text_hash', 'given_at', 'withdrawn_at']).orderBy('id').execute(),
    volunteer: await tx.selectFrom('volunteer').selectAll().where('person_id', '=', person).executeTakeFirst(),
    invitesUsed: await tx.selectFrom('invite_use').innerJoin('invite', 'invite.id', 'invite_use.invite_id').select(['invite.role', 'invite_use.used_at']).where('invite_use.person_id', '=', person).orderBy('invite_use.used_at').execute(),
    businesses: await tx.selectFrom('business').where('person_id', '=', person).selectAll().orderBy('id').execute(),
    forms: await tx.selectFrom('conversation').where('person_id', '=', person).selectAll().orderBy('id').execute(),
    assessments: await assessmentsOf(tx, person),
    planSteps: await tx
      .selectFrom('plan_step')
      .select(['area', 'round', 'tip', 'is_review', 'state', 'created_at', 'settled_at', 'proof_kind', 'proof', 'proof_words'])
      .where('person_id', '=', person)
      .orderBy('id')
      .execute(),
    tipSchedule: await tx.selectFrom('tip_schedule').selectAll().where('person_id', '=', person).executeTakeFirst(),
    tipMarks: await tx.selectFrom('tip_mark').select(['tip', 'mark', 'at']).where('person_id', '=', person).orderBy('at').execute(),
    nudges: await tx.selectFrom('nudge').select(['kind', 'next_at', 'made']).where('person_id', '=', person).orderBy('kind').execute(),
    deliveries: await tx
      .selectFrom('delivery')
      .select(['kind', 'subject', 'due_at', 'state', 'reason', 'sent_at'])
      .where('person_id', '=', person)
      .orderBy('id')
      .execute(),
    tips: await tx.selectFrom('tip_shown').where('person_id', '=', person).select(['tip', 'shown_at']).orderBy('shown_at').execute(),
    requests: await Promise.all(
      requests.map(async (request) => ({
        ...request,
        messages: await tx
          .selectFrom('case_message')
          .select(['author_id', 'body', 'part', 'created_at'])
          .where('case_id', '=', request.id)
          .orderBy('id')
          .execute(),
      })),
    ),
    /** What she wrote to others as one of the team; their own words are theirs. */
    answers: await tx
      .selectFrom('case_message')
      .innerJoin('help_case', 'help_case.id', 'case_message.case_id')
      .select(['help_case.number', 'case_message.body', 'case_message.part', 'case_message.created_at'])
      .where('case_message.author_id', '=', person)
      .where('help_case.person_id', '!=', person)
      .orderBy('case_message.id')
      .execute(),
    accesses: await accessesTo(tx, person),
    trail: await tx.selectFrom('audit').select(['at', 'action', 'detail']).where('subject', '=', `person:${person}`).orderBy('id').execute(),
    messagesKept: await countMessagesKept(tx, about.telegram_id),
  }
}

/** Her self-assessments with every answer, oldest first. */
async function assessmentsOf(tx: Tx, person: number) {
  const results = await tx.selectFrom('assessment').selectAll().where('person_id', '=', person).orderBy('id').execute()
  return Promise.all(
    results.map(async (result) => ({
      ...result,
      areas: await tx.selectFrom('assessment_area').select(['area', 'score', 'level', 'priority']).where('assessment_id', '=', result.id).orderBy('area').execute(),
      answers: await tx.selectFrom('assessment_answer').select(['item', 'answer']).where('assessment_id', '=', result.id).orderBy('item').execute(),
    })),
  )
}

/** How many messages to her still have their text. */
async function countMessagesKept(tx: Tx, telegramId: number | null): Promise<number> {
  if (telegramId === null) return 0
  const { count } = await tx
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('chat_id', '=', telegramId)
    .where('message_id', 'is not', null)
    .where('payload', 'is not', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Takes back what waits to be sent of the clinic's own accord. */
export async function dropWaitingNotices(tx: Tx, { id, telegramId }: { readonly id: number; readonly telegramId: number }, now: number): Promise<void> {
  const dropped = await tx
    .updateTable('outbox')
    .set({ state: 'superseded', settled_at: now })
    .where('lane', '=', 'bulk')
    .where('chat_id', '=', telegramId)
    .where('state', '=', 'queued')
    .returning('id')
    .execute()
  if (dropped.length === 0) return
  await tx
    .updateTable('delivery')
    .set({ state: 'skipped', reason: 'paused', day: null })
    .where('person_id', '=', id)
    .where('outbox_id', 'in', dropped.map((row) => row.id))
    .where('state', '=', 'queued')
    .execute()
}

/** Someone of the team is looked after by the team, not by her silence. */
const idle = (tx: Tx, zones: readonly TimeZone[]) =>
  tx
    .selectFrom('person')
    .where('person.telegram_id', 'is not', null)
    .where(sql<string>`coalesce(person.time_zone, ${zoneOf({ timeZone: null })})`, 'in', zones)
    .where((e) =>
      e.not(e.exists(e.selectFrom('role').select('role.id').whereRef('role.person_id', '=', 'person.id').where('role.role', '!=', 'owner').where('role.ended_at', 'is', null))),
    )

/** People of these zones silent since before an instant and not asked yet, at most `limit`. */
export async function silentSince(tx: Tx, silent: { before: number; zones: readonly TimeZone[]; limit: number }): Promise<readonly number[]> {
  const rows = await idle(tx, silent.zones)
    .select('person.id')
    .where('person.last_seen_at', '<=', silent.before)
    .where('person.retention_asked_at', 'is', null)
    .orderBy('person.last_seen_at')
    .limit(silent.limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Whether she is being asked, and has given no sign of life since. */
export async function isAsked(tx: Tx, person: number): Promise<boolean> {
  const asked = await tx.selectFrom('person').select('id').where('id', '=', person).where('retention_asked_at', 'is not', null).executeTakeFirst()
  return asked !== undefined
}

/** Counts the time to answer from an instant (ms UTC), or not at all; of who gave a sign of life nothing is counted. */
export async function countFrom(tx: Tx, person: number, askedAt: number | null): Promise<void> {
  await tx.updateTable('person').set({ retention_asked_at: askedAt }).where('id', '=', person).where('retention_asked_at', 'is not', null).execute()
}

/** People of these zones asked before an instant, silent since, whose question is not still to come and for whom nothing waits to be sent, at most `limit`. */
export async function askedInVain(tx: Tx, asked: { before: number; zones: readonly TimeZone[]; limit: number }): Promise<readonly number[]> {
  const rows = await idle(tx, asked.zones)
    .select('person.id')
    .where('person.retention_asked_at', '<=', asked.before)
    .whereRef('person.last_seen_at', '<', 'person.retention_asked_at')
    .where((e) =>
      e.not(
        e.exists(
          e.selectFrom('outbox').select('outbox.id')
            .where('outbox.lane', 'in', ['reply', 'bulk'])
            .whereRef('outbox.chat_id', '=', 'person.telegram_id')
            .where('outbox.state', 'in', ['queued', 'sending']),
        ),
      ),
    )
    .where((e) =>
      e.not(e.exists(e.selectFrom('nudge').select('nudge.kind').whereRef('nudge.person_id', '=', 'person.id').where('nudge.kind', '=', 'retention').where('nudge.next_at', 'is not', null))),
    )
    .limit(asked.limit)
    .execute()
  return rows.map((row) => row.id)
}

/**
 * Deletes what was said in cases before an instant; a case left without any word is emptied of everything else that was told in it, and
 * closed. Its number, its times and how it ended stay: they are what is counted. Returns how many messages. `now`: ms UTC.
 */
export async function pruneHelp(tx: Tx, { before, limit, now }: { before: number; limit: number; now: number }): Promise<number> {
  await tx.deleteFrom('draft_part').where('created_at', '<=', before).execute()
  const old = await tx.selectFrom('case_message').select(['id', 'case_id']).where('created_at', '<=', before).orderBy('created_at').limit(limit).execute()
  if (old.length === 0) return 0
  const cases = [...new Set(old.map((row) => row.case_id))]
  // Whoever adds to one now has done so before it is looked at whether it is empty.
  await tx.selectFrom('help_case').select('id').where('id', 'in', cases).modifyEnd(rowLock(tx, 'update', 'help_case')).execute()
  await tx.deleteFrom('case_message').where('id', 'in', old.map((row) => row.id)).execute()
  const left = await tx.selectFrom('case_message').select('case_id').distinct().where('case_id', 'in', cases).execute()
  const emptied = cases.filter((id) => !left.some((row) => row.case_id === id))
  if (emptied.length === 0) return old.length
  await tx.deleteFrom('case_note').where('case_id', 'in', emptied).execute()
  await tx.deleteFrom('case_copy').where('case_id', 'in', emptied).execute()
  await tx.updateTable('case_assignment').set({ until: now, ended_as: 'purge' }).where('case_id', 'in', emptied).where('until', 'is', null).execute()
  await tx
    .updateTable('help_case')
    .set((e) => ({
      state: 'closed', outcome: e.fn.coalesce('outcome', e.val('no-answer' as const)), closed_at: e.fn.coalesce('closed_at', e.val(now)), purged_at: now,
      due_at: null, turn: null, lease_from: null, lease_until: null, about: null, lesson: null, thanks: null,
    }))
    .where('id', 'in', emptied)
    .execute()
  return old.length
}

/** Deletes proof of consents that ended, and tombstones, of before an instant. */
export async function pruneProof(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom('consent_proof').where('withdrawn_at', '<=', before).execute()
  await tx.deleteFrom('consent').where('withdrawn_at', '<=', before).execute()
  await tx.deleteFrom('tombstone').where('erased_at', '<=', before).execute()
}

/** Deletes what was sent, or never arrived, in private chats of people who are no longer known: groups have negative ids. */
export async function pruneChatsOfNobody(tx: Tx, chatId?: number): Promise<void> {
  await tx
    .deleteFrom('outbox')
    .where('chat_id', '>', 0)
    .where('settled_at', 'is not', null)
    // Word for word as the index of what never arrived says it, so that it is used.
    .where((e) => (chatId === undefined ? sql<boolean>`state in ('dead', 'unknown')` : e('chat_id', '=', chatId)))
    .where((e) => e.not(e.exists(e.selectFrom('person').select('person.id').whereRef('person.telegram_id', '=', 'outbox.chat_id'))))
    .execute()
}
