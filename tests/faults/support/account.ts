// Compares what a clinic's tables hold after registrations with what was told, which is written down apart from the clinic.
import { expect } from 'vitest'
import type { Clinic } from './clinic.ts'
import { accountOf, KARTINAH, type Registrant } from './registration.ts'

/** Everything the clinic knows of one who registered equals what Kartinah told, and nothing is left over. */
export function expectHerAccount(clinic: Clinic): void {
  expectRegistered(clinic, [KARTINAH])
  expect(clinic.rows('select * from failed_update')).toEqual([])
}

/** Each of them is registered once, with all she told and nothing else; and nothing waits. In the order of their names. */
export function expectRegistered(clinic: Clinic, registrants: readonly Registrant[]): void {
  const accounts = registrants.map(accountOf)
  const members = clinic.rows('select given_name, honorific, adult, phone, time_zone from person where member_number is not null order by given_name')
  expect(members).toEqual(accounts.map(({ person }) => person))
  const numbers = clinic.rows('select member_number from person where member_number is not null order by member_number')
  expect(numbers.map((row) => row['member_number'])).toEqual(registrants.map((_, at) => at + 1))
  const businesses = clinic.rows(
    `select b.name, sector, village_code as village, product, age, workers, sales_band, channels, licences
     from business as b join person as p on p.id = b.person_id order by given_name`,
  )
  expect(businesses.map((one) => ({ ...one, channels: JSON.parse(String(one['channels'])), licences: JSON.parse(String(one['licences'])) }))).toEqual(
    accounts.map(({ business }) => business),
  )
  const consents = clinic.rows('select purpose from consent as c join person as p on p.id = c.person_id where withdrawn_at is null order by given_name, c.id')
  expect(consents.map((row) => row['purpose'])).toEqual(accounts.flatMap((one) => one.consents))
  expect(clinic.rows('select 1 from consent')).toHaveLength(consents.length)
  expect(clinic.rows(`select 1 from role where role = 'owner'`)).toHaveLength(registrants.length)
  for (const table of ['conversation', 'update_attempt', 'inbox']) expect(clinic.rows(`select * from ${table}`)).toEqual([])
  expect(clinic.rows(`select * from outbox where state in ('dead', 'unknown')`)).toEqual([])
}
