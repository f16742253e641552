// The coordinators' side: the requests that wait, reading one, and answering it.
import { noteAccess } from '../../people/access.ts'
import { audit } from '../../people/audit.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { copyOf, type Post } from './post.ts'
import { ageOf, excerpt, type HelpRequest, latestThatFit } from './request.ts'
import { addAnswer, countWaiting, findRequest, longestWaiting, messagesOf } from './store.ts'

/** More do not fit on a small screen. */
const LISTED = 10

export interface Answering {
  /** Lists the requests that wait longest. */
  list(ctx: Ctx): Promise<void>
  /** Shows a request in full and opens the form to answer it. */
  read(ctx: Ctx, requestId: number): Promise<void>
  /** Opens the form to answer a request. */
  begin(ctx: Ctx, requestId: number): Promise<void>
  /** Keeps an answer and brings it to the person who asked, if Telegram can reach her. */
  answer(ctx: Ctx, request: HelpRequest, body: string): Promise<void>
}

export function createAnswering({ post }: { post: Post }): Answering {
  async function list(ctx: Ctx): Promise<void> {
    const waiting = await longestWaiting(ctx.tx, LISTED)
    if (waiting.length === 0) {
      await ctx.say('help.list.none')
      return
    }
    const entries: string[] = []
    for (const { number, personId, createdAt, body } of waiting) {
      await noteAccess(ctx.tx, { person: personId, by: ctx.person.id, what: 'help-list', now: ctx.now })
      const who = post.nameOf(await getPerson(ctx.tx, personId), ctx.person)
      const { unit, count } = ageOf(createdAt, ctx.now)
      entries.push(ctx.t('help.list.entry', { number, who, age: ctx.label(`help.age.${unit}`, { count }), body: excerpt(body) }))
    }
    const count = await countWaiting(ctx.tx)
    const more = count > waiting.length ? ctx.t('help.list.more', { count: count - waiting.length }) : ''
    await ctx.sayHtml([ctx.t('help.list.title', { count }), ...entries, more].filter(Boolean).join('\n\n'), {
      keyboard: waiting.map(({ id, number }) => [ctx.button('help.list.answer.button', 'help-read', { request: id }, { number })]),
    })
  }

  async function read(ctx: Ctx, requestId: number): Promise<void> {
    const request = await findRequest(ctx.tx, requestId)
    if (!request) {
      ctx.toast('help.not-here')
      return
    }
    await noteAccess(ctx.tx, { person: request.personId, by: ctx.person.id, what: 'help-request', now: ctx.now })
    const owner = await getPerson(ctx.tx, request.personId)
    const who = post.nameOf(owner, ctx.person)
    const messages = latestThatFit(await messagesOf(ctx.tx, request.id)).map(({ authorId, body }) =>
      ctx.t(authorId === request.personId ? 'help.thread.question' : 'help.thread.answer', { who, body }),
    )
    await ctx.sayHtml([ctx.t('help.thread.title', { number: request.number, who }), ...messages].join('\n\n'), { onSent: copyOf(request) })
    await openForm(ctx, request)
  }

  async function begin(ctx: Ctx, requestId: number): Promise<void> {
    const request = await findRequest(ctx.tx, requestId)
    if (request) await openForm(ctx, request)
    else ctx.toast('help.not-here')
  }

  async function answer(ctx: Ctx, request: HelpRequest, body: string): Promise<void> {
    const owner = await getPerson(ctx.tx, request.personId)
    // An answer that nobody can get would count as one: the request stays open instead.
    if (owner.telegramId === null || owner.unreachableAt !== null) {
      await ctx.say('help.away', { number: request.number })
      return
    }
    await addAnswer(ctx.tx, { request, author: ctx.person.id, body, now: ctx.now })
    await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'help-answered', subject: `help-request:${request.id}` })
    await post.toOwner(ctx, owner, request, body)
    await post.tellAnswered(ctx, ctx.person, request)
    await ctx.say('help.sent', { number: request.number })
  }

  return { list, read, begin, answer }
}

async function openForm(ctx: Ctx, request: HelpRequest): Promise<void> {
  await ctx.startForm('help-answer', { subject: String(request.id), answers: { number: request.number } })
}
