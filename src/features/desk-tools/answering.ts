// Canned answers in a case: found by words or in a list, shown before they are sent, and sent as if the helper had written them.
import { setActiveCase } from '../../cases/active.ts'
import { SaidData } from '../../cases/case-data.ts'
import { letHappen } from '../../cases/happening.ts'
import { addMessage, findMessageSaid } from '../../cases/messages.ts'
import type { CasePost } from '../../cases/post.ts'
import type { Relaying } from '../../cases/relaying.ts'
import type { CannedText } from '../../content/canned-answers.ts'
import { defineForm, textField } from '../../conversation/form.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { cannedAnswers, findCannedAnswer } from './canned-store.ts'
import type { Choosing } from './choosing.ts'
import { searchCanned } from './searching.ts'

/** Its subject is the case. */
export const searchForm = defineForm({ name: 'canned-search', version: 1, review: false, steps: { words: textField({ min: 2, max: 60, ownWords: true }) } })

/** More do not fit on a small screen. */
const LISTED = 8

export interface Answering {
  /** Lists answers for a case; with `typed` those that fit. */
  list(ctx: Ctx, caseId: number, typed?: string): Promise<void>
  askWords(ctx: Ctx, caseId: number): Promise<void>
  show(ctx: Ctx, caseId: number, answer: number): Promise<void>
  send(ctx: Ctx, caseId: number, answer: number): Promise<void>
}

export interface AnsweringDeps {
  readonly post: CasePost
  readonly relaying: Relaying
  readonly choosing: Choosing
  /** What a new clinic begins with. */
  readonly shipped: readonly CannedText[]
}

export function createAnswering({ post, relaying, choosing, shipped }: AnsweringDeps): Answering {
  return {
    list: async (ctx, caseId, typed = '') => {
      const of = await choosing.mine(ctx, caseId)
      if (!of) return
      const found = searchCanned(await cannedAnswers(ctx.tx, shipped, ctx.now), typed)
      const key = found.length > 0 ? 'desk-tools.canned.list' : 'desk-tools.canned.none'
      await ctx.say(key, { number: of.number }, {
        keyboard: [
          ...found.slice(0, LISTED).map(({ id, title }) => [{ ...ctx.button('desk-tools.canned.search.button', 'canned-show', { case: caseId, answer: id }), text: title }]),
          [ctx.button('desk-tools.canned.search.button', 'canned-search', { case: caseId })],
        ],
      })
    },
    askWords: async (ctx, caseId) => {
      if (await choosing.mine(ctx, caseId)) await ctx.startForm(searchForm.name, { subject: String(caseId) })
    },
    show: async (ctx, caseId, id) => {
      const of = await choosing.mine(ctx, caseId)
      if (!of) return
      const answer = await findCannedAnswer(ctx.tx, id)
      if (!answer) return ctx.toast('desk-tools.canned.gone')
      const who = post.ownerName(await getPerson(ctx.tx, of.personId), ctx.person)
      await ctx.say('desk-tools.canned.show', { ...answer, who }, { keyboard: [[ctx.button('desk-tools.canned.send.button', 'canned-send', { case: caseId, answer: id })]] })
    },
    send: async (ctx, caseId, id) => {
      if (!(await choosing.mine(ctx, caseId))) return
      const answer = await findCannedAnswer(ctx.tx, id)
      if (!answer) return ctx.toast('desk-tools.canned.gone')
      // The message that shows the answer stands in for one she typed: tapped twice, it is said once.
      const tapped = ctx.callbackQuery?.message
      const source = tapped && { chat: tapped.chat.id, message: tapped.message_id }
      if (source && (await findMessageSaid(ctx.tx, source))) return ctx.toast('desk-tools.canned.sent-already')
      const happened = await letHappen(ctx.tx, { caseId, event: { type: 'volunteer-writes' }, by: ctx.person.id, now: ctx.now })
      if (happened.type !== 'happened') return ctx.toast('desk-tools.not-yours')
      await setActiveCase(ctx.tx, { person: ctx.person.id, caseId, now: ctx.now })
      const said = await addMessage(ctx.tx, { caseId, author: ctx.person.id, part: { kind: 'text', text: answer.body }, source, now: ctx.now })
      const readers = await relaying.carry(ctx, happened.after, said)
      await ctx.changeButtons()
      const owner = await getPerson(ctx.tx, happened.after.personId)
      await ctx.say(readers.some((reader) => reader.id === owner.id) ? 'desk-tools.canned.sent' : 'desk-tools.canned.kept', { who: post.ownerName(owner, ctx.person), number: happened.after.number }, {
        keyboard: [[post.button(ctx.person, 'relay.withdraw.button', 'relay-withdraw', SaidData, { said: said.id })]],
      })
    },
  }
}
