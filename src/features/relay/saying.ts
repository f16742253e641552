// Says something in a case: keeps it, brings it to the others, and tells its author whom it reached. Why not is said, with a way out.
import type { CaseRefusal } from '../../cases/case.ts'
import { setActiveCase } from '../../cases/active.ts'
import { SaidData } from '../../cases/case-data.ts'
import { type Draft, draftsOf, dropDrafts, keepDraft } from '../../cases/drafts.ts'
import { letHappen } from '../../cases/happening.ts'
import { addMessage, type CaseMessage, findMessageSaid, sentTogether } from '../../cases/messages.ts'
import type { CasePost } from '../../cases/post.ts'
import type { Relaying } from '../../cases/relaying.ts'
import { type CaseRecord, findCase, hasLed } from '../../cases/store.ts'
import { isUrgent } from '../../conversation/parse/urgent.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { isTooLargeToRename, type Part, partOf, wordsOf } from '../../telegram/part.ts'
import type { OpenCase } from './addressing.ts'
import { namesSecret } from './caution.ts'
import { warnBoth } from './warning.ts'

export interface SayingDeps {
  readonly post: CasePost
  readonly relaying: Relaying
}

export interface Saying {
  /** Takes the message of this update to a case. @param answers the message of the case that it replies to */
  take(ctx: Ctx, caseId: number, answers?: number): Promise<void>
  /** Keeps the message and asks which case it is for. */
  hold(ctx: Ctx, cases: readonly OpenCase[]): Promise<void>
  /** What was held goes to this case. */
  release(ctx: Ctx, caseId: number): Promise<void>
  drop(ctx: Ctx): Promise<void>
}

export function createSaying({ post, relaying }: SayingDeps): Saying {
  /** What is not settled stays held for what she decides: `asked` whether to go on or begin anew, or refused here. */
  async function say(ctx: Ctx, caseId: number, parts: readonly Draft[], answers?: number): Promise<'settled' | 'asked' | 'refused'> {
    const found = await findCase(ctx.tx, caseId)
    const isOwner = found?.personId === ctx.person.id
    const happened = await letHappen(ctx.tx, { caseId, event: { type: isOwner ? 'owner-writes' : 'volunteer-writes' }, by: ctx.person.id, now: ctx.now })
    if (happened.type === 'gone') {
      await ctx.say('relay.gone')
      return 'refused'
    }
    if (happened.type === 'refused') {
      await refuse(ctx, happened.found, happened.reason, isOwner)
      return happened.reason === 'closed' && isOwner ? 'asked' : 'refused'
    }
    const of = happened.after
    await setActiveCase(ctx.tx, { person: ctx.person.id, caseId, now: ctx.now })
    const reached = new Set<string>()
    let last: CaseMessage | undefined
    for (const { part, sourceMessage } of parts) {
      const source = ctx.person.telegramId === null ? undefined : { chat: ctx.person.telegramId, message: sourceMessage }
      if (source && (await findMessageSaid(ctx.tx, source))) continue
      const said = await addMessage(ctx.tx, { caseId, author: ctx.person.id, part, source, now: ctx.now })
      last = said
      for (const reader of await relaying.carry(ctx, of, said, answers)) reached.add(reader.id === of.personId ? post.ownerName(reader, ctx.person) : await post.helperName(ctx.tx, reader.id, ctx.person))
    }
    if (last === undefined) return 'settled'
    // Of an album the first part was told of already, and takes the others back with it.
    if (parts.length > 1 || (await sentTogether(ctx.tx, last))[0]?.id === last.id) await confirm(ctx, of, [...reached], last.id)
    // In a case that is about a scam already she has heard it.
    if (isOwner && !of.urgent && parts.some(({ part }) => isUrgent(wordsOf(part) ?? ''))) await ctx.press('scam', {})
    if (parts.some(({ part }) => namesSecret(wordsOf(part) ?? ''))) await warnBoth(post, ctx, of)
    return 'settled'
  }

  /** Says whom it reached; quick messages in a row are told of once. */
  async function confirm(ctx: Ctx, of: CaseRecord, reached: readonly string[], said: number): Promise<void> {
    const key = reached.length > 0 ? 'relay.sent' : of.state === 'waiting' ? 'relay.added' : 'relay.kept'
    await ctx.say(key, { number: of.number, who: reached.join(', ') }, {
      keyboard: [[post.button(ctx.person, 'relay.withdraw.button', 'relay-withdraw', SaidData, { said })]],
      promptKey: `relayed:${of.id}`,
      silent: true,
    })
  }

  async function refuse(ctx: Ctx, of: CaseRecord, reason: CaseRefusal, isOwner: boolean): Promise<void> {
    const data = { case: of.id }
    if (reason === 'closed' && isOwner) {
      const part = ctx.message && partOf(ctx.message)
      if (ctx.message && part) await keepDraft(ctx.tx, { person: ctx.person.id, purpose: 'relay', part, sourceMessage: ctx.message.message_id, now: ctx.now })
      await ctx.say('relay.closed', { number: of.number }, {
        keyboard: [[ctx.button('relay.reopen.button', 'case-reopen', data, { number: of.number })], [ctx.button('help.new.button', 'relay-new')]],
      })
      return
    }
    // Who helped hears that it is over or stands still, not that it was never theirs.
    const helped = await hasLed(ctx.tx, of.id, ctx.person.id)
    const isOver = reason === 'closed' || (of.state === 'closed' && helped)
    await ctx.say(reason === 'frozen' || (of.state === 'frozen' && helped) ? 'relay.frozen' : isOver ? 'relay.closed-helper' : 'relay.not-yours', { number: of.number })
  }

  /** The part of this update's message, or a word about why it can't be taken. */
  async function partHere(ctx: Ctx): Promise<Part | undefined> {
    const part = ctx.message && partOf(ctx.message)
    if (!part) await ctx.say('relay.not-carried')
    else if (isTooLargeToRename(part)) await ctx.say('relay.too-large')
    else return part
    return undefined
  }

  const nameOf = async (ctx: Ctx, { id, as }: OpenCase): Promise<string> => {
    const of = await findCase(ctx.tx, id)
    if (!of) return ''
    if (as === 'helper') return post.ownerName(await getPerson(ctx.tx, of.personId), ctx.person)
    return of.volunteerId === null ? ctx.label('relay.queue') : post.helperName(ctx.tx, of.volunteerId, ctx.person)
  }

  async function hold(ctx: Ctx, cases: readonly OpenCase[]): Promise<void> {
    const part = await partHere(ctx)
    if (!part || !ctx.message) return
    await keepDraft(ctx.tx, { person: ctx.person.id, purpose: 'relay', part, sourceMessage: ctx.message.message_id, now: ctx.now })
    const held = await draftsOf(ctx.tx, ctx.person.id, 'relay')
    const showsNumber = held.some((one) => one.part.kind === 'contact')
    const rows = []
    for (const one of cases) rows.push([ctx.button('relay.to.button', 'relay-to', { case: one.id }, { number: one.number, who: await nameOf(ctx, one) })])
    const question = held.length > 1 ? (showsNumber ? 'relay.ask-several-contact' : 'relay.ask-several') : showsNumber ? 'relay.ask-contact' : cases.length === 1 ? 'relay.ask-one' : 'relay.ask'
    await ctx.say(question, { count: held.length }, {
      keyboard: [...rows, [ctx.button('relay.drop.button', 'relay-drop')]],
      promptKey: 'relay-ask',
    })
  }

  return {
    hold,
    take: async (ctx, caseId, answers) => {
      const found = await findCase(ctx.tx, caseId)
      const part = await partHere(ctx)
      if (!part || !ctx.message) return
      if (part.kind === 'contact' && found) {
        // The number in it will be seen: only after a yes.
        await hold(ctx, [{ id: found.id, number: found.number, as: found.personId === ctx.person.id ? 'owner' : 'helper' }])
        return
      }
      await say(ctx, caseId, [{ id: 0, part, sourceMessage: ctx.message.message_id }], answers)
    },
    release: async (ctx, caseId) => {
      const held = await draftsOf(ctx.tx, ctx.person.id, 'relay')
      const outcome = held.length === 0 ? undefined : await say(ctx, caseId, held)
      // Where nobody may write there it still waits for another choice.
      if (outcome !== 'refused') await ctx.changeButtons()
      if (outcome === undefined) ctx.toast('relay.nothing-held')
      if (outcome === 'settled') await dropDrafts(ctx.tx, ctx.person.id, 'relay')
    },
    drop: async (ctx) => {
      await dropDrafts(ctx.tx, ctx.person.id, 'relay')
      await ctx.changeButtons()
      await ctx.say('relay.dropped')
    },
  }
}
