// Lets a test read like a chat: people talk to a real clinic (real database file, real HTTP) through the simulated Telegram.
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { type App, type AppOptions, startApp } from '../../../src/app.ts'
import { type Instrument, loadAssessment } from '../../../src/content/assessment.ts'
import { type Clinic, loadClinic } from '../../../src/content/clinic.ts'
import { createLogger } from '../../../src/logging.ts'
import { packageRoot } from '../../../src/package-root.ts'
import { startSimulator } from '../../../src/simulator/server.ts'
import type { Simulator } from '../../../src/simulator/world.ts'
import { type Database, openDatabase, type Tx } from '../../../src/storage/database.ts'
import { createPlace } from '../../storage/test-database.ts'
import { createPhone, type Phone } from './phone.ts'

/** Monday, 23 November 2026, 09.00 WIB. */
export const MONDAY_MORNING = Date.UTC(2026, 10, 23, 2, 0)
export const COORDINATOR_ID = 3001
export const CLINIC_SECRET = 'a-secret-that-only-the-stories-know'

const HOUR_MS = 3_600_000
export const hours = (count: number) => count * HOUR_MS
export const days = (count: number) => count * 24 * HOUR_MS

export interface StoryClinic {
  readonly simulator: Simulator
  /** Resolves when everything sent so far was handled and answered. */
  settled(): Promise<void>
  /** Lets time pass; scheduled jobs run. */
  passes(ms: number): Promise<void>
  stops(): Promise<void>
  /** With `instrument` its questions have changed meanwhile. */
  startsAgain(again?: { readonly after?: number; readonly instrument?: (before: Instrument) => Instrument }): Promise<void>
  /** Where health and the webhook are served. */
  readonly address: () => string
  /** Looks into the database. */
  reads<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  readonly now: () => number
}

export interface Scene {
  readonly clinic: StoryClinic
  /** Someone with a phone. The coordinator of the configuration is `person('Rini', { id: COORDINATOR_ID })`. */
  readonly person: (firstName: string, more?: { readonly id?: number; readonly languageCode?: string }) => Phone
}

export type StoryOptions = Partial<Pick<AppOptions, 'volunteerChatId' | 'coordinatorIds' | 'metricsToken' | 'moreFeatures'>> & {
  readonly clinic?: (clinic: Clinic) => Clinic
  /** The only engine it is told on: it looks into the database file itself, or tells of backups, which are made of a file only. */
  readonly engine?: 'sqlite' | 'postgres'
  /** How updates arrive; polling when absent. */
  readonly updates?: 'webhook'
  /** The bot hears everything said in groups, not only what is addressed to it. */
  readonly hearsGroups?: boolean
  /** Its database lies in memory where that is possible: see `createPlace`. */
  readonly inMemory?: boolean
  /** ms, for what tells of months. */
  readonly timeout?: number
}

export const WEBHOOK_SECRET = 'rahasia_2026'
const TOKEN = '4242424242:abcdefghijklmnopqrstuvwxyzABCDE'

/** Declares a story as a test. */
export function story(name: string, tell: (scene: Scene) => Promise<void>, options: StoryOptions = {}): void {
  if (options.engine !== undefined && options.engine !== (inject('postgresServer') === undefined ? 'sqlite' : 'postgres')) return
  it(name, async () => {
    const place = await createPlace({ inMemory: options.inMemory })
    try {
      const scene = await openScene(place.url, options)
      try {
        await tell(scene)
      } finally {
        await scene.close()
      }
    } finally {
      await place.remove()
    }
  }, options.timeout)
}

async function openScene(databaseUrl: string, options: StoryOptions): Promise<Scene & { close(): Promise<void> }> {
  let time = MONDAY_MORNING
  const now = () => time
  const simulator = await startSimulator({ now, token: TOKEN, bot: { firstName: 'Klinik', username: 'klinik_bot' }, privacyMode: !options.hearsGroups })
  const randomToken = countedTokens()
  let instrument = loadAssessment(join(packageRoot(), 'data/assessment.yaml'))
  const port = options.updates === 'webhook' ? await freePort() : 0
  let app: App | undefined
  let database: Database | undefined

  async function start(): Promise<void> {
    database = await openDatabase(databaseUrl)
    app = await startApp({
      root: packageRoot(),
      database,
      instrument,
      clinic: unhurried((options.clinic ?? ((same) => same))(loadClinic(join(packageRoot(), 'data/clinic.yaml')))),
      token: TOKEN,
      apiRoot: simulator.origin,
      updates: options.updates === 'webhook' ? { by: 'webhook', publicUrl: `http://127.0.0.1:${port}`, secret: WEBHOOK_SECRET } : { by: 'polling' },
      host: '127.0.0.1',
      port,
      coordinatorIds: options.coordinatorIds ?? [COORDINATOR_ID],
      volunteerChatId: options.volunteerChatId,
      now,
      random: () => 0.5,
      randomToken,
      clinicSecret: CLINIC_SECRET,
      metricsToken: options.metricsToken,
      moreFeatures: options.moreFeatures ?? [],
      log: createLogger({ level: 'fatal' }),
      onFatal: (error) => {
        throw error
      },
    })
  }

  const isOpen = () => app !== undefined

  async function settled(): Promise<void> {
    // The simulator and the clinic work on their own: look again whenever the loop has turned.
    do {
      await new Promise((resolve) => setImmediate(resolve))
      if (simulator.world.pendingUpdates() === 0) await app?.idle()
    } while (isOpen() && simulator.world.pendingUpdates() > 0)
  }

  const clinic: StoryClinic = {
    simulator,
    now,
    settled,
    passes: async (ms) => {
      time += ms
      await app?.tick()
      await settled()
    },
    stops: async () => {
      await app?.stop()
      app = undefined
    },
    startsAgain: async ({ after = 0, instrument: changed = (same: Instrument) => same } = {}) => {
      time += after
      instrument = changed(instrument)
      await start()
      await settled()
    },
    address: () => {
      if (!app) throw new Error('The clinic is closed.')
      return app.address
    },
    reads: (work) => {
      if (!database) throw new Error('The clinic has not been started.')
      return database.transaction(work)
    },
  }
  await start()
  await settled()
  return {
    clinic,
    person: (firstName, { id, languageCode = 'id' } = {}) => {
      const known = simulator.world.people().find((one) => one.id === id)
      const { id: personId } = known ?? simulator.world.addPerson({ firstName, languageCode, ...(id !== undefined && { id }) })
      return createPhone({ world: simulator.world, person: personId, settled })
    },
    close: async () => {
      await app?.stop()
      await simulator.close()
    },
  }
}

/** A story does not wait for Telegram's sending limits; tests/delivery look after those. */
function unhurried(clinic: Clinic): Clinic {
  const limits = { ...clinic.limits, sendPerSecondOverall: 1000, sendPerSecondPerChat: 1000, sendBurstPerChat: 1000, sendPerMinutePerGroup: 1000 }
  return { ...clinic, limits }
}

/** A port nobody listens on now: the webhook's address is told before the clinic opens. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

function countedTokens(): () => string {
  let count = 0
  return () => `token${String((count += 1)).padStart(17, '0')}`
}

declare module 'vitest' {
  interface Matchers<T> {
    /** Since the person last did something, her phone showed a text that matches. */
    toSee(text: string | RegExp): T
  }
}

expect.extend({
  toSee(phone: Phone, text: string | RegExp) {
    const shown = phone.news()
    const pass = typeof text === 'string' ? shown.includes(text) : text.test(shown)
    return { pass, message: () => `${pass ? 'not expected' : 'expected'} on the phone: ${String(text)}\n--- it shows ---\n${shown}` }
  },
})
