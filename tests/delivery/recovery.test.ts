// A process that ends at any step loses no reply, repeats one at most, and never sends a bulk message twice.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { copyFileSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { countOutbox, enqueue } from '../../src/delivery/outbox.ts'
import { FAULT_CHANNEL, type FaultPoint, type PassedPoint } from '../../src/fault-point.ts'
import { createBench, pass } from './bench.ts'

/** The database file as a process that ends here and now would leave it. */
function leave(path: string, copy: string): void {
  for (const part of ['', '-wal']) if (existsSync(path + part)) copyFileSync(path + part, copy + part)
}

const SENT_BEFORE = {
  'delivery.claiming': 0,
  'delivery.claimed': 0,
  'delivery.sending': 0,
  'delivery.answered': 1,
  'delivery.settled': 1,
} as const satisfies Partial<Record<FaultPoint, number>>
const POINTS = Object.keys(SENT_BEFORE) as (keyof typeof SENT_BEFORE)[]

describe.each(POINTS)('a process that ends at %s', (point) => {
  it.each(['reply', 'bulk'] as const)('with a %s', async (lane) => {
    const before = await createBench()
    const copy = join(dirname(before.path), 'left.db')
    await before.say(11, 'hai', { lane })
    let left = false
    const leaveOnce = (passed: unknown) => {
      if (left || (passed as PassedPoint).point !== point) return
      left = true
      leave(before.path, copy)
    }
    subscribe(FAULT_CHANNEL, leaveOnce)
    onTestFinished(() => void unsubscribe(FAULT_CHANNEL, leaveOnce))
    const first = before.dispatcher()
    await first.idle()
    expect(left).toBe(true)

    const after = await createBench({ at: copy })
    const second = after.dispatcher()
    await second.idle()
    await pass(after, second, 300_000, 60_000)
    const again = after.telegram.texts().length
    const reached = SENT_BEFORE[point] + again
    const counts = await after.read(countOutbox)
    expect(counts).toMatchObject({ queued: 0, sending: 0, dead: 0 })
    if (lane === 'reply') {
      expect(reached).toBe(point === 'delivery.answered' ? 2 : 1)
    } else {
      expect(reached).toBeLessThanOrEqual(1)
      // What did not surely arrive is listed.
      expect(counts.unknown).toBe(point === 'delivery.claiming' || point === 'delivery.settled' ? 0 : 1)
      expect(second.stats().unknown).toBe(counts.unknown)
    }
  })
})

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
