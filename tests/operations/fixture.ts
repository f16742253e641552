// A clinic's data folder of one's own for each test, with a database that a few people have filled.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DataFolder, dataFolderOf } from '../../src/operations/data-folder.ts'
import { createPerson } from '../../src/people/store.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'

/** Monday, 23 November 2026, 09.00 WIB. */
export const NOW = Date.UTC(2026, 10, 23, 2, 0)
export const DAY = 86_400_000
export const SECRET = 'a-secret-of-forty-three-characters-in-tests'
export const BOT_ID = 700_000_001
export const SARI = 4001
export const JOKO = 4002

export async function inDataFolder<T>(work: (folder: DataFolder) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'operations-'))
  try {
    return await work(dataFolderOf(join(root, 'var', 'klinik.db')))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Opens the database, works on it, and closes it: as a clinic that was stopped. */
export async function withDatabase<T>(file: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(`sqlite:${file}`)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** Sari has a business and an unfinished form with two answers; Joko has just written. The bot is `BOT_ID`. */
export async function fill(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.insertInto('meta').values({ key: 'bot', value: String(BOT_ID) }).execute()
    const { id } = await createPerson(tx, SARI, NOW - 9 * DAY)
    await tx.updateTable('person').set({ given_name: 'Sari Rahayu' }).where('id', '=', id).execute()
    await createPerson(tx, JOKO, NOW - 8 * DAY)
    const at = { created_at: NOW - 9 * DAY, updated_at: NOW - 9 * DAY }
    await tx.insertInto('business').values({ person_id: id, name: 'Keripik Sari', sector: 'food', village_code: '35.07.24.2001', licences: '{}', ...at }).execute()
    await tx
      .insertInto('conversation')
      .values({ person_id: id, form: 'registration', version: 1, step: 'sector', revision: 3, answers: '{"name":"Sari","address":"ibu"}', memo: '{}', active: 1, started_at: NOW, updated_at: NOW })
      .execute()
  })
}

/** Names of the people in a database, by Telegram id. */
export async function peopleIn(file: string): Promise<readonly number[]> {
  return withDatabase(file, (database) =>
    database.transaction(async (tx) => (await tx.selectFrom('person').select('telegram_id').orderBy('telegram_id').execute()).map((row) => Number(row.telegram_id))),
  )
}

/** Overwrites all but the first page of a closed database, as a dying disk does. */
export function damage(file: string): void {
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0x5a, 4096))
}
