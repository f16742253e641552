// "Tanya data": a helper asks for one thing her profile leaves open. The owner answers it in the form she knows, where it is kept as hers,
// and whoever helps her is told.
import { z } from 'zod'
import { letHappen } from '../../cases/happening.ts'
import type { CasePost } from '../../cases/post.ts'
import { findCase, helpersOf } from '../../cases/store.ts'
import type { Form } from '../../conversation/form.ts'
import { noteAccess } from '../../people/access.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { inRows } from '../../telegram/keyboards.ts'
import type { Choosing } from './choosing.ts'
import { addFieldAsk, findFieldAsk, openAsksOf, settleFieldAsk } from './field-store.ts'
import { businessesOf, openFields, type ProfileWords } from './profile.ts'

export const AskData = z.object({ ask: z.coerce.number().int().positive() })

export interface FieldAsking {
  /** Shows what is open. */
  choose(ctx: Ctx, caseId: number): Promise<void>
  ask(ctx: Ctx, caseId: number, field: string): Promise<void>
  /** The owner answers: opens that one question. */
  answer(ctx: Ctx, ask: number): Promise<void>
  /** She changed a business of hers: what was asked about it is told, or else she sees it as it is now. */
  tell(ctx: Ctx, business: number): Promise<void>
}

export interface FieldAskingDeps {
  readonly post: CasePost
  readonly choosing: Choosing
  readonly profile: ProfileWords
  readonly form: () => Form
}

export function createFieldAsking({ post, choosing, profile, form }: FieldAskingDeps): FieldAsking {
  return {
    choose: async (ctx, caseId) => {
      const of = await choosing.mine(ctx, caseId)
      if (!of) return
      const who = post.ownerName(await getPerson(ctx.tx, of.personId), ctx.person)
      const [business] = await businessesOf(ctx.tx, of.personId)
      const open = business ? openFields(form(), business) : []
      await noteAccess(ctx.tx, { person: of.personId, by: ctx.person.id, what: 'owner-card', now: ctx.now })
      if (open.length === 0) {
        await ctx.say(business ? 'desk-tools.field.complete' : 'desk-tools.field.no-business', { who })
        return
      }
      const buttons = open.map((field) => ({ ...ctx.button('desk-tools.field.ask.button', 'case-ask-this', { case: caseId, field }), text: profile.name(ctx.person, field) }))
      await ctx.say('desk-tools.field.choose', { who, number: of.number }, { keyboard: inRows(buttons, 2) })
    },
    ask: async (ctx, caseId, field) => {
      const of = await choosing.mine(ctx, caseId)
      if (!of) return
      const owner = await getPerson(ctx.tx, of.personId)
      const [business] = await businessesOf(ctx.tx, of.personId)
      if (!business || !openFields(form(), business).includes(field)) return ctx.toast('desk-tools.field.known')
      if (owner.telegramId === null || owner.unreachableAt !== null) return ctx.toast('desk-tools.field.unreachable')
      const happened = await letHappen(ctx.tx, { caseId, event: { type: 'volunteer-writes' }, by: ctx.person.id, now: ctx.now })
      if (happened.type !== 'happened') return ctx.toast('desk-tools.not-yours')
      const ask = await addFieldAsk(ctx.tx, { caseId, business: business.id, field, by: ctx.person.id, now: ctx.now })
      if (ask === undefined) return ctx.toast('desk-tools.field.asked-already')
      await ctx.changeButtons()
      const params = { who: await post.helperName(ctx.tx, ctx.person.id, owner), field: profile.name(owner, field), number: of.number }
      await post.tell(ctx, owner, caseId, 'desk-tools.field.to-owner', params, [[post.button(owner, 'desk-tools.field.answer.button', 'field-answer', AskData, { ask })]])
      await ctx.say('desk-tools.field.asked', { who: post.ownerName(owner, ctx.person), field: profile.name(ctx.person, field) })
    },
    answer: async (ctx, id) => {
      const ask = await findFieldAsk(ctx.tx, id, ctx.person.id)
      if (!ask) {
        ctx.toast('desk-tools.field.answered-already')
        await ctx.changeButtons()
        return
      }
      await ctx.press('edit-business', { id: ask.business, step: ask.field })
    },
    tell: async (ctx, businessId) => {
      const business = (await businessesOf(ctx.tx, ctx.person.id)).find(({ id }) => id === businessId)
      if (!business) return
      let isTold = false
      for (const ask of await openAsksOf(ctx.tx, businessId, ctx.person.id)) {
        const answer = business.answers[ask.field] ?? null
        const of = answer === null ? undefined : await findCase(ctx.tx, ask.caseId)
        if (!of) continue
        await settleFieldAsk(ctx.tx, ask.id, ctx.now)
        if (of.state === 'claimed') await letHappen(ctx.tx, { caseId: of.id, event: { type: 'owner-writes' }, by: ctx.person.id, now: ctx.now })
        for (const { person } of await helpersOf(ctx.tx, of.id)) {
          const reader = await getPerson(ctx.tx, person)
          await noteAccess(ctx.tx, { person: ctx.person.id, by: person, what: 'owner-card', now: ctx.now })
          await post.tell(ctx, reader, of.id, 'desk-tools.field.told', {
            who: post.ownerName(ctx.person, reader), number: of.number, field: profile.name(reader, ask.field), answer: profile.answer(reader, ask.field, answer),
          })
          await ctx.say('desk-tools.field.passed-on', { who: await post.helperName(ctx.tx, person, ctx.person) })
          isTold = true
        }
      }
      if (!isTold) await ctx.press('business-changed', { id: businessId })
    },
  }
}
