// A process of the clinic as the schedule sees it: a database, a clock the test moves, jobs that leave a trace, and a log to read.
import { nextNumber } from '../../src/people/store.ts'
import type { Job } from '../../src/schedule/job.ts'
import { createSchedule, type Schedule } from '../../src/schedule/schedule.ts'
import type { Database } from '../../src/storage/database.ts'
import type { Speaker } from '../../src/telegram/speaker.ts'
import { createRecordedLog, type RecordedLog } from '../telegram/recorded-log.ts'

export const START = Date.UTC(2026, 10, 23, 2)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** Jobs pass it on; none of these speaks. */
const speaker = {} as Speaker

/** A job that leaves a trace in the database each time. */
export const traced = (name: string, everyMs = HOUR): Job => ({ name, everyMs, run: async ({ tx }) => (await nextNumber(tx, name), false) })

/** A job that takes so many bites, each leaving a trace. */
export const inBites = (bites: number, before = () => {}): Job => ({
  name: 'bites',
  everyMs: HOUR,
  run: async ({ tx }) => {
    before()
    return (await nextNumber(tx, 'bites')) % bites !== 0
  },
})

export interface Process extends Schedule {
  readonly log: RecordedLog
  readonly commits: () => number
}

export function createProcess(database: Database, { clock, jobs, owner = 'one' }: { clock: { now: number }; jobs: readonly Job[]; owner?: string }): Process {
  const log = createRecordedLog()
  let commits = 0
  const schedule = createSchedule({ database, jobs, speaker, now: () => clock.now, owner, log, committed: () => (commits += 1) })
  return { ...schedule, log, commits: () => commits }
}

/** What the jobs left behind: `{ hourly: 2 }`. */
export const traces = (database: Database): Promise<Record<string, number>> =>
  database.transaction(async (tx) => {
    const rows = await tx.selectFrom('counter').selectAll().execute()
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  })
