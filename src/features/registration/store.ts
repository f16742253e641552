// Keeps members and their businesses.
import type { Answers } from '../../conversation/form.ts'
import { moveToZone } from '../../people/moving.ts'
import { grantRole } from '../../people/roles.ts'
import { changePerson, getPerson, nextNumber } from '../../people/store.ts'
import { timeZoneOfProvince } from '../../people/time-zone.ts'
import type { Tx } from '../../storage/database.ts'
import type { BusinessRow } from '../../storage/schema.ts'
import { LICENCES } from './fields.ts'

export interface Business {
  readonly id: number
  readonly personId: number
  /** Null when it has no name yet. */
  readonly name: string | null
  readonly answers: Answers
}

/** Makes someone a member: number, role, and what she told about herself. Done before, nothing is counted again. */
export async function admitMember(tx: Tx, member: { person: number; answers: Answers; now: number }): Promise<void> {
  const { answers, now } = member
  const person = await getPerson(tx, member.person)
  await changePerson(tx, person.id, {
    given_name: text(answers, 'name'),
    honorific: text(answers, 'honorific'),
    adult: 1,
    phone: text(answers, 'phone'),
    ...(person.memberNumber === null && { member_number: await nextNumber(tx, 'member'), member_since: now }),
  })
  await grantRole(tx, { person: person.id, role: 'owner', by: person.id, now })
}

export async function addBusiness(tx: Tx, added: { person: number; answers: Answers; now: number }): Promise<number> {
  const { id } = await tx
    .insertInto('business')
    .values({ ...columns(added.answers), person_id: added.person, created_at: added.now, updated_at: added.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await followTimeZone(tx, added.person, added.answers)
  return id
}

export async function changeBusiness(tx: Tx, business: Business, answers: Answers, now: number): Promise<void> {
  await tx.updateTable('business').set({ ...columns(answers), updated_at: now }).where('id', '=', business.id).execute()
  await followTimeZone(tx, business.personId, answers)
}

export async function removeBusiness(tx: Tx, business: Business): Promise<void> {
  await tx.deleteFrom('business').where('id', '=', business.id).execute()
}

/** A person's businesses, oldest first. */
export async function businessesOf(tx: Tx, person: number): Promise<readonly Business[]> {
  const rows = await tx.selectFrom('business').selectAll().where('person_id', '=', person).orderBy('id').execute()
  return rows.map(toBusiness)
}

/** A business by id, if it belongs to this person. */
export async function findBusiness(tx: Tx, person: number, id: number): Promise<Business | undefined> {
  const row = await tx.selectFrom('business').selectAll().where('id', '=', id).where('person_id', '=', person).executeTakeFirst()
  return row && toBusiness(row)
}

/** The person lives by the clock of her village. */
async function followTimeZone(tx: Tx, person: number, answers: Answers): Promise<void> {
  const village = text(answers, 'village')
  if (village) await moveToZone(tx, person, timeZoneOfProvince(village.slice(0, 2)))
}

function columns(answers: Answers) {
  return {
    name: text(answers, 'business-name'),
    sector: String(answers['sector']),
    village_code: String(answers['village']),
    product: text(answers, 'product'),
    age: text(answers, 'age'),
    workers: text(answers, 'workers'),
    sales_band: text(answers, 'sales'),
    channels: answers['channels'] ? JSON.stringify(answers['channels']) : null,
    licences: JSON.stringify(Object.fromEntries(LICENCES.map((id) => [id, answers[id] ?? null]))),
  }
}

function toBusiness(row: BusinessRow): Business {
  const { id, person_id, name } = row
  return {
    id,
    personId: person_id,
    name,
    answers: {
      'business-name': name ?? '',
      sector: row.sector,
      village: row.village_code,
      product: row.product,
      age: row.age,
      workers: row.workers,
      sales: row.sales_band,
      channels: row.channels === null ? null : (JSON.parse(row.channels) as string[]),
      ...(JSON.parse(row.licences) as Answers),
    },
  }
}

/** A written answer; null when skipped or "not yet". */
function text(answers: Answers, step: string): string | null {
  const answer = answers[step]
  return typeof answer === 'string' && answer !== '' ? answer : null
}
