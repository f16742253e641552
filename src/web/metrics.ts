// What Prometheus reads about the clinic: counts and durations since the start, and what stands in the database at that moment.
// Labels are codes of our own; nothing in here tells one person from another.
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { type Backlog, backlogOf } from '../delivery/backlog.ts'
import type { SendObserver } from '../delivery/dispatcher.ts'
import type { Lane } from '../delivery/outgoing.ts'
import type { Database, Tx } from '../storage/database.ts'
import type { UpdateObserver, UpdateOutcome } from '../telegram/unit-of-work.ts'
import type { MetricsPage } from './server.ts'

export interface Metrics extends MetricsPage {
  readonly observeUpdate: UpdateObserver
  readonly observeSend: SendObserver
}

const LANES: readonly Lane[] = ['reply', 'bulk', 'setup']
const OUTCOMES: readonly UpdateOutcome[] = ['applied', 'failed', 'quarantined', 'repeated']
/** From what a good disk needs to what a person calls broken. */
const HANDLING_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300]
/** From one call to Telegram to a broadcast that takes the night. */
const SENDING_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3600, 21_600]

export interface MetricsDeps {
  /** What a reader must show. */
  readonly token: string
  readonly database: Database
  /** ms UTC. */
  readonly now: () => number
}

/** Counts from now on what the observers are told; reading the page throws when the database does not answer. */
export function createMetrics({ token, database, now }: MetricsDeps): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const updates = new Counter({ name: 'klinik_updates_total', help: 'Updates by what became of them.', labelNames: ['outcome'], registers })
  const handling = new Histogram({ name: 'klinik_update_handling_seconds', help: 'From the arrival of an update to its commit.', buckets: HANDLING_SECONDS, registers })
  const sends = new Counter({ name: 'klinik_sends_total', help: 'Calls to Telegram by lane and by what its answer meant.', labelNames: ['lane', 'outcome'], registers })
  const sending = new Histogram({ name: 'klinik_send_seconds', help: 'From the outbox to being sent.', labelNames: ['lane'], buckets: SENDING_SECONDS, registers })
  const floods = new Counter({ name: 'klinik_floods_total', help: 'Calls Telegram put off with 429.', registers })

  const waiting = new Gauge({ name: 'klinik_outbox_waiting', help: 'Calls in the outbox that are not sent yet.', labelNames: ['lane'], registers })
  const oldest = new Gauge({ name: 'klinik_outbox_oldest_seconds', help: 'How long the oldest call waits that should have left by now.', labelNames: ['lane'], registers })
  const quarantined = new Gauge({ name: 'klinik_updates_quarantined', help: 'Updates kept aside because they ended the program.', registers })
  const dueJobs = new Gauge({ name: 'klinik_jobs_due', help: 'Scheduled jobs whose time has come.', registers })
  const bytes = new Gauge({ name: 'klinik_database_bytes', help: 'Size of the database.', registers })

  // A line that is there from the start lets an alert tell "none" from "not known".
  for (const outcome of OUTCOMES) updates.inc({ outcome }, 0)
  for (const lane of LANES) sends.inc({ lane, outcome: 'sent' }, 0)

  return {
    token,
    observeUpdate: ({ outcome, tookMs }) => {
      updates.inc({ outcome })
      handling.observe(seconds(tookMs))
    },
    observeSend: ({ flood, lane, outcome, waitedMs }) => {
      sends.inc({ lane, outcome })
      if (outcome === 'sent') sending.observe({ lane }, seconds(waitedMs))
      if (flood) floods.inc()
    },
    read: async () => {
      const at = now()
      const stock = await database.transaction((tx) => takeStock(tx, at))
      for (const lane of LANES) {
        const backlog = stock.backlog.find((one) => one.lane === lane)
        waiting.set({ lane }, backlog?.waitingCount ?? 0)
        oldest.set({ lane }, seconds(at - (backlog?.oldestAt ?? at)))
      }
      quarantined.set(stock.quarantinedCount)
      dueJobs.set(stock.dueJobCount)
      bytes.set(await database.sizeBytes())
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

interface Stock {
  readonly backlog: readonly Backlog[]
  readonly quarantinedCount: number
  readonly dueJobCount: number
}

async function takeStock(tx: Tx, now: number): Promise<Stock> {
  const quarantined = await tx.selectFrom('failed_update').select((e) => e.fn.countAll<number>().as('count')).where('outcome', '=', 'quarantined').executeTakeFirstOrThrow()
  const due = await tx.selectFrom('job').select((e) => e.fn.countAll<number>().as('count')).where('next_at', '<=', now).executeTakeFirstOrThrow()
  return { backlog: await backlogOf(tx, now), quarantinedCount: quarantined.count, dueJobCount: due.count }
}

/** A clock set back counts as no time. */
function seconds(ms: number): number {
  return Math.max(0, ms) / 1000
}
