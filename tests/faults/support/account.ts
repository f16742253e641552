// Compares what a clinic's tables hold after one registration with what was told, which is written down apart from the clinic.
import { expect } from 'vitest'
import type { Clinic } from './clinic.ts'
import { ACCOUNT } from './registration.ts'

/** Everything the clinic knows equals what she told, and nothing is left over. */
export function expectHerAccount(clinic: Clinic): void {
  expect(
    clinic.rows('select given_name, honorific, adult, phone, time_zone, member_number from person where telegram_id <> 3001'),
  ).toEqual(ACCOUNT.person)
  const businesses = clinic.rows(
    'select name, sector, village_code as village, product, age, workers, sales_band, channels, licences from business',
  )
  expect(businesses.map((one) => ({ ...one, channels: JSON.parse(String(one['channels'])), licences: JSON.parse(String(one['licences'])) }))).toEqual(ACCOUNT.business)
  expect(clinic.rows('select purpose from consent where withdrawn_at is null order by id').map((row) => row['purpose'])).toEqual(ACCOUNT.consents)
  expect(clinic.rows('select 1 from consent')).toHaveLength(ACCOUNT.consents.length)
  expect(clinic.rows(`select role from role where role = 'owner'`)).toHaveLength(1)
  for (const table of ['conversation', 'failed_update', 'update_attempt', 'inbox']) expect(clinic.rows(`select * from ${table}`)).toEqual([])
  expect(clinic.rows(`select * from outbox where state in ('dead', 'unknown')`)).toEqual([])
}
