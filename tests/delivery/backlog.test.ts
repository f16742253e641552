// How much waits and since when, as an operator would count it by hand.
import { describe, expect, it } from 'vitest'
import { backlogOf } from '../../src/delivery/backlog.ts'
import { createBench, START } from './bench.ts'

const MINUTE = 60_000

describe('the backlog', () => {
  it('is empty when nothing waits', async () => {
    const bench = await createBench()
    await bench.say(11, 'halo')
    await bench.dispatcher().idle()
    expect(await bench.read((tx) => backlogOf(tx, START))).toEqual([])
  })

  it('is counted lane by lane, and as old as its oldest call', async () => {
    const bench = await createBench()
    await bench.say(11, 'satu', { lane: 'bulk' })
    bench.clock.advance(MINUTE)
    await bench.say(11, 'dua', { lane: 'bulk' })
    await bench.say(12, 'tiga')
    expect(await bench.read((tx) => backlogOf(tx, START + 2 * MINUTE))).toEqual([
      { lane: 'bulk', waitingCount: 2, oldestAt: START },
      { lane: 'reply', waitingCount: 1, oldestAt: START + MINUTE },
    ])
  })

  it('is not old because something was put off on purpose', async () => {
    const bench = await createBench()
    await bench.say(11, 'besok', { notBefore: START + 60 * MINUTE })
    expect(await bench.read((tx) => backlogOf(tx, START + 30 * MINUTE))).toEqual([{ lane: 'reply', waitingCount: 1, oldestAt: null }])
    expect(await bench.read((tx) => backlogOf(tx, START + 70 * MINUTE))).toEqual([{ lane: 'reply', waitingCount: 1, oldestAt: START + 60 * MINUTE }])
  })

  it('does not grow young when a call is tried again and again', async () => {
    const bench = await createBench()
    const id = await bench.say(11, 'halo')
    await bench.read((tx) => tx.updateTable('outbox').set({ attempts: 9, next_at: START + 31 * MINUTE }).where('id', '=', id).execute())
    expect(await bench.read((tx) => backlogOf(tx, START + 30 * MINUTE))).toEqual([{ lane: 'reply', waitingCount: 1, oldestAt: START }])
  })
})
