// A clinic in a process of its own, to which Telegram brings updates, and which is started again whenever it is killed, as by what supervises it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import type { FaultPoint } from '../../../src/fault-point.ts'
import { type FakeTelegram, startTelegram } from '../../postgres/support/telegram.ts'
import { TOKEN, writeHastyClinicFile } from './clinic.ts'
import { type ClinicProcess, startProcess, waitFor } from './process.ts'

const SECRET = 'rahasia_2026'

export interface WebhookClinic {
  readonly telegram: FakeTelegram
  /** Of the process that runs now. */
  readonly addresses: readonly string[]
  kill(): void
  deaths(): number
  /** Resolves when everything that was brought is applied, answered and settled. */
  settled(): Promise<void>
  /** The first column of what a query finds in its database. */
  values(sql: string): readonly unknown[]
  close(): Promise<void>
}

/** Resolves when it takes updates. @param fate where it ends the first time, the second time, and so on */
export async function openWebhookClinic(...fate: readonly FaultPoint[]): Promise<WebhookClinic> {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-'))
  const databasePath = join(folder, 'klinik.db')
  const deathNote = join(folder, 'death-note.json')
  writeFileSync(deathNote, JSON.stringify({ points: fate.map((point) => ({ point })) }))
  const telegram = await startTelegram({ doorCount: 1, secret: SECRET })
  const env = {
    BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.doors[0]!, PUBLIC_URL: 'https://klinik.example.id', WEBHOOK_SECRET: SECRET,
    DATABASE_URL: `sqlite:${databasePath}`, CLINIC_FILE: writeHastyClinicFile(folder), PORT: '0', LOG_LEVEL: 'info', DEATH_NOTE: deathNote,
  }
  const addresses: string[] = []
  let current: ClinicProcess | undefined
  let deaths = 0
  let isClosed = false

  async function supervise(): Promise<void> {
    while (!isClosed) {
      const process = (current = await startProcess({ cwd: folder, env }))
      const port = await waitFor(() => process.ending() ?? /"port":(\d+)/.exec(process.stdout())?.[1], () => `the clinic to start; it printed ${process.stdout()}${process.stderr()}`)
      if (typeof port === 'string') addresses.splice(0, 1, `http://127.0.0.1:${port}`)
      const { signal } = await process.ended
      if (signal === 'SIGKILL') deaths += 1
      else isClosed = true
    }
  }
  const supervised = supervise()
  const close = async () => {
    isClosed = true
    current?.signal('SIGKILL')
    await supervised
    await telegram.close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await waitFor(() => addresses.length > 0, () => 'the clinic to start')
  } catch (error) {
    await close()
    throw error
  }
  const database = new SqliteFile(databasePath, { readonly: true })
  const values = (sql: string) => database.prepare(sql).pluck().all()

  return {
    telegram,
    addresses,
    values,
    deaths: () => deaths,
    kill: () => current?.signal('SIGKILL'),
    settled: async () =>
      void (await waitFor(
        () => values(`select 1 from inbox union all select 1 from outbox where state in ('queued', 'sending')`).length === 0,
        () => `everything to be applied and sent; the clinic printed ${current?.stdout()}`,
      )),
    close: async () => {
      database.close()
      await close()
    },
  }
}
