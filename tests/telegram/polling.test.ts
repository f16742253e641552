// Updates are fetched batch by batch from the strict Telegram: confirmed only once applied, and fetched again after any trouble.
import { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPolling, type PollingDeps } from '../../src/telegram/polling.ts'
import { openStage, type Stage, TOKEN } from '../simulator/fixture.ts'
import { createRecordedLog } from './recorded-log.ts'
import { createGate, eventually } from './waiting.ts'

interface Poller {
  /** Texts of each batch that was applied. */
  readonly batches: (string | undefined)[][]
  /** How long it paused, ms. */
  readonly pauses: number[]
  readonly fatal: unknown[]
  readonly log: ReturnType<typeof createRecordedLog>
  readonly healthy: () => boolean
  start(): void
  stop(): Promise<void>
}

function createPoller(stage: Stage, deps: Partial<Pick<PollingDeps, 'apply' | 'wait'>> & { token?: string } = {}): Poller {
  const batches: (string | undefined)[][] = []
  const pauses: number[] = []
  const fatal: unknown[] = []
  const log = createRecordedLog()
  const { apply, token = TOKEN, wait } = deps
  const polling = createPolling({
    api: new Api(token, { apiRoot: stage.simulator.origin }),
    log,
    apply: async (updates) => {
      if (updates.length === 0) return
      await apply?.(updates)
      batches.push(updates.map(textOf))
    },
    wait: async (ms, signal) => {
      pauses.push(ms)
      await wait?.(ms, signal)
    },
    onFatal: (error) => void fatal.push(error),
  })
  onTestFinished(() => polling.stop())
  return { ...polling, batches, pauses, fatal, log }
}

const textOf = ({ message }: Update) => message?.text

async function stageOf(options?: Parameters<typeof openStage>[0]): Promise<Stage & { say(text: string): void; pending(): number }> {
  const stage = await openStage({ firstUpdateId: 1000, ...options })
  onTestFinished(() => stage.simulator.close())
  const { world } = stage.simulator
  return {
    ...stage,
    say: (text) => void world.sendText(stage.sari.id, stage.sari.id, text),
    pending: () => world.pendingUpdates(),
  }
}

describe('a batch', () => {
  it('is confirmed after it was applied, not before', async () => {
    const stage = await stageOf()
    const gate = createGate()
    let applying = false
    const poller = createPoller(stage, {
      apply: () => {
        applying = true
        return gate.pass()
      },
    })
    stage.say('satu')
    poller.start()
    await eventually(() => applying).toBe(true)
    stage.say('dua')
    // Telegram still has both: were the process to end now, they would come again.
    expect(stage.pending()).toBe(2)
    gate.open()
    await eventually(() => poller.batches).toEqual([['satu'], ['dua']])
    await eventually(() => stage.pending()).toBe(0)
  })

  it('that could not be applied comes again as it was, after a pause', async () => {
    const stage = await stageOf()
    const tried: (string | undefined)[][] = []
    const poller = createPoller(stage, {
      apply: async (updates) => {
        tried.push(updates.map(textOf))
        if (tried.length < 3) throw new Error('database is locked')
      },
    })
    stage.say('satu')
    stage.say('dua')
    poller.start()
    await eventually(() => poller.batches).toEqual([['satu', 'dua']])
    expect(tried).toEqual([['satu', 'dua'], ['satu', 'dua'], ['satu', 'dua']])
    expect(poller.pauses).toEqual([1000, 2000])
    await eventually(() => stage.pending()).toBe(0)
  })

  it('holds what waited, in order', async () => {
    const stage = await stageOf()
    for (const text of ['satu', 'dua', 'tiga']) stage.say(text)
    const poller = createPoller(stage)
    poller.start()
    await eventually(() => poller.batches).toEqual([['satu', 'dua', 'tiga']])
  })

  it('asks for the kinds of update that are handled', async () => {
    const stage = await stageOf()
    const poller = createPoller(stage)
    poller.start()
    await eventually(poller.healthy).toBe(true)
    const [, asked] = stage.simulator.world.calls().filter(({ method }) => method === 'getUpdates')
    expect(asked!.params['allowed_updates']).toEqual(['message', 'edited_message', 'callback_query', 'my_chat_member'])
  })
})

describe('ids that start anew lower, as after an idle week', () => {
  it('are received like any other', async () => {
    const stage = await stageOf()
    const poller = createPoller(stage)
    stage.say('lama')
    poller.start()
    await eventually(() => stage.pending()).toBe(0)
    const raw = (id: number, text: string) => stage.simulator.world.rawUpdate({ update_id: id, message: { text } })
    raw(7, 'baru')
    await eventually(() => poller.batches).toEqual([['lama'], ['baru']])
    raw(8, 'lagi')
    await eventually(() => poller.batches).toEqual([['lama'], ['baru'], ['lagi']])
    await eventually(() => stage.pending()).toBe(0)
  })
})

describe('trouble', () => {
  it('with the token is fatal: it says so once and asks no more', async () => {
    const stage = await stageOf()
    const poller = createPoller(stage, { token: '700000001:other' })
    poller.start()
    await eventually(() => poller.fatal).toMatchObject([{ error_code: 401 }])
    await poller.stop()
    expect(poller.pauses).toEqual([])
    expect(poller.healthy()).toBe(false)
  })

  it.each([
    ['a server error', { status: 500 }],
    ['a bad gateway', { status: 502 }],
  ] as const)('of Telegram (%s) is waited out, longer each time but half a minute at most', async (_what, fault) => {
    const stage = await stageOf()
    stage.simulator.faults.next('getUpdates', fault, 7)
    stage.say('satu')
    const poller = createPoller(stage)
    poller.start()
    await eventually(() => poller.batches).toEqual([['satu']])
    expect(poller.pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    expect(poller.log.lines.filter(({ event }) => event === 'polling.interrupted')).toHaveLength(7)
  })

  it('of too many requests pauses as long as Telegram says', async () => {
    const stage = await stageOf()
    stage.simulator.faults.next('getUpdates', { status: 429, retryAfter: 7 })
    stage.say('satu')
    const poller = createPoller(stage)
    poller.start()
    await eventually(() => poller.batches).toEqual([['satu']])
    expect(poller.pauses).toEqual([7000])
  })

  it('of an outage ends with it, and nothing said meanwhile is lost', async () => {
    const stage = await stageOf()
    const poller = createPoller(stage, {
      wait: async () => {
        if (poller.pauses.length === 3) stage.simulator.faults.outage(false)
      },
    })
    poller.start()
    await eventually(poller.healthy).toBe(true)
    stage.simulator.faults.outage(true)
    stage.say('satu')
    await eventually(() => poller.batches).toEqual([['satu']])
    expect(poller.pauses).toEqual([500, 1000, 2000])
    await eventually(poller.healthy).toBe(true)
  })

  it('with a second receiver pauses, and goes on when that one is gone', async () => {
    const stage = await stageOf()
    const pausing = createGate()
    const poller = createPoller(stage, { wait: pausing.pass })
    poller.start()
    await eventually(poller.healthy).toBe(true)
    const isWaiting = () => stage.simulator.world.calls().length
    const before = isWaiting()
    await stage.call('getUpdates', { timeout: 0 })
    await eventually(() => poller.pauses).toEqual([1000])
    expect(isWaiting()).toBeGreaterThan(before)
    expect(poller.healthy()).toBe(false)
    pausing.open()
    stage.say('satu')
    await eventually(() => poller.batches).toEqual([['satu']])
  })

  it('that is over is forgotten: the next pause is short again', async () => {
    const stage = await stageOf()
    stage.simulator.faults.next('getUpdates', { status: 500 }, 2)
    const poller = createPoller(stage)
    poller.start()
    await eventually(poller.healthy).toBe(true)
    stage.simulator.faults.next('getUpdates', { status: 500 }, 1)
    stage.say('satu')
    stage.say('dua')
    await eventually(() => poller.pauses).toEqual([1000, 2000, 1000])
    await eventually(() => stage.pending()).toBe(0)
  })

  it('between applying a batch and confirming it ends in confirming it', async () => {
    const stage = await stageOf()
    stage.say('satu')
    const poller = createPoller(stage, { apply: async () => stage.simulator.faults.next('getUpdates', { status: 502 }) })
    poller.start()
    await eventually(() => stage.pending()).toBe(0)
    expect(poller.batches).toEqual([['satu']])
  })
})

describe('stopping', () => {
  it('ends the long wait at once', async () => {
    const stage = await stageOf()
    const poller = createPoller(stage)
    poller.start()
    await eventually(poller.healthy).toBe(true)
    await poller.stop()
    expect(poller.batches).toEqual([])
    expect(poller.log.lines).toEqual([])
  })

  it('lets the batch under way be applied, and confirms it so that it does not come again', async () => {
    const stage = await stageOf()
    const gate = createGate()
    let applying = false
    const poller = createPoller(stage, {
      apply: () => {
        applying = true
        return gate.pass()
      },
    })
    stage.say('satu')
    poller.start()
    await eventually(() => applying).toBe(true)
    const stopped = poller.stop()
    stage.say('dua')
    gate.open()
    await stopped
    expect(poller.batches).toEqual([['satu']])
    // What came afterwards waits for the next start.
    expect(stage.simulator.world.updates()).toMatchObject([{ message: { text: 'dua' } }])
  })

  it('leaves a batch that could not be applied to the next start', async () => {
    const stage = await stageOf()
    stage.say('satu')
    const pause = createGate()
    const poller = createPoller(stage, { apply: () => Promise.reject(new Error('database is locked')), wait: pause.pass })
    poller.start()
    await eventually(() => poller.pauses).toEqual([1000])
    const stopped = poller.stop()
    pause.open()
    await stopped
    expect(stage.pending()).toBe(1)
  })

  it('does not wait for a Telegram that is gone', async () => {
    const stage = await stageOf()
    const gate = createGate()
    const poller = createPoller(stage, { apply: gate.pass })
    stage.say('satu')
    poller.start()
    await eventually(() => stage.simulator.world.calls().length).toBeGreaterThan(1)
    stage.simulator.faults.outage(true)
    const stopped = poller.stop()
    gate.open()
    await stopped
    expect(poller.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})
