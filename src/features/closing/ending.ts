// The helper's side of the end: says how it came out, the owner is asked whether that is so, and a sentence may stay for others.
import { CaseData } from '../../cases/case-data.ts'
import { type CaseEvent, type CaseRefusal, moveCase } from '../../cases/case.ts'
import { actorIn, letHappen } from '../../cases/happening.ts'
import { tellLessonWaits } from '../../cases/lesson-news.ts'
import type { CasePost } from '../../cases/post.ts'
import { type CaseRecord, changeCase, findCase, hasLed, holdCase } from '../../cases/store.ts'
import type { Answers } from '../../conversation/form.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { lessonForm } from './forms.ts'

export const ENDINGS = ['solved', 'referred', 'no-answer'] as const
export type Ending = (typeof ENDINGS)[number]

export interface EndingCases {
  /** Asks how it came out. */
  ask(ctx: Ctx, caseId: number): Promise<void>
  /** The owner is asked at once: whoever is called away before the sentence for others has still ended the case. */
  end(ctx: Ctx, caseId: number, as: Ending): Promise<void>
  /** Asks for the sentence; only who taps for it is asked, so that words for the next owner are never taken for it. */
  askLesson(ctx: Ctx, caseId: number): Promise<void>
  keepLesson(ctx: Ctx, answers: Answers, subject: string | null): Promise<void>
}

export function createEnding({ post }: { post: CasePost }): EndingCases {
  async function refuse(ctx: Ctx, reason: CaseRefusal): Promise<void> {
    ctx.toast(REFUSED[reason] ?? 'closing.not-yours')
    await ctx.changeButtons()
  }

  /** Says whether Telegram could be asked to bring it. */
  async function askOwner(ctx: Ctx, of: CaseRecord, as: Ending): Promise<boolean> {
    const owner = await getPerson(ctx.tx, of.personId)
    const data = { case: of.id }
    const one = (key: string, name: string) => [post.button(owner, key, name, CaseData, data)]
    const keyboard = as === 'no-answer'
      ? [one('cases.still.yes.button', 'case-deny'), one('cases.solved.button', 'case-confirm')]
      : [one('closing.yes.button', 'case-confirm'), one('closing.no.button', 'case-deny')]
    const who = await post.helperName(ctx.tx, ctx.person.id, owner)
    return (await post.tell(ctx, owner, of.id, `closing.ask.${as}`, { number: of.number, who }, keyboard)) !== undefined
  }

  /** It may have been given to someone else meanwhile: what was learnt is still theirs to tell. */
  async function mayTell(ctx: Ctx, of: CaseRecord | undefined): Promise<boolean> {
    return of !== undefined && of.purgedAt === null && hasLed(ctx.tx, of.id, ctx.person.id)
  }

  return {
    ask: async (ctx, caseId) => {
      const of = await findCase(ctx.tx, caseId)
      const event: CaseEvent = { type: 'propose-close', outcome: 'solved' }
      const move = of && moveCase(of, event, await actorIn(ctx.tx, of, ctx.person.id), ctx.now)
      if (!of || !move) return refuse(ctx, 'not-yours')
      if ('refused' in move) return refuse(ctx, move.refused)
      await ctx.say('closing.outcome.ask', { number: of.number }, {
        keyboard: ENDINGS.map((as) => [ctx.button(`closing.outcome.${as}.button`, 'case-outcome', { case: caseId, as })]),
      })
    },
    end: async (ctx, caseId, as) => {
      const happened = await letHappen(ctx.tx, { caseId, event: { type: 'propose-close', outcome: as }, by: ctx.person.id, now: ctx.now })
      if (happened.type !== 'happened') return refuse(ctx, happened.type === 'gone' ? 'not-yours' : happened.reason)
      await ctx.changeButtons()
      const isAsked = await askOwner(ctx, happened.after, as)
      const told = ctx.t(isAsked ? 'closing.asked' : 'closing.asked-later', { number: happened.after.number })
      if (as === 'no-answer') await ctx.sayHtml(told)
      else await ctx.sayHtml([told, ctx.t('closing.lesson.offer')].join('\n\n'), { keyboard: [[ctx.button('closing.lesson.write.button', 'case-lesson', { case: caseId })]] })
    },
    askLesson: async (ctx, caseId) => {
      if (await mayTell(ctx, await findCase(ctx.tx, caseId))) return ctx.startForm(lessonForm.name, { subject: String(caseId), only: 'lesson' })
      ctx.toast('closing.not-yours')
      await ctx.changeButtons()
    },
    keepLesson: async (ctx, { lesson }, subject) => {
      if (!lesson) {
        await ctx.say('closing.lesson.skipped')
        return
      }
      const of = await holdCase(ctx.tx, Number(subject))
      if (!of || !(await mayTell(ctx, of))) {
        await ctx.say('closing.lesson.gone')
        return
      }
      await changeCase(ctx.tx, of.id, { lesson: String(lesson) })
      if (of.state === 'closed' && of.lesson === null) await tellLessonWaits(post, ctx)
      await ctx.say('closing.lesson.kept')
    },
  }
}

const REFUSED: Partial<Record<CaseRefusal, string>> = {
  closed: 'desk.refused.closed', closing: 'closing.asked-already', frozen: 'desk.refused.frozen', 'not-claimed': 'closing.not-yours',
}
