// Runs the jobs that are due: each behind a lease, so that one process runs it, and in small transactions.
// When it looks is the caller's; when a job is due stands in the database and survives any downtime.
import { setTimeout } from 'node:timers/promises'
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
  /** Runs every job that is due now. A tick while another is running waits for it, and then runs what became due meanwhile. */
  tick(): Promise<void>
  /** Begins no further job and waits for the one under way, which would miss the database. */
  stop(): Promise<void>
}

/** A process that died holding a lease is waited for this long. */
const LEASE_MS = 5 * 60_000
/** After each bite it rests so many times as long as the bite took: of a hundred people who write meanwhile, hardly three meet a bite. */
const REST = 39
/** Rests are no longer than this, also after a bite that was held up. */
const LONGEST_REST_MS = 500
/** So much the clocks of several machines may differ; a job that comes more often than that is not held up long by a clock set back. */
const CLOCKS_APART_MS = 60_000

export function createSchedule({ database, jobs, speaker, now, owner, log, committed }: ScheduleDeps): Schedule {
  let running: { readonly since: number; readonly done: Promise<void> } | undefined
  const stopping = new AbortController()

  async function runDue(): Promise<void> {
    for (const job of jobs) {
      if (stopping.signal.aborted) return
      try {
        const lease = await database.transaction((tx) => takeLease(tx, job, owner, now()))
        if (lease) await runJob(job, lease)
      } catch (error) {
        // Its lease runs out, and the job is tried again; the others go on.
        log.error('job.failed', { job: job.name, err: error })
      }
    }
  }

  /** Runs what is due at `asked` (ms UTC) or joins a run that began then or later; an earlier one may have looked at a job before it became due. */
  async function runSince(asked: number): Promise<void> {
    if (running && running.since < asked) {
      await running.done
      await runSince(asked)
      return
    }
    running ??= {
      since: now(),
      done: runDue().finally(() => {
        running = undefined
      }),
    }
    await running.done
  }

  async function runJob(job: Job, { clockSetBack }: Lease): Promise<void> {
    if ('outside' in job) {
      await job.outside({ now: now() })
      await database.transaction((tx) => settle(tx, job, now()))
      return
    }
    let more = true
    let lastBiteMs: number | undefined
    while (more && !stopping.signal.aborted) {
      const from = now()
      more = await database.transaction(async (tx) => {
        const at = now()
        // Who slept past the lease leaves the rest to the process that took over.
        if (!(await keepLease(tx, job, owner, at))) return false
        const again = await job.run({ tx, now: at, speaker, clockSetBack: clockSetBack && lastBiteMs === undefined, lastBiteMs })
        if (!again) await settle(tx, job, at)
        return again
      })
      committed()
      // A clock may be set back meanwhile.
      lastBiteMs = Math.max(0, now() - from)
      if (more) await rest(Math.min(lastBiteMs * REST, LONGEST_REST_MS), stopping.signal)
    }
  }

  return {
    tick: () => runSince(now()),
    stop: async () => {
      stopping.abort()
      await running?.done
    },
  }
}

interface Lease {
  readonly clockSetBack: boolean
}

/**
 * Takes a due job for this process; undefined when it is not due or another process has it.
 * A time further ahead than any clock would have put it is from before the clock was set back: it counts as past.
 */
async function takeLease(tx: Tx, job: Job, owner: string, now: number): Promise<Lease | undefined> {
  await tx.insertInto('job').values({ name: job.name, next_at: now }).onConflict((c) => c.doNothing()).execute()
  const latest = now + job.everyMs + CLOCKS_APART_MS
  const taken = await tx
    .updateTable('job')
    .set({ lease_until: now + LEASE_MS, lease_owner: owner })
    .where('name', '=', job.name)
    .where((e) => e.or([e('next_at', '<=', now), e('next_at', '>', latest)]))
    .where((e) => e.or([e('lease_until', 'is', null), e('lease_until', '<=', now), e('lease_until', '>', now + LEASE_MS + CLOCKS_APART_MS)]))
    .returning('next_at')
    .executeTakeFirst()
  return taken && { clockSetBack: taken.next_at > latest }
}

async function settle(tx: Tx, job: Job, now: number): Promise<void> {
  await tx.updateTable('job').set({ next_at: now + job.everyMs, lease_until: null, lease_owner: null }).where('name', '=', job.name).execute()
}

/** Lets those who wait have their turn, also when the bite took no time by the clock; a stop ends it. */
async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {})
}

/** Extends the lease for one more bite; false when another process has it now. */
async function keepLease(tx: Tx, job: Job, owner: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('job')
    .set({ lease_until: now + LEASE_MS })
    .where('name', '=', job.name)
    .where('lease_owner', '=', owner)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
