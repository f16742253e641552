// A database is brought to the newest version, whole or not at all, and never back.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { Kysely, sql, SqliteDialect } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { migrate, type Migration, MigrationError, MIGRATIONS } from '../../src/storage/migration.ts'
import type { Schema } from '../../src/storage/schema.ts'
import { createDatabaseFile } from './database-file.ts'

const NEWEST = String(MIGRATIONS.length)

/** A bare database, as `migrate` finds it at start. */
function openBare(): Kysely<Schema> {
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: new SqliteFile(createDatabaseFile().path) }) })
  onTestFinished(() => db.destroy())
  return db
}

const version = async (db: Kysely<Schema>) => (await db.selectFrom('meta').select('value').where('key', '=', 'version').executeTakeFirst())?.value
const tables = async (db: Kysely<Schema>) => (await db.introspection.getTables()).map(({ name }) => name)

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
    const database = await createDatabaseFile().open()
    const schema = ['person', 'role', 'consent', 'conversation', 'business', 'help_request', 'outbox', 'inbox', 'seen_update', 'job', 'audit'] as const
    for (const table of schema) expect(await database.transaction((tx) => tx.selectFrom(table).selectAll().execute()), table).toEqual([])
  })

  it('a second time changes nothing and keeps what is there', async () => {
    const db = openBare()
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
      const db = openBare()
      await migrate(db, steps.slice(0, from))
      ran.length = 0
      await migrate(db, steps)
      expect(ran).toEqual(['one', 'two', 'three'].slice(from))
      expect(await version(db)).toBe('3')
    }
  })

  it('refuses a database that is newer, says what to do, and leaves it alone', async () => {
    const file = createDatabaseFile()
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
    const db = openBare()
    const failing = migrate(db, [makesTable('first'), failsHalfway])
    await expect(failing).rejects.toMatchObject({ name: 'MigrationError', message: expect.stringContaining('Migration half'), cause: new Error('no such column') })
    expect(await tables(db)).toEqual(['first', 'meta'])
    expect(await version(db)).toBe('1')
  })

  it('goes on at the next start, from where it stood', async () => {
    const db = openBare()
    await expect(migrate(db, [makesTable('first'), failsHalfway])).rejects.toThrow(MigrationError)
    await migrate(db, [makesTable('first'), makesTable('half'), makesTable('third')])
    expect(await tables(db)).toEqual(['first', 'half', 'meta', 'third'])
    expect(await version(db)).toBe('3')
  })

  it('gives ids that are never given out again', async () => {
    const db = openBare()
    await migrate(db)
    const add = () => db.insertInto('person').values({ created_at: 1, last_seen_at: 1 }).returning('id').executeTakeFirstOrThrow()
    await add()
    const { id } = await add()
    await db.deleteFrom('person').where('id', '=', id).execute()
    expect((await add()).id).toBe(id + 1)
  })
})

describe('the list of migrations', () => {
  it('is every file of the folder in the order of their numbers, so that a new one comes last', () => {
    const files = readdirSync(join(packageRoot(), 'src/storage/migrations')).map((name) => name.replace('.ts', '')).toSorted()
    expect(MIGRATIONS.map(({ name }) => name)).toEqual(files)
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, at) => at + 1))
  })

  it('makes the same tables step by step as at once', async () => {
    const [atOnce, stepByStep] = [openBare(), openBare()]
    await migrate(atOnce)
    for (let upTo = 1; upTo <= MIGRATIONS.length; upTo += 1) await migrate(stepByStep, MIGRATIONS.slice(0, upTo))
    const shape = (db: Kysely<Schema>) => sql`select type, name, sql from sqlite_master order by name`.execute(db).then(({ rows }) => rows)
    expect(await shape(stepByStep)).toEqual(await shape(atOnce))
  })
})
