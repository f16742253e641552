// An update takes effect once, or is set aside and answered for: whatever is delivered twice, throws, or ends the process.
import { sql } from 'kysely'
import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { nextNumber } from '../../src/people/store.ts'
import type { Database, Tx } from '../../src/storage/database.ts'
import { createUnitOfWork, type TapAnswer, type UnitOfWorkDeps } from '../../src/telegram/unit-of-work.ts'
import { createDatabaseFile } from '../storage/database-file.ts'
import { createRecordedLog } from './recorded-log.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const BOT_ID = 7_000_000_001

const update = (id: number, text = `teks ${id}`) => ({ update_id: id, message: { text } }) as Update
const tap = (id: number, callbackId: string) => ({ update_id: id, callback_query: { id: callbackId } }) as Update

/** What an update does in these tests: one more in the count under its id. */
const take = (tx: Tx, id: number) => nextNumber(tx, `update ${id}`)

function createWork(database: Database, deps: Partial<UnitOfWorkDeps> = {}) {
  const taps: TapAnswer[][] = []
  const apologies: { readonly id: number; readonly reference: string }[] = []
  const log = createRecordedLog()
  let commits = 0
  const work = createUnitOfWork({
    database,
    botId: BOT_ID,
    now: () => NOW,
    log,
    handle: async (tx, { update_id }) => void (await take(tx, update_id)),
    apologise: async (tx, { update_id }, reference) => {
      apologies.push({ id: update_id, reference })
      await nextNumber(tx, `apology ${update_id}`)
    },
    answerTaps: (answers) => void taps.push([...answers]),
    committed: () => {
      commits += 1
    },
    ...deps,
  })
  return { ...work, taps, apologies, log, commits: () => commits }
}

/** Everything that took effect: `{ 'update 1': 1 }`. */
const effects = (database: Database) =>
  database.transaction(async (tx) => {
    const rows = await tx.selectFrom('counter').selectAll().execute()
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  })
const failures = (database: Database) => database.transaction((tx) => tx.selectFrom('failed_update').selectAll().execute())

describe('an update', () => {
  it('takes effect once, however often it is delivered', async () => {
    const database = await createDatabaseFile().open()
    const { apply } = createWork(database)
    await apply([update(1), update(2), update(2)])
    await apply([update(2), update(3)])
    await apply([update(1)])
    expect(await effects(database)).toEqual({ 'update 1': 1, 'update 2': 1, 'update 3': 1 })
  })

  it('is known after a restart, and to its own bot alone', async () => {
    const file = createDatabaseFile()
    await createWork(await file.open()).apply([update(1)])
    const database = await file.open()
    await createWork(database).apply([update(1)])
    expect(await effects(database)).toEqual({ 'update 1': 1 })
    await createWork(database, { botId: BOT_ID + 1 }).apply([update(1)])
    expect(await effects(database)).toEqual({ 'update 1': 2 })
  })

  it('is applied in the order of its batch, each at its own time', async () => {
    const database = await createDatabaseFile().open()
    const seen: [number, number][] = []
    let time = NOW
    const { apply } = createWork(database, {
      now: () => (time += 1),
      handle: async (_tx, { update_id }, now) => void seen.push([update_id, now - NOW]),
    })
    await apply([update(5), update(3), update(4)])
    expect(seen).toEqual([[5, 1], [3, 2], [4, 3]])
  })

  it('is committed when apply resolves, and only then is there something to send', async () => {
    const file = createDatabaseFile()
    const database = await file.open()
    const other = await file.open()
    let committedEffects: unknown
    const { apply, commits } = createWork(database, {
      answerTaps: () => {
        committedEffects = effects(other)
      },
    })
    await apply([update(1)])
    expect(await committedEffects).toEqual({ 'update 1': 1 })
    expect(commits()).toBe(1)
    await apply([])
    expect(commits()).toBe(1)
  })
})

describe('a tapped button', () => {
  it('stops spinning after the commit, with its note, and again when the tap is delivered twice', async () => {
    const { apply, taps } = createWork(await createDatabaseFile().open(), {
      handle: async (_tx, _update, _now, answerTap) => answerTap({ text: 'Tersimpan' }),
    })
    await apply([tap(1, 'a'), update(2)])
    expect(taps).toEqual([[{ callbackQueryId: 'a', text: 'Tersimpan' }]])
    await apply([tap(1, 'a')])
    expect(taps[1]).toEqual([{ callbackQueryId: 'a' }])
  })

  it('stops spinning too when its handler throws', async () => {
    const { apply, taps } = createWork(await createDatabaseFile().open(), { handle: () => Promise.reject(new Error('broken')) })
    await apply([tap(1, 'a')])
    expect(taps).toEqual([[{ callbackQueryId: 'a' }]])
  })
})

describe('a handler that throws', () => {
  const failing = (id: number): UnitOfWorkDeps['handle'] => async (tx, { update_id }) => {
    await take(tx, update_id)
    if (update_id === id) throw new TypeError('broken')
  }

  it('loses what it did itself; the person is told, and the others go through', async () => {
    const database = await createDatabaseFile().open()
    const { apply, apologies } = createWork(database, { handle: failing(2) })
    await apply([update(1), update(2), update(3)])
    expect(await effects(database)).toEqual({ 'update 1': 1, 'apology 2': 1, 'update 3': 1 })
    expect(apologies.map(({ id }) => id)).toEqual([2])
  })

  it('leaves the whole update behind, under the reference that the person and the operator got', async () => {
    const database = await createDatabaseFile().open()
    const { apply, apologies, log } = createWork(database, { handle: failing(123_456_789) })
    const lost = update(123_456_789, 'usaha saya warung pecel')
    await apply([lost])
    const [failure] = await failures(database)
    expect(failure).toMatchObject({ update_id: 123_456_789, outcome: 'failed', error: 'TypeError', failed_at: NOW })
    expect(JSON.parse(failure!.payload!)).toEqual(lost)
    expect(failure!.reference).toMatch(/^[A-Z0-9]{5}$/)
    expect(apologies[0]!.reference).toBe(failure!.reference)
    expect(log.lines).toMatchObject([{ level: 'error', event: 'update.failed', fields: { updateId: 123_456_789, ref: failure!.reference } }])
  })

  it('is not tried again when the update is delivered again', async () => {
    const database = await createDatabaseFile().open()
    const { apply } = createWork(database, { handle: failing(2) })
    await apply([update(2)])
    await apply([update(2)])
    expect(await failures(database)).toHaveLength(1)
    expect(await effects(database)).toEqual({ 'apology 2': 1 })
  })

  it('holds up nobody when the apology can not be made either', async () => {
    const database = await createDatabaseFile().open()
    const { apply, log } = createWork(database, {
      handle: failing(2),
      apologise: async (tx) => {
        await nextNumber(tx, 'half an apology')
        throw new Error('no words')
      },
    })
    await apply([update(1), update(2), update(3)])
    expect(await effects(database)).toEqual({ 'update 1': 1, 'update 3': 1 })
    expect(await failures(database)).toMatchObject([{ update_id: 2 }])
    expect(log.lines.map(({ event }) => event)).toContain('update.apology-failed')
  })
})

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

  it('leaves no count behind once everything went through', async () => {
    const database = await createDatabaseFile().open()
    await createWork(database).apply([update(1), update(2)])
    expect(await database.transaction((tx) => tx.selectFrom('update_attempt').selectAll().execute())).toEqual([])
  })
})
