// A job that is due runs; what failed or was missed is made up for, and never piles up.
import { describe, expect, it } from 'vitest'
import { nextNumber } from '../../src/people/store.ts'
import type { Job } from '../../src/schedule/job.ts'
import { createDatabaseFile } from '../storage/database-file.ts'
import { createProcess, HOUR, inBites, MINUTE, START, traced, traces } from './process.ts'

describe('a job', () => {
  it('runs at the first look, and again each time its interval is over', async () => {
    const database = await createDatabaseFile().open()
    const clock = { now: START }
    const { tick } = createProcess(database, { clock, jobs: [traced('hourly'), traced('daily', 24 * HOUR)] })
    await tick()
    await tick()
    expect(await traces(database)).toEqual({ hourly: 1, daily: 1 })
    clock.now += HOUR - 1
    await tick()
    expect(await traces(database)).toEqual({ hourly: 1, daily: 1 })
    clock.now += 1
    await tick()
    expect(await traces(database)).toEqual({ hourly: 2, daily: 1 })
  })

  it('runs once after a long downtime, not once for every time it was missed', async () => {
    const file = createDatabaseFile()
    const clock = { now: START }
    await createProcess(await file.open(), { clock, jobs: [traced('hourly')] }).tick()
    clock.now += 9 * 24 * HOUR + 17 * MINUTE
    const database = await file.open()
    const later = createProcess(database, { clock, jobs: [traced('hourly')], owner: 'later' })
    await later.tick()
    await later.tick()
    expect(await traces(database)).toEqual({ hourly: 2 })
  })

  it('waits for its time across a restart', async () => {
    const file = createDatabaseFile()
    const clock = { now: START }
    await createProcess(await file.open(), { clock, jobs: [traced('hourly')] }).tick()
    clock.now += HOUR / 2
    const database = await file.open()
    await createProcess(database, { clock, jobs: [traced('hourly')], owner: 'later' }).tick()
    expect(await traces(database)).toEqual({ hourly: 1 })
  })

  it('knows the time of its run', async () => {
    const seen: number[] = []
    const job: Job = { name: 'clock', everyMs: HOUR, run: async ({ now }) => (seen.push(now), false) }
    await createProcess(await createDatabaseFile().open(), { clock: { now: START }, jobs: [job] }).tick()
    expect(seen).toEqual([START])
  })
})

describe('a job in bites', () => {
  it('is run until nothing is left, and what each bite wrote may be sent at once', async () => {
    const database = await createDatabaseFile().open()
    const process = createProcess(database, { clock: { now: START }, jobs: [inBites(4)] })
    await process.tick()
    expect(await traces(database)).toEqual({ bites: 4 })
    expect(process.commits()).toBe(4)
  })

  it('keeps the bites before the one that fails', async () => {
    const database = await createDatabaseFile().open()
    const clock = { now: START }
    let broken = true
    const job: Job = {
      name: 'bites',
      everyMs: HOUR,
      run: async ({ tx }) => {
        const bite = await nextNumber(tx, 'bites')
        if (bite === 3 && broken) throw new Error('broken')
        return bite < 5
      },
    }
    const { tick } = createProcess(database, { clock, jobs: [job] })
    await tick()
    expect(await traces(database)).toEqual({ bites: 2 })
    broken = false
    clock.now += 5 * MINUTE
    await tick()
    expect(await traces(database)).toEqual({ bites: 5 })
  })
})

describe('a job that fails', () => {
  it('is told to the operator, stops no other, and is tried again before its next time', async () => {
    const database = await createDatabaseFile().open()
    const clock = { now: START }
    let broken = true
    const failing: Job = {
      name: 'failing',
      everyMs: HOUR,
      run: async ({ tx }) => {
        await nextNumber(tx, 'failing')
        if (broken) throw new Error('broken')
        return false
      },
    }
    const { tick, log } = createProcess(database, { clock, jobs: [failing, traced('after')] })
    await tick()
    expect(await traces(database)).toEqual({ after: 1 })
    expect(log.lines).toMatchObject([{ level: 'error', event: 'job.failed', fields: { job: 'failing', err: { message: 'broken' } } }])
    broken = false
    clock.now += 5 * MINUTE
    await tick()
    expect(await traces(database)).toEqual({ after: 1, failing: 1 })
  })
})

describe('a job that no transaction may wait for', () => {
  it('runs outside of any, and is due again from its end on', async () => {
    const database = await createDatabaseFile().open()
    const clock = { now: START }
    const runs: unknown[] = []
    const job: Job = {
      name: 'backup',
      everyMs: HOUR,
      outside: async ({ now }) => {
        runs.push(now - START, await traces(database))
        clock.now += MINUTE
      },
    }
    const { tick } = createProcess(database, { clock, jobs: [job, traced('after')] })
    await tick()
    clock.now = START + HOUR
    await tick()
    clock.now = START + HOUR + MINUTE
    await tick()
    expect(runs).toEqual([0, {}, HOUR + MINUTE, { after: 1 }])
  })

  it('is tried again when it fails', async () => {
    const database = await createDatabaseFile().open()
    const clock = { now: START }
    let tries = 0
    const job: Job = {
      name: 'backup',
      everyMs: HOUR,
      outside: async () => {
        tries += 1
        if (tries === 1) throw new Error('no space left')
      },
    }
    const { tick, log } = createProcess(database, { clock, jobs: [job] })
    await tick()
    expect(log.lines).toMatchObject([{ event: 'job.failed', fields: { job: 'backup' } }])
    clock.now += 5 * MINUTE
    await tick()
    await tick()
    expect(tries).toBe(2)
  })
})

describe('stopping', () => {
  it('waits for the bite under way, begins nothing new, and loses nothing', async () => {
    const file = createDatabaseFile()
    const clock = { now: START }
    const database = await file.open()
    let stopped: Promise<void> | undefined
    const job: Job = {
      name: 'bites',
      everyMs: HOUR,
      run: async ({ tx }) => {
        stopped ??= first.stop()
        return (await nextNumber(tx, 'bites')) < 3
      },
    }
    const first = createProcess(database, { clock, jobs: [job, traced('after')] })
    await first.tick()
    await stopped
    expect(await traces(database)).toEqual({ bites: 1 })
    clock.now += 5 * MINUTE
    await createProcess(await file.open(), { clock, jobs: [job, traced('after')], owner: 'next' }).tick()
    expect(await traces(database)).toEqual({ bites: 3, after: 1 })
  })
})

describe('a tick', () => {
  it('while another runs waits for it, and runs nothing twice', async () => {
    const database = await createDatabaseFile().open()
    let running = 0
    const job: Job = {
      name: 'slow',
      everyMs: 0,
      run: async ({ tx }) => {
        running += 1
        expect(running).toBe(1)
        await nextNumber(tx, 'slow')
        for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
        running -= 1
        return false
      },
    }
    const { tick } = createProcess(database, { clock: { now: START }, jobs: [job] })
    await Promise.all([tick(), tick()])
    expect(await traces(database)).toEqual({ slow: 1 })
    await tick()
    expect(await traces(database)).toEqual({ slow: 2 })
  })

  it('while another runs sees also what became due since that one looked', async () => {
    const database = await createDatabaseFile().open()
    const clock = { now: START }
    const signal = () => {
      let give = () => {}
      const given = new Promise<void>((resolve) => {
        give = resolve
      })
      return { give, given }
    }
    const [began, goOn] = [signal(), signal()]
    const slow: Job = {
      name: 'slow',
      everyMs: 24 * HOUR,
      outside: async () => {
        began.give()
        await goOn.given
      },
    }
    const { tick } = createProcess(database, { clock, jobs: [traced('hourly'), slow] })
    const first = tick()
    await began.given
    clock.now += 2 * HOUR
    const later = tick()
    goOn.give()
    await Promise.all([first, later])
    expect(await traces(database)).toEqual({ hourly: 2 })
  })
})
