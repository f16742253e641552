// The lists: what a volunteer has in hand and what waits, and for coordinators the whole queue.
import type { Audience } from '../../cases/audience.ts'
import type { CardWords } from '../../cases/card.ts'
import { rankVolunteers } from '../../cases/match.ts'
import { readCard } from '../../cases/card.ts'
import type { CasePost } from '../../cases/post.ts'
import { whoWasReportedIn } from '../../cases/reported.ts'
import { type CaseRecord, casesAssignedTo, countWaiting, heldCases, queue } from '../../cases/store.ts'
import { noteAccess } from '../../people/access.ts'
import { getPerson } from '../../people/store.ts'
import { findVolunteer } from '../../people/volunteer-store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { inRows } from '../../telegram/keyboards.ts'
import type { Cards } from './cards.ts'

export interface Listing {
  /** The volunteer's desk. */
  desk(ctx: Ctx): Promise<void>
  /** Shows the case at the head of the queue that fits her: for whoever has ten minutes. */
  next(ctx: Ctx): Promise<void>
  /** Everything that waits, for coordinators. */
  waiting(ctx: Ctx): Promise<void>
}

/** More do not fit on a small screen. */
const LISTED = 10
const HELD_LISTED = 6
/** So far down the queue a fitting case is looked for. */
const LOOKED_THROUGH = 50

export function createListing({ post, words, cards }: { post: CasePost; words: CardWords; cards: Cards }): Listing {
  /** Who has it and since when it waits: nothing of what is said in it. */
  async function heldLine(ctx: Ctx, of: CaseRecord): Promise<string> {
    const who = of.volunteerId === null ? ctx.label('cases.colleague') : await post.helperName(ctx.tx, of.volunteerId, ctx.person)
    const key = of.turn === 'volunteer' ? 'desk.held.helper-turn' : 'desk.held.owner-turn'
    return ctx.t(key, { number: of.number, who, topic: words.topic(ctx.person, of), waited: words.span(ctx.person, ctx.now - of.lastAt) })
  }

  return {
    desk: async (ctx) => {
      const held = await casesAssignedTo(ctx.tx, ctx.person.id)
      const waiting = await countWaiting(ctx.tx, audienceOf(ctx))
      const lines: string[] = []
      for (const of of held) {
        const who = post.ownerName(await getPerson(ctx.tx, of.personId), ctx.person)
        lines.push(ctx.t(of.turn === 'volunteer' ? 'desk.list.your-turn' : 'desk.list.her-turn', { number: of.number, who, topic: words.topic(ctx.person, of), waited: words.span(ctx.person, ctx.now - of.lastAt) }))
      }
      const html = [held.length === 0 ? ctx.t('desk.list.none') : ctx.t('desk.list.title', { count: held.length }), ...lines, ctx.t('desk.list.waiting', { count: waiting })]
      await ctx.sayHtml(html.join('\n\n'), {
        keyboard: [
          ...held.slice(0, LISTED).map(({ id, number }) => [ctx.button('desk.list.case.button', 'case-menu', { case: id }, { number })]),
          waiting > 0 ? [ctx.button('desk.list.next.button', 'case-next')] : [],
        ],
      })
    },
    next: async (ctx) => {
      const volunteer = await findVolunteer(ctx.tx, ctx.person.id)
      const open: CaseRecord[] = []
      for (const of of await queue(ctx.tx, LOOKED_THROUGH, audienceOf(ctx))) {
        if (of.personId !== ctx.person.id && !(await whoWasReportedIn(ctx.tx, of.id)).has(ctx.person.id)) open.push(of)
      }
      for (const of of open) {
        const content = await readCard(ctx.tx, of)
        const wanted = { owner: of.personId, area: of.area, sector: content.sector, village: content.village, language: content.language, urgent: true }
        // Whoever asks for work has room for it, whatever the week held.
        const fits = !volunteer || rankVolunteers(wanted, [{ ...volunteer, weeklyLoad: 5 }], new Map(), 'fitting', ctx.now).length > 0
        if (fits) return cards.look(ctx, of.id)
      }
      const [first] = open
      if (first) await cards.look(ctx, first.id)
      else await ctx.say('desk.list.nothing')
    },
    waiting: async (ctx) => {
      const found = await queue(ctx.tx, LISTED)
      const held = (await heldCases(ctx.tx, HELD_LISTED)).filter(({ personId }) => personId !== ctx.person.id)
      if (found.length === 0 && held.length === 0) {
        await ctx.say('desk.queue.none')
        return
      }
      const entries: string[] = []
      for (const of of found) {
        await noteAccess(ctx.tx, { person: of.personId, by: ctx.person.id, what: 'help-list', now: ctx.now })
        entries.push(words.html(ctx.person, await readCard(ctx.tx, of), ctx.now))
      }
      const count = await countWaiting(ctx.tx)
      const more = count > found.length ? ctx.t('desk.queue.more', { count: count - found.length }) : ''
      const lines: string[] = []
      for (const of of held) lines.push(await heldLine(ctx, of))
      const inHand = lines.length === 0 ? '' : [ctx.t('desk.held.title'), ...lines].join('\n')
      const title = found.length === 0 ? ctx.t('desk.queue.none') : ctx.t('desk.queue.title', { count })
      await ctx.sayHtml([title, ...entries, more, inHand].filter(Boolean).join('\n\n'), {
        keyboard: [...found.map(({ id, number }) => [ctx.button('desk.queue.claim.button', 'case-claim', { case: id }, { number }), ctx.button('desk.queue.assign.button', 'case-choose-colleague', { case: id }, { number })]), ...inRows(held.map(({ id, number }) => ctx.button('desk.held.move.button', 'case-choose-colleague', { case: id }, { number })), 2)],
      })
    },
  }
}

const audienceOf = (ctx: Ctx): Audience => (ctx.person.roles.includes('coordinator') ? 'coordinators' : 'volunteers')
