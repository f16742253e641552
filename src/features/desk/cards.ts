// What a volunteer does with a case that is offered: looks into it, takes it, leaves it to others, or asks for an expert. The first tap wins.
import { setActiveCase } from '../../cases/active.ts'
import { isOpenTo } from '../../cases/audience.ts'
import { markCard } from '../../cases/card-store.ts'
import { type CardWords, readCard } from '../../cases/card.ts'
import type { CaseRefusal } from '../../cases/case.ts'
import { CaseData } from '../../cases/case-data.ts'
import { letHappen } from '../../cases/happening.ts'
import { shownNotesOf } from '../../cases/notes.ts'
import type { Offering } from '../../cases/offering.ts'
import type { CasePost } from '../../cases/post.ts'
import type { Relaying } from '../../cases/relaying.ts'
import { whoWasReportedIn } from '../../cases/reported.ts'
import { type CaseRecord, casesAssignedTo, findCase } from '../../cases/store.ts'
import { noteAccess } from '../../people/access.ts'
import { getPerson } from '../../people/store.ts'
import { findVolunteer } from '../../people/volunteer-store.ts'
import { formatLocal, zoneOf } from '../../people/time-zone.ts'
import { enqueue } from '../../delivery/outbox.ts'
import type { Ctx } from '../../telegram/context.ts'

export interface CardsDeps {
  readonly post: CasePost
  readonly offering: Offering
  readonly relaying: Relaying
  readonly words: CardWords
}

export interface Cards {
  look(ctx: Ctx, caseId: number): Promise<void>
  claim(ctx: Ctx, caseId: number): Promise<void>
  skip(ctx: Ctx, caseId: number): Promise<void>
  askExpert(ctx: Ctx, caseId: number): Promise<void>
  /** Someone has the case now, by their own tap or because it was given to them: everyone is told. */
  handTo(ctx: Ctx, of: CaseRecord, helper: number, more?: { readonly hasReadIt: boolean }): Promise<void>
}

export function createCards({ post, offering, relaying, words }: CardsDeps): Cards {
  /** An approved volunteer or a coordinator; anyone else is led to the bot. */
  async function mayHelp(ctx: Ctx): Promise<boolean> {
    if (ctx.person.roles.includes('coordinator')) return true
    const volunteer = await findVolunteer(ctx.tx, ctx.person.id)
    if (volunteer?.state === 'active' && ctx.person.roles.includes('volunteer')) return true
    ctx.toast(volunteer?.state === 'waiting' ? 'desk.not-approved' : 'desk.not-a-volunteer')
    return false
  }

  /** A case that is still to be had; else why not. */
  async function waiting(ctx: Ctx, caseId: number): Promise<CaseRecord | undefined> {
    if (!(await mayHelp(ctx))) return undefined
    const of = await shown(ctx, caseId)
    if (of?.state === 'waiting' && of.personId !== ctx.person.id) return of
    ctx.toast(of === undefined ? 'desk.gone' : of.personId === ctx.person.id ? 'desk.refused.own-case' : 'desk.refused.taken')
    if (inPrivate(ctx)) await ctx.changeButtons()
    return undefined
  }

  /** A case, as long as it may be shown to whoever asks: what waits and was not sent to them is not there. */
  async function shown(ctx: Ctx, caseId: number): Promise<CaseRecord | undefined> {
    const of = await findCase(ctx.tx, caseId)
    const audience = ctx.person.roles.includes('coordinator') ? 'coordinators' : 'volunteers'
    if (of?.state === 'waiting' && audience === 'volunteers' && (await whoWasReportedIn(ctx.tx, caseId)).has(ctx.person.id)) return undefined
    return of === undefined || of.state !== 'waiting' || of.personId === ctx.person.id || (await isOpenTo(ctx.tx, of, audience)) ? of : undefined
  }

  async function handTo(ctx: Ctx, of: CaseRecord, helper: number, { hasReadIt } = { hasReadIt: false }): Promise<void> {
    const reader = await getPerson(ctx.tx, helper)
    const owner = await getPerson(ctx.tx, of.personId)
    // Given to someone who is talking in another case it must not take the next words from there.
    const isTheirWish = helper === ctx.person.id || (await casesAssignedTo(ctx.tx, helper)).length === 1
    if (isTheirWish) await setActiveCase(ctx.tx, { person: helper, caseId: of.id, now: ctx.now })
    await noteAccess(ctx.tx, { person: of.personId, by: helper, what: 'help-request', now: ctx.now })
    await offering.retireCards(ctx, of, 'taken', helper)
    const zone = zoneOf(reader)
    const fresh = await findCase(ctx.tx, of.id)
    const until = fresh?.leaseUntil ? formatLocal(fresh.leaseUntil, zone, reader.language) : ''
    const params = { number: of.number, who: post.ownerName(owner, reader), until }
    if (helper === ctx.person.id) await post.tell(ctx, reader, of.id, 'desk.yours', params)
    else await post.tell(ctx, reader, of.id, 'desk.given', { ...params, by: await post.helperName(ctx.tx, ctx.person.id, reader) })
    if (!hasReadIt) await relaying.bringUpToDate(ctx, of, reader)
    const notes = await shownNotesOf(ctx.tx, of.id)
    if (notes.length > 0) {
      const lines = []
      for (const { author, body } of notes) lines.push(post.speaker.html(reader, 'desk.notes.line', { who: await post.helperName(ctx.tx, author, reader), body }, ctx.now))
      await post.tellHtml(ctx, reader, of.id, [post.speaker.html(reader, 'desk.notes.title', { number: of.number }, ctx.now), ...lines].join('\n'))
    }
    await post.tell(ctx, reader, of.id, 'desk.now-write', { who: post.ownerName(owner, reader) }, [[post.button(reader, 'desk.menu.button', 'case-menu', CaseData, { case: of.id })]])
    await post.tell(ctx, owner, of.id, 'cases.told.claimed', { number: of.number, who: await post.helperName(ctx.tx, helper, owner) })
  }

  return {
    handTo,
    look: async (ctx, caseId) => {
      const of = await waiting(ctx, caseId)
      if (!of) return
      const isNews = await markCard(ctx.tx, { caseId, person: ctx.person.id, as: 'opened_at', now: ctx.now })
      await noteAccess(ctx.tx, { person: of.personId, by: ctx.person.id, what: 'help-card', now: ctx.now })
      const content = await readCard(ctx.tx, of)
      await post.tellHtml(ctx, ctx.person, caseId, words.html(ctx.person, content, ctx.now, true), {
        keyboard: [
          [ctx.button('cases.claim.button', 'case-claim', { case: caseId })],
          [ctx.button('cases.skip.button', 'case-skip', { case: caseId }), ctx.button('cases.expert.button', 'case-expert', { case: caseId })],
        ],
      })
      if (isNews) await offering.updateStanding(ctx, of)
    },
    claim: async (ctx, caseId) => {
      if (!(await mayHelp(ctx))) return
      const isThere = (await shown(ctx, caseId)) !== undefined
      const happened = isThere ? await letHappen(ctx.tx, { caseId, event: { type: 'claim' }, by: ctx.person.id, now: ctx.now }) : { type: 'gone' as const }
      if (happened.type === 'happened') {
        await handTo(ctx, happened.after, ctx.person.id)
        if (!inPrivate(ctx)) await leadToPrivate(ctx, happened.after.number)
        return
      }
      ctx.toast(happened.type === 'gone' ? 'desk.gone' : `desk.refused.${refusalText(happened.reason)}`)
      if (inPrivate(ctx)) await ctx.changeButtons()
    },
    skip: async (ctx, caseId) => {
      if (!(await mayHelp(ctx))) return
      await markCard(ctx.tx, { caseId, person: ctx.person.id, as: 'skipped_at', now: ctx.now })
      await ctx.changeButtons()
      ctx.toast('desk.skipped')
    },
    askExpert: async (ctx, caseId) => {
      const of = await waiting(ctx, caseId)
      if (!of) return
      const asked = await offering.offerToExperts(ctx, of, ctx.person.id)
      ctx.toast(asked > 0 ? 'desk.expert.asked' : 'desk.expert.none')
      if (asked === 0) return
      await markCard(ctx.tx, { caseId, person: ctx.person.id, as: 'skipped_at', now: ctx.now })
      await ctx.changeButtons()
      await offering.updateStanding(ctx, of)
    },
  }

  /** Whoever won in the group goes on in their own chat with the bot. */
  async function leadToPrivate(ctx: Ctx, number: number): Promise<void> {
    ctx.toast('desk.won-in-group', { number })
    const chat = ctx.chat
    if (!chat || (ctx.person.unreachableAt === null && ctx.person.telegramId !== null)) return
    const openChat = { text: ctx.label('home.open-chat.button'), url: `https://t.me/${ctx.me.username}?start=grup` }
    await ctx.say('desk.open-chat', { number }, { inChat: { chatId: chat.id, replyTo: ctx.callbackQuery?.message?.message_id ?? 0 }, keyboard: [[openChat]] })
    await enqueue(ctx.tx, { chatId: chat.id, method: 'editMessageReplyMarkup', payload: { message_id: ctx.callbackQuery?.message?.message_id ?? 0, reply_markup: { inline_keyboard: [] } } }, ctx.now)
  }
}

const inPrivate = (ctx: Ctx): boolean => ctx.chat?.type === 'private'

/** Refusals a claim can meet, each with its own words. */
function refusalText(reason: CaseRefusal): 'yours' | 'own-case' | 'closed' | 'frozen' | 'taken' {
  return reason === 'yours' || reason === 'own-case' || reason === 'closed' || reason === 'frozen' ? reason : 'taken'
}
