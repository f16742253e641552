// What coordinators do with the lessons of closed cases: read one after the other, without names, and publish it, change it first, or not.
import { countLessons, decideLesson, findLesson, nextLesson, withdrawAnswer } from '../../cases/answer-store.ts'
import { type CardWords, ownNames } from '../../cases/card.ts'
import { maskPersonal } from '../../cases/masking.ts'
import { messagesOf } from '../../cases/messages.ts'
import type { CaseRecord } from '../../cases/store.ts'
import type { Answers } from '../../conversation/form.ts'
import { noteAccess } from '../../people/access.ts'
import { audit } from '../../people/audit.ts'
import type { Ctx } from '../../telegram/context.ts'
import { wordsOf } from '../../telegram/part.ts'
import type { Tx } from '../../storage/database.ts'
import { ANSWER_MAX_CHARS, answerForm, QUESTION_MAX_CHARS } from './form.ts'

export interface Reviewing {
  /** Shows the lesson that has waited longest. */
  next(ctx: Ctx): Promise<void>
  publish(ctx: Ctx, caseId: number): Promise<void>
  change(ctx: Ctx, caseId: number): Promise<void>
  publishChanged(ctx: Ctx, answers: Answers, subject: string | null): Promise<void>
  decline(ctx: Ctx, caseId: number): Promise<void>
  /** Takes a published one back. */
  withdraw(ctx: Ctx, answer: number): Promise<void>
}

interface Proposal {
  readonly question: string
  readonly answer: string
}

export interface ReviewingDeps {
  readonly words: CardWords
  readonly areaName: (area: string) => string
}

export function createReviewing({ areaName, words }: ReviewingDeps): Reviewing {
  /** Her question as she began with it, and the lesson, both masked. */
  async function proposalOf(ctx: Ctx, of: CaseRecord): Promise<Proposal> {
    const said = await messagesOf(ctx.tx, of.id)
    const answered = said.findIndex(({ author }) => author !== of.personId)
    const asked = (answered === -1 ? said : said.slice(0, answered)).map(({ part }) => wordsOf(part) ?? '').filter(Boolean).join('\n')
    const { question, answer } = await masked(ctx.tx, of, { question: asked, answer: of.lesson ?? '' })
    // She may have asked with her voice alone: then the coordinator writes the question.
    return { question: question.trim() === '' ? words.topic(ctx.person, of) : question, answer }
  }

  async function masked(tx: Tx, of: CaseRecord, { question, answer }: Proposal): Promise<Proposal> {
    const names = await ownNames(tx, of.personId)
    return { question: beginning(maskPersonal(question, names), QUESTION_MAX_CHARS), answer: beginning(maskPersonal(answer, names), ANSWER_MAX_CHARS) }
  }

  async function tellDecided(ctx: Ctx): Promise<void> {
    await ctx.changeButtons()
    if (ctx.callbackQuery) ctx.toast('lessons.decided-already')
    else await ctx.say('lessons.decided-already')
  }

  async function next(ctx: Ctx): Promise<void> {
    const of = await nextLesson(ctx.tx)
    if (!of) {
      await ctx.say('lessons.none')
      return
    }
    const { answer, question } = await proposalOf(ctx, of)
    await noteAccess(ctx.tx, { person: of.personId, by: ctx.person.id, what: 'help-card', now: ctx.now })
    const area = of.area === null ? ctx.label('cases.topic.none') : areaName(of.area)
    const data = { case: of.id }
    await ctx.say('lessons.proposal', { count: await countLessons(ctx.tx), number: of.number, area, question, answer }, {
      keyboard: [
        [ctx.button('lessons.publish.button', 'lesson-publish', data)],
        [ctx.button('lessons.change.button', 'lesson-change', data)],
        [ctx.button('lessons.decline.button', 'lesson-decline', data)],
      ],
    })
  }

  async function publish(ctx: Ctx, of: CaseRecord, { answer, question }: Proposal): Promise<void> {
    const id = await decideLesson(ctx.tx, { caseId: of.id, area: of.area, state: 'approved', question, answer, by: ctx.person.id, now: ctx.now })
    if (id === undefined) return tellDecided(ctx)
    await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'lesson-published', subject: `question-answer:${id}` })
    await ctx.changeButtons()
    await ctx.say('lessons.published', { question, answer }, { keyboard: [[ctx.button('lessons.withdraw.button', 'lesson-withdraw', { answer: id })]] })
    if ((await countLessons(ctx.tx)) > 0) await next(ctx)
  }

  return {
    next,
    publish: async (ctx, caseId) => {
      const of = await findLesson(ctx.tx, caseId)
      return of ? publish(ctx, of, await proposalOf(ctx, of)) : tellDecided(ctx)
    },
    change: async (ctx, caseId) => {
      const of = await findLesson(ctx.tx, caseId)
      if (of) await ctx.startForm(answerForm.name, { subject: String(caseId), answers: { ...(await proposalOf(ctx, of)) } })
      else await tellDecided(ctx)
    },
    publishChanged: async (ctx, { question, answer }, subject) => {
      const of = await findLesson(ctx.tx, Number(subject))
      return of ? publish(ctx, of, await masked(ctx.tx, of, { question: String(question), answer: String(answer) })) : tellDecided(ctx)
    },
    decline: async (ctx, caseId) => {
      const of = await findLesson(ctx.tx, caseId)
      const id = of && (await decideLesson(ctx.tx, { caseId, area: of.area, state: 'declined', by: ctx.person.id, now: ctx.now }))
      if (id === undefined) return tellDecided(ctx)
      await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'lesson-declined', subject: `question-answer:${id}` })
      ctx.toast('lessons.declined')
      await ctx.changeButtons()
      await next(ctx)
    },
    withdraw: async (ctx, answer) => {
      await ctx.changeButtons()
      const isNews = await withdrawAnswer(ctx.tx, answer, ctx.person.id)
      if (isNews) await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'lesson-withdrawn', subject: `question-answer:${answer}` })
      ctx.toast(isNews ? 'lessons.withdrawn' : 'lessons.decided-already')
    },
  }
}

function beginning(text: string, most: number): string {
  const characters = Array.from(text)
  return characters.length > most ? `${characters.slice(0, most - 1).join('').trimEnd()}…` : text
}
