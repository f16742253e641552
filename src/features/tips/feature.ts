// Advice, one piece at a time: for anyone who asks, also before registration, and for owners at the hour they chose.
// Which tip comes is pick-tip.ts; of who has not agreed to anything nothing is kept.
import { z } from 'zod'
import type { Facts } from '../../content/facts.ts'
import { currentTips, type Tip } from '../../content/tips.ts'
import type { SendingLimits } from '../../delivery/waiting-time.ts'
import { isNewestSent } from '../../delivery/outbox.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature } from '../../telegram/feature.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { createMarking } from './marking.ts'
import { mediaRow, type MediaSizes } from './media.ts'
import { historyUpTo, newestShown, pickTip, TIP_REASONS, type TipHistory } from './pick-tip.ts'
import { createScheduledTips } from './scheduled.ts'
import { createScheduling } from './scheduling.ts'
import { keepShown, tipHistoryOf } from './store.ts'
import { TipData } from './tip-data.ts'
import { shortTip, tipKeyboard } from './tip-message.ts'

const DAY_MS = 86_400_000

const ReasonData = z.object({ reason: z.enum(TIP_REASONS) })

export interface TipsDeps {
  readonly tips: readonly Tip[]
  readonly facts: Facts
  readonly mediaSizes: MediaSizes
  readonly speaker: Speaker
  readonly limits: SendingLimits
}

export function createTips({ tips, facts, mediaSizes, speaker, limits }: TipsDeps): Feature {
  const scheduling = createScheduling(limits)
  const marking = createMarking({ tips, facts, mediaSizes, speaker })

  /** Of who has not agreed to anything nothing is kept: what she saw follows from the tip she taps under. */
  const unkeptHistory = (ctx: Ctx, last?: string) => historyUpTo(currentTips(tips, facts, ctx.now), last, Math.floor(ctx.now / DAY_MS))

  /** One now; the next scheduled one comes all the same. */
  async function sendTip(ctx: Ctx, history: TipHistory): Promise<void> {
    const pick = pickTip(currentTips(tips, facts, ctx.now), history)
    if (!pick) {
      await ctx.say('tips.none')
      return
    }
    const { reason, tip } = pick
    const reader = { person: ctx.person, speaker, facts, mediaSizes, now: ctx.now }
    const next = ctx.button('tips.next.button', 'next-tip', { tip: tip.id })
    if (isMember(ctx)) await keepShown(ctx.tx, { person: ctx.person.id, tip: tip.id, now: instantAfter(history, ctx.now) })
    await ctx.sayHtml([reason === 'again' ? ctx.t('tips.all-shown') : '', shortTip(reader, tip)].filter(Boolean).join('\n\n'), {
      keyboard: isMember(ctx)
        ? [...tipKeyboard(reader, tip), [next, ctx.button('tips.schedule.button', 'tips-schedule')], [ctx.button('tips.why.button', 'tip-why', { reason })]]
        : [[ctx.button('tips.how.button', 'tip-how', { tip: tip.id })], ...mediaRow(reader, tip), [next]],
    })
  }

  return defineFeature({
    name: 'tips',
    commands: {
      tips: { for: ['anyone'], menu: 30, run: async (ctx) => sendTip(ctx, isMember(ctx) ? await tipHistoryOf(ctx.tx, ctx.person.id) : unkeptHistory(ctx)) },
      jadwal: { for: ['anyone'], run: scheduling.show },
      tersimpan: { for: ['owner'], run: marking.showSaved },
    },
    buttons: {
      ...scheduling.buttons,
      ...marking.buttons,
      'tip-why': button(['owner'], ReasonData, async (ctx, { reason }) => {
        await ctx.say(`notices.because.${reason}`)
      }),
      'next-tip': button(['anyone'], TipData, async (ctx, { tip }) => {
        // Tapped twice, or under an old tip: only the newest tip leads on.
        const history = isMember(ctx) ? await tipHistoryOf(ctx.tx, ctx.person.id) : unkeptHistory(ctx, tip)
        const tapped = ctx.callbackQuery?.message
        const leadsOn = newestShown(history) === tip && tapped !== undefined && (await isNewestSent(ctx.tx, tapped.chat.id, tapped.message_id))
        await ctx.changeButtons()
        if (leadsOn) await sendTip(ctx, history)
        else ctx.toast('tips.passed')
      }),
    },
    forms: scheduling.forms,
    notices: [createScheduledTips({ tips, facts, mediaSizes })],
  })
}

function isMember({ person }: Ctx): boolean {
  return person.memberNumber !== null
}

/** Two tips of one moment, or a clock set back, must not hide which one is the newest. */
function instantAfter({ shownAt }: TipHistory, now: number): number {
  return Math.max(now, ...[...shownAt.values()].map((at) => at + 1))
}
