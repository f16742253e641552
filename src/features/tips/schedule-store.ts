// The SQL of when people want their tips. The next slot stands in the row: who is due is found by it, whatever the clock did meanwhile.
import type { Tx } from '../../storage/database.ts'
import { prepare } from '../../storage/prepared.ts'
import type { TimeZone } from '../../people/time-zone.ts'
import type { Rhythm } from './slots.ts'

export interface TipSchedule extends Rhythm {
  /** ms UTC; null while stopped. */
  readonly nextAt: number | null
  readonly pausedUntil: number | null
  readonly stoppedAt: number | null
}

const toWeekdays = (stored: string) => stored.split(',').map(Number)

export async function findSchedule(tx: Tx, person: number): Promise<TipSchedule | undefined> {
  return (await findSchedules(tx, [person])).get(person)
}

/** The schedules of those of them who have one, by their ids. */
export async function findSchedules(tx: Tx, people: readonly number[]): Promise<ReadonlyMap<number, TipSchedule>> {
  const rows = await tx.selectFrom('tip_schedule').selectAll().where('person_id', 'in', people).execute()
  return new Map(
    rows.map((row) => [row.person_id, { weekdays: toWeekdays(row.weekdays), hour: row.hour, nextAt: row.next_at, pausedUntil: row.paused_until, stoppedAt: row.stopped_at }]),
  )
}

/** Keeps when she wants her tips, and the next slot (all instants ms UTC). */
export async function saveSchedule(tx: Tx, person: number, schedule: TipSchedule, now: number): Promise<void> {
  const row = {
    weekdays: schedule.weekdays.join(), hour: schedule.hour, next_at: schedule.nextAt, paused_until: schedule.pausedUntil, stopped_at: schedule.stoppedAt, updated_at: now,
  }
  await tx.insertInto('tip_schedule').values({ person_id: person, ...row }).onConflict((c) => c.column('person_id').doUpdateSet(row)).execute()
}

/** Moves only the next slot (ms UTC). */
export async function setNextSlot(tx: Tx, person: number, nextAt: number): Promise<void> {
  await updateNextSlot(tx, { person, nextAt })
}

const updateNextSlot = prepare<{ person: number; nextAt: number }, unknown>((db, value) =>
  db.updateTable('tip_schedule').set({ next_at: value('nextAt') }).where('person_id', '=', value('person')).where('stopped_at', 'is', null),
)

/** Whose tip is due by an instant (ms UTC), the longest waiting first. */
export async function dueSlots(
  tx: Tx,
  { by, limit, people }: { by: number; limit: number; people?: readonly number[] | undefined },
): Promise<readonly { readonly person: number; readonly subject: string; readonly dueAt: number }[]> {
  const rows = await tx
    .selectFrom('tip_schedule')
    .select(['person_id', 'next_at'])
    .where('next_at', '<=', by)
    .$if(people !== undefined, (query) => query.where('person_id', 'in', people ?? []))
    .orderBy('next_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ person: row.person_id, subject: 'slot', dueAt: row.next_at as number }))
}

/** A rhythm and where it is lived by. */
export interface LocalRhythm extends Rhythm {
  readonly timeZone: TimeZone | null
}

/** The rhythms of everybody whose next slot is after an instant (ms UTC): few, however many people there are. It looks at all of them. */
export async function rhythmsAhead(tx: Tx, after: number): Promise<readonly LocalRhythm[]> {
  const rows = await tx
    .selectFrom('tip_schedule')
    .innerJoin('person', 'person.id', 'tip_schedule.person_id')
    .select(['tip_schedule.weekdays', 'tip_schedule.hour', 'person.time_zone'])
    .where('tip_schedule.next_at', '>', after)
    .distinct()
    .execute()
  return rows.map(({ weekdays, hour, time_zone }) => ({ weekdays: toWeekdays(weekdays), hour, timeZone: time_zone as TimeZone | null }))
}

/** Lets nobody with this rhythm, who has not paused at `now`, wait beyond its next slot (both ms UTC). */
export async function bringSlotsForward(tx: Tx, { weekdays, hour, timeZone }: LocalRhythm, nextAt: number, now: number): Promise<void> {
  await tx
    .updateTable('tip_schedule')
    .set({ next_at: nextAt })
    .where('next_at', '>', nextAt)
    .where('weekdays', '=', weekdays.join())
    .where('hour', '=', hour)
    .where((e) => e.or([e('paused_until', 'is', null), e('paused_until', '<=', now)]))
    .where('person_id', 'in', (e) => e.selectFrom('person').select('id').where('time_zone', timeZone === null ? 'is' : '=', timeZone))
    .execute()
}

/** A schedule that is paused. */
export interface Pause extends LocalRhythm {
  readonly person: number
  /** ms UTC. */
  readonly until: number
}

/** The pauses at `now` whose owners wait beyond the end of it (ms UTC). It looks at all schedules. */
export async function pausesAt(tx: Tx, now: number): Promise<readonly Pause[]> {
  const rows = await tx
    .selectFrom('tip_schedule')
    .innerJoin('person', 'person.id', 'tip_schedule.person_id')
    .select(['tip_schedule.person_id', 'tip_schedule.weekdays', 'tip_schedule.hour', 'tip_schedule.paused_until', 'person.time_zone'])
    .where('tip_schedule.paused_until', '>', now)
    .whereRef('tip_schedule.next_at', '>', 'tip_schedule.paused_until')
    .execute()
  return rows.map((row) => ({ person: row.person_id, weekdays: toWeekdays(row.weekdays), hour: row.hour, timeZone: row.time_zone as TimeZone | null, until: row.paused_until as number }))
}

/** How many people have a slot at this instant (ms UTC). */
export async function countSlots(tx: Tx, at: number): Promise<number> {
  const { count } = await tx.selectFrom('tip_schedule').select((e) => e.fn.countAll<number>().as('count')).where('next_at', '=', at).executeTakeFirstOrThrow()
  return count
}
