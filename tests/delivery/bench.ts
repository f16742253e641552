// What the tests of delivery stand on: a real database, a real grammY client, a Telegram of their own and a clock they move.
import { Api } from 'grammy'
import { onTestFinished } from 'vitest'
import type { Timer } from '../../src/delivery/alarm.ts'
import { createFileSource } from '../../src/telegram/file-source.ts'
import { createTransport, type Transport } from '../../src/telegram/transport.ts'
import { createDispatcher, type Dispatcher, type DispatcherOptions } from '../../src/delivery/dispatcher.ts'
import { enqueue, type OutgoingCall } from '../../src/delivery/outbox.ts'
import { type Database, openDatabase, type Tx } from '../../src/storage/database.ts'
import type { OutboxRow } from '../../src/storage/schema.ts'
import { createPlace } from '../storage/test-database.ts'
import { startTelegramStub, type TelegramStub } from './telegram-stub.ts'

export const START = Date.UTC(2026, 10, 2, 3)
export const TOKEN = '7000000001:AAabcdefghijklmnopqrstuvwxyz0123456'

export interface Clock {
  now(): number
  readonly timer: Timer
  /** Moves time and lets what became due run. */
  advance(ms: number): void
}

export function createClock(start = START): Clock {
  let at = start
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>()
  return {
    now: () => at,
    timer(ms, wake) {
      const entry = { at: at + ms, wake }
      waiting.add(entry)
      return () => waiting.delete(entry)
    },
    advance(ms) {
      at += ms
      for (const entry of waiting) {
        if (entry.at > at) continue
        waiting.delete(entry)
        entry.wake()
      }
    },
  }
}

export interface LoggedEvent {
  readonly level: string
  readonly event: string
  readonly fields: unknown
}

export interface Bench {
  readonly url: string
  readonly database: Database
  readonly telegram: TelegramStub
  readonly clock: Clock
  readonly logged: LoggedEvent[]
  /** A started dispatcher; stopped at the end of the test. It talks to the Telegram of `apiRoot`; to the bench's own when absent. */
  dispatcher(options?: Partial<DispatcherOptions> & { readonly apiRoot?: string }): Dispatcher
  enqueue(call: Partial<OutgoingCall> & { chatId: number }): Promise<number>
  say(chatId: number, text: string, more?: Partial<OutgoingCall>): Promise<number>
  row(id: number): Promise<OutboxRow>
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

export async function createBench({ at }: { at?: string } = {}): Promise<Bench> {
  const { url, remove } = at === undefined ? await createPlace() : { url: at, remove: async () => {} }
  const [database, telegram] = await Promise.all([openDatabase(url), startTelegramStub()])
  const clock = createClock()
  const logged: LoggedEvent[] = []
  const note = (level: string) => (event: string, fields?: unknown) => void logged.push({ level, event, fields })
  const running: Dispatcher[] = []
  const transports: Transport[] = []
  onTestFinished(async () => {
    for (const dispatcher of running) await dispatcher.stop(0)
    for (const transport of transports) await transport.close()
    await telegram.close()
    await database.close()
    await remove()
  })
  const bench: Bench = {
    url,
    database,
    telegram,
    clock,
    logged,
    dispatcher({ apiRoot = telegram.origin, ...options } = {}) {
      const api = new Api(TOKEN, { apiRoot, timeoutSeconds: 5 })
      const transport = createTransport(apiRoot)
      transports.push(transport)
      const dispatcher = createDispatcher({
        database,
        api,
        fetchFile: createFileSource({ api, transport, token: TOKEN, apiRoot }),
        now: () => clock.now(),
        random: () => 0,
        timer: clock.timer,
        log: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
        onSentHandlers: {},
        drawPicture: async (name) => {
          throw new Error(`no picture ${name}`)
        },
        drawDocument: async (name) => {
          throw new Error(`no document ${name}`)
        },
        readMedia: async (file) => {
          throw new Error(`no file ${file}`)
        },
        ...options,
      })
      running.push(dispatcher)
      dispatcher.start()
      return dispatcher
    },
    enqueue: (call) =>
      database.transaction((tx) => enqueue(tx, { method: 'sendMessage', payload: { text: 'hai' }, ...call }, clock.now())),
    say: (chatId, text, more = {}) => bench.enqueue({ chatId, ...more, payload: { text, ...more.payload } }),
    row: (id) => bench.read((tx) => tx.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow()),
    read: (work) => database.transaction(work),
  }
  return bench
}

/** Lets time pass in steps, so that whatever becomes due in between leaves. */
export async function pass(bench: Bench, dispatcher: Dispatcher, ms: number, step = 250): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    bench.clock.advance(step)
    await dispatcher.idle()
  }
}
