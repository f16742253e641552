// An update takes effect once, or is set aside and answered for: whatever is delivered twice or throws, on either engine.
import { describe, expect, it } from 'vitest'
import { nextNumber } from '../../src/people/store.ts'
import type { UnitOfWorkDeps } from '../../src/telegram/unit-of-work.ts'
import { createTestDatabase, openTestDatabase } from '../storage/test-database.ts'
import { BOT_ID, createWork, effects, failures, NOW, take, tap, update } from './work.ts'

describe('an update', () => {
  it('takes effect once, however often it is delivered', async () => {
    const database = await openTestDatabase()
    const { apply } = createWork(database)
    await apply([update(1), update(2), update(2)])
    await apply([update(2), update(3)])
    await apply([update(1)])
    expect(await effects(database)).toEqual({ 'update 1': 1, 'update 2': 1, 'update 3': 1 })
  })

  it('is known after a restart, and to its own bot alone', async () => {
    const file = await createTestDatabase()
    await createWork(await file.open()).apply([update(1)])
    const database = await file.open()
    await createWork(database).apply([update(1)])
    expect(await effects(database)).toEqual({ 'update 1': 1 })
    await createWork(database, { botId: BOT_ID + 1 }).apply([update(1)])
    expect(await effects(database)).toEqual({ 'update 1': 2 })
  })

  it('is applied in the order of its batch, each at its own time', async () => {
    const database = await openTestDatabase()
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
    const file = await createTestDatabase()
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

  it('leaves no count behind once everything went through', async () => {
    const database = await openTestDatabase()
    await createWork(database).apply([update(1), update(2)])
    expect(await database.transaction((tx) => tx.selectFrom('update_attempt').selectAll().execute())).toEqual([])
  })
})

describe('a tapped button', () => {
  it('stops spinning after the commit, with its note, and again when the tap is delivered twice', async () => {
    const { apply, taps } = createWork(await openTestDatabase(), {
      handle: async (_tx, _update, _now, answerTap) => answerTap({ text: 'Tersimpan' }),
    })
    await apply([tap(1, 'a'), update(2)])
    expect(taps.flat()).toEqual([{ callbackQueryId: 'a', text: 'Tersimpan' }])
    await apply([tap(1, 'a')])
    expect(taps.at(-1)).toEqual([{ callbackQueryId: 'a' }])
  })

  it('stops spinning too when its handler throws', async () => {
    const { apply, taps } = createWork(await openTestDatabase(), { handle: () => Promise.reject(new Error('broken')) })
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
    const database = await openTestDatabase()
    const { apply, apologies } = createWork(database, { handle: failing(2) })
    await apply([update(1), update(2), update(3)])
    expect(await effects(database)).toEqual({ 'update 1': 1, 'apology 2': 1, 'update 3': 1 })
    expect(apologies.map(({ id }) => id)).toEqual([2])
  })

  it('leaves the whole update behind, under the reference that the person and the operator got', async () => {
    const database = await openTestDatabase()
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
    const database = await openTestDatabase()
    const { apply } = createWork(database, { handle: failing(2) })
    await apply([update(2)])
    await apply([update(2)])
    expect(await failures(database)).toHaveLength(1)
    expect(await effects(database)).toEqual({ 'apology 2': 1 })
  })

  it('holds up nobody when the apology can not be made either', async () => {
    const database = await openTestDatabase()
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
