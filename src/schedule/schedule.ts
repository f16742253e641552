// Runs the jobs that are due: each behind a lease, so that one process runs it, and in small transactions.
// When it looks is the caller's; when a job is due stands in the database and survives any downtime.
import type { Log } from '../logging.ts'
import type { Database, Tx } from '../storage/database.ts'
import type { Speaker } from '../telegram/speaker.ts'
import type { Job } from './job.ts'

export interface ScheduleDeps {
  readonly database: Database
  readonly jobs: readonly Job[]
  readonly speaker: Speaker
  readonly now: () => number
  /** Names this process in a lease. */
  readonly owner: string
  readonly log: Log
  /** Called when a job may have written messages. */
  readonly committed: () => void
}

export interface Schedule {
  /** Runs every job that is due now. A tick while another is running does nothing. */
  tick(): Promise<void>
}

/** A process that died holding a lease is waited for this long. */
const LEASE_MS = 5 * 60_000

export function createSchedule({ database, jobs, speaker, now, owner, log, committed }: ScheduleDeps): Schedule {
  let running: Promise<void> | undefined

  async function runDue(): Promise<void> {
    for (const job of jobs) {
      try {
        if (await database.transaction((tx) => takeLease(tx, job, owner, now()))) await runJob(job)
      } catch (error) {
        // Its lease runs out, and the job is tried again; the others go on.
        log.error('job.failed', { job: job.name, err: error })
      }
    }
  }

  async function runJob(job: Job): Promise<void> {
    let more = true
    while (more) {
      more = await database.transaction(async (tx) => {
        const at = now()
        const again = await job.run({ tx, now: at, speaker })
        if (!again) await tx.updateTable('job').set({ next_at: at + job.everyMs, lease_until: null, lease_owner: null }).where('name', '=', job.name).execute()
        return again
      })
      committed()
    }
  }

  return {
    tick: async () => {
      running ??= runDue().finally(() => {
        running = undefined
      })
      await running
    },
  }
}

/** Takes a due job for this process; false when it is not due or another process has it. */
async function takeLease(tx: Tx, job: Job, owner: string, now: number): Promise<boolean> {
  await tx.insertInto('job').values({ name: job.name, next_at: now }).onConflict((c) => c.doNothing()).execute()
  const { numUpdatedRows } = await tx
    .updateTable('job')
    .set({ lease_until: now + LEASE_MS, lease_owner: owner })
    .where('name', '=', job.name)
    .where('next_at', '<=', now)
    .where((e) => e.or([e('lease_until', 'is', null), e('lease_until', '<=', now)]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
