// Someone lives by the clock of another time zone from now on. What she chose for an hour of her day keeps that hour.
import type { Tx } from '../storage/database.ts'
import { changePerson, getPerson } from './store.ts'
import { hoursBetween, type TimeZone, zoneOf } from './time-zone.ts'

const HOUR_MS = 3_600_000

export async function moveToZone(tx: Tx, person: number, timeZone: TimeZone): Promise<void> {
  const laterMs = hoursBetween(timeZone, zoneOf(await getPerson(tx, person))) * HOUR_MS
  await changePerson(tx, person, { time_zone: timeZone })
  if (laterMs === 0) return
  await tx
    .updateTable('tip_schedule')
    .set((e) => ({ next_at: e('next_at', '+', laterMs), paused_until: e('paused_until', '+', laterMs) }))
    .where('person_id', '=', person)
    .execute()
}
