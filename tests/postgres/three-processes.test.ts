// Three clinic processes on one database, two thousand people who write to them, and the process that sends is killed in the middle.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Update } from 'grammy/types'
import { expect, inject, it, onTestFinished } from 'vitest'
import { writeHastyClinicFile } from '../faults/support/clinic.ts'
import { type ClinicProcess, startProcess, waitFor } from '../faults/support/process.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createDatabase, dropDatabase } from './server.ts'
import { type FakeTelegram, type Sent, startTelegram } from './support/telegram.ts'

const PEOPLE = 2000
/** So many talk at the same time. */
const AT_ONCE = 100
const FIRST_PERSON = 10_000
const SECRET = 'rahasia_2026'
/** What a promise of the README allows without a sender, ms. */
const FAILOVER_MS = 15_000

/** What each person sees, in order; she answers each but the last. */
const SEES = ['Silakan tulis pertanyaan', 'sudah dicatat', 'sedang menunggu jawaban', 'Silakan tulis tambahan', 'sudah ditambahkan'] as const
const USE_IT = 'Pakai untuk ini'
const question = (person: number) => `Pertanyaan dari orang ${person}`
const addition = (person: number) => `Tambahan dari orang ${person}`

let lastUpdateId = 0

function says(person: number, text: string): Update {
  const from = { id: person, is_bot: false, first_name: 'Sari', language_code: 'id' }
  const command = text.startsWith('/') ? { entities: [{ type: 'bot_command' as const, offset: 0, length: text.length }] } : {}
  return { update_id: (lastUpdateId += 1), message: { message_id: lastUpdateId, date: 0, text, from, chat: { id: person, type: 'private', first_name: 'Sari' }, ...command } }
}

function taps(person: number, { buttons }: Sent, label: string): Update {
  const button = buttons.find(({ text }) => text.includes(label))
  if (!button) throw new Error(`There is no button ${label}.`)
  const from = { id: person, is_bot: false, first_name: 'Sari', language_code: 'id' }
  const message = { message_id: 1, date: 0, chat: { id: person, type: 'private' as const, first_name: 'Sari' } }
  return { update_id: (lastUpdateId += 1), callback_query: { id: String(lastUpdateId), from, chat_instance: '1', data: button.data, message } }
}

/** Everybody's conversation: each waits for what she should see before she goes on. */
async function talk(telegram: FakeTelegram, addresses: readonly string[], finished: () => void): Promise<void> {
  const waiting = new Map<number, (sent: Sent) => void>()
  telegram.onSent((sent) => waiting.get(sent.chatId)?.(sent))
  const converse = async (person: number) => {
    const step = async (update: Update, sees: string): Promise<Sent> => {
      const seen = new Promise<Sent>((resolve) => {
        waiting.set(person, (sent) => {
          // Her answer came before the clinic knew that its question had arrived: it asks back.
          if (sent.buttons.some(({ text }) => text.includes(USE_IT))) void telegram.deliver(taps(person, sent, USE_IT), addresses)
          if (sent.text.includes(sees)) resolve(sent)
        })
      })
      await telegram.deliver(update, addresses)
      return seen
    }
    await step(says(person, '/bantuan'), SEES[0])
    await step(says(person, question(person)), SEES[1])
    const offered = await step(says(person, '/bantuan'), SEES[2])
    await step(taps(person, offered, 'Tambah pesan'), SEES[3])
    await step(says(person, addition(person)), SEES[4])
    waiting.delete(person)
    finished()
  }
  let next = 0
  const someone = async () => {
    while (next < PEOPLE) await converse(FIRST_PERSON + (next += 1))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, someone))
}

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

  let finishedCount = 0
  let killedAt: number | undefined
  await talk(telegram, addresses, () => {
    finishedCount += 1
    if (finishedCount !== Math.floor(PEOPLE * 0.4)) return
    processes[telegram.sent.at(-1)!.door]!.signal('SIGKILL')
    killedAt = performance.now()
  })

  const sender = telegram.sent.findLast(({ at }) => at <= killedAt!)!.door
  const resumedAt = telegram.sent.find(({ at, door }) => at > killedAt! && door !== sender)?.at
  expect(resumedAt! - killedAt!).toBeLessThan(FAILOVER_MS)

  const database = await openDatabase(url)
  onTestFinished(() => database.close())
  const people = Array.from({ length: PEOPLE }, (_, at) => FIRST_PERSON + at + 1)
  const kept = await database.transaction((tx) => tx.selectFrom('help_message').select('body').orderBy('body').execute())
  expect(kept.map(({ body }) => body)).toEqual([...people.map(question), ...people.map(addition)].toSorted())
  const numbers = await database.transaction((tx) => tx.selectFrom('help_request').select('number').orderBy('number').execute())
  expect(numbers.map(({ number }) => number)).toEqual(people.map((_, at) => at + 1))
  for (const table of ['inbox', 'failed_update', 'update_attempt', 'conversation'] as const) {
    expect(await database.transaction((tx) => tx.selectFrom(table).selectAll().execute()), table).toEqual([])
  }

  for (const person of people) {
    const seen = telegram.sent.filter(({ chatId }) => chatId === person).flatMap(({ text }) => SEES.find((words) => text.includes(words)) ?? [])
    const once = seen.filter((words, at) => words !== seen[at - 1])
    expect(once, `replies to ${person}`).toEqual(SEES)
    // Asking back shows the question once more; that is no repeat.
    const askedBackCount = telegram.sent.filter(({ buttons, chatId }) => chatId === person && buttons.some(({ text }) => text.includes(USE_IT))).length
    expect(seen.length - once.length - askedBackCount, `repeats to ${person}`).toBeLessThanOrEqual(1)
  }
})
