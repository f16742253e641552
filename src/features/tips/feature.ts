// One piece of advice at a time, for anyone who asks: also before registration and for people too young for it.
// Which tip comes next is pick-tip.ts; which ones a member was shown is stored, of others nothing.
import { z } from 'zod'
import { fillFacts } from '../../content/fact-text.ts'
import type { Facts } from '../../content/facts.ts'
import { currentTips, type Tip } from '../../content/tips.ts'
import { isNewestSent } from '../../delivery/outbox.ts'
import { addressed } from '../../people/person.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature } from '../../telegram/feature.ts'
import { historyUpTo, newestShown, pickTip, type TipHistory } from './pick-tip.ts'
import { keepShown, tipHistoryOf } from './store.ts'

const DAY_MS = 86_400_000

/** The tip a button stands under. */
const ShownTip = z.object({ tip: z.string() })

export interface TipsDeps {
  readonly tips: readonly Tip[]
  readonly facts: Facts
}

export function createTips({ tips, facts }: TipsDeps): Feature {
  /** Of who has not agreed to anything nothing is kept: what she saw follows from the tip she taps under. */
  const unkeptHistory = (ctx: Ctx, last?: string) => historyUpTo(currentTips(tips, facts, ctx.now), last, Math.floor(ctx.now / DAY_MS))

  async function sendTip(ctx: Ctx, history: TipHistory): Promise<void> {
    const pick = pickTip(currentTips(tips, facts, ctx.now), history)
    if (!pick) {
      await ctx.say('tips.none')
      return
    }
    const { tip, isRepeat } = pick
    const html = [
      isRepeat ? ctx.t('tips.all-shown') : '',
      ctx.t('tips.message', { title: tip.title, body: addressed(fillFacts(tip.body, facts, 'id', ctx.now), ctx.person), action: tip.action }),
    ]
    if (isMember(ctx)) await keepShown(ctx.tx, { person: ctx.person.id, tip: tip.id, now: instantAfter(history, ctx.now) })
    await ctx.sayHtml(html.filter(Boolean).join('\n\n'), { keyboard: [[ctx.button('tips.next.button', 'next-tip', { tip: tip.id })]] })
  }

  return defineFeature({
    name: 'tips',
    commands: {
      tips: { for: ['anyone'], menu: 30, run: async (ctx) => sendTip(ctx, isMember(ctx) ? await tipHistoryOf(ctx.tx, ctx.person.id) : unkeptHistory(ctx)) },
    },
    buttons: {
      'next-tip': button(['anyone'], ShownTip, async (ctx, { tip }) => {
        // Tapped twice, or under an old tip: only the newest tip leads on.
        const history = isMember(ctx) ? await tipHistoryOf(ctx.tx, ctx.person.id) : unkeptHistory(ctx, tip)
        const tapped = ctx.callbackQuery?.message
        const leadsOn = newestShown(history) === tip && tapped !== undefined && (await isNewestSent(ctx.tx, tapped.chat.id, tapped.message_id))
        await ctx.changeButtons()
        if (leadsOn) await sendTip(ctx, history)
        else ctx.toast('tips.passed')
      }),
    },
  })
}

function isMember({ person }: Ctx): boolean {
  return person.memberNumber !== null
}

/** Two tips of one moment, or a clock set back, must not hide which one is the newest. */
function instantAfter({ shownAt }: TipHistory, now: number): number {
  return Math.max(now, ...[...shownAt.values()].map((at) => at + 1))
}
