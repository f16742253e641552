// Reads and writes people. What a person typed reaches it only through a feature that had consent for it.
import { sql } from 'kysely'
import type { Language } from '../content/language.ts'
import type { PersonRow } from '../storage/schema.ts'
import type { Tx } from '../storage/database.ts'
import { prepare } from '../storage/prepared.ts'
import type { Honorific, Person } from './person.ts'
import type { Role } from './roles.ts'
import type { TimeZone } from './time-zone.ts'

type Row = PersonRow & { readonly roles: string | null }

const withRoles = (tx: Tx) =>
  tx
    .selectFrom('person')
    .selectAll('person')
    .select((e) =>
      e
        .selectFrom('role')
        .select(sql<string | null>`string_agg(role.role, ',')`.as('roles'))
        .whereRef('role.person_id', '=', 'person.id')
        .where('role.ended_at', 'is', null)
        .as('roles'),
    )

const selectByTelegramId = prepare<{ telegramId: number }, Row>((db, value) => withRoles(db).where('telegram_id', '=', value('telegramId')))
const selectById = prepare<{ id: number }, Row>((db, value) => withRoles(db).where('person.id', '=', value('id')))

export async function findPersonByTelegramId(tx: Tx, telegramId: number): Promise<Person | undefined> {
  const { rows: [row] } = await selectByTelegramId(tx, { telegramId })
  return row && toPerson(row)
}

export async function findPerson(tx: Tx, id: number): Promise<Person | undefined> {
  const { rows: [row] } = await selectById(tx, { id })
  return row && toPerson(row)
}

/** Those of them who are there, by their ids. */
export async function findPeople(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, Person>> {
  const rows = ids.length === 0 ? [] : await withRoles(tx).where('person.id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, toPerson(row)]))
}

/** @throws when there is no such person. */
export async function getPerson(tx: Tx, id: number): Promise<Person> {
  const person = await findPerson(tx, id)
  if (!person) throw new Error(`There is no person ${id}.`)
  return person
}

/** Makes the record of someone who writes for the first time: the Telegram id and nothing else. Another process may just have made it: then it is that one. */
export async function createPerson(tx: Tx, telegramId: number, now: number): Promise<Person> {
  await tx
    .insertInto('person')
    .values({ telegram_id: telegramId, created_at: now, last_seen_at: now })
    .onConflict((c) => c.column('telegram_id').doNothing())
    .execute()
  const { rows } = await selectByTelegramId(tx, { telegramId })
  return toPerson(rows[0]!)
}

export type PersonChange = Partial<
  Pick<PersonRow, 'language' | 'given_name' | 'honorific' | 'adult' | 'phone' | 'time_zone' | 'unreachable_at' | 'paused_at' | 'retention_asked_at' | 'menu_shown' | 'commands_shown' | 'last_seen_at' | 'member_number' | 'member_since'>
>

export async function changePerson(tx: Tx, id: number, change: PersonChange): Promise<void> {
  await tx.updateTable('person').set(change).where('id', '=', id).execute()
}

/** The next number of a gapless series, such as member numbers. */
export async function nextNumber(tx: Tx, series: string): Promise<number> {
  const { value } = await tx
    .insertInto('counter')
    .values({ name: series, value: 1 })
    .onConflict((c) => c.column('name').doUpdateSet((e) => ({ value: e('counter.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

function toPerson(row: Row): Person {
  return {
    id: row.id,
    telegramId: row.telegram_id,
    language: row.language as Language,
    givenName: row.given_name,
    honorific: row.honorific as Honorific | null,
    adult: row.adult === null ? null : row.adult === 1,
    phone: row.phone,
    timeZone: row.time_zone as TimeZone | null,
    memberNumber: row.member_number,
    memberSince: row.member_since,
    unreachableAt: row.unreachable_at,
    pausedAt: row.paused_at,
    menuShown: row.menu_shown,
    commandsShown: row.commands_shown,
    lastSeenAt: row.last_seen_at,
    roles: (row.roles?.split(',') ?? []) as Role[],
  }
}
