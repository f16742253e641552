// Reads and writes cases and who may read them. What may happen to a case is decided in case.ts; it happens in happening.ts.
import { nextNumber } from '../people/store.ts'
import { rowLock, type Tx } from '../storage/database.ts'
import type { HelpCaseTable } from '../storage/case-tables.ts'
import type { Schema } from '../storage/schema.ts'
import type { ExpressionBuilder, Selectable, Updateable } from 'kysely'
import type { Audience } from './audience.ts'
import type { Case } from './case.ts'
import { type Load, NO_LOAD } from './match.ts'
import type { Timed } from './timing.ts'

export type CaseRow = Selectable<HelpCaseTable>

/** A case with everything that is known of it. Instants in ms UTC. */
export interface CaseRecord extends Case, Timed {
  readonly state: Case['state']
  readonly turn: Case['turn']
  readonly topic: string | null
  readonly area: string | null
  /** The step or tip she was at. */
  readonly about: string | null
  readonly branch: string | null
  readonly urgent: boolean
  readonly front: boolean
  /** Its owner wants no volunteer to see it. */
  readonly coordinatorsOnly: boolean
  readonly leaseUntil: number | null
  readonly claimedAt: number | null
  readonly answeredAt: number | null
  readonly lesson: string | null
  readonly rating: number | null
  readonly thanks: string | null
  readonly thanksOutbox: number | null
  readonly reportedBy: number | null
  readonly statusOutbox: number | null
}

export function toCase(row: CaseRow): CaseRecord {
  return {
    id: row.id, number: row.number, personId: row.person_id, state: row.state, volunteerId: row.volunteer_id, turn: row.turn, outcome: row.outcome,
    frozenFrom: row.frozen_from, createdAt: row.created_at, closedAt: row.closed_at, purgedAt: row.purged_at, topic: row.topic, area: row.area, about: row.about,
    branch: row.branch, urgent: row.urgent === 1, front: row.front === 1, coordinatorsOnly: row.coordinators_only === 1, circle: row.circle, waitingSince: row.waiting_since, leaseFrom: row.lease_from,
    leaseUntil: row.lease_until, reminded: row.reminded, stillAskedAt: row.still_asked_at, lastAt: row.last_at ?? row.created_at, claimedAt: row.claimed_at,
    answeredAt: row.answered_at, lesson: row.lesson, rating: row.rating, thanks: row.thanks, thanksOutbox: row.thanks_outbox, reportedBy: row.reported_by, statusOutbox: row.status_outbox,
  }
}

/** A case as it is now. Its owner stays known until this transaction ends: what is shown of her is forgotten with her. */
export async function findCase(tx: Tx, id: number): Promise<CaseRecord | undefined> {
  const row = await tx
    .selectFrom('help_case')
    .innerJoin('person', 'person.id', 'help_case.person_id')
    .selectAll('help_case')
    .where('help_case.id', '=', id)
    .modifyEnd(rowLock(tx, 'key share', 'person'))
    .executeTakeFirst()
  return row && toCase(row)
}

/** The case as it stays until this transaction ends: whoever decides on it takes it so. */
export async function holdCase(tx: Tx, id: number): Promise<CaseRecord | undefined> {
  const row = await tx.selectFrom('help_case').selectAll().where('id', '=', id).modifyEnd(rowLock(tx, 'update', 'help_case')).executeTakeFirst()
  return row && toCase(row)
}

/** Keeps a new case under the next number; it waits. */
export async function createCase(
  tx: Tx,
  asked: { person: number; topic: string | null; area: string | null; about: string | null; branch: string | null; urgent: boolean; dueAt: number; now: number },
): Promise<CaseRecord> {
  const { now, person, urgent, dueAt, ...rest } = asked
  const row = await tx
    .insertInto('help_case')
    .values({
      ...rest, number: await nextNumber(tx, 'help-request'), person_id: person, state: 'waiting', urgent: urgent ? 1 : 0, circle: -1, waiting_since: now, last_at: now, due_at: dueAt, created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCase(row)
}

export async function changeCase(tx: Tx, id: number, change: Updateable<HelpCaseTable>): Promise<void> {
  await tx.updateTable('help_case').set(change).where('id', '=', id).execute()
}

/** An owner's cases, those that go on first, then the newest. */
export async function casesOf(tx: Tx, person: number, limit = 20): Promise<readonly CaseRecord[]> {
  const rows = await tx
    .selectFrom('help_case')
    .selectAll()
    .where('person_id', '=', person)
    .orderBy((e) => e.case().when('state', '=', 'closed').then(1).else(0).end())
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toCase)
}

/** The cases someone is assigned to now, the one that waits longest for them first. */
export async function casesAssignedTo(tx: Tx, person: number): Promise<readonly CaseRecord[]> {
  const rows = await tx
    .selectFrom('case_assignment')
    .innerJoin('help_case', 'help_case.id', 'case_assignment.case_id')
    .selectAll('help_case')
    .where('case_assignment.person_id', '=', person)
    .where('case_assignment.until', 'is', null)
    .where('help_case.state', '!=', 'closed')
    .where((e) => mayHelp(e))
    .orderBy((e) => e.case().when('help_case.turn', '=', 'volunteer').then(0).else(1).end())
    .orderBy('help_case.last_at')
    .execute()
  return rows.map(toCase)
}

/** What waits and is on its way. Volunteers are shown only what its owner agreed to show them. */
const waitingFor = (tx: Tx, audience: Audience) =>
  tx
    .selectFrom('help_case')
    .where('state', '=', 'waiting')
    .where('circle', '>=', 0)
    .$if(audience === 'volunteers', (query) =>
      query.where('coordinators_only', '=', 0).where((e) =>
        e.exists(e.selectFrom('consent').select('consent.id').whereRef('consent.person_id', '=', 'help_case.person_id').where('purpose', '=', 'contact').where('withdrawn_at', 'is', null)),
      ),
    )

/** The head of the queue: what can't wait first, then what was held before, then by waiting time. */
export async function queue(tx: Tx, limit: number, audience: Audience = 'coordinators'): Promise<readonly CaseRecord[]> {
  const rows = await waitingFor(tx, audience)
    .innerJoin('person', 'person.id', 'help_case.person_id')
    .selectAll('help_case')
    .orderBy('urgent', 'desc')
    .orderBy('front', 'desc')
    .orderBy('waiting_since')
    .orderBy('help_case.id')
    .limit(limit)
    .modifyEnd(rowLock(tx, 'key share', 'person'))
    .execute()
  return rows.map(toCase)
}

export async function countWaiting(tx: Tx, audience: Audience = 'coordinators'): Promise<number> {
  const { count } = await waitingFor(tx, audience).select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return count
}

/** Cases someone helps with now, those that wait for the helper longest first. */
export async function heldCases(tx: Tx, limit: number): Promise<readonly CaseRecord[]> {
  const rows = await tx
    .selectFrom('help_case')
    .selectAll()
    .where('state', '=', 'claimed')
    .orderBy((e) => e.case().when('turn', '=', 'volunteer').then(0).else(1).end())
    .orderBy('last_at')
    .limit(limit)
    .execute()
  return rows.map(toCase)
}

/** Cases in which time has something to do by `now`, the longest due first. */
export async function dueCases(tx: Tx, now: number, limit: number): Promise<readonly { readonly id: number; readonly personId: number }[]> {
  return tx.selectFrom('help_case').select(['id', 'person_id as personId']).where('due_at', '<=', now).orderBy('due_at').limit(limit).execute()
}

export interface Assignment {
  readonly person: number
  readonly role: 'lead' | 'expert'
}

/** Who has a case now, the lead first; also who left the team meanwhile. */
export async function assignmentsOf(tx: Tx, caseId: number): Promise<readonly Assignment[]> {
  return assignments(tx, caseId).execute()
}

/** Cases in someone's hand who helps no longer, is not there any more, or whom she does not let write to her now. */
export async function deserted(tx: Tx, limit: number): Promise<readonly { readonly id: number; readonly personId: number }[]> {
  return tx
    .selectFrom('help_case')
    .select(['help_case.id', 'help_case.person_id as personId'])
    .where('help_case.state', '=', 'claimed')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('case_assignment')
            .select('case_assignment.id')
            .whereRef('case_assignment.case_id', '=', 'help_case.id')
            .where('case_assignment.role', '=', 'lead')
            .where('case_assignment.until', 'is', null)
            .where((one) => mayHelp(one)),
        ),
      ),
    )
    .orderBy('help_case.id')
    .limit(limit)
    .execute()
}

/** Who may read and write in a case now, the lead first: whoever left the team may no longer, nor a volunteer whom she lets write to her no longer. */
export async function helpersOf(tx: Tx, caseId: number): Promise<readonly Assignment[]> {
  return assignments(tx, caseId)
    .where((e) => mayHelp(e))
    .execute()
}

/** Whether someone was ever the one who led a case. */
export async function hasLed(tx: Tx, caseId: number, person: number): Promise<boolean> {
  const row = await tx.selectFrom('case_assignment').select('id').where('case_id', '=', caseId).where('person_id', '=', person).where('role', '=', 'lead').executeTakeFirst()
  return row !== undefined
}

const assignments = (tx: Tx, caseId: number) =>
  tx
    .selectFrom('case_assignment')
    .select(['person_id as person', 'case_assignment.role'])
    .where('case_id', '=', caseId)
    .where('until', 'is', null)
    .orderBy('case_assignment.role', 'desc')
    .orderBy('case_assignment.id')

/** Coordinators, and volunteers as long as she lets them write to her. */
const mayHelp = (e: ExpressionBuilder<Schema, 'case_assignment'>) => {
  const role = e.selectFrom('role').select('role.person_id').whereRef('role.person_id', '=', 'case_assignment.person_id').where('role.ended_at', 'is', null)
  const consent = e
    .selectFrom('consent')
    .innerJoin('help_case as of', 'of.person_id', 'consent.person_id')
    .select('consent.id')
    .whereRef('of.id', '=', 'case_assignment.case_id')
    .where('consent.purpose', '=', 'contact')
    .where('consent.withdrawn_at', 'is', null)
  return e.or([e.exists(role.where('role.role', '=', 'coordinator')), e.and([e.exists(role.where('role.role', '=', 'volunteer')), e.exists(consent)])])
}

export async function assign(tx: Tx, to: { caseId: number; person: number; role: 'lead' | 'expert'; now: number }): Promise<void> {
  await tx.insertInto('case_assignment').values({ case_id: to.caseId, person_id: to.person, role: to.role, since: to.now }).execute()
}

/** Ends the assignment of one person, or of everyone. */
export async function endAssignments(tx: Tx, ended: { caseId: number; person?: number; as: string; now: number }): Promise<void> {
  await tx
    .updateTable('case_assignment')
    .set({ until: ended.now, ended_as: ended.as })
    .where('case_id', '=', ended.caseId)
    .where('until', 'is', null)
    .$if(ended.person !== undefined, (query) => query.where('person_id', '=', ended.person ?? 0))
    .execute()
}

const WEEK_MS = 7 * 86_400_000

/** How busy everyone is who has or had cases, or was offered one. @param owner whose case it is: who helped her before is asked first. */
export async function loadsOf(tx: Tx, owner: number, now: number): Promise<ReadonlyMap<number, Load>> {
  const leads = tx.selectFrom('case_assignment as a').where('a.role', '=', 'lead')
  // Who takes the same case again, as after it was reopened, still helps with one.
  const count = leads.select((e) => ['a.person_id as person', e.fn.count<number>('a.case_id').distinct().as('count')]).groupBy('a.person_id')
  const loads = new Map<number, Load>()
  const note = (person: number, load: Partial<Load>) => loads.set(person, { ...NO_LOAD, ...loads.get(person), ...load })
  for (const { person, count: open } of await count.where('a.until', 'is', null).execute()) note(person, { open })
  for (const { person, count: week } of await count.where('a.since', '>', now - WEEK_MS).execute()) note(person, { week })
  const hers = await leads.innerJoin('help_case as c', 'c.id', 'a.case_id').select('a.person_id as person').distinct().where('c.person_id', '=', owner).execute()
  for (const { person } of hers) note(person, { helpedHer: true })
  const asked = await tx.selectFrom('volunteer').select(['person_id as person', 'offered_at as offeredAt']).where('offered_at', 'is not', null).execute()
  for (const { person, offeredAt } of asked) note(person, { offeredAt: offeredAt ?? 0 })
  return loads
}

/** So many answers make a usual waiting time; fewer tell nothing. */
const ENOUGH_ANSWERS = 5
const LATEST_ANSWERS = 50

/** How long it usually takes until somebody answers, ms: the median of the latest; undefined while there are too few. */
export async function usualWait(tx: Tx): Promise<number | undefined> {
  const rows = await tx.selectFrom('help_case').select(['created_at', 'answered_at']).where('answered_at', 'is not', null).orderBy('answered_at', 'desc').limit(LATEST_ANSWERS).execute()
  const waits = rows.map((row) => (row.answered_at ?? 0) - row.created_at).toSorted((a, b) => a - b)
  return waits.length < ENOUGH_ANSWERS ? undefined : waits[Math.floor(waits.length / 2)]
}

/** Notes that someone helped in a case on a day where they live (2026-11-23); once a day and case. */
export async function noteHelpedDay(tx: Tx, helped: { person: number; number: number; day: string }): Promise<void> {
  await tx
    .insertInto('helped_day')
    .values({ person_id: helped.person, case_number: helped.number, day: helped.day })
    .onConflict((c) => c.doNothing())
    .execute()
}
