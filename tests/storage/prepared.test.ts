// A prepared statement does what the query would do, with the values of each call.
import { describe, expect, it } from 'vitest'
import { prepare } from '../../src/storage/prepared.ts'
import { openTestDatabase } from './test-database.ts'

const put = prepare<{ key: string; text: string }, unknown>((db, value) =>
  db
    .insertInto('meta')
    .values({ key: value('key'), value: value('text') })
    .onConflict((c) => c.column('key').doUpdateSet({ value: value('text') })),
)
const find = prepare<{ key: string }, { value: string }>((db, value) => db.selectFrom('meta').select('value').where('key', '=', value('key')))
const change = prepare<{ text: string }, unknown>((db, value) => db.updateTable('meta').set({ value: value('text') }).where('key', 'in', ['a', 'b']))

describe('a prepared statement', () => {
  it('takes the values of each call, also where one value stands twice', async () => {
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      await put(tx, { key: 'a', text: 'one' })
      await put(tx, { key: 'b', text: 'two' })
      await put(tx, { key: 'a', text: 'three' })
      expect((await find(tx, { key: 'a' })).rows).toEqual([{ value: 'three' }])
      expect((await find(tx, { key: 'b' })).rows).toEqual([{ value: 'two' }])
      expect((await find(tx, { key: 'c' })).rows).toEqual([])
    })
  })

  it('keeps the values it was written with, and tells how many rows it changed', async () => {
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      for (const key of ['a', 'b', 'c']) await put(tx, { key, text: 'before' })
      expect((await change(tx, { text: 'after' })).numAffectedRows).toBe(2n)
      expect((await find(tx, { key: 'c' })).rows).toEqual([{ value: 'before' }])
    })
  })

  it('serves two databases at once', async () => {
    const [one, other] = [await openTestDatabase(), await openTestDatabase()]
    await one.transaction((tx) => put(tx, { key: 'a', text: 'mine' }))
    expect((await other.transaction((tx) => find(tx, { key: 'a' }))).rows).toEqual([])
    expect((await one.transaction((tx) => find(tx, { key: 'a' }))).rows).toEqual([{ value: 'mine' }])
  })
})
