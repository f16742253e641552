// On SQLite: the file a process leaves that ends at any step of sending. No reply is lost, one is repeated at most, and no bulk message is sent twice.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { copyFileSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { countOutbox } from '../../src/delivery/outbox.ts'
import { FAULT_CHANNEL, type FaultPoint, type PassedPoint } from '../../src/fault-point.ts'
import { databaseFile } from '../../src/storage/address.ts'
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
    const path = databaseFile(before.url)
    const copy = join(dirname(path), 'left.db')
    await before.say(11, 'hai', { lane })
    let left = false
    const leaveOnce = (passed: unknown) => {
      if (left || (passed as PassedPoint).point !== point) return
      left = true
      leave(path, copy)
    }
    subscribe(FAULT_CHANNEL, leaveOnce)
    onTestFinished(() => void unsubscribe(FAULT_CHANNEL, leaveOnce))
    const first = before.dispatcher()
    await first.idle()
    expect(left).toBe(true)

    const after = await createBench({ at: `sqlite:${copy}` })
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
