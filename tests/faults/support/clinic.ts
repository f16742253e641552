// A clinic in a process of its own and a simulated Telegram in the test's: the process can be killed at any point and started again.
// It reads the clinic's database beside it, never through the clinic's own code.
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import type { FaultPoint } from '../../../src/fault-point.ts'
import { packageRoot } from '../../../src/package-root.ts'
import { startSimulator } from '../../../src/simulator/server.ts'
import type { Simulator } from '../../../src/simulator/world.ts'
import { createPhone, type Phone } from '../../stories/support/phone.ts'
import { type ClinicProcess, type Ending, startProcess, waitFor } from './process.ts'

export const TOKEN = '4242424242:abcdefghijklmnopqrstuvwxyzABCDE'

export type Row = Readonly<Record<string, string | number | null>>

export interface Clinic {
  readonly folder: string
  readonly simulator: Simulator
  /** The variables it is started with. */
  readonly env: Readonly<Record<string, string>>
  readonly databasePath: string
  /** Of the process started last. */
  pid(): number
  /** Resolves when it takes updates, or has ended. */
  start(): Promise<void>
  /** Resolves when everything sent so far is applied, answered and settled; a clinic that was killed is started again meanwhile. */
  settled(): Promise<void>
  /** Ends the process when it comes to the first point, the one after it at the second, and so on. What was arranged before no longer holds. */
  diesAt(...points: readonly (FaultPoint | LaterPoint)[]): void
  /** Ends the process whenever it has applied this update and not yet committed it. */
  diesOf(updateId: number): void
  /** Does this to its files after its next death, before it is started again. */
  beforeNextStart(work: () => void): void
  /** Resolves when the process started last has ended. */
  ended(): Promise<Ending>
  /** Ends it now, as a power cut does. */
  kill(): Promise<void>
  /** Asks it to stop, and tells how it did and in how many ms. */
  stop(): Promise<Ending & { readonly ms: number }>
  /** How often it was killed. */
  deaths(): number
  /** All that its processes printed. */
  printed(): string
  /** Reads its database, running or not. */
  rows(sql: string): readonly Row[]
  person(firstName: string): Phone
  /** Ends everything and removes the folder. */
  close(): Promise<void>
}

/** Not the first time it comes to this point. */
export interface LaterPoint {
  readonly point: FaultPoint
  /** So many times it gets past it. */
  readonly passes: number
}

export interface ClinicPlace {
  /** Where its files are; a new folder when absent. It is removed in the end. */
  readonly folder?: string
  /** Variables that differ from those of the others. */
  readonly variables?: Readonly<Record<string, string>>
}

/** Prepares a clinic; nothing runs before `start`. */
export async function openClinic({ folder = mkdtempSync(join(tmpdir(), 'faults-')), variables = {} }: ClinicPlace = {}): Promise<Clinic> {
  const simulator = await startSimulator({ now: Date.now, token: TOKEN, bot: { firstName: 'Klinik', username: 'klinik_bot' } })
  const { world } = simulator
  const databasePath = join(folder, 'klinik.db')
  const deathNote = join(folder, 'death-note.json')
  const env = {
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: simulator.origin,
    DATABASE_URL: `sqlite:${databasePath}`,
    PORT: '0',
    COORDINATOR_IDS: '3001',
    CLINIC_FILE: writeHastyClinicFile(folder),
    LOG_LEVEL: 'debug',
    DEATH_NOTE: deathNote,
    ...variables,
  }
  const processes: ClinicProcess[] = []
  let reader: SqliteFile.Database | undefined
  let workBeforeStart: (() => void) | undefined
  /** Deaths there will have been when all that was arranged has happened. */
  let fated = 0

  const writeDeathNote = (note: object) => {
    // In one step: the process may be reading.
    writeFileSync(`${deathNote}.new`, JSON.stringify(note))
    renameSync(`${deathNote}.new`, deathNote)
  }
  const current = (): ClinicProcess => {
    const process = processes.at(-1)
    if (!process) throw new Error('Start the clinic first.')
    return process
  }
  const rows = (sql: string): readonly Row[] => {
    reader ??= new SqliteFile(databasePath, { readonly: true })
    return reader.prepare(sql).all() as Row[]
  }
  const deaths = () => processes.filter((process) => process.ending()?.signal === 'SIGKILL').length
  const printed = () => processes.map((process) => process.stdout() + process.stderr()).join('')
  const isQuiet = () =>
    world.pendingUpdates() === 0 && rows(`select 1 from outbox where state in ('queued', 'sending') union all select 1 from inbox`).length === 0

  async function start(): Promise<void> {
    if (workBeforeStart) {
      // With nobody reading, the next process looks at the files anew, as after a power cut.
      reader?.close()
      reader = undefined
      workBeforeStart()
      workBeforeStart = undefined
    }
    const process = await startProcess({ cwd: folder, env })
    processes.push(process)
    await waitFor(() => process.ending() ?? process.stdout().includes('"app.started"'), () => `the clinic to start; it printed\n${printed()}`)
  }

  async function settled(): Promise<void> {
    for (;;) {
      const ending = await waitFor(
        () => current().ending() ?? (deaths() >= fated && isQuiet() && 'quiet'),
        () => `the clinic to be quiet; ${world.pendingUpdates()} updates wait, and it printed\n${printed().slice(-3000)}`,
      )
      if (ending === 'quiet') return
      if (ending.signal !== 'SIGKILL') throw new Error(`The clinic ended by itself:\n${printed().slice(-3000)}`)
      await start()
    }
  }

  return {
    folder,
    simulator,
    env,
    databasePath,
    pid: () => current().pid,
    start,
    settled,
    rows,
    printed,
    deaths,
    diesAt: (...points) => {
      fated = deaths() + points.length
      writeDeathNote({ points: points.map((point) => (typeof point === 'string' ? { point } : point)) })
    },
    diesOf: (updateId) => writeDeathNote({ points: [{ point: 'update.handled', updateId }], always: true }),
    beforeNextStart: (work) => {
      workBeforeStart = work
    },
    ended: () => current().ended,
    kill: async () => {
      fated += 1
      current().signal('SIGKILL')
      await current().ended
    },
    stop: async () => {
      const before = performance.now()
      current().signal('SIGTERM')
      const ending = await current().ended
      return { ...ending, ms: performance.now() - before }
    },
    close: async () => {
      processes.at(-1)?.signal('SIGKILL')
      await processes.at(-1)?.ended
      reader?.close()
      await simulator.close()
      rmSync(folder, { recursive: true, force: true })
    },
    person: (firstName) => createPhone({ world, person: world.addPerson({ firstName, languageCode: 'id' }).id, settled }),
  }
}

/** The clinic's own decisions, with the highest sending rates it may set: these tests are not about pacing. */
export function writeHastyClinicFile(folder: string): string {
  const path = join(folder, 'clinic.yaml')
  const rates = { send_per_second_overall: 1000, send_per_second_per_chat: 5, send_burst_per_chat: 20, send_per_minute_per_group: 60 }
  const text = Object.entries(rates).reduce(
    (yaml, [name, rate]) => yaml.replace(new RegExp(`${name}: \\d+`), `${name}: ${rate}`),
    readFileSync(join(packageRoot(), 'data/clinic.yaml'), 'utf8'),
  )
  writeFileSync(path, text)
  return path
}
