// What happens to something said afterwards: its author changes the words or takes it back.
import { findMessage, findMessageSaid, rewordMessage, sentTogether, withdrawMessage } from '../../cases/messages.ts'
import type { Relaying } from '../../cases/relaying.ts'
import type { CasePost } from '../../cases/post.ts'
import { helpersOf, holdCase } from '../../cases/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { partOf, wordsOf } from '../../telegram/part.ts'
import { namesSecret } from './caution.ts'
import { warnBoth } from './warning.ts'

export interface Changing {
  /** She edited a message of hers. Says whether it was said in a case. */
  edit(ctx: Ctx): Promise<boolean>
  withdraw(ctx: Ctx, said: number): Promise<void>
}

export function createChanging({ post, relaying }: { post: CasePost; relaying: Relaying }): Changing {
  /** Who left a case can't speak in it any more, not even by changing what was said. It is held: who joins at this moment is shown the new words. */
  async function mayChange(ctx: Ctx, caseId: number) {
    const of = await holdCase(ctx.tx, caseId)
    if (!of || of.state === 'frozen' || of.state === 'closed') return undefined
    return of.personId === ctx.person.id || (await helpersOf(ctx.tx, caseId)).some(({ person }) => person === ctx.person.id) ? of : undefined
  }

  return {
    edit: async (ctx) => {
      const message = ctx.editedMessage
      const part = message && partOf(message)
      const said = message && (await findMessageSaid(ctx.tx, { chat: message.chat.id, message: message.message_id }))
      if (!part || !said || said.author !== ctx.person.id) return false
      const of = await mayChange(ctx, said.caseId)
      if (!of || said.withdrawnAt !== null) {
        await ctx.say('relay.edit-too-late')
        return true
      }
      await rewordMessage(ctx.tx, said.id, part, ctx.now)
      await relaying.reword(ctx, of, { ...said, part })
      if (namesSecret(wordsOf(part) ?? '') && !namesSecret(wordsOf(said.part) ?? '')) await warnBoth(post, ctx, of)
      await ctx.say('relay.edited', { number: of.number }, { promptKey: `reworded:${said.id}`, silent: true })
      return true
    },
    withdraw: async (ctx, id) => {
      const meant = await findMessage(ctx.tx, id)
      if (meant?.author !== ctx.person.id) {
        ctx.toast('relay.not-yours-toast')
        return
      }
      const of = await holdCase(ctx.tx, meant.caseId)
      const said = (await findMessage(ctx.tx, id)) ?? meant
      // While a coordinator looks into it nothing of it changes.
      if (of?.state === 'frozen') {
        ctx.toast('relay.withdraw-later')
        return
      }
      await ctx.changeButtons()
      if (said.withdrawnAt !== null) {
        ctx.toast('relay.withdrawn-already')
        return
      }
      let tooOld = 0
      for (const one of await sentTogether(ctx.tx, said)) {
        tooOld += await relaying.withdraw(ctx, one)
        await withdrawMessage(ctx.tx, one.id, ctx.now)
      }
      await ctx.say(tooOld > 0 ? 'relay.withdrawn-in-part' : 'relay.withdrawn')
    },
  }
}
