// What is SQLite's own: one writer at a time, how the file is kept, and what SQLite undoes by itself.
import { readFileSync } from 'node:fs'
import SqliteFile from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Database, savepoint, TransactionLostError, type Tx } from '../../src/storage/database.ts'
import { createDatabaseFile } from './database-file.ts'

const write = (tx: Tx, key: string) => tx.insertInto('meta').values({ key, value: 'x' }).execute()
const keysIn = (tx: Tx) => tx.selectFrom('meta').select('key').where('value', '=', 'x').orderBy('key').execute().then((rows) => rows.map(({ key }) => key))
const keys = (database: Database) => database.transaction(keysIn)

describe.each(['transaction', 'quickTransaction'] as const)('a %s', (kind) => {
  it('waits for the one before it', async () => {
    const database = await createDatabaseFile().open()
    const seen: string[][] = []
    const first = database.transaction(async (tx) => {
      await write(tx, 'a')
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      await write(tx, 'b')
    })
    const second = database[kind](async (tx) => seen.push(await keysIn(tx)))
    await Promise.all([first, second])
    expect(seen).toEqual([['a', 'b']])
  })
})

describe('another process', () => {
  it('can not write between the begin and the first write of a transaction, and reads what was there before', async () => {
    const file = createDatabaseFile()
    const database = await file.open()
    const other = new SqliteFile(file.path, { timeout: 0 })
    onTestFinished(() => void other.close())
    const count = () => other.prepare(`select count(*) as rows from meta where value = 'x'`).get()
    await database.transaction(async (tx) => {
      expect(() => other.exec('begin immediate')).toThrow('database is locked')
      await write(tx, 'a')
      expect(count()).toEqual({ rows: 0 })
    })
    expect(count()).toEqual({ rows: 1 })
    expect(() => other.exec('begin immediate; rollback')).not.toThrow()
  })
})

describe('a transaction that SQLite undid by itself, as after a read error', () => {
  const undo = (tx: Tx) => sql.raw('ROLLBACK').execute(tx)

  it('takes no more writes, so that its second half is not kept without the first', async () => {
    const database = await createDatabaseFile().open()
    const work = database.transaction(async (tx) => {
      await write(tx, 'first')
      await undo(tx)
      await write(tx, 'second')
    })
    await expect(work).rejects.toThrow(TransactionLostError)
    expect(await keys(database)).toEqual([])
  })

  it('is not kept when nothing was written after that either', async () => {
    const database = await createDatabaseFile().open()
    const work = database.transaction(async (tx) => {
      await write(tx, 'first')
      await undo(tx)
    })
    await expect(work).rejects.toThrow('no transaction is active')
    await database.transaction((tx) => write(tx, 'next'))
    expect(await keys(database)).toEqual(['next'])
  })

  it('is lost for the savepoint too, which tells what it was lost by', async () => {
    const database = await createDatabaseFile().open()
    const work = database.transaction(async (tx) => {
      await write(tx, 'first')
      await savepoint(tx, async () => {
        await undo(tx)
        throw new Error('disk I/O error')
      })
    })
    await expect(work).rejects.toMatchObject({ name: 'TransactionLostError', cause: { message: 'disk I/O error' } })
    expect(await keys(database)).toEqual([])
  })

  it('reports what went wrong, not that there is nothing to roll back', async () => {
    const database = await createDatabaseFile().open()
    const work = database.transaction(async (tx) => {
      await undo(tx)
      throw new Error('disk I/O error')
    })
    await expect(work).rejects.toThrow('disk I/O error')
  })
})

describe('how it is kept', () => {
  const setting = async (tx: Tx, name: string) => Object.values((await sql.raw(`pragma ${name}`).execute(tx)).rows[0] as object)[0] as unknown

  it.each([
    ['journal_mode', 'wal'],
    // FULL: an answer that was given survives the power.
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['secure_delete', 1],
    ['busy_timeout', 5000],
  ])('%s is %s', async (name, value) => {
    const database = await createDatabaseFile().open()
    expect(await database.transaction((tx) => setting(tx, name))).toBe(value)
  })

  it('is NORMAL (1) for a quick transaction alone, also when it throws', async () => {
    const database = await createDatabaseFile().open()
    const synchronous = (tx: Tx) => setting(tx, 'synchronous')
    expect(await database.quickTransaction(synchronous)).toBe(1)
    await expect(database.quickTransaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await database.transaction(synchronous)).toBe(2)
  })

  it('does not leave deleted words in the file', async () => {
    const file = createDatabaseFile()
    const database = await file.open()
    const words = 'kata yang dihapus '.repeat(50)
    await database.transaction((tx) => tx.insertInto('meta').values({ key: 'words', value: words }).execute())
    await database.transaction((tx) => tx.deleteFrom('meta').where('key', '=', 'words').execute())
    await database.close()
    expect(readFileSync(file.path).includes('kata yang dihapus')).toBe(false)
  })
})
