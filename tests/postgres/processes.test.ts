// Several processes on one PostgreSQL database: each effect once, one person's updates in their order, one sender, and nothing waits for the dead.
import type { Update } from 'grammy/types'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { claimDue } from '../../src/delivery/claim.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { createPacing, TELEGRAM_LIMITS } from '../../src/delivery/pacing.ts'
import { createSharedLease } from '../../src/delivery/sender-lease.ts'
import { createLogger } from '../../src/logging.ts'
import { checkPostgres } from '../../src/operations/checks/postgres.ts'
import { type Database, takeLock } from '../../src/storage/database.ts'
import { createInbox } from '../../src/telegram/inbox.ts'
import { takeWaiting } from '../../src/telegram/inbox-store.ts'
import { createUnitOfWork } from '../../src/telegram/unit-of-work.ts'
import { openTwo } from './support/overlap.ts'

const NOW = Date.UTC(2026, 10, 23, 2, 0)
const log = createLogger({ level: 'silent' })

const writes = (updateId: number, person: number): Update => ({
  update_id: updateId,
  message: { message_id: updateId, date: 0, text: 'hai', chat: { id: person, type: 'private', first_name: 'P' }, from: { id: person, is_bot: false, first_name: 'P' } },
})

/** A process that writes down each update it applies: who wrote, and which. */
function createProcess(database: Database) {
  const { apply } = createUnitOfWork({
    database, botId: 1, now: () => NOW, log,
    handle: async (tx, update) => {
      const { message } = update
      await tx.insertInto('step_event').values({ form: String(message?.from?.id), step: 'x', event: 'asked', elapsed_ms: update.update_id, at: NOW }).execute()
    },
    apologise: async () => {},
    answerTaps: () => {},
    committed: () => {},
  })
  return { apply, inbox: createInbox({ database, apply, now: () => NOW, log }) }
}

/** What was applied, in the order it was written down, by person. */
async function applied(database: Database): Promise<Record<string, number[]>> {
  const rows = await database.transaction((tx) => tx.selectFrom('step_event').select(['form', 'elapsed_ms']).orderBy('id').execute())
  const byPerson: Record<string, number[]> = {}
  for (const { elapsed_ms, form } of rows) (byPerson[form] ??= []).push(elapsed_ms)
  return byPerson
}

describe('updates', () => {
  it('that two processes get are applied once', async () => {
    const { one, other } = await openTwo()
    const updates = [1, 2, 3, 4, 5, 6].map((id) => writes(id, 100 + (id % 2)))
    await Promise.all([one, other].map((database) => createProcess(database).apply(updates)))
    expect(await applied(one)).toEqual({ 100: [2, 4, 6], 101: [1, 3, 5] })
  })

  it('stored by two processes are applied once, those of one person in their order', async () => {
    const { one, other } = await openTwo()
    const processes = [createProcess(one), createProcess(other)]
    const ids = Array.from({ length: 60 }, (_, at) => at + 1)
    for (const id of ids) await processes[id % 2]!.inbox.accept(writes(id, 100 + (id % 5)))
    await Promise.all(processes.map(({ inbox }) => inbox.drain()))
    // Whoever drains last may have found the other one at the head of a queue.
    await Promise.all(processes.map(({ inbox }) => inbox.drain()))
    const expected = [0, 1, 2, 3, 4].map((rest) => [String(100 + rest), ids.filter((id) => id % 5 === rest)])
    expect(await applied(one)).toEqual(Object.fromEntries(expected))
    expect(await one.transaction((tx) => tx.selectFrom('inbox').selectAll().execute())).toEqual([])
  })

  it('that a process took and did not apply are taken by another', async () => {
    const { one, other } = await openTwo()
    await one.transaction((tx) => tx.insertInto('inbox').values({ update_id: 7, payload: '{}', received_at: NOW, queue: 100 }).execute())
    const take = (database: Database, at: number) => database.transaction((tx) => takeWaiting(tx, at))
    expect(await take(one, NOW)).toHaveLength(1)
    expect(await take(other, NOW + 9000)).toEqual([])
    expect(await take(other, NOW + 10_000)).toHaveLength(1)
  })
})

describe('the sender', () => {
  it('is one process; another follows when it stops, or is not heard of', async () => {
    const { one, other } = await openTwo()
    const [mine, theirs] = [createSharedLease('one'), createSharedLease('other')]
    expect(await one.transaction(mine.keep)).toBe('taken')
    expect(await other.transaction(theirs.keep)).toBe('elsewhere')
    expect(await one.transaction(mine.keep)).toBe('held')
    await one.transaction(mine.release)
    expect(await other.transaction(theirs.keep)).toBe('taken')
    await one.transaction((tx) => tx.updateTable('lease').set({ until: 0 }).execute())
    expect(await one.transaction(mine.keep)).toBe('taken')
    expect(await other.transaction(theirs.keep)).toBe('elsewhere')
  })

  it('of two that claim at once only one gets a message', async () => {
    const { one, other } = await openTwo()
    await one.transaction(async (tx) => {
      for (let chat = 1; chat <= 40; chat += 1) await enqueue(tx, { chatId: chat, method: 'sendMessage', payload: { text: 'hai' } }, NOW)
    })
    const claim = (database: Database) =>
      database.transaction((tx) => claimDue(tx, ['reply'], { pacing: createPacing({ ...TELEGRAM_LIMITS, overallPerSecond: 100 }), now: NOW, leaseUntil: NOW + 1000, room: () => 30 }))
    const claimed = (await Promise.all([claim(one), claim(other)])).flatMap((result) => result.claimed.map((row) => row.id))
    expect(new Set(claimed).size).toBe(claimed.length)
    expect(claimed.length).toBeGreaterThanOrEqual(30)
  })

  it('is woken when another process has something to send', async () => {
    const { one, other } = await openTwo()
    const told = new Promise<void>((resolve) => {
      one.onTold(resolve)
    })
    // Listening begins a moment after it was asked for: a ring before that is lost, as the promise says.
    const ringing = setInterval(() => other.tellOthers(), 20)
    onTestFinished(() => clearInterval(ringing))
    await told
  })
})

describe('a database', () => {
  it('lets one transaction at a time have a lock, and the next one sees what that one did', async () => {
    const { one, other } = await openTwo()
    const count = (database: Database) =>
      database.transaction(async (tx) => {
        await takeLock(tx, 'count')
        const { rows } = await tx.selectFrom('job').select((e) => e.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow()
        await tx.insertInto('job').values({ name: String(rows), next_at: 0 }).execute()
      })
    await Promise.all([one, other, one, other, one, other].map(count))
    const jobs = await one.transaction((tx) => tx.selectFrom('job').select('name').orderBy('name').execute())
    expect(jobs.map(({ name }) => name)).toEqual(['0', '1', '2', '3', '4', '5'])
  })

  it('begins a transaction anew that would wait for another for ever', async () => {
    const { one, other } = await openTwo()
    const at = { next_at: 0 }
    await one.transaction((tx) => tx.insertInto('job').values([{ name: 'a', ...at }, { name: 'b', ...at }]).execute())
    let waiting = 0
    let bothHoldOne = () => {}
    const met = new Promise<void>((resolve) => {
      bothHoldOne = resolve
    })
    const addInOrder = (database: Database, names: readonly [string, string]) =>
      database.transaction(async (tx) => {
        await tx.updateTable('job').set({ next_at: sql`next_at + 1` }).where('name', '=', names[0]).execute()
        waiting += 1
        if (waiting === 2) bothHoldOne()
        await met
        await tx.updateTable('job').set({ next_at: sql`next_at + 1` }).where('name', '=', names[1]).execute()
      })
    await Promise.all([addInOrder(one, ['a', 'b']), addInOrder(other, ['b', 'a'])])
    expect(await one.transaction((tx) => tx.selectFrom('job').select('next_at').execute())).toEqual([{ next_at: 2 }, { next_at: 2 }])
  })

  it('keeps the audit trail as it was written', async () => {
    const { one } = await openTwo()
    await one.transaction((tx) => tx.insertInto('audit').values({ at: NOW, actor_id: null, action: 'x', subject: 'y', detail: null }).execute())
    await expect(one.transaction((tx) => sql`update audit set action = 'z'`.execute(tx))).rejects.toThrow('append only')
    await expect(one.transaction((tx) => tx.deleteFrom('audit').execute())).rejects.toThrow('append only')
  })

  it('is described by the doctor, with the line that backs it up and no password', async () => {
    const { url } = await openTwo()
    const address = new URL(url)
    address.password = 'rahasia'
    const [database, backup] = await checkPostgres(address.href, 7, NOW)
    expect(database).toMatchObject({ level: 'ok', about: 'database' })
    const name = address.pathname.slice(1)
    expect(backup?.says).toContain(`pg_dump --format=custom --file='${name}-20261123.dump' '${url}'`)
    expect(backup?.says).not.toContain('rahasia')
    const [gone] = await checkPostgres('postgres://klinik@127.0.0.1:1/klinik', 7, NOW)
    expect(gone).toMatchObject({ level: 'problem', mend: expect.stringContaining('does not answer') })
  })
})
