// The owner's word on whether she has been helped: yes closes her case and asks how much it helped, no gives it back to whoever helps her.
import { canHelp } from '../../cases/availability.ts'
import { CaseData } from '../../cases/case-data.ts'
import type { CaseEvent, CaseRefusal } from '../../cases/case.ts'
import { letHappen } from '../../cases/happening.ts'
import { tellLessonWaits } from '../../cases/lesson-news.ts'
import type { Offering } from '../../cases/offering.ts'
import type { CasePost } from '../../cases/post.ts'
import { findCase } from '../../cases/store.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { ratingButtons } from './rating.ts'

export interface Confirming {
  confirm(ctx: Ctx, caseId: number): Promise<void>
  deny(ctx: Ctx, caseId: number): Promise<void>
}

export function createConfirming({ post, offering }: { post: CasePost; offering: Offering }): Confirming {
  /** Lets something happen to a case of hers; why not is said. */
  async function happens(ctx: Ctx, caseId: number, event: CaseEvent) {
    const found = await findCase(ctx.tx, caseId)
    const happened = found?.personId === ctx.person.id ? await letHappen(ctx.tx, { caseId, event, by: ctx.person.id, now: ctx.now }) : { type: 'gone' as const }
    await ctx.changeButtons()
    if (happened.type === 'happened') return happened
    ctx.toast(happened.type === 'gone' ? 'help.not-here' : (REFUSED[happened.reason] ?? 'help.not-here'))
    return undefined
  }

  return {
    confirm: async (ctx, caseId) => {
      const happened = await happens(ctx, caseId, { type: 'confirm' })
      if (!happened) return
      const { after, before, helpers } = happened
      const { number } = after
      if (before.state === 'waiting') {
        await offering.retireCards(ctx, after, 'over')
        await ctx.say('help.helped.done', { number })
        return
      }
      for (const { person } of helpers) {
        const reader = await getPerson(ctx.tx, person)
        await post.tell(ctx, reader, caseId, 'closing.told.confirmed', { number, who: post.ownerName(ctx.person, reader) })
      }
      if (after.lesson !== null) await tellLessonWaits(post, ctx)
      const who = after.volunteerId === null ? ctx.label('cases.colleague') : await post.helperName(ctx.tx, after.volunteerId, ctx.person)
      await post.tell(ctx, ctx.person, caseId, 'closing.rate.ask', { number, who }, ratingButtons(ctx, caseId))
    },
    deny: async (ctx, caseId) => {
      const happened = await happens(ctx, caseId, { type: 'deny' })
      if (!happened) return
      const { helpers } = happened
      const { number, volunteerId } = happened.after
      if (volunteerId === null || !(await canHelp(ctx.tx, volunteerId, ctx.now))) {
        // Nobody would read it: others are asked at once instead of when the time for an answer is over.
        const back = await letHappen(ctx.tx, { caseId, event: { type: 'lapse' }, by: 'clock', now: ctx.now })
        await ctx.say('cases.told.released', { number })
        if (back.type === 'happened') await offering.offer(ctx, back.after)
        return
      }
      for (const { person } of helpers) {
        const reader = await getPerson(ctx.tx, person)
        const menu = [[post.button(reader, 'desk.menu.button', 'case-menu', CaseData, { case: caseId })]]
        await post.tell(ctx, reader, caseId, 'closing.told.denied', { number, who: post.ownerName(ctx.person, reader) }, menu)
      }
      await ctx.say('closing.denied', { number, who: await post.helperName(ctx.tx, volunteerId, ctx.person) })
    },
  }
}

const REFUSED: Partial<Record<CaseRefusal, string>> = {
  closed: 'help.closed-already', frozen: 'help.frozen', 'not-closing': 'closing.goes-on', 'not-claimed': 'closing.goes-on',
}
