// How much it helped, from one to five, and a word of thanks that reaches whoever helped unless she takes it back.
import { CaseData } from '../../cases/case-data.ts'
import type { CasePost } from '../../cases/post.ts'
import { DELETABLE_FOR_MS } from '../../cases/relaying.ts'
import { type CaseRecord, changeCase, holdCase } from '../../cases/store.ts'
import { enqueue } from '../../delivery/outbox.ts'
import type { Answers } from '../../conversation/form.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { InlineKeyboard } from '../../telegram/keyboards.ts'
import { thanksForm } from './forms.ts'
import { copyIn } from './store.ts'

/** So long after closing she may think better of it; then it is counted. */
export const RATING_CHANGEABLE_FOR_MS = 2 * 86_400_000

/** The best first; the names are those of their texts. */
const RATINGS = [
  { rating: 5, name: 'very' },
  { rating: 4, name: 'well' },
  { rating: 3, name: 'enough' },
  { rating: 2, name: 'little' },
  { rating: 1, name: 'not' },
] as const
/** Below this it did not help, and thanks are not asked for. */
const HELPED_FROM = 3

export interface Rating {
  rate(ctx: Ctx, caseId: number, rating: number): Promise<void>
  /** Asks for the word of thanks; only who taps for it is asked, so that her next problem is never taken for it. */
  askThanks(ctx: Ctx, caseId: number): Promise<void>
  keepThanks(ctx: Ctx, answers: Answers, subject: string | null): Promise<void>
  withdrawThanks(ctx: Ctx, caseId: number): Promise<void>
}

/** The five answers, the best first; `chosen` is ticked. */
export function ratingButtons(ctx: Ctx, caseId: number, chosen?: number): InlineKeyboard {
  return RATINGS.map(({ name, rating }) => {
    const one = ctx.button(`closing.rate.${name}.button`, 'case-rate', { case: caseId, rating })
    return [rating === chosen ? { ...one, text: `✅ ${one.text}` } : one]
  })
}

export function createRating({ post }: { post: CasePost }): Rating {
  /** A closed case of hers in which somebody helped. */
  async function closed(ctx: Ctx, caseId: number): Promise<CaseRecord | undefined> {
    const of = await holdCase(ctx.tx, caseId)
    if (of?.personId !== ctx.person.id || of.outcome === 'self-help' || of.outcome === 'cancelled' || of.purgedAt !== null) ctx.toast('help.not-here')
    else if (of.state !== 'closed') ctx.toast('closing.goes-on')
    else return of
    await ctx.changeButtons()
    return undefined
  }

  return {
    rate: async (ctx, caseId, rating) => {
      const of = await closed(ctx, caseId)
      if (!of) return
      if (of.rating === rating) {
        ctx.toast('closing.rate.kept')
        return
      }
      if (of.rating !== null && ctx.now >= (of.closedAt ?? 0) + RATING_CHANGEABLE_FOR_MS) {
        ctx.toast('closing.rate.final')
        await ctx.changeButtons()
        return
      }
      await changeCase(ctx.tx, caseId, { rating })
      ctx.toast('closing.rate.kept')
      await ctx.changeButtons(ratingButtons(ctx, caseId, rating))
      const helped = rating >= HELPED_FROM
      if (of.rating !== null && helped === of.rating >= HELPED_FROM) return
      if (!helped) await ctx.say('closing.rate.sorry', { number: of.number }, { keyboard: [[ctx.button('cases.reopen.button', 'case-reopen', { case: caseId })]] })
      else if (of.thanks === null && of.volunteerId !== null) {
        const who = await post.helperName(ctx.tx, of.volunteerId, ctx.person)
        await ctx.say('closing.thanks.offer', { who }, { keyboard: [[ctx.button('closing.thanks.write.button', 'case-thanks', { case: caseId })]] })
      }
    },
    askThanks: async (ctx, caseId) => {
      const of = await closed(ctx, caseId)
      if (!of) return
      if (of.thanks === null) return ctx.startForm(thanksForm.name, { subject: String(caseId), only: 'note' })
      ctx.toast('closing.thanks.sent-already')
      await ctx.changeButtons()
    },
    keepThanks: async (ctx, { note }, subject) => {
      const of = await holdCase(ctx.tx, Number(subject))
      if (!note || of?.personId !== ctx.person.id || of.purgedAt !== null || of.volunteerId === null) {
        await ctx.say(note ? 'closing.thanks.gone' : 'closing.thanks.skipped')
        return
      }
      const reader = await getPerson(ctx.tx, of.volunteerId)
      const outboxId = await post.tell(ctx, reader, of.id, 'closing.told.thanks', { number: of.number, who: post.ownerName(ctx.person, reader), note: String(note) })
      await changeCase(ctx.tx, of.id, { thanks: String(note), thanks_outbox: outboxId ?? null })
      const who = await post.helperName(ctx.tx, of.volunteerId, ctx.person)
      await ctx.say(outboxId === undefined ? 'closing.thanks.kept' : 'closing.thanks.sent', { who }, {
        keyboard: [[post.button(ctx.person, 'closing.thanks.withdraw.button', 'case-thanks-withdraw', CaseData, { case: of.id })]],
      })
    },
    withdrawThanks: async (ctx, caseId) => {
      const of = await holdCase(ctx.tx, caseId)
      await ctx.changeButtons()
      if (of?.personId !== ctx.person.id || of.thanks === null) {
        ctx.toast(of?.personId === ctx.person.id ? 'closing.thanks.withdrawn-already' : 'help.not-here')
        return
      }
      await changeCase(ctx.tx, caseId, { thanks: null, thanks_outbox: null })
      const copy = of.thanksOutbox === null ? undefined : await copyIn(ctx.tx, of.thanksOutbox)
      const isTooOld = copy !== undefined && ctx.now - copy.createdAt >= DELETABLE_FOR_MS
      if (copy && !isTooOld) await enqueue(ctx.tx, { chatId: copy.chatId, method: 'deleteMessage', payload: {}, targetId: of.thanksOutbox ?? 0 }, ctx.now)
      await ctx.say(isTooOld ? 'closing.thanks.withdrawn-in-part' : 'closing.thanks.withdrawn')
    },
  }
}
