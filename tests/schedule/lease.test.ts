// A due job is run by one process, however many look, and by another once that one is gone.
import { describe, expect, it } from 'vitest'
import { nextNumber } from '../../src/people/store.ts'
import type { Job } from '../../src/schedule/job.ts'
import type { Database } from '../../src/storage/database.ts'
import { createTestDatabase } from '../storage/test-database.ts'
import { createProcess, HOUR, inBites, MINUTE, START, traced, traces } from './process.ts'

/** Two connections of one thread to a SQLite file can't wait for each other's locks as two processes do: there each waits for its turn. */
function takeTurns(...databases: readonly Database[]): readonly Database[] {
  if (databases.every(({ shared }) => shared)) return databases
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
  return databases.map((database) => ({ ...database, transaction: (work) => inTurn(() => database.transaction(work)) }))
}

describe('two processes', () => {
  it('that look at once run a due job once', async () => {
    const file = await createTestDatabase()
    const clock = { now: START }
    const jobs = [traced('hourly'), traced('daily', 24 * HOUR)]
    const processes = takeTurns(await file.open(), await file.open()).map((database, at) => createProcess(database, { clock, jobs, owner: `process ${at}` }))
    for (let round = 1; round <= 3; round += 1) {
      await Promise.all(processes.map(({ tick }) => tick()))
      expect(await traces(await file.open())).toMatchObject({ hourly: round, daily: 1 })
      clock.now += HOUR
    }
    expect(processes.flatMap(({ log }) => log.lines)).toEqual([])
  })

  it('whose clocks are some seconds apart run a job no oftener, and take it from nobody', async () => {
    const file = await createTestDatabase()
    const [ahead, behind] = [{ now: START + 5000 }, { now: START }]
    const jobs = [traced('hourly')]
    await createProcess(await file.open(), { clock: ahead, jobs, owner: 'ahead' }).tick()
    const other = createProcess(await file.open(), { clock: behind, jobs, owner: 'behind' })
    await other.tick()
    expect(await traces(await file.open())).toEqual({ hourly: 1 })
    const database = await file.open()
    await database.transaction((tx) => tx.updateTable('job').set({ next_at: behind.now, lease_until: ahead.now + 5 * MINUTE, lease_owner: 'ahead' }).execute())
    await other.tick()
    expect(await traces(database)).toEqual({ hourly: 1 })
  })

  it('of which one died in the middle: the other waits for its lease, then runs the job', async () => {
    const file = await createTestDatabase()
    const clock = { now: START }
    const database = await file.open()
    let transactions = 0
    await new Promise<void>((resolve) => {
      // It takes the lease, and is gone before it gets to work.
      const dying: Database = { ...database, transaction: async (work) => ((transactions += 1) === 1 ? database.transaction(work) : new Promise(() => resolve())) }
      void createProcess(dying, { clock, jobs: [traced('hourly')], owner: 'dying' }).tick()
    })

    const { tick } = createProcess(database, { clock, jobs: [traced('hourly')], owner: 'living' })
    clock.now += 5 * MINUTE - 1
    await tick()
    expect(await traces(database)).toEqual({})
    clock.now += 1
    await tick()
    expect(await traces(database)).toEqual({ hourly: 1 })
  })

  it('of which one slept past its lease: it leaves the rest to the other', async () => {
    const file = await createTestDatabase()
    const clock = { now: START }
    const database = await file.open()
    const other = createProcess(database, { clock, jobs: [traced('hourly')], owner: 'other' })
    let asleep = false
    const sleeping: Database = {
      ...database,
      transaction: async (work) => {
        // Between its first bite and its second.
        if (asleep) {
          asleep = false
          clock.now += HOUR
          await other.tick()
        }
        return database.transaction(work)
      },
    }
    const job: Job = {
      name: 'hourly',
      everyMs: HOUR,
      run: async ({ tx }) => {
        asleep = true
        return (await nextNumber(tx, 'bites of the sleeper')) < 5
      },
    }
    await createProcess(sleeping, { clock, jobs: [job], owner: 'sleeper' }).tick()
    expect(await traces(database)).toEqual({ 'bites of the sleeper': 1, hourly: 1 })
  })

  it('of which one takes many bites: it keeps its lease however long they take together', async () => {
    const file = await createTestDatabase()
    const clock = { now: START }
    const database = await file.open()
    const slow = inBites(4, () => {
      clock.now += 4 * MINUTE
    })
    const rival = createProcess(database, { clock, jobs: [inBites(4)], owner: 'rival' })
    const between: Database = {
      ...database,
      transaction: async (work) => {
        const result = await database.transaction(work)
        await rival.tick()
        return result
      },
    }
    await createProcess(between, { clock, jobs: [slow], owner: 'slow' }).tick()
    expect(rival.commits()).toBe(0)
    expect(await traces(database)).toEqual({ bites: 4 })
  })
})
