// The owner's own cases: how each stands, and what she can do with it.
import { countCards } from '../../cases/card-store.ts'
import type { CardWords } from '../../cases/card.ts'
import { type CaseEvent, type CaseRefusal, REOPEN_FOR_MS } from '../../cases/case.ts'
import { letHappen, reschedule } from '../../cases/happening.ts'
import type { Offering } from '../../cases/offering.ts'
import type { CasePost } from '../../cases/post.ts'
import { type CaseRecord, casesOf, findCase, helpersOf, holdCase } from '../../cases/store.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { InlineButton } from '../../telegram/keyboards.ts'

export interface OwnCases {
  list(ctx: Ctx): Promise<void>
  show(ctx: Ctx, caseId: number): Promise<void>
  /** She needs it no longer: whoever holds it is told, whoever was asked too. */
  cancel(ctx: Ctx, caseId: number): Promise<void>
  /** She still needs it. */
  keep(ctx: Ctx, caseId: number): Promise<void>
  /** What was shown to her helped already. */
  helped(ctx: Ctx, caseId: number): Promise<void>
}

export interface OwnCasesDeps {
  readonly offering: Offering
  readonly post: CasePost
  readonly words: CardWords
  /** So long what was said in a case is kept. */
  readonly keptMonths: number
}

export function createOwnCases({ keptMonths, offering, post, words }: OwnCasesDeps): OwnCases {
  async function standing(ctx: Ctx, of: CaseRecord): Promise<string> {
    const params = { number: of.number, topic: words.topic(ctx.person, of) }
    switch (of.state) {
      case 'waiting': {
        if (of.circle < 0) return ctx.t('help.standing.unsent', params)
        const { asked, opened } = await countCards(ctx.tx, of.id)
        return ctx.t(asked === 0 ? 'help.standing.coordinators' : 'help.standing.waiting', { ...params, count: asked, opened })
      }
      case 'claimed':
      case 'closing':
        return ctx.t(`help.standing.${of.state}`, { ...params, who: of.volunteerId === null ? '' : await post.helperName(ctx.tx, of.volunteerId, ctx.person) })
      case 'frozen':
        return ctx.t('help.standing.frozen', params)
      case 'closed':
        return ctx.t(of.outcome === 'cancelled' ? 'help.standing.cancelled' : 'help.standing.closed', params)
    }
  }

  function actions(ctx: Ctx, of: CaseRecord): InlineButton[][] {
    const data = { case: of.id }
    const one = (key: string, name: string) => [ctx.button(key, name, data)]
    switch (of.state) {
      case 'waiting':
        return [...(of.circle < 0 ? [one('help.continue.button', 'help-preview')] : []), one('cases.cancel.button', 'case-cancel')]
      case 'claimed':
      case 'closing':
        return [one('cases.solved.button', 'case-confirm'), one('cases.cancel.button', 'case-cancel'), one('cases.report.button', 'case-report')]
      case 'frozen':
        return []
      case 'closed':
        return [
          ...(of.closedAt !== null && ctx.now < of.closedAt + REOPEN_FOR_MS ? [one('cases.reopen.button', 'case-reopen')] : []),
          one('cases.transcript.button', 'case-transcript'),
        ]
    }
  }

  /** Lets something happen to a case of hers; why not is said. */
  async function happens(ctx: Ctx, caseId: number, event: CaseEvent) {
    const found = await findCase(ctx.tx, caseId)
    const happened = found?.personId === ctx.person.id ? await letHappen(ctx.tx, { caseId, event, by: ctx.person.id, now: ctx.now }) : { type: 'gone' as const }
    if (happened.type === 'happened') return happened
    if (happened.type === 'gone') ctx.toast('help.not-here')
    else ctx.toast(REFUSED[happened.reason] ?? 'help.not-here')
    await ctx.changeButtons()
    return undefined
  }

  return {
    list: async (ctx) => {
      const own = await casesOf(ctx.tx, ctx.person.id)
      if (own.length === 0) {
        await ctx.say('help.list.none')
        return
      }
      const lines: string[] = []
      for (const of of own) lines.push(await standing(ctx, of))
      await ctx.sayHtml([ctx.t('help.list.title'), ...lines].join('\n\n'), {
        keyboard: own.map(({ id, number }) => [ctx.button('help.list.case.button', 'help-case', { case: id }, { number })]),
      })
    },
    show: async (ctx, caseId) => {
      const of = await findCase(ctx.tx, caseId)
      if (of?.personId !== ctx.person.id) {
        ctx.toast('help.not-here')
        return
      }
      const kept = of.state === 'closed' && of.purgedAt === null ? ctx.t('help.kept-until', { count: keptMonths }) : ''
      const hint = of.state === 'claimed' || (of.state === 'waiting' && of.circle >= 0) ? ctx.t('help.write-on') : ''
      await post.tellHtml(ctx, ctx.person, of.id, [await standing(ctx, of), hint, kept].filter(Boolean).join('\n\n'), { keyboard: actions(ctx, of) })
    },
    cancel: async (ctx, caseId) => {
      const happened = await happens(ctx, caseId, { type: 'cancel' })
      if (!happened) return
      await ctx.changeButtons()
      await offering.retireCards(ctx, happened.after, 'over')
      await ctx.say('help.cancelled', { number: happened.after.number }, { keyboard: [[ctx.button('cases.reopen.button', 'case-reopen', { case: caseId })]] })
      for (const { person } of happened.helpers) {
        await post.tell(ctx, await getPerson(ctx.tx, person), caseId, 'cases.told.cancelled', { number: happened.after.number })
      }
    },
    keep: async (ctx, caseId) => {
      const of = await holdCase(ctx.tx, caseId)
      if (of?.personId !== ctx.person.id || of.state === 'closed' || of.state === 'frozen') {
        ctx.toast(of?.personId === ctx.person.id && of.state === 'frozen' ? 'help.frozen' : 'help.not-here')
        await ctx.changeButtons()
        return
      }
      // Whoever helps her thinks that it is over: she says no to that.
      if (of.state === 'closing') return ctx.press('case-deny', { case: caseId })
      await ctx.changeButtons()
      await reschedule(ctx.tx, { ...of, lastAt: ctx.now, stillAskedAt: null })
      await ctx.say('help.kept', { number: of.number })
      // Whoever helps her has answered: it is their turn again.
      if (of.state === 'claimed' && of.turn === 'owner') {
        await letHappen(ctx.tx, { caseId, event: { type: 'owner-writes' }, by: ctx.person.id, now: ctx.now })
        for (const { person } of await helpersOf(ctx.tx, caseId)) await post.tell(ctx, await getPerson(ctx.tx, person), caseId, 'cases.told.still-needed', { number: of.number })
      }
    },
    // It may be on its way, or in someone's hand, since she was shown it.
    helped: (ctx, caseId) => ctx.press('case-confirm', { case: caseId }),
  }
}

const REFUSED: Partial<Record<CaseRefusal, string>> = { closed: 'help.closed-already', frozen: 'help.frozen' }
