// A database of a test's own, on the engine of the project it runs in: a SQLite file, or a database on the tests' PostgreSQL server. Gone with the test.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { inject, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { createDatabase, dropDatabase, TEMPLATE } from '../postgres/server.ts'

export interface Place {
  readonly url: string
  remove(): Promise<void>
}

export interface TestDatabase {
  readonly url: string
  /** Opens it once more, as another process would. Closed at the end of the test. */
  open(): Promise<Database>
}

let places = 0

/** Files that lie in memory: as real as others, but for a power cut. */
const MEMORY = '/dev/shm'

export interface Wanted {
  /** The PostgreSQL database it begins as a copy of. */
  readonly template?: string
  /** A SQLite file in memory where the machine has a folder for such: for what writes for long and is not about disks. */
  readonly inMemory?: boolean | undefined
}

export async function createPlace({ template = TEMPLATE, inMemory = false }: Wanted = {}): Promise<Place> {
  const server = inject('postgresServer')
  if (server === undefined) {
    const folder = mkdtempSync(join(inMemory && existsSync(MEMORY) ? MEMORY : tmpdir(), 'database-'))
    return { url: `sqlite:${join(folder, 'klinik.db')}`, remove: async () => rmSync(folder, { recursive: true, force: true }) }
  }
  const name = `test_${threadId}_${(places += 1)}`
  return { url: await createDatabase(server, name, template), remove: () => dropDatabase(server, name) }
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const place = await createPlace()
  const opened: Database[] = []
  onTestFinished(async () => {
    for (const database of opened) await database.close()
    await place.remove()
  })
  return {
    url: place.url,
    open: async () => {
      const database = await openDatabase(place.url)
      opened.push(database)
      return database
    },
  }
}

/** A database of the test's own, open. */
export async function openTestDatabase(): Promise<Database> {
  return (await createTestDatabase()).open()
}
