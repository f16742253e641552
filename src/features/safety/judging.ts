// A coordinator opens a reported case for a day, reads what was said in it, and decides how it goes on. Everything is noted; nobody else
// gets in, whatever their button says.
import { letHappen } from '../../cases/happening.ts'
import { type CaseMessage, linkCopy, messagesOf, noteCopy } from '../../cases/messages.ts'
import type { Offering } from '../../cases/offering.ts'
import type { CasePost } from '../../cases/post.ts'
import { helpersInvolved, judgesOf } from '../../cases/reported.ts'
import { type CaseRecord, changeCase, findCase, holdCase } from '../../cases/store.ts'
import { enqueue } from '../../delivery/outbox.ts'
import { noteAccess } from '../../people/access.ts'
import { audit } from '../../people/audit.ts'
import { getPerson } from '../../people/store.ts'
import { formatLocal } from '../../people/time-zone.ts'
import { findVolunteer } from '../../people/volunteer-store.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { InlineButton } from '../../telegram/keyboards.ts'
import { neutralName, sendingOf } from '../../telegram/part.ts'
import { addLook, endLooks, lookUntil } from './look-store.ts'

export const DECISIONS = ['go-on', 'give-back', 'close'] as const
export type Decision = (typeof DECISIONS)[number]

export interface Judging {
  /** Opens the case for a day. */
  open(ctx: Ctx, caseId: number): Promise<void>
  /** Shows what was said after a message, a piece at a time. */
  read(ctx: Ctx, caseId: number, after: number): Promise<void>
  settle(ctx: Ctx, caseId: number, as: Decision): Promise<void>
}

const LOOK_FOR_MS = 24 * 3_600_000
/** Telegram takes about one message a second in a chat. */
const PIECE = 10

export function createJudging({ post, offering }: { post: CasePost; offering: Offering }): Judging {
  /** A frozen case that this coordinator may decide on. */
  async function judged(ctx: Ctx, of: CaseRecord | undefined): Promise<CaseRecord | undefined> {
    if (of?.state !== 'frozen') ctx.toast('safety.settled-already')
    else if (!(await judgesOf(ctx.tx, of)).includes(ctx.person.id)) ctx.toast('safety.own-matter')
    else return of
    await ctx.changeButtons()
    return undefined
  }

  /** As `judged`, and opened by them within a day. */
  async function opened(ctx: Ctx, caseId: number, of: CaseRecord | undefined): Promise<CaseRecord | undefined> {
    const found = await judged(ctx, of)
    if (!found || (await lookUntil(ctx.tx, { caseId, person: ctx.person.id, now: ctx.now })) !== undefined) return found
    ctx.toast('safety.not-open')
    await ctx.changeButtons([[ctx.button('safety.open.button', 'case-open', { case: caseId })]])
    return undefined
  }

  const decisions = (ctx: Ctx, caseId: number): InlineButton[][] => DECISIONS.map((as) => [ctx.button(`safety.settle.${as}.button`, 'case-settle', { case: caseId, as })])

  async function show(ctx: Ctx, of: CaseRecord, said: CaseMessage): Promise<void> {
    const chatId = ctx.person.telegramId
    if (chatId === null) return
    const who = said.author === of.personId ? post.ownerName(await getPerson(ctx.tx, said.author), ctx.person) : await post.helperName(ctx.tx, said.author, ctx.person)
    const when = formatLocal(said.createdAt, ctx.person.timeZone ?? 'Asia/Jakarta', ctx.person.language)
    const heading = ctx.t(said.withdrawnAt === null ? 'safety.read.heading' : 'safety.read.withdrawn', { who, when })
    // Its copy is of the case, not of the message: later changes of what was said are not the coordinator's.
    const { copy, onSent } = await noteCopy(ctx.tx, { caseId: of.id, chatId, now: ctx.now })
    const call = sendingOf(said.withdrawnAt === null ? said.part : { kind: 'text', text: '' }, { heading, protect: true, silent: true, fileName: neutralName(said.part, ctx.label('cases.file-name', { number: of.number })) })
    if (call.headingLeft) await enqueue(ctx.tx, { chatId, method: 'sendMessage', payload: { text: heading, parse_mode: 'HTML', disable_notification: true } }, ctx.now)
    await linkCopy(ctx.tx, copy, await enqueue(ctx.tx, { chatId, method: call.method, payload: call.payload, onSent }, ctx.now))
    for (const { method, payload } of call.rest) await enqueue(ctx.tx, { chatId, method, payload }, ctx.now)
  }

  /** Whoever held it may have left the team meanwhile. */
  async function mayGoOn(ctx: Ctx, { volunteerId }: CaseRecord): Promise<boolean> {
    if (volunteerId === null) return false
    const { roles } = await getPerson(ctx.tx, volunteerId)
    return roles.includes('coordinator') || (roles.includes('volunteer') && (await findVolunteer(ctx.tx, volunteerId))?.state === 'active')
  }

  return {
    open: async (ctx, caseId) => {
      const of = await judged(ctx, await holdCase(ctx.tx, caseId))
      if (!of) return
      const look = { caseId, person: ctx.person.id }
      const known = await lookUntil(ctx.tx, { ...look, now: ctx.now })
      const until = known ?? ctx.now + LOOK_FOR_MS
      if (known === undefined) {
        await addLook(ctx.tx, { ...look, until })
        await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'case-opened', subject: `help-request:${caseId}` })
        await noteAccess(ctx.tx, { person: of.personId, by: ctx.person.id, what: 'reported-case', now: ctx.now })
      }
      await post.tell(ctx, ctx.person, caseId, 'safety.opened', { number: of.number, until: formatLocal(until, ctx.person.timeZone ?? 'Asia/Jakarta', ctx.person.language) }, [
        [ctx.button('safety.read.button', 'case-read', { case: caseId, after: 0 })],
        ...decisions(ctx, caseId),
      ])
    },
    read: async (ctx, caseId, after) => {
      const of = await opened(ctx, caseId, await findCase(ctx.tx, caseId))
      if (!of) return
      const left = (await messagesOf(ctx.tx, caseId)).filter(({ id }) => id > after)
      const piece = left.slice(0, PIECE)
      for (const said of piece) await show(ctx, of, said)
      const last = piece.at(-1)
      if (last && left.length > piece.length) {
        await ctx.say('safety.read.more', { count: left.length - piece.length }, { keyboard: [[ctx.button('safety.read.more-button', 'case-read', { case: caseId, after: last.id })]] })
        return
      }
      await ctx.say('safety.read.end', { number: of.number }, { keyboard: decisions(ctx, caseId) })
    },
    settle: async (ctx, caseId, decided) => {
      const of = await opened(ctx, caseId, await holdCase(ctx.tx, caseId))
      if (!of) return
      const helpers = await helpersInvolved(ctx.tx, of)
      const as = decided === 'go-on' && of.frozenFrom !== 'closed' && !(await mayGoOn(ctx, of)) ? 'give-back' : decided
      const happened = await letHappen(ctx.tx, { caseId, event: { type: 'settle-report', as }, by: ctx.person.id, now: ctx.now })
      if (happened.type !== 'happened') return ctx.toast('safety.settled-already')
      await endLooks(ctx.tx, caseId, ctx.now)
      await changeCase(ctx.tx, caseId, { report_words: null })
      await ctx.changeButtons()
      const { after } = happened
      const outcome = after.state === 'waiting' ? 'give-back' : after.state === 'closed' ? 'close' : 'go-on'
      await ctx.say(`safety.settled.${outcome}`, { number: after.number })
      await post.tell(ctx, await getPerson(ctx.tx, after.personId), caseId, `safety.told.owner.${outcome}`, { number: after.number })
      for (const id of helpers) if (id !== ctx.person.id) await post.tell(ctx, await getPerson(ctx.tx, id), caseId, `safety.told.helper.${outcome}`, { number: after.number })
      if (outcome === 'give-back') await offering.offer(ctx, after)
    },
  }
}
