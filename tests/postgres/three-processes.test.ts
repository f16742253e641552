// Three clinic processes on one database, two thousand people who write to them, and the process that sends is killed in the middle.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it, onTestFinished } from 'vitest'
import { writeHastyClinicFile } from '../faults/support/clinic.ts'
import { type ClinicProcess, startProcess, waitFor } from '../faults/support/process.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createDatabase, dropDatabase } from './server.ts'
import { addition, expectRepliesInOrder, question, talk } from './support/conversation.ts'
import { startTelegram } from './support/telegram.ts'

const PEOPLE = 2000
/** So many talk at the same time. */
const AT_ONCE = 100
const FIRST_PERSON = 10_000
const SECRET = 'rahasia_2026'
/** What a promise of the README allows without a sender, ms. */
const FAILOVER_MS = 15_000

it('finds every answer once, after the process that sends was killed in the middle of two thousand conversations', { timeout: 300_000 }, async () => {
  const server = inject('postgresServer')
  if (server === undefined) throw new Error('This test runs in the project "postgres" only.')
  const folder = mkdtempSync(join(tmpdir(), 'three-'))
  const url = await createDatabase(server, 'three_processes')
  const telegram = await startTelegram({ doorCount: 3, secret: SECRET })
  const processes: ClinicProcess[] = []
  onTestFinished(async () => {
    for (const process of processes) process.signal('SIGKILL')
    await Promise.all(processes.map((process) => process.ended))
    await telegram.close()
    await dropDatabase(server, 'three_processes')
    rmSync(folder, { recursive: true, force: true })
  })

  const clinicFile = writeHastyClinicFile(folder)
  const addresses: string[] = []
  for (const door of telegram.doors) {
    const env = {
      BOT_TOKEN: '4242424242:abcdefghijklmnopqrstuvwxyzABCDE', TELEGRAM_API_ROOT: door, PUBLIC_URL: 'https://klinik.example.id', WEBHOOK_SECRET: SECRET,
      DATABASE_URL: url, CLINIC_SECRET: 'a-secret-of-forty-three-characters-in-tests', CLINIC_FILE: clinicFile, PORT: '0', LOG_LEVEL: 'info',
    }
    const process = await startProcess({ cwd: folder, env })
    processes.push(process)
    const port = await waitFor(() => /"port":(\d+)/.exec(process.stdout())?.[1], () => `a process to start; it printed ${process.stdout()}${process.stderr()}`)
    addresses.push(`http://127.0.0.1:${port}`)
  }

  const people = Array.from({ length: PEOPLE }, (_, at) => FIRST_PERSON + at + 1)
  let finishedCount = 0
  let killedAt: number | undefined
  const finished = () => {
    finishedCount += 1
    if (finishedCount !== Math.floor(PEOPLE * 0.4)) return
    processes[telegram.sent.at(-1)!.door]!.signal('SIGKILL')
    killedAt = performance.now()
  }
  await talk({ telegram, addresses, people, atOnce: AT_ONCE, finished })

  const sender = telegram.sent.findLast(({ at }) => at <= killedAt!)!.door
  const resumedAt = telegram.sent.find(({ at, door }) => at > killedAt! && door !== sender)?.at
  expect(resumedAt! - killedAt!).toBeLessThan(FAILOVER_MS)

  const database = await openDatabase(url)
  onTestFinished(() => database.close())
  const kept = await database.transaction((tx) => tx.selectFrom('case_message').select('body').orderBy('body').execute())
  expect(kept.map(({ body }) => body)).toEqual([...people.map(question), ...people.map(addition)].toSorted())
  const numbers = await database.transaction((tx) => tx.selectFrom('help_case').select('number').orderBy('number').execute())
  expect(numbers.map(({ number }) => number)).toEqual(people.map((_, at) => at + 1))
  for (const table of ['inbox', 'failed_update', 'update_attempt', 'conversation'] as const) {
    expect(await database.transaction((tx) => tx.selectFrom(table).selectAll().execute()), table).toEqual([])
  }

  expectRepliesInOrder(telegram.sent, people, 1)
})
