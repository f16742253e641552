// What someone who holds a case can do with it: give it back, hand it to a named colleague, or ask an expert to join. Coordinators give
// waiting cases to someone and move them. Every step is checked against who asks, not against the button.
import { mayVolunteersHelp } from '../../cases/audience.ts'
import type { CardWords } from '../../cases/card.ts'
import { CaseAndPersonData, CaseData } from '../../cases/case-data.ts'
import type { CaseEvent } from '../../cases/case.ts'
import { letHappen } from '../../cases/happening.ts'
import { rankVolunteers } from '../../cases/match.ts'
import type { Offering } from '../../cases/offering.ts'
import type { CasePost } from '../../cases/post.ts'
import type { Relaying } from '../../cases/relaying.ts'
import { type CaseRecord, findCase, helpersOf, loadsOf } from '../../cases/store.ts'
import { findPerson, getPerson } from '../../people/store.ts'
import { findVolunteer, volunteersOnDuty } from '../../people/volunteer-store.ts'
import type { Volunteer } from '../../people/volunteer.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { InlineButton } from '../../telegram/keyboards.ts'
import type { Cards } from './cards.ts'

export interface HoldingDeps {
  readonly post: CasePost
  readonly offering: Offering
  readonly relaying: Relaying
  readonly words: CardWords
  readonly cards: Cards
}

export interface Holding {
  /** Everything that can be done with a case, as buttons. */
  menu(ctx: Ctx, caseId: number): Promise<void>
  askRelease(ctx: Ctx, caseId: number): Promise<void>
  release(ctx: Ctx, caseId: number): Promise<void>
  /** Colleagues to hand it to, or to ask to join. */
  choose(ctx: Ctx, caseId: number, to: 'hand-over' | 'join'): Promise<void>
  handOver(ctx: Ctx, caseId: number, to: number): Promise<void>
  join(ctx: Ctx, caseId: number, expert: number): Promise<void>
}

const COLLEAGUES_SHOWN = 8

export function createHolding({ post, offering, relaying, words, cards }: HoldingDeps): Holding {
  /** A case the person helps with, or any case for a coordinator where `orCoordinator`. */
  async function mine(ctx: Ctx, caseId: number, orCoordinator = false): Promise<CaseRecord | undefined> {
    const of = await findCase(ctx.tx, caseId)
    const helps = of !== undefined && (await helpersOf(ctx.tx, caseId)).some(({ person }) => person === ctx.person.id)
    if (of && (helps || (orCoordinator && ctx.person.roles.includes('coordinator') && of.personId !== ctx.person.id))) return of
    ctx.toast('desk.not-yours')
    await ctx.changeButtons()
    return undefined
  }

  async function happens(ctx: Ctx, caseId: number, event: CaseEvent) {
    const happened = await letHappen(ctx.tx, { caseId, event, by: ctx.person.id, now: ctx.now })
    await ctx.changeButtons()
    if (happened.type === 'happened') return happened
    ctx.toast(happened.type === 'gone' ? 'desk.gone' : happened.reason === 'yours' ? 'desk.has-it-already' : 'desk.not-yours')
    return undefined
  }

  async function isActiveVolunteer(ctx: Ctx, person: number): Promise<boolean> {
    const roles = (await findPerson(ctx.tx, person))?.roles ?? []
    return roles.includes('coordinator') || (roles.includes('volunteer') && (await findVolunteer(ctx.tx, person))?.state === 'active')
  }

  /** With an owner who wants coordinators alone no volunteer is brought in. */
  async function isWelcome(ctx: Ctx, of: CaseRecord, person: number): Promise<boolean> {
    return (await mayVolunteersHelp(ctx.tx, of)) || (await getPerson(ctx.tx, person)).roles.includes('coordinator')
  }

  /** Whether this colleague may be brought into a case; else why not is said. */
  async function mayBring(ctx: Ctx, caseId: number, person: number): Promise<boolean> {
    const of = await findCase(ctx.tx, caseId)
    if (!(await isActiveVolunteer(ctx, person))) ctx.toast('desk.colleague.gone')
    else if (of && !(await isWelcome(ctx, of, person))) ctx.toast('desk.colleague.not-wanted')
    else return true
    return false
  }

  return {
    menu: async (ctx, caseId) => {
      const of = await mine(ctx, caseId)
      if (!of) return
      const data = { case: caseId }
      const owner = await getPerson(ctx.tx, of.personId)
      const pair = (...names: readonly string[]): InlineButton[] => names.map((name) => post.button(ctx.person, `desk.${name}.button`, `case-${name}`, CaseData, data))
      await post.tell(ctx, ctx.person, caseId, 'desk.menu.title', { number: of.number, who: post.ownerName(owner, ctx.person), topic: words.topic(ctx.person, of) }, [
        pair('solved', 'owner-card'), pair('canned', 'note'), pair('ask-field', 'choose-expert'), pair('choose-colleague', 'ask-release'), [post.button(ctx.person, 'cases.report.button', 'case-report', CaseData, data)],
      ])
    },
    askRelease: async (ctx, caseId) => {
      const of = await mine(ctx, caseId)
      if (of) await ctx.say('desk.release.ask', { number: of.number }, { keyboard: [[ctx.button('desk.release.yes.button', 'case-release', { case: caseId })], [ctx.button('desk.release.no.button', 'case-menu', { case: caseId })]] })
    },
    release: async (ctx, caseId) => {
      const happened = await happens(ctx, caseId, { type: 'release' })
      if (!happened) return
      const { after, helpers } = happened
      await ctx.say('desk.release.done', { number: after.number })
      for (const { person } of helpers) if (person !== ctx.person.id) await post.tell(ctx, await getPerson(ctx.tx, person), caseId, 'cases.told.given-back', { number: after.number })
      await post.tell(ctx, await getPerson(ctx.tx, after.personId), caseId, 'cases.told.released', { number: after.number })
      await offering.offer(ctx, after)
    },
    choose: async (ctx, caseId, to) => {
      const of = await mine(ctx, caseId, true)
      if (!of) return
      const onDuty: Volunteer[] = []
      for (const one of await volunteersOnDuty(ctx.tx, ctx.now)) if (await isWelcome(ctx, of, one.person)) onDuty.push(one)
      const loads = await loadsOf(ctx.tx, of.personId, ctx.now)
      const wanted = { owner: of.personId, area: of.area, sector: null, village: null, language: 'id', urgent: true }
      const has = new Set((await helpersOf(ctx.tx, caseId)).map(({ person }) => person))
      const ranked = rankVolunteers(wanted, onDuty, loads, 'on-duty', ctx.now)
      const experts = ranked.filter(({ expertIn }) => expertIn.length > 0 && (of.area === null || expertIn.includes(of.area)))
      const fit = (to === 'join' ? experts : ranked).filter(({ person }) => !has.has(person))
      const offered: Volunteer[] = []
      for (const one of fit) if (offered.length < COLLEAGUES_SHOWN && (await isWelcome(ctx, of, one.person))) offered.push(one)
      if (offered.length === 0) {
        await ctx.say(to === 'join' ? 'desk.expert.none-now' : 'desk.colleague.none')
        return
      }
      const keyboard = offered.map(({ person, shownName }) => [post.button(ctx.person, 'desk.colleague.one.button', to === 'join' ? 'case-join' : 'case-give', CaseAndPersonData, { case: caseId, person }, { who: shownName })])
      await ctx.say(to === 'join' ? 'desk.expert.choose' : 'desk.colleague.choose', { number: of.number }, { keyboard })
    },
    handOver: async (ctx, caseId, to) => {
      if (!(await mayBring(ctx, caseId, to))) return
      const happened = await happens(ctx, caseId, { type: 'hand-over', to })
      if (!happened) return
      const { after, before, helpers } = happened
      const who = await post.helperName(ctx.tx, to, ctx.person)
      await ctx.say('desk.colleague.done', { number: after.number, who })
      if (before.volunteerId !== null && before.volunteerId !== ctx.person.id) await post.tell(ctx, await getPerson(ctx.tx, before.volunteerId), caseId, 'cases.told.moved', { number: after.number })
      await cards.handTo(ctx, after, to, { hasReadIt: helpers.some(({ person }) => person === to) })
    },
    join: async (ctx, caseId, expert) => {
      if (!(await mayBring(ctx, caseId, expert))) return
      const happened = await happens(ctx, caseId, { type: 'join', expert })
      if (!happened) return
      const { after } = happened
      const reader = await getPerson(ctx.tx, expert)
      await ctx.say('desk.expert.joined', { number: after.number, who: await post.helperName(ctx.tx, expert, ctx.person) })
      await post.tell(ctx, reader, caseId, 'desk.expert.invited', { number: after.number, who: await post.helperName(ctx.tx, ctx.person.id, reader) })
      await relaying.bringUpToDate(ctx, after, reader)
      const owner = await getPerson(ctx.tx, after.personId)
      await post.tell(ctx, owner, caseId, 'cases.told.joined', { number: after.number, who: await post.helperName(ctx.tx, expert, owner) })
    },
  }
}
