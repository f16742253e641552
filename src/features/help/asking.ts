// The side of the person who asks: a new request, something to add to it, and saying that it helped.
import { isUrgent } from '../../conversation/parse/urgent.ts'
import { audit } from '../../people/audit.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { Post } from './post.ts'
import type { HelpRequest } from './request.ts'
import { addQuestion, closeRequest, createRequest, findRequest, findWaitingRequest } from './store.ts'

export interface Asking {
  /** Opens the form; whoever waits for an answer already is asked first whether to add to that request. */
  begin(ctx: Ctx): Promise<void>
  /** Opens the form to add to her own request. */
  beginMore(ctx: Ctx, requestId: number): Promise<void>
  /** Keeps a new request and brings it to the coordinators. */
  ask(ctx: Ctx, body: string): Promise<void>
  /** Keeps what she adds to her own request and brings it to the coordinators. */
  add(ctx: Ctx, request: HelpRequest, body: string): Promise<void>
  /** Closes her own request; a second tap changes nothing. */
  close(ctx: Ctx, requestId: number): Promise<void>
}

export function createAsking({ post }: { post: Post }): Asking {
  return {
    begin: async (ctx) => {
      const waiting = await findWaitingRequest(ctx.tx, ctx.person.id)
      if (!waiting || ctx.conversations.some((row) => row.form === 'help')) {
        await ctx.startForm('help')
        return
      }
      await ctx.say('help.waiting', { number: waiting.number }, {
        keyboard: [[ctx.button('help.add.button', 'help-more', { request: waiting.id })], [ctx.button('help.new.button', 'help-new')]],
      })
    },
    beginMore: async (ctx, requestId) => {
      const request = await findOwnRequest(ctx, requestId)
      if (!request) {
        ctx.toast('help.not-here')
        return
      }
      await ctx.startForm('help-more', { subject: String(request.id), answers: { number: request.number } })
    },
    ask: async (ctx, body) => {
      // Advice that can't wait comes before anything else; the request goes on its way all the same.
      if (isUrgent(body)) await ctx.say('home.scam')
      const request = await createRequest(ctx.tx, { person: ctx.person.id, body, now: ctx.now })
      const readers = await post.toCoordinators(ctx, ctx.person, request, { body, isNew: true })
      await post.toGroup(ctx, request)
      await ctx.say(readers > 0 ? 'help.received' : 'help.received-nobody', { number: request.number })
    },
    add: async (ctx, request, body) => {
      await addQuestion(ctx.tx, { request, body, now: ctx.now })
      const readers = await post.toCoordinators(ctx, ctx.person, request, { body, isNew: false })
      await ctx.say(readers > 0 ? 'help.added' : 'help.added-nobody', { number: request.number })
    },
    close: async (ctx, requestId) => {
      const request = await findOwnRequest(ctx, requestId)
      if (!request) {
        ctx.toast('help.not-here')
        return
      }
      await ctx.changeButtons()
      if (!(await closeRequest(ctx.tx, { id: request.id, now: ctx.now }))) {
        ctx.toast('help.closed-already')
        return
      }
      await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'help-closed', subject: `help-request:${request.id}` })
      await ctx.say('help.closed', { number: request.number })
    },
  }
}

/** A request by an id that came in from outside: hers, or none. */
async function findOwnRequest(ctx: Ctx, id: number): Promise<HelpRequest | undefined> {
  const request = await findRequest(ctx.tx, id)
  return request?.personId === ctx.person.id ? request : undefined
}
