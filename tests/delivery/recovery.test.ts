// What a sender left behind is sent by the next one, in order; a bulk message that may have arrived is not sent again.
import { expect, it } from 'vitest'
import { enqueue } from '../../src/delivery/outbox.ts'
import { createBench, pass } from './bench.ts'

it('what was in flight when the process ended goes out before what waited behind it', async () => {
  const bench = await createBench()
  bench.telegram.onCall = () => new Promise(() => {})
  await bench.say(11, 'one')
  await bench.say(11, 'two')
  await bench.say(12, 'tip', { lane: 'bulk' })
  const edit = { method: 'editMessageText', lane: 'bulk', payload: { message_id: 7, text: 'x' } } as const
  await bench.enqueue({ chatId: 13, ...edit })
  const first = bench.dispatcher()
  await expect.poll(() => bench.telegram.calls.length).toBe(3)
  const stopped = first.stop(0)
  bench.clock.advance(0)
  await stopped
  bench.telegram.onCall = () => undefined
  bench.telegram.calls.length = 0
  const second = bench.dispatcher()
  await second.idle()
  expect(bench.telegram.texts(11)).toEqual(['one', 'two'])
  expect(bench.telegram.texts(12)).toEqual([])
  expect(bench.telegram.texts(13)).toEqual(['x'])
  expect(second.stats()).toMatchObject({ unknown: 1, sent: 3 })
  expect(bench.logged).toContainEqual(
    expect.objectContaining({ event: 'delivery.recovered', fields: { requeuedCount: 2, unknownCount: 1 } }),
  )
})

it('a lease that ran out while another sender lived is taken over', async () => {
  const bench = await createBench()
  const dispatcher = bench.dispatcher()
  await dispatcher.idle()
  const leaseUntil = bench.clock.now() + 120_000
  await bench.read(async (tx) => {
    const id = await enqueue(tx, { chatId: 11, method: 'sendMessage', payload: { text: 'hai' } }, bench.clock.now())
    await tx.updateTable('outbox').set({ state: 'sending', attempts: 1, lease_until: leaseUntil }).where('id', '=', id).execute()
  })
  await pass(bench, dispatcher, 110_000, 10_000)
  expect(bench.telegram.texts()).toEqual([])
  await pass(bench, dispatcher, 180_000, 10_000)
  expect(bench.telegram.texts()).toEqual(['hai'])
})

it('a transaction that can not be kept is tried again, and nothing is sent twice', async () => {
  const bench = await createBench()
  const id = await bench.say(11, 'hai')
  let full = false
  const database = {
    ...bench.database,
    quickTransaction: <T>(work: Parameters<typeof bench.database.quickTransaction<T>>[0]) =>
      bench.database.quickTransaction(async (tx) => {
        const result = await work(tx)
        if (full) throw new Error('disk full')
        return result
      }),
  }
  bench.telegram.onCall = () => {
    full = true
    return undefined
  }
  const dispatcher = bench.dispatcher({ database })
  await expect.poll(() => bench.logged.map((line) => line.event)).toContain('delivery.pass-threw')
  expect(await bench.row(id)).toMatchObject({ state: 'sending' })
  full = false
  bench.clock.advance(1000)
  await dispatcher.idle()
  expect(await bench.row(id)).toMatchObject({ state: 'sent', message_id: 101 })
  expect(bench.telegram.calls).toHaveLength(1)
})
