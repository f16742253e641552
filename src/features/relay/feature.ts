// Talk inside a case: every message finds its case by what it replies to or by the case someone is at, is brought to the others, and can be
// changed or taken back.
import { type ActiveCase, activeCaseOf } from '../../cases/active.ts'
import { CaseData, SaidData } from '../../cases/case-data.ts'
import { askWithHeld } from '../../cases/drafts.ts'
import { caseCopiesSent, findShown } from '../../cases/messages.ts'
import { casesAssignedTo, casesOf, findCase } from '../../cases/store.ts'
import { REOPEN_FOR_MS } from '../../cases/case.ts'
import { readIntent } from '../../conversation/parse/intent.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import { partOf } from '../../telegram/part.ts'
import { CONFIRMED_FOR_MS, destinationOf, type OpenCase } from './addressing.ts'
import { createChanging } from './changing.ts'
import { createReturning } from './returning.ts'
import { createSaying, type SayingDeps } from './saying.ts'

export function createRelay(deps: SayingDeps): Feature {
  const saying = createSaying(deps)
  const changing = createChanging(deps)

  /** The cases someone may speak in, those they help with first. */
  async function openCases(ctx: Ctx): Promise<readonly OpenCase[]> {
    const helped = (await casesAssignedTo(ctx.tx, ctx.person.id)).map(({ id, number }) => ({ id, number, as: 'helper' as const }))
    const own = (await casesOf(ctx.tx, ctx.person.id)).filter(({ state, circle }) => state !== 'closed' && !(state === 'waiting' && circle < 0))
    return [...helped, ...own.map(({ id, number }) => ({ id, number, as: 'owner' as const }))]
  }

  /** Whom someone is talking with: by the case of their last word, or because their only helper has just written. */
  async function talkOf(ctx: Ctx, cases: readonly OpenCase[]): Promise<ActiveCase | undefined> {
    const active = await activeCaseOf(ctx.tx, ctx.person.id)
    if (active !== undefined && ctx.now - active.confirmedAt < CONFIRMED_FOR_MS) return active
    const only = cases.length === 1 && cases[0]?.as === 'owner' ? await findCase(ctx.tx, cases[0].id) : undefined
    return only?.state === 'claimed' ? { caseId: only.id, confirmedAt: only.lastAt } : active
  }

  /** Someone whose case was closed lately may mean that one still. */
  async function offerReopening(ctx: Ctx): Promise<boolean> {
    const [latest] = await casesOf(ctx.tx, ctx.person.id, 1)
    if (latest?.state !== 'closed' || latest.closedAt === null || ctx.now >= latest.closedAt + REOPEN_FOR_MS) return false
    if (latest.outcome === 'self-help' || latest.outcome === 'cancelled') return false
    await saying.take(ctx, latest.id)
    return true
  }

  return defineFeature({
    name: 'relay',
    buttons: {
      'relay-to': button(['anyone'], CaseData, (ctx, data) => saying.release(ctx, data.case)),
      'relay-drop': button(['anyone'], NO_DATA, (ctx) => saying.drop(ctx)),
      'relay-withdraw': button(['anyone'], SaidData, (ctx, { said }) => changing.withdraw(ctx, said)),
      'relay-new': button(['anyone'], NO_DATA, async (ctx) => {
        await ctx.changeButtons()
        // What she wrote already is the beginning of the new request.
        const held = await askWithHeld(ctx.tx, ctx.person.id)
        await ctx.startForm('help', held.length > 0 ? { answers: { message: held }, only: 'message' } : {})
      }),
    },
    onReply: async (ctx, messageId) => {
      const shown = await findShown(ctx.tx, { chatId: ctx.chat?.id ?? 0, telegramId: messageId })
      if (shown) {
        await saying.take(ctx, shown.caseId, shown.message ?? undefined)
        return true
      }
      // A reply to a question of a form, or to a tip, is not about a case.
      if (ctx.conversations.some((row) => row.active === 1)) return false
      const cases = await openCases(ctx)
      if (cases.every(({ as }) => as === 'owner') || !ctx.message || !partOf(ctx.message)) return false
      await saying.hold(ctx, cases)
      return true
    },
    onStray: async (ctx) => {
      if (!ctx.message) return false
      const text = ctx.message.text
      const intent = text === undefined ? undefined : readIntent(text)
      const cases = await openCases(ctx)
      const active = await talkOf(ctx, cases)
      const talks = active !== undefined && ctx.now - active.confirmedAt < CONFIRMED_FOR_MS
      // A greeting or a thank-you belongs into a talk, and stands alone outside of one.
      if ((intent === 'greet' || intent === 'thanks' || intent === 'urgent') && !talks) return false
      const destination = destinationOf(cases, active, intent, ctx.now)
      if (destination.to === 'case') {
        await saying.take(ctx, destination.case)
        return true
      }
      if (destination.to === 'ask') {
        if (!partOf(ctx.message)) return false
        await saying.hold(ctx, destination.cases)
        return true
      }
      // A case that stands still is nobody's to help with, but they were in the middle of it.
      if (talks && (await findCase(ctx.tx, active.caseId))?.state === 'frozen') {
        await saying.take(ctx, active.caseId)
        return true
      }
      if (intent !== undefined || cases.length > 0) return false
      return offerReopening(ctx)
    },
    onEdit: (ctx) => changing.edit(ctx),
    onSent: caseCopiesSent,
    jobs: [createReturning(deps)],
  })
}
