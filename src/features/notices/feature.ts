// Everything the clinic says of its own accord passes here: it says what is due, tells anyone why a message came, and
// coordinators how long messages wait and what became of them.
import type { Clinic } from '../../content/clinic.ts'
import type { Log } from '../../logging.ts'
import { stopNudge } from '../../people/nudge.ts'
import { takeBackNotices } from '../../people/waiting-notices.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature } from '../../telegram/feature.ts'
import { type NoticeKind, StopNudgeData } from '../../telegram/notice.ts'
import { createDelivering } from './delivering.ts'
import { minutesToSend } from '../../delivery/waiting-time.ts'
import { countOutcomes, markSent, markTooLate, pruneDeliveries, readQueue, type Waiting } from './store.ts'
import { DeliveryData, tellWhy } from './why.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** A message that left so much after it was due counts as late. */
const LATE_MS = 30 * MINUTE_MS
const KEPT_MS = 365 * DAY_MS
const PRUNED_AT_ONCE = 500

/** @param kinds Read when the job runs: they belong to features that are made after this one. */
export function createNotices({ clinic, kinds, log }: { clinic: Clinic; kinds: () => readonly NoticeKind[]; log: Log }): Feature {
  const kindOf = ({ kind }: Waiting) => kinds().find(({ name }) => name === kind)

  async function showQueue(ctx: Ctx): Promise<void> {
    const { since, waiting } = await readQueue(ctx.tx)
    const outcomes = await countOutcomes(ctx.tx, ctx.now - DAY_MS, LATE_MS)
    const minutes = minutesToSend(waiting, clinic.limits)
    const now = waiting === 0 || since === null ? ctx.t('notices.queue.empty') : ctx.t('notices.queue.waiting', { waiting, minutes, oldest: Math.floor((ctx.now - since) / MINUTE_MS) })
    await ctx.sayHtml([now, ctx.t('notices.queue.yesterday', { ...outcomes })].join('\n\n'))
  }

  return defineFeature({
    name: 'notices',
    commands: { antrean: { for: ['coordinator'], run: showQueue } },
    buttons: {
      why: button(['anyone'], DeliveryData, tellWhy),
      'stop-nudge': button(['anyone'], StopNudgeData, async (ctx, { kind }) => {
        await stopNudge(ctx.tx, ctx.person.id, kind, ctx.now)
        await takeBackNotices(ctx.tx, ctx.person.id, kind, ctx.now)
        await ctx.changeButtons()
        await ctx.say('notices.stopped')
      }),
    },
    onSent: {
      notice: async (tx, { data, now }) => {
        const sent = await markSent(tx, DeliveryData.parse(data).delivery, now)
        if (sent) await kindOf(sent)?.arrived?.(tx, sent, now)
      },
    },
    onTooLate: {
      notice: async (tx, { data, now }) => {
        const kept = await markTooLate(tx, DeliveryData.parse(data).delivery)
        if (kept) await kindOf(kept)?.tookTooLong?.(tx, kept, now)
      },
    },
    jobs: [
      createDelivering({ clinic, kinds, log }),
      { name: 'forget-notices', everyMs: HOUR_MS, run: async ({ tx, now }) => (await pruneDeliveries(tx, now - KEPT_MS, PRUNED_AT_ONCE)) === PRUNED_AT_ONCE },
    ],
  })
}
