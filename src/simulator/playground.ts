// The simulator as `npm start` opens it: the usual people, a clock that can be moved forward, and its page on this machine.
import { networkInterfaces } from 'node:os'
import { CAST } from './page/cast.ts'
import { isLoopback } from './page/guard.ts'
import { startSimulator } from './server.ts'
import { openStore } from './store.ts'

export interface PlaygroundOptions {
  readonly host: string
  readonly port: number
  /** SQLite file that keeps chats and the clock over a restart. */
  readonly storagePath: string
  /** The real clock, ms UTC. */
  readonly systemNow: () => number
  readonly randomBytes: (count: number) => Buffer
  /** Called after the clock was moved: something may be due. */
  readonly clockMoved: () => Promise<void>
}

export interface Playground {
  /** What to open in a browser, with the access code where one is needed. */
  readonly address: string
  readonly apiRoot: string
  readonly token: string
  readonly coordinatorIds: readonly number[]
  /** The clinic's clock, ms UTC. */
  readonly now: () => number
  close(): Promise<void>
}

const isEveryAddress = (host: string) => host === '0.0.0.0' || host === '::'

/** The address other computers find this one at: its first that is no loopback. */
function lanAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'
}

/** A database remembers its bot by this id; it is no real one's. */
const BOT_ID = 7_000_000_001

export async function openPlayground({ host, port, storagePath, systemNow, randomBytes, clockMoved }: PlaygroundOptions): Promise<Playground> {
  const store = openStore(storagePath)
  const moved = store.shelf<number>('clock')
  const now = () => systemNow() + (moved.get('ms') ?? 0)
  const token = `${BOT_ID}:${randomBytes(30).toString('base64url')}`
  const accessCode = isLoopback(host) ? undefined : randomBytes(6).toString('base64url')
  const simulator = await startSimulator({
    now,
    host,
    port,
    token,
    bot: { firstName: 'Klinik Ekonomi Digital', username: 'klinik_ekonomi_bot' },
    storagePath,
    advance: async (ms) => {
      moved.put('ms', (moved.get('ms') ?? 0) + ms)
      await clockMoved()
    },
    ...(accessCode && { accessCode }),
  })
  const { origin } = simulator
  return {
    address: accessCode ? `${origin.replace('127.0.0.1', isEveryAddress(host) ? lanAddress() : host)}/?code=${accessCode}` : origin,
    apiRoot: origin,
    token,
    coordinatorIds: CAST.filter((one) => one.role === 'coordinator').map((one) => one.id),
    now,
    close: async () => {
      await simulator.close()
      store.close()
    },
  }
}
