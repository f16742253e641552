// Which case a helper means, and whether they help in it now: looked up every time, whatever a button or an open form says.
import { activeCaseOf } from '../../cases/active.ts'
import type { CasePost } from '../../cases/post.ts'
import { type CaseRecord, casesAssignedTo, findCase, helpersOf } from '../../cases/store.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'

export interface Choosing {
  /** The case they are at, or their only one; undefined after asking which, with a button of this name for each. */
  current(ctx: Ctx, button: string): Promise<number | undefined>
  /** A case they help with now; undefined after saying that it is not. */
  mine(ctx: Ctx, caseId: number): Promise<CaseRecord | undefined>
}

export function createChoosing({ post }: { post: CasePost }): Choosing {
  return {
    current: async (ctx, button) => {
      const held = await casesAssignedTo(ctx.tx, ctx.person.id)
      const active = await activeCaseOf(ctx.tx, ctx.person.id)
      const [only, ...others] = held
      if (!only) {
        await ctx.say('desk-tools.no-case')
        return undefined
      }
      const current = held.find(({ id }) => id === active?.caseId) ?? (others.length === 0 ? only : undefined)
      if (current) return current.id
      const keyboard = []
      for (const of of held) {
        const who = post.ownerName(await getPerson(ctx.tx, of.personId), ctx.person)
        keyboard.push([ctx.button('desk-tools.which.button', button, { case: of.id }, { number: of.number, who })])
      }
      await ctx.say('desk-tools.which.ask', {}, { keyboard })
      return undefined
    },
    mine: async (ctx, caseId) => {
      const of = await findCase(ctx.tx, caseId)
      if (of && (await helpersOf(ctx.tx, caseId)).some(({ person }) => person === ctx.person.id)) return of
      if (!ctx.callbackQuery) {
        await ctx.say('desk-tools.not-yours')
        return undefined
      }
      ctx.toast('desk-tools.not-yours')
      await ctx.changeButtons()
      return undefined
    },
  }
}
