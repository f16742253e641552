// On SQLite a batch of updates is one transaction: what spoils it, or ends the process in the middle of it, takes no other update with it.
import { sql } from 'kysely'
import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import type { Database, Tx } from '../../src/storage/database.ts'
import { createDatabaseFile } from '../storage/database-file.ts'
import { createWork, effects, failures, take, update } from './work.ts'

describe('a batch spoiled as a whole', () => {
  /** As after a read error: SQLite undoes the transaction by itself. */
  const undoneBySqlite = (tx: Tx) => sql.raw('ROLLBACK').execute(tx)

  it('is applied one by one, and loses or repeats nothing', async () => {
    const database = await createDatabaseFile().open()
    let spoils = 1
    const { apply, log } = createWork(database, {
      handle: async (tx, { update_id }) => {
        await take(tx, update_id)
        if (update_id === 2 && (spoils -= 1) >= 0) await undoneBySqlite(tx)
      },
    })
    await apply([update(1), update(2), update(3)])
    expect(await effects(database)).toEqual({ 'update 1': 1, 'update 2': 1, 'update 3': 1 })
    expect(await failures(database)).toEqual([])
    expect(log.lines).toMatchObject([{ level: 'warn', event: 'update.batch-retried-one-by-one', fields: { updateCount: 3 } }])
  })

  it('by an update that does it every time, ends in setting that one aside', async () => {
    const database = await createDatabaseFile().open()
    const { apply } = createWork(database, {
      handle: async (tx, { update_id }) => {
        await take(tx, update_id)
        if (update_id === 2) await undoneBySqlite(tx)
      },
    })
    const batch = [update(1), update(2), update(3)]
    // Telegram delivers the batch again until it could be applied.
    let deliveries = 0
    for (let applied = false; !applied && deliveries < 10; deliveries += 1) applied = await apply(batch).then(() => true, () => false)
    expect(deliveries).toBeLessThan(10)
    expect(await effects(database)).toEqual({ 'update 1': 1, 'update 3': 1, 'apology 2': 1 })
    expect(await failures(database)).toMatchObject([{ update_id: 2, outcome: 'quarantined' }])
  })

  it('by a full disk is not taken as applied, and goes through once there is room', async () => {
    const database = await createDatabaseFile().open()
    const pages = (count: number) => database.transaction((tx) => sql.raw(`pragma max_page_count = ${count}`).execute(tx))
    const long = 'x'.repeat(100_000)
    const { apply } = createWork(database, {
      handle: async (tx, { update_id }) => {
        await tx.insertInto('meta').values({ key: 'words', value: long }).execute()
        await take(tx, update_id)
      },
    })
    // SQLite takes a lower number as "no more than there are now".
    await pages(1)
    await expect(apply([update(1), update(2)])).rejects.toMatchObject({ cause: { message: 'database or disk is full' } })
    await pages(100_000)
    await apply([update(1)])
    expect(await effects(database)).toEqual({ 'update 1': 1 })
    expect(await failures(database)).toEqual([])
  })
})

describe('an update that ends the process', () => {
  /** One life of a process that is given `batch`: it ends inside `poison`, or lives to have applied everything. */
  async function live(database: Database, batch: readonly Update[], poison: number): Promise<'died' | 'lived'> {
    const end = await new Promise<'died' | 'lived'>((resolve, reject) => {
      const { apply } = createWork(database, {
        handle: async (tx, { update_id }) => {
          await take(tx, update_id)
          if (update_id !== poison) return
          resolve('died')
          await new Promise(() => {})
        },
      })
      apply(batch).then(() => resolve('lived'), reject)
    })
    // The file is let go of in the middle of the transaction, as at the end of a process.
    if (end === 'died') await database.close()
    return end
  }

  it.each([
    ['first', 1],
    ['in the middle', 2],
    ['last', 3],
  ])('%s of a batch is set aside after three ends, and the others take effect once', async (_where, poison) => {
    const file = createDatabaseFile()
    const batch = [update(1), update(2), update(3)]
    const lives: string[] = []
    do lives.push(await live(await file.open(), batch, poison))
    while (lives.at(-1) === 'died' && lives.length < 10)
    expect(lives).toEqual(['died', 'died', 'died', 'lived'])

    const database = await file.open()
    const expected = batch.map(({ update_id: id }) => [id === poison ? `apology ${id}` : `update ${id}`, 1])
    expect(await effects(database)).toEqual(Object.fromEntries(expected))
    const [failure, ...others] = await failures(database)
    expect(others).toEqual([])
    expect(failure).toMatchObject({ update_id: poison, outcome: 'quarantined' })
    expect(JSON.parse(failure!.payload!)).toEqual(batch[poison - 1])

    expect(await live(database, [...batch, update(4)], poison)).toBe('lived')
    expect(await effects(database)).toEqual({ ...Object.fromEntries(expected), 'update 4': 1 })
  })

  it('takes only itself out when the batch has grown in the meantime', async () => {
    const file = createDatabaseFile()
    const batch = [update(1)]
    let end = ''
    for (let id = 2; end !== 'lived' && id < 12; id += 1) {
      end = await live(await file.open(), batch, 1)
      if (end === 'died') batch.push(update(id))
    }
    expect(end).toBe('lived')
    const database = await file.open()
    expect(await failures(database)).toMatchObject([{ update_id: 1 }])
    expect(await effects(database)).toEqual({ 'apology 1': 1, ...Object.fromEntries(batch.slice(1).map((one) => [`update ${one.update_id}`, 1])) })
  })
})
