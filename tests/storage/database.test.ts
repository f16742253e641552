// What a transaction promises on either engine: all of it or nothing, and what it is refused.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Database, savepoint, type Tx } from '../../src/storage/database.ts'
import { createTestDatabase, openTestDatabase } from './test-database.ts'

const write = (tx: Tx, key: string) => tx.insertInto('meta').values({ key, value: 'x' }).execute()
const keysIn = (tx: Tx) => tx.selectFrom('meta').select('key').where('value', '=', 'x').orderBy('key').execute().then((rows) => rows.map(({ key }) => key))
const keys = (database: Database) => database.transaction(keysIn)

describe.each(['transaction', 'quickTransaction'] as const)('a %s', (kind) => {
  it('keeps all of a piece of work, and gives what it returned', async () => {
    const { open } = await createTestDatabase()
    const database = await open()
    const given = await database[kind](async (tx) => {
      await write(tx, 'a')
      await write(tx, 'b')
      return 'done'
    })
    expect(given).toBe('done')
    expect(await keys(await open())).toEqual(['a', 'b'])
  })

  it('keeps nothing of a piece of work that throws, and goes on with the next', async () => {
    const database = await openTestDatabase()
    await expect(
      database[kind](async (tx) => {
        await write(tx, 'a')
        await write(tx, 'b')
        throw new Error('in the middle')
      }),
    ).rejects.toThrow('in the middle')
    await database[kind]((tx) => write(tx, 'c'))
    expect(await keys(database)).toEqual(['c'])
  })

  it('inside another is refused with advice, and the outer one goes on', async () => {
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      await expect(database[kind]((inner) => write(inner, 'inner'))).rejects.toThrow('pass the outer `tx` along instead')
      await write(tx, 'outer')
    })
    expect(await keys(database)).toEqual(['outer'])
  })

  it('is no longer there once it is over', async () => {
    const database = await openTestDatabase()
    let kept: Tx | undefined
    await database[kind](async (tx) => {
      kept = tx
    })
    await expect(write(kept!, 'late')).rejects.toThrow()
    expect(await keys(database)).toEqual([])
  })
})

describe('a savepoint', () => {
  it('undoes its own writes alone, and passes the error on', async () => {
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      await write(tx, 'before')
      await savepoint(tx, () => write(tx, 'kept'))
      await expect(
        savepoint(tx, async () => {
          await write(tx, 'undone')
          throw new Error('only this')
        }),
      ).rejects.toThrow('only this')
      await write(tx, 'after')
    })
    expect(await keys(database)).toEqual(['after', 'before', 'kept'])
  })

  it('undoes a statement that the database refused, and what came before it inside', async () => {
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      await write(tx, 'taken')
      const refused = savepoint(tx, async () => {
        await write(tx, 'undone')
        await write(tx, 'taken')
      })
      await expect(refused).rejects.toThrow(/unique/i)
      await write(tx, 'after')
    })
    expect(await keys(database)).toEqual(['after', 'taken'])
  })

  it('inside another undoes what is inside of it', async () => {
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      await savepoint(tx, async () => {
        await write(tx, 'outer')
        await savepoint(tx, () => write(tx, 'inner'))
      })
      const undone = savepoint(tx, async () => {
        await savepoint(tx, () => write(tx, 'inner, released'))
        throw new Error('the outer one')
      })
      await expect(undone).rejects.toThrow('the outer one')
    })
    expect(await keys(database)).toEqual(['inner', 'outer'])
  })
})

describe('a row', () => {
  it('refuses a row that belongs to nobody', async () => {
    const database = await openTestDatabase()
    const orphan = database.transaction((tx) => tx.insertInto('role').values({ person_id: 404, role: 'owner', granted_at: 1 }).execute())
    await expect(orphan).rejects.toThrow(/foreign key/i)
  })
})

describe('the audit trail', () => {
  it('takes entries, and never changes or loses one', async () => {
    const database = await openTestDatabase()
    const entry = { at: 1, actor_id: null, action: 'role-granted', subject: 'person:1', detail: 'owner' }
    await database.transaction((tx) => tx.insertInto('audit').values(entry).execute())
    const change = database.transaction((tx) => sql`update audit set detail = 'coordinator'`.execute(tx))
    await expect(change).rejects.toThrow('audit is append only')
    await expect(database.transaction((tx) => tx.deleteFrom('audit').execute())).rejects.toThrow('audit is append only')
    expect(await database.transaction((tx) => tx.selectFrom('audit').selectAll().execute())).toEqual([{ id: 1, ...entry }])
  })
})
