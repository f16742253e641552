// Reporting a conversation: whoever is in it says why, it stands still at once, and everyone hears what it means for them.
import type { CaseRefusal } from '../../cases/case.ts'
import { letHappen } from '../../cases/happening.ts'
import type { CasePost } from '../../cases/post.ts'
import { helpersInvolved, REPORT_REASONS, type ReportReason, tellCoordinators } from '../../cases/reported.ts'
import { type CaseRecord, changeCase, findCase, helpersOf } from '../../cases/store.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { reportForm } from './form.ts'

export interface Reporting {
  /** Asks why. */
  ask(ctx: Ctx, caseId: number): Promise<void>
  askWords(ctx: Ctx, caseId: number): Promise<void>
  report(ctx: Ctx, caseId: number, reason: ReportReason, words?: string): Promise<void>
}

export function createReporting({ post }: { post: CasePost }): Reporting {
  /** A case whoever asks is in. */
  async function mine(ctx: Ctx, caseId: number): Promise<CaseRecord | undefined> {
    const of = await findCase(ctx.tx, caseId)
    const isIn = of?.personId === ctx.person.id || (await helpersOf(ctx.tx, caseId)).some(({ person }) => person === ctx.person.id)
    if (of && isIn && of.state !== 'waiting' && of.state !== 'frozen') return of
    await refuse(ctx, of === undefined || !isIn ? 'not-yours' : of.state === 'frozen' ? 'frozen' : 'not-claimed')
    return undefined
  }

  async function refuse(ctx: Ctx, reason: CaseRefusal): Promise<void> {
    const why = reason === 'frozen' || reason === 'not-claimed' ? reason : 'not-yours'
    const key = `safety.refused.${why}`
    if (!ctx.callbackQuery) {
      await ctx.say(key)
      return
    }
    ctx.toast(key)
  }

  return {
    ask: async (ctx, caseId) => {
      const of = await mine(ctx, caseId)
      if (!of) return
      await ctx.say('safety.ask', { number: of.number }, {
        keyboard: [
          ...REPORT_REASONS.map((reason) => [
            reason === 'words' ? ctx.button('safety.in-words.button', 'case-report-words', { case: caseId }) : ctx.button(`safety.reason.${reason}`, 'case-report-for', { case: caseId, reason }),
          ]),
          [ctx.button('home.never-mind.button', 'never-mind')],
        ],
      })
    },
    askWords: async (ctx, caseId) => {
      if (await mine(ctx, caseId)) await ctx.startForm(reportForm.name, { subject: String(caseId) })
    },
    report: async (ctx, caseId, reason, words) => {
      const happened = await letHappen(ctx.tx, { caseId, event: { type: 'report', reason }, by: ctx.person.id, now: ctx.now })
      await ctx.changeButtons()
      if (happened.type !== 'happened') {
        await refuse(ctx, happened.type === 'gone' ? 'not-yours' : happened.reason)
        return
      }
      const of = happened.after
      await changeCase(ctx.tx, caseId, { reported_by: ctx.person.id, report_reason: reason, report_words: words ?? null })
      await ctx.say('safety.thanks', { number: of.number })
      for (const id of new Set([of.personId, ...(await helpersInvolved(ctx.tx, of))])) {
        if (id !== ctx.person.id) await post.tell(ctx, await getPerson(ctx.tx, id), caseId, 'safety.told.paused', { number: of.number })
      }
      await tellCoordinators(post, ctx, of)
    },
  }
}
