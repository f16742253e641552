// Reads and writes volunteers. Every change of what someone may do is audited here; what is said about it is the features'.
import type { Insertable, Selectable } from 'kysely'
import { rowLock, type Tx } from '../storage/database.ts'
import type { VolunteerTable } from '../storage/volunteer-tables.ts'
import { audit } from './audit.ts'
import { type TimeZone, zoneOf } from './time-zone.ts'
import { DEFAULTS, nextWeeklyQuestion, type Volunteer, type VolunteerState, type WeeklyLoad } from './volunteer.ts'

type Row = Selectable<VolunteerTable> & { readonly time_zone: string | null }
type Told = Omit<Row, 'state' | 'on_duty' | 'ask_at' | 'offered_at' | 'digest_day' | 'created_at' | 'updated_at'>

const withZone = (tx: Tx) => tx.selectFrom('volunteer').innerJoin('person', 'person.id', 'volunteer.person_id').selectAll('volunteer').select('person.time_zone')

/** What someone told of herself as a volunteer; undefined until she finished her welcome. */
export async function findVolunteer(tx: Tx, person: number): Promise<Volunteer | undefined> {
  const row = await withZone(tx).where('volunteer.person_id', '=', person).executeTakeFirst()
  return row && toVolunteer(row)
}

/** Several by person id; who has no profile is missing. */
export async function findVolunteers(tx: Tx, people: readonly number[]): Promise<ReadonlyMap<number, Volunteer>> {
  if (people.length === 0) return new Map()
  const rows = await withZone(tx).where('volunteer.person_id', 'in', people).execute()
  return new Map(rows.map((row) => [row.person_id, toVolunteer(row)]))
}

/** Everyone who may be offered cases now (ms UTC) and can be reached: active, on duty, not away, neither blocked nor pausing all messages. @param area leaves out who does not take it */
export async function volunteersOnDuty(tx: Tx, now: number, area?: string): Promise<readonly Volunteer[]> {
  const rows = await tx
    .selectFrom('volunteer')
    .innerJoin('person', 'person.id', 'volunteer.person_id')
    // Hundreds are read for each case that is offered: only what tells who fits.
    .select(FITTING)
    .where('volunteer.state', '=', 'active')
    .where('volunteer.on_duty', '=', 1)
    .where((e) => e.or([e('volunteer.away_until', 'is', null), e('volunteer.away_until', '<=', now)]))
    .where('person.telegram_id', 'is not', null)
    .where('person.unreachable_at', 'is', null)
    .where('person.paused_at', 'is', null)
    .$if(area !== undefined, (query) => query.where((e) => e.or([e('volunteer.areas', '=', '[]'), e('volunteer.areas', 'like', `%"${area}"%`)])))
    .orderBy('volunteer.person_id')
    .execute()
  return rows.map((row) => told(row, 'active', true))
}

const FITTING = [
  'person_id', 'shown_name', 'areas', 'sectors', 'languages', 'regions', 'weekly_load', 'expert_in', 'away_until', 'quiet_from', 'quiet_until', 'news', 'digest_hour', 'person.time_zone',
] as const

/** What the welcome asks. */
export type VolunteerProfile = Pick<Volunteer, 'person' | 'shownName' | 'areas' | 'sectors' | 'languages' | 'regions' | 'quietFrom' | 'quietUntil' | 'weeklyLoad'>

/** Keeps a finished welcome: from now on she waits for approval, whatever was before. */
export async function enrolVolunteer(tx: Tx, profile: VolunteerProfile, now: number): Promise<void> {
  const { person, ...told } = profile
  const row = { ...toColumns(told), state: 'waiting', on_duty: 1, away_until: null, ask_at: null, updated_at: now } as const
  const first = { ...row, person_id: person, news: DEFAULTS.news, digest_hour: DEFAULTS.digestHour, expert_in: '[]', created_at: now }
  await tx.insertInto('volunteer').values(first as Insertable<VolunteerTable>).onConflict((c) => c.column('person_id').doUpdateSet(row)).execute()
  await audit(tx, { at: now, actor: person, action: 'volunteer-enrolled', subject: `person:${person}` })
}

/** What she changes herself. */
export type VolunteerChange = Partial<Omit<Volunteer, 'person' | 'state' | 'expertIn' | 'timeZone'>>

export async function changeVolunteer(tx: Tx, person: number, change: VolunteerChange, now: number): Promise<void> {
  await tx.updateTable('volunteer').set({ ...toColumns(change), updated_at: now }).where('person_id', '=', person).execute()
}

/** What a coordinator decides, or she herself when she leaves, and from which states it can be. */
export const MOVES = {
  approved: { from: ['waiting'], to: 'active' },
  refused: { from: ['waiting'], to: 'ended' },
  paused: { from: ['active'], to: 'paused' },
  resumed: { from: ['paused'], to: 'active' },
  ended: { from: ['active', 'paused', 'waiting'], to: 'ended' },
} as const satisfies Record<string, { readonly from: readonly VolunteerState[]; readonly to: VolunteerState }>
export type VolunteerMove = keyof typeof MOVES

/** Makes a move, once: of two who make it at the same moment one hears yes. Audited. */
export async function moveVolunteer(tx: Tx, moved: { person: number; move: VolunteerMove; by: number; now: number }): Promise<boolean> {
  const { from, to } = MOVES[moved.move]
  const { numUpdatedRows } = await tx
    .updateTable('volunteer')
    .set({ state: to, updated_at: moved.now })
    .where('person_id', '=', moved.person)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return false
  await audit(tx, { at: moved.now, actor: moved.by, action: `volunteer-${moved.move}`, subject: `person:${moved.person}` })
  const volunteer = await findVolunteer(tx, moved.person)
  // Who is paused keeps her wish to be asked or not for when she goes on.
  if (volunteer && moved.move === 'approved') await askWeekly(tx, moved.person, nextWeeklyQuestion(volunteer, moved.now))
  else if (to === 'ended') await askWeekly(tx, moved.person, null)
  return true
}

/** Names her an expert in an area, or no longer. Audited; false when it was so already. */
export async function nameExpert(tx: Tx, named: { person: number; area: string; expert: boolean; by: number; now: number }): Promise<boolean> {
  // Two coordinators who name areas at once must not undo each other.
  await tx.selectFrom('volunteer').select('person_id').where('person_id', '=', named.person).modifyEnd(rowLock(tx, 'update', 'volunteer')).execute()
  const volunteer = await findVolunteer(tx, named.person)
  if (!volunteer || volunteer.expertIn.includes(named.area) === named.expert) return false
  const expertIn = named.expert ? [...volunteer.expertIn, named.area] : volunteer.expertIn.filter((one) => one !== named.area)
  await tx.updateTable('volunteer').set({ expert_in: JSON.stringify(expertIn), updated_at: named.now }).where('person_id', '=', named.person).execute()
  const action = named.expert ? 'volunteer-expert' : 'volunteer-expert-no-more'
  await audit(tx, { at: named.now, actor: named.by, action, subject: `person:${named.person}`, detail: named.area })
  return true
}

/** Asks none later than an instant (ms UTC), as after a clock that ran ahead. */
export async function bringWeeklyForward(tx: Tx, latest: number): Promise<void> {
  await tx.updateTable('volunteer').set({ ask_at: latest }).where('ask_at', '>', latest).execute()
}

/** Sets when she is asked next how many cases she can take (ms UTC); null: not at all. */
export async function askWeekly(tx: Tx, person: number, at: number | null): Promise<void> {
  await tx.updateTable('volunteer').set({ ask_at: at }).where('person_id', '=', person).execute()
}

/** Whether she is asked every week how many cases she can take. */
export async function isAskedWeekly(tx: Tx, person: number): Promise<boolean> {
  return (await tx.selectFrom('volunteer').select('ask_at').where('person_id', '=', person).where('ask_at', 'is not', null).executeTakeFirst()) !== undefined
}

/** Who is to be asked by an instant (ms UTC), the longest waiting first. */
export async function dueWeekly(
  tx: Tx,
  { by, limit, people }: { by: number; limit: number; people?: readonly number[] | undefined },
): Promise<readonly { readonly person: number; readonly subject: string; readonly dueAt: number }[]> {
  const rows = await tx
    .selectFrom('volunteer')
    .select(['person_id', 'ask_at'])
    .where('ask_at', '<=', by)
    .$if(people !== undefined, (query) => query.where('person_id', 'in', people ?? []))
    .orderBy('ask_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ person: row.person_id, subject: 'week', dueAt: row.ask_at as number }))
}

function toColumns(change: VolunteerChange) {
  const list = (ids: readonly string[] | undefined) => ids && JSON.stringify(ids)
  const columns = {
    shown_name: change.shownName, areas: list(change.areas), sectors: list(change.sectors), languages: list(change.languages), regions: list(change.regions),
    weekly_load: change.weeklyLoad, on_duty: change.onDuty === undefined ? undefined : change.onDuty ? (1 as const) : (0 as const), away_until: change.awayUntil,
    quiet_from: change.quietFrom, quiet_until: change.quietUntil, news: change.news, digest_hour: change.digestHour,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Defined<typeof columns>
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function toVolunteer(row: Row): Volunteer {
  return told(row, row.state, row.on_duty === 1)
}

function told(row: Told, state: VolunteerState, onDuty: boolean): Volunteer {
  return {
    person: row.person_id,
    state,
    shownName: row.shown_name,
    areas: list(row.areas),
    sectors: list(row.sectors),
    languages: list(row.languages),
    regions: list(row.regions),
    weeklyLoad: row.weekly_load as WeeklyLoad,
    expertIn: list(row.expert_in),
    onDuty,
    awayUntil: row.away_until,
    quietFrom: row.quiet_from,
    quietUntil: row.quiet_until,
    timeZone: zoneOf({ timeZone: row.time_zone as TimeZone | null }),
    news: row.news,
    digestHour: row.digest_hour,
  }
}

const NONE: readonly string[] = []
const list = (json: string): readonly string[] => (json === '[]' ? NONE : (JSON.parse(json) as readonly string[]))
