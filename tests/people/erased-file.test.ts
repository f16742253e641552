// On SQLite: nothing of someone erased is left in the file either.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { expect, it } from 'vitest'
import { erasePerson } from '../../src/people/erasure.ts'
import { grantRole } from '../../src/people/roles.ts'
import { createPerson } from '../../src/people/store.ts'
import { createDatabaseFile } from '../storage/database-file.ts'
import { fillIn, NOW, RINI, SARI, SECRET } from './someone.ts'

/** Everything in its folder, as one text: the database and what stands beside it. */
function bytesOf(path: string): string {
  const folder = dirname(path)
  const file = new SqliteFile(path)
  file.pragma('wal_checkpoint(TRUNCATE)')
  file.close()
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')).join('')
}

it('someone erased is in no byte of the database file, while her neighbours stay whole', async () => {
  const file = createDatabaseFile()
  const database = await file.open()
  const mark = (person: number) => `Unik${person}Tanda`
  const ids = await database.transaction(async (tx) => {
    const coordinator = await createPerson(tx, RINI, NOW)
    await grantRole(tx, { person: coordinator.id, role: 'coordinator', by: null, now: NOW })
    const made: number[] = []
    for (let one = 0; one < 60; one += 1) made.push(await fillIn(tx, SARI + 10 * (one + 1), mark(one), RINI))
    return made
  })
  expect(bytesOf(file.path)).toContain(mark(31))

  for (const one of [7, 31, 59]) await database.transaction((tx) => erasePerson(tx, { person: ids[one] ?? 0, secret: SECRET, now: NOW + 9 }))

  const bytes = bytesOf(file.path)
  for (const one of [7, 31, 59]) expect(bytes).not.toContain(mark(one))
  for (const one of [0, 8, 30, 32, 58]) expect(bytes).toContain(`pecel ${mark(one)}`)
})
