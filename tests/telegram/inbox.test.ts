// An update that Telegram was told we have is on the disk, and is applied in its order, now or by the next process.
import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import type { Database } from '../../src/storage/database.ts'
import { createInbox, type InboxDeps } from '../../src/telegram/inbox.ts'
import { createDatabaseFile } from '../storage/database-file.ts'
import { createRecordedLog } from './recorded-log.ts'
import { createGate, eventually } from './waiting.ts'

const update = (id: number, text = 'halo') => ({ update_id: id, message: { text } }) as Update

function open(database: Database, apply?: InboxDeps['apply']) {
  const batches: number[][] = []
  const log = createRecordedLog()
  const inbox = createInbox({
    database, log, now: () => 1,
    apply: async (updates) => {
      await apply?.(updates)
      batches.push(updates.map(({ update_id }) => update_id))
    },
  })
  return { ...inbox, batches, log }
}

const waiting = (database: Database) => database.transaction((tx) => tx.selectFrom('inbox').select('update_id').orderBy('update_id').execute()).then((rows) => rows.map((row) => row.update_id))

describe('an update that was accepted', () => {
  it('is on the disk before it was applied', async () => {
    const file = createDatabaseFile()
    const database = await file.open()
    const gate = createGate()
    const { accept, drain } = open(database, gate.pass)
    await accept(update(11, 'nama saya Sari'))
    const other = await file.open()
    const [row] = await other.transaction((tx) => tx.selectFrom('inbox').selectAll().execute())
    expect(row).toMatchObject({ update_id: 11, received_at: 1 })
    expect(JSON.parse(row!.payload)).toEqual(update(11, 'nama saya Sari'))
    gate.open()
    await drain()
    expect(await waiting(other)).toEqual([])
  })

  it('is applied by the next process when this one ended before', async () => {
    const file = createDatabaseFile()
    const first = open(await file.open(), () => new Promise(() => {}))
    for (const id of [13, 11, 12]) await first.accept(update(id))

    const second = open(await file.open())
    await second.drain()
    expect(second.batches).toEqual([[11, 12, 13]])
    expect(await waiting(await file.open())).toEqual([])
  })

  it('stays when it can not be applied, and is applied with the next one', async () => {
    const database = await createDatabaseFile().open()
    let trouble = true
    const { accept, batches, drain, log } = open(database, async () => {
      if (trouble) throw new Error('database is locked')
    })
    await accept(update(11))
    await drain()
    expect(batches).toEqual([])
    expect(log.lines.map(({ event }) => event)).toContain('inbox.stuck')
    expect(await waiting(database)).toEqual([11])
    trouble = false
    await accept(update(12))
    await drain()
    expect(batches).toEqual([[11, 12]])
  })

  it('twice is kept once, as it came first', async () => {
    const database = await createDatabaseFile().open()
    const texts: unknown[] = []
    const gate = createGate()
    const { accept, drain } = open(database, async (updates) => {
      await gate.pass()
      texts.push(...updates.map(({ message }) => message?.text))
    })
    await accept(update(11, 'pertama'))
    await accept(update(11, 'kedua'))
    gate.open()
    await drain()
    expect(texts).toEqual(['pertama'])
  })
})

describe('draining', () => {
  it('takes what came in meanwhile in the order of ids, one batch at a time', async () => {
    const gate = createGate()
    let busy = 0
    const { accept, batches, drain } = open(await createDatabaseFile().open(), async () => {
      busy += 1
      expect(busy).toBe(1)
      await gate.pass()
      busy -= 1
    })
    await accept(update(10))
    // Until the first is being applied.
    await eventually(() => busy).toBe(1)
    await Promise.all([13, 11, 12].map((id) => accept(update(id))))
    gate.open()
    await drain()
    expect(batches).toEqual([[10], [11, 12, 13]])
  })

  it('works through more than one batch', async () => {
    const database = await createDatabaseFile().open()
    const rows = Array.from({ length: 250 }, (_, at) => ({ update_id: 250 - at, payload: JSON.stringify(update(250 - at)), received_at: 1 }))
    await database.transaction((tx) => tx.insertInto('inbox').values(rows).execute())
    const { batches, drain } = open(database)
    await drain()
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50])
    expect(batches.flat()).toEqual(rows.map((row) => row.update_id).toReversed())
  })

  it('forgets nobody, at whatever moment of it an update comes in', async () => {
    const database = await createDatabaseFile().open()
    for (let moment = 0; moment < 40; moment += 1) {
      const { accept, batches } = open(database)
      await accept(update(1))
      for (let step = 0; step < moment; step += 1) await Promise.resolve()
      await accept(update(2))
      // Nothing else wakes it up.
      await new Promise((resolve) => setImmediate(resolve))
      expect(batches.flat(), `after ${moment} steps`).toEqual([1, 2])
    }
  })

  it('of an empty inbox applies nothing', async () => {
    const { batches, drain } = open(await createDatabaseFile().open())
    await drain()
    expect(batches).toEqual([])
  })
})
