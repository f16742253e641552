// A database is brought to the newest version, whole or not at all, and never back: on either engine, from every version there was.
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import SqliteFile from 'better-sqlite3'
import { Kysely, PostgresDialect, sql, SqliteDialect } from 'kysely'
import { Pool } from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { findPersonByTelegramId } from '../../src/people/store.ts'
import { databaseFile, engineOfUrl } from '../../src/storage/address.ts'
import { openDatabase, savepoint } from '../../src/storage/database.ts'
import { migrate, type Migration, MigrationError, MIGRATIONS } from '../../src/storage/migration.ts'
import type { Schema } from '../../src/storage/schema.ts'
import { engineOf } from '../../src/storage/tx.ts'
import { takeWaiting } from '../../src/telegram/inbox-store.ts'
import { ensureBuilt } from '../faults/support/process.ts'
import { createPlace, createTestDatabase, openTestDatabase } from './test-database.ts'

const NEWEST = String(MIGRATIONS.length)

/** A database without any table, as the first start finds it. */
async function createBare(): Promise<string> {
  const { remove, url } = await createPlace({ template: 'template1' })
  onTestFinished(remove)
  return url
}

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString })
  // A database that is dropped in the end ends its idle connections.
  pool.on('error', () => {})
  return pool
}

/** A bare database, as `migrate` finds it at start. */
async function openBare(url?: string): Promise<Kysely<Schema>> {
  const address = url ?? (await createBare())
  const dialect =
    engineOfUrl(address) === 'sqlite'
      ? new SqliteDialect({ database: new SqliteFile(databaseFile(address)) })
      : new PostgresDialect({ pool: openPool(address) })
  const db = new Kysely<Schema>({ dialect })
  onTestFinished(() => db.destroy())
  return db
}

const version = async (db: Kysely<Schema>) => (await db.selectFrom('meta').select('value').where('key', '=', 'version').executeTakeFirst())?.value
/** Every column and every index. */
const shape = async (db: Kysely<Schema>) => {
  const indexes = engineOf(db) === 'sqlite' ? sql`select name, sql from sqlite_master where type = 'index'` : sql`select indexname as name, indexdef as sql from pg_indexes where schemaname = 'public'`
  const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  return [sorted(await db.introspection.getTables()), sorted((await indexes.execute(db)).rows)]
}
const tables = async (db: Kysely<Schema>) => (await db.introspection.getTables()).map(({ name }) => name).toSorted()

const makesTable = (name: string): Migration => ({ name, up: (db) => db.schema.createTable(name).addColumn('id', 'integer').execute() })
const failsHalfway: Migration = {
  name: 'half',
  up: async (db) => {
    await db.schema.createTable('half').addColumn('id', 'integer').execute()
    throw new Error('no such column')
  },
}

describe('migrating', () => {
  it('makes the tables of a fresh database', async () => {
    const database = await openTestDatabase()
    const schema = ['person', 'role', 'consent', 'conversation', 'business', 'help_case', 'outbox', 'inbox', 'seen_update', 'job', 'audit'] as const
    for (const table of schema) expect(await database.transaction((tx) => tx.selectFrom(table).selectAll().execute()), table).toEqual([])
  })

  it('a second time changes nothing and keeps what is there', async () => {
    const db = await openBare()
    await migrate(db)
    await db.insertInto('meta').values({ key: 'bot', value: '7' }).execute()
    const before = await tables(db)
    await migrate(db)
    expect(await version(db)).toBe(NEWEST)
    expect(await tables(db)).toEqual(before)
    expect(await db.selectFrom('meta').select('value').where('key', '=', 'bot').execute()).toEqual([{ value: '7' }])
  })

  it('from every earlier version runs what is missing, in order', async () => {
    const ran: string[] = []
    const steps = ['one', 'two', 'three'].map((name): Migration => ({ name, up: async () => void ran.push(name) }))
    for (const from of [0, 1, 2, 3]) {
      const db = await openBare()
      await migrate(db, steps.slice(0, from))
      ran.length = 0
      await migrate(db, steps)
      expect(ran).toEqual(['one', 'two', 'three'].slice(from))
      expect(await version(db)).toBe('3')
    }
  })

  it('refuses a database that is newer, says what to do, and leaves it alone', async () => {
    const file = await createTestDatabase()
    const database = await file.open()
    const setVersion = (value: string) => database.transaction((tx) => tx.updateTable('meta').set({ value }).where('key', '=', 'version').execute())
    await setVersion('99')
    const opening = file.open()
    await expect(opening).rejects.toThrow(MigrationError)
    await expect(opening).rejects.toThrow(`version 99, newer than this program knows (${NEWEST}). Start the newer program, or restore a backup`)
    await setVersion(NEWEST)
    await expect(file.open()).resolves.toBeDefined()
  })

  it('that fails names itself and its cause, and leaves nothing behind', async () => {
    const db = await openBare()
    const failing = migrate(db, [makesTable('first'), failsHalfway])
    await expect(failing).rejects.toMatchObject({ name: 'MigrationError', message: expect.stringContaining('Migration half'), cause: new Error('no such column') })
    expect(await tables(db)).toEqual(['first', 'meta'])
    expect(await version(db)).toBe('1')
  })

  it('goes on at the next start, from where it stood', async () => {
    const db = await openBare()
    await expect(migrate(db, [makesTable('first'), failsHalfway])).rejects.toThrow(MigrationError)
    await migrate(db, [makesTable('first'), makesTable('half'), makesTable('third')])
    expect(await tables(db)).toEqual(['first', 'half', 'meta', 'third'])
    expect(await version(db)).toBe('3')
  })

  it('gives ids that are never given out again', async () => {
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      const add = () => tx.insertInto('person').values({ created_at: 1, last_seen_at: 1 }).returning('id').executeTakeFirstOrThrow()
      await add()
      const { id } = await add()
      await tx.deleteFrom('person').where('id', '=', id).execute()
      expect((await add()).id).toBe(id + 1)
    })
  })
})

/** What a clinic of the first version held; later ones held it too. */
async function fillIn(db: Kysely<Schema>): Promise<void> {
  const { id } = await db.insertInto('person').values({ telegram_id: 7_310_555_001, given_name: 'Sari', member_number: 12, created_at: 1, last_seen_at: 2 }).returning('id').executeTakeFirstOrThrow()
  await db.insertInto('role').values({ person_id: id, role: 'owner', granted_at: 1 }).execute()
  await db.insertInto('consent').values({ person_id: id, purpose: 'clinic', version: '2026-11', text_hash: 'x', given_at: 1 }).execute()
  await db.insertInto('conversation').values({ person_id: id, form: 'help', version: 1, step: 'message', revision: 3, answers: '{"message":"Pecel"}', memo: '{}', active: 1, started_at: 1, updated_at: 2 }).execute()
  await db.insertInto('outbox').values({ chat_id: 7_310_555_001, lane: 'reply', method: 'sendMessage', payload: '{"text":"hai"}', state: 'queued', next_at: 1, created_at: 1 }).execute()
  for (const update_id of [12, 11]) await db.insertInto('inbox').values({ update_id, payload: '{}', received_at: 1 }).execute()
  await db.insertInto('audit').values({ at: 1, actor_id: null, action: 'role-granted', subject: `person:${id}`, detail: 'owner' }).execute()
}
const FILLED = ['person', 'role', 'consent', 'conversation', 'outbox', 'inbox', 'audit'] as const

describe.each(MIGRATIONS.slice(0, -1).map(({ name }, at) => [name, at + 1] as const))('a database of version %s', (_name, upTo) => {
  it('is brought up to date with everything in it', async () => {
    const url = await createBare()
    const old = await openBare(url)
    await migrate(old, MIGRATIONS.slice(0, upTo))
    await fillIn(old)
    const contents = (db: Kysely<Schema>) => Promise.all(FILLED.map((table) => db.selectFrom(table).selectAll().execute()))
    const before = await contents(old)

    const database = await openDatabase(url)
    onTestFinished(() => database.close())
    expect(await version(old)).toBe(NEWEST)
    expect(await contents(old)).toMatchObject(before)
    await database.transaction(async (tx) => {
      expect(await findPersonByTelegramId(tx, 7_310_555_001)).toMatchObject({ givenName: 'Sari', memberNumber: 12, pausedAt: null, roles: ['owner'] })
      expect((await takeWaiting(tx, 5))[0]).toMatchObject({ update_id: 11 })
      await expect(savepoint(tx, () => tx.deleteFrom('audit').execute())).rejects.toThrow('append only')
    })
  })
})

describe('requests for help of before cases', () => {
  const NOW = Date.UTC(2026, 10, 23, 2)
  const DAY_MS = 86_400_000
  const at = MIGRATIONS.findIndex(({ name }) => name === '0009-cases')

  it.each(MIGRATIONS.slice(0, at).map(({ name }, index) => [name, index + 1] as const))('are cases with their messages and copies, from version %s', async (_name, upTo) => {
    const url = await createBare()
    const old = await openBare(url)
    await migrate(old, MIGRATIONS.slice(0, upTo))
    const { id: person } = await old.insertInto('person').values({ telegram_id: 7_310_555_001, given_name: 'Sari', created_at: 1, last_seen_at: 2 }).returning('id').executeTakeFirstOrThrow()
    const { id: rini } = await old.insertInto('person').values({ telegram_id: 7_310_555_002, given_name: 'Rini', created_at: 1, last_seen_at: 2 }).returning('id').executeTakeFirstOrThrow()
    for (const [number, state] of [[1, 'open'], [2, 'answered'], [3, 'closed']] as const) {
      const asked = NOW - number * DAY_MS
      const closedAt = state === 'closed' ? asked + 7000 : null
      await sql`insert into help_request (number, person_id, state, created_at, closed_at) values (${number}, ${person}, ${state}, ${asked}, ${closedAt})`.execute(old)
      await sql`insert into help_message (request_id, author_id, body, created_at) values (${number}, ${person}, ${`Pertanyaan ${number}`}, ${asked})`.execute(old)
      if (state !== 'open') await sql`insert into help_message (request_id, author_id, body, created_at) values (${number}, ${rini}, ${`Jawaban ${number}`}, ${asked + 5000})`.execute(old)
      await sql`insert into help_copy (chat_id, message_id, request_id) values (7310555002, ${40 + number}, ${number})`.execute(old)
    }

    const database = await openDatabase(url)
    onTestFinished(() => database.close())
    await database.transaction(async (tx) => {
      const cases = await tx.selectFrom('help_case').select(['number', 'state', 'outcome', 'closed_at', 'due_at', 'volunteer_id', 'circle', 'urgent', 'front']).orderBy('number').execute()
      const fresh = { volunteer_id: null, circle: -1, urgent: 0, front: 0 }
      expect(cases).toEqual([
        // It waits as before, and is offered to whoever is there now.
        { ...fresh, number: 1, state: 'waiting', outcome: null, closed_at: null, due_at: NOW - DAY_MS },
        // What was answered is over, and may be gone on with for two weeks from the answer on.
        { ...fresh, number: 2, state: 'closed', outcome: 'answered', closed_at: NOW - 2 * DAY_MS + 5000, due_at: null },
        { ...fresh, number: 3, state: 'closed', outcome: 'solved', closed_at: NOW - 3 * DAY_MS + 7000, due_at: null },
      ])
      const said = await tx.selectFrom('case_message').select(['case_id', 'author_id', 'body']).orderBy('id').execute()
      expect(said.map(({ body }) => body)).toEqual(['Pertanyaan 1', 'Pertanyaan 2', 'Jawaban 2', 'Pertanyaan 3', 'Jawaban 3'])
      expect(said[2]).toMatchObject({ case_id: 2, body: 'Jawaban 2' })
      expect(String(said[2]?.author_id)).toBe(String(rini))
      const copies = await tx.selectFrom('case_copy').select(['case_id', 'chat_id', 'telegram_id']).orderBy('id').execute()
      expect(copies).toEqual([1, 2, 3].map((number) => ({ case_id: number, chat_id: 7_310_555_002, telegram_id: 40 + number })))
    })
  })
})

describe('several processes that start at once on a database without tables', () => {
  it('make them once, and all of them open it', { timeout: 120_000 }, async () => {
    await ensureBuilt()
    const url = await createBare()
    const program = `import { openDatabase } from ${JSON.stringify(join(packageRoot(), 'dist/src/storage/database.js'))}; await (await openDatabase(process.argv[1])).close()`
    const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, url])
    await Promise.all([start(), start(), start(), start()])
    const db = await openBare(url)
    expect(await version(db)).toBe(NEWEST)
    const fresh = await openBare()
    await migrate(fresh)
    expect(await shape(db)).toEqual(await shape(fresh))
  })
})

describe('the list of migrations', () => {
  it('is every file of the folder in the order of their numbers, so that a new one comes last', () => {
    const files = readdirSync(join(packageRoot(), 'src/storage/migrations')).map((name) => name.replace('.ts', '')).toSorted()
    expect(MIGRATIONS.map(({ name }) => name)).toEqual(files)
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, at) => at + 1))
  })

  it('makes the same tables step by step as at once', async () => {
    const [atOnce, stepByStep] = [await openBare(), await openBare()]
    await migrate(atOnce)
    for (let upTo = 1; upTo <= MIGRATIONS.length; upTo += 1) await migrate(stepByStep, MIGRATIONS.slice(0, upTo))
    expect(await shape(stepByStep)).toEqual(await shape(atOnce))
  })
})
