// Lets something happen to a case: holds its row, asks the state machine, and writes what follows from it in the same transaction.
// It tells nobody; whoever called it does.
import { audit } from '../people/audit.ts'
import { getPerson } from '../people/store.ts'
import { dayThere, zoneOf } from '../people/time-zone.ts'
import { DEFAULTS } from '../people/volunteer.ts'
import { findVolunteer } from '../people/volunteer-store.ts'
import type { Tx } from '../storage/database.ts'
import { type Actor, type Case, type CaseChange, type CaseEvent, type CaseRefusal, CLOCK, moveCase } from './case.ts'
import type { QuietTime } from './lease.ts'
import { frozenHelpers, whoWasReportedIn } from './reported.ts'
import { assign, type Assignment, assignmentsOf, type CaseRecord, changeCase, endAssignments, helpersOf, holdCase, noteHelpedDay } from './store.ts'
import { type NextStep, nextStep, type Timed } from './timing.ts'

export type Happened =
  | {
      readonly type: 'happened'
      readonly before: CaseRecord
      readonly after: CaseRecord
      /** Who helped until now; some of them may no longer. */
      readonly helpers: readonly Assignment[]
    }
  | { readonly type: 'refused'; readonly reason: CaseRefusal; readonly found: CaseRecord }
  /** There is no such case (any more). */
  | { readonly type: 'gone' }

/** Someone's part in a case, as the database has it now. */
export async function actorIn(tx: Tx, of: Case, person: number): Promise<Actor> {
  const { roles } = await getPerson(tx, person)
  const helpers = await helpersOf(tx, of.id)
  const isVolunteer = (await findVolunteer(tx, person))?.state === 'active' && roles.includes('volunteer')
  const isCoordinator = roles.includes('coordinator')
  return {
    person,
    isOwner: of.personId === person,
    assigned: helpers.find((one) => one.person === person)?.role,
    isCoordinator,
    // Who coordinates may help too; whose part ended with a report takes it again only when a coordinator says so.
    isVolunteer: (isVolunteer || isCoordinator) && !(await whoWasReportedIn(tx, of.id)).has(person),
  }
}

/** @param event `by`: person id, or `clock`. `now`: ms UTC. */
export async function letHappen(tx: Tx, event: { caseId: number; event: CaseEvent; by: number | 'clock'; now: number }): Promise<Happened> {
  const before = await holdCase(tx, event.caseId)
  if (!before) return { type: 'gone' }
  const { by, now } = event
  const move = moveCase(before, event.event, by === 'clock' ? CLOCK : await actorIn(tx, before, by), now)
  if ('refused' in move) return { type: 'refused', reason: move.refused, found: before }
  const helpers = await helpersOf(tx, before.id)
  if (event.event.type === 'join' && isAmong(helpers, event.event.expert)) return { type: 'refused', reason: 'yours', found: before }
  await changeAssignments(tx, before, event.event, move.change, now)
  const after = { ...before, ...move.change, ...followUp(before, event.event, move.change, now) }
  const quiet = await quietOf(tx, after)
  await write(tx, after, quiet)
  if (event.event.type === 'volunteer-writes' && by !== 'clock') await noteHelpedDay(tx, { person: by, number: before.number, day: dayThere(now, quiet.volunteer.timeZone) })
  await audit(tx, { at: now, actor: by === 'clock' ? null : by, action: `case-${event.event.type}`, subject: `help-request:${before.id}`, ...detailOf(event.event) })
  return { type: 'happened', before, after, helpers }
}

const isAmong = (helpers: readonly Assignment[], person: number) => helpers.some((one) => one.person === person)

/** What of an event the trail keeps beside its name: codes only. */
function detailOf(event: CaseEvent): { readonly detail?: string } {
  if (event.type === 'settle-report') return { detail: event.as }
  return event.type === 'report' && event.reason !== undefined ? { detail: event.reason } : {}
}

/** Sets anew when time next has something to do with it, such as after it was offered. */
export async function reschedule(tx: Tx, record: CaseRecord): Promise<void> {
  await write(tx, record, await quietOf(tx, record))
}

/** What time does next to a case, and when. */
export async function nextStepOf(tx: Tx, record: CaseRecord): Promise<NextStep | undefined> {
  return nextStep(record, await quietOf(tx, record))
}

/** What follows for the clock and the queue. */
function followUp(before: CaseRecord, event: CaseEvent, change: CaseChange, now: number): Partial<CaseRecord> {
  const touched = { lastAt: now, ...(event.type === 'owner-writes' || event.type === 'volunteer-writes' ? { stillAskedAt: null } : {}) }
  const noLease = { leaseFrom: null, reminded: 0 }
  switch (change.state) {
    case 'waiting':
      // What the owner adds leaves her where she is in the queue.
      if (before.state === 'waiting') return touched
      return { ...touched, ...noLease, front: true, waitingSince: now, circle: -1, claimedAt: null, closedAt: null, stillAskedAt: null }
    case 'claimed': {
      const isNew = change.volunteerId !== before.volunteerId || before.state === 'waiting' || before.state === 'closed'
      const begins = change.turn === 'volunteer' && (isNew || before.turn !== 'volunteer' || before.state !== 'claimed')
      return {
        ...touched,
        ...(begins ? { leaseFrom: now, reminded: 0 } : change.turn === 'owner' ? noLease : {}),
        ...(isNew && { claimedAt: now, stillAskedAt: null, closedAt: null, waitingSince: before.waitingSince }),
        ...(event.type === 'volunteer-writes' && { answeredAt: before.answeredAt ?? now }),
      }
    }
    case 'closing':
      return { ...touched, ...noLease, ...(event.type === 'volunteer-writes' && { answeredAt: before.answeredAt ?? now }) }
    case 'frozen':
      return { ...touched, ...noLease }
    case 'closed':
      return { ...touched, ...noLease, closedAt: now }
  }
}

async function changeAssignments(tx: Tx, before: CaseRecord, event: CaseEvent, change: CaseChange, now: number): Promise<void> {
  const caseId = before.id
  const leadLeaves = before.volunteerId !== null && change.volunteerId !== before.volunteerId
  const isOpen = change.state === 'claimed' || change.state === 'closing'
  if (event.type === 'join') {
    if (!(await assignmentsOf(tx, caseId)).some(({ person }) => person === event.expert)) await assign(tx, { caseId, person: event.expert, role: 'expert', now })
    return
  }
  if (change.state === 'closed' || change.state === 'waiting' || change.state === 'frozen') {
    await endAssignments(tx, { caseId, as: event.type, now })
    return
  }
  if (leadLeaves && before.volunteerId !== null) await endAssignments(tx, { caseId, person: before.volunteerId, as: event.type, now })
  const helpers = await assignmentsOf(tx, caseId)
  if (isOpen && change.volunteerId !== null && !helpers.some(({ person, role }) => person === change.volunteerId && role === 'lead')) {
    // An expert who takes over is one person still.
    if (helpers.some(({ person }) => person === change.volunteerId)) await endAssignments(tx, { caseId, person: change.volunteerId, as: event.type, now })
    await assign(tx, { caseId, person: change.volunteerId, role: 'lead', now })
  }
  // It goes on as it was before the report: with everyone who helped and still may.
  if (event.type === 'settle-report') {
    for (const { person, role } of await frozenHelpers(tx, before)) {
      if (role === 'expert' && (await getPerson(tx, person)).roles.some((one) => one !== 'owner')) await assign(tx, { caseId, person, role, now })
    }
  }
}

async function quietOf(tx: Tx, record: CaseRecord): Promise<{ volunteer: QuietTime; owner: QuietTime }> {
  const owner = await getPerson(tx, record.personId)
  const ownersNight: QuietTime = { timeZone: zoneOf(owner), from: DEFAULTS.quietFrom, until: DEFAULTS.quietUntil }
  const volunteer = record.volunteerId === null ? undefined : await findVolunteer(tx, record.volunteerId)
  return { owner: ownersNight, volunteer: volunteer ? { timeZone: volunteer.timeZone, from: volunteer.quietFrom, until: volunteer.quietUntil } : ownersNight }
}

async function write(tx: Tx, record: CaseRecord, quiet: { volunteer: QuietTime; owner: QuietTime }): Promise<void> {
  await changeCase(tx, record.id, {
    state: record.state, volunteer_id: record.volunteerId, turn: record.turn, outcome: record.outcome, frozen_from: record.frozenFrom, front: record.front ? 1 : 0, circle: record.circle,
    waiting_since: record.waitingSince, last_at: record.lastAt, lease_from: record.leaseFrom, lease_until: leaseEnd(record, quiet), reminded: record.reminded, claimed_at: record.claimedAt,
    answered_at: record.answeredAt, still_asked_at: record.stillAskedAt, closed_at: record.closedAt, due_at: nextStep(record, quiet)?.at ?? null,
  })
}

function leaseEnd(record: Timed, quiet: { volunteer: QuietTime; owner: QuietTime }): number | null {
  if (record.state !== 'claimed' || record.turn !== 'volunteer') return null
  return nextStep({ ...record, reminded: Number.POSITIVE_INFINITY }, quiet)?.at ?? null
}
