// Volunteers as coordinators see them: a list with how busy each is, and a card per volunteer with what can be decided.
import { z } from 'zod'
import { AREAS } from '../../content/assessment.ts'
import { type CaseLoad, type Load, NO_LOAD } from '../../people/case-load.ts'
import { formatDay, zoneOf } from '../../people/time-zone.ts'
import type { Volunteer } from '../../people/volunteer.ts'
import { findVolunteer, findVolunteers, nameExpert } from '../../people/volunteer-store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { inRows, type InlineButton } from '../../telegram/keyboards.ts'
import { findListed, type Listed, listVolunteers } from './directory-store.ts'
import type { VolunteerWords } from './words.ts'

/** More do not fit on a small screen. */
const PAGE_SIZE = 6
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export const ExpertData = z.object({ person: z.coerce.number().int().positive(), area: z.enum(AREAS), on: z.coerce.number().pipe(z.literal([0, 1])) })

export interface Directory {
  /** Pages count from 0. */
  list(ctx: Ctx, page: number): Promise<void>
  card(ctx: Ctx, person: number): Promise<void>
  /** Every area with a tick where she is an expert. */
  showExpertise(ctx: Ctx, person: number): Promise<void>
  setExpert(ctx: Ctx, data: z.output<typeof ExpertData>): Promise<void>
}

export function createDirectory({ words, loads }: { words: VolunteerWords; loads: CaseLoad }): Directory {
  async function list(ctx: Ctx, page: number): Promise<void> {
    const found = await listVolunteers(ctx.tx, { at: page, size: PAGE_SIZE })
    const listed = found.slice(0, PAGE_SIZE)
    if (listed.length === 0) {
      await ctx.say('volunteers.list.none')
      return
    }
    const people = listed.map(({ person }) => person)
    const volunteers = await findVolunteers(ctx.tx, people)
    const load = await loads.loadOf(ctx.tx, people, ctx.now)
    const entries = listed.map((one) => ctx.t('volunteers.list.entry', figures(ctx, one, volunteers.get(one.person), load.get(one.person))))
    await ctx.sayHtml([ctx.t('volunteers.list.title'), entries.join('\n\n')].join('\n\n'), {
      keyboard: [
        ...inRows(listed.map((one) => ctx.button('volunteers.list.one.button', 'volunteer-card', { person: one.person }, { name: nameOf(ctx, one, volunteers.get(one.person)) })), 2),
        found.length > PAGE_SIZE ? [ctx.button('team.list.next.button', 'volunteer-list', { page: page + 1 })] : [],
      ],
    })
  }

  function figures(ctx: Ctx, listed: Listed, volunteer: Volunteer | undefined, { open, week, answerMs }: Load = NO_LOAD) {
    return {
      name: nameOf(ctx, listed, volunteer),
      standing: words.standing(volunteer, { reader: ctx.person, plain: ctx.label }, ctx.now),
      open,
      week,
      answer: answerMs === null ? ctx.label('volunteers.list.no-answer') : durationIn(ctx, answerMs),
      seen: formatDay(listed.lastSeenAt, zoneOf(ctx.person), ctx.person.language),
    }
  }

  async function card(ctx: Ctx, person: number): Promise<void> {
    const listed = await findListed(ctx.tx, person)
    if (!listed) return ctx.toast('volunteers.decide.gone')
    const volunteer = await findVolunteer(ctx.tx, person)
    const load = (await loads.loadOf(ctx.tx, [person], ctx.now)).get(person)
    const about = ctx.t('volunteers.list.entry', figures(ctx, listed, volunteer, load))
    const told = volunteer && ctx.t('volunteers.list.profile', words.profile(volunteer, { reader: ctx.person, plain: ctx.label }))
    await ctx.sayHtml([about, told].filter(Boolean).join('\n\n'), {
      keyboard: [...decisions(ctx, volunteer), [ctx.button('volunteers.list.button', 'volunteer-list', { page: 0 })]],
    })
  }

  function decisions(ctx: Ctx, volunteer: Volunteer | undefined): InlineButton[][] {
    if (!volunteer) return []
    const { person } = volunteer
    const end = ctx.button('volunteers.decide.end.button', 'volunteer-end', { person })
    const expert = ctx.button('volunteers.expert.button', 'volunteer-experts', { person })
    switch (volunteer.state) {
      case 'waiting':
        return [
          [ctx.button('volunteers.decide.approve.button', 'volunteer-decide', { person, move: 'approved' })],
          [ctx.button('volunteers.decide.refuse.button', 'volunteer-decide', { person, move: 'refused' })],
        ]
      case 'active':
        return [[expert], [ctx.button('volunteers.decide.pause.button', 'volunteer-decide', { person, move: 'paused' }), end]]
      case 'paused':
        return [[expert], [ctx.button('volunteers.decide.resume.button', 'volunteer-decide', { person, move: 'resumed' }), end]]
      case 'ended':
        return []
    }
  }

  function expertRows(ctx: Ctx, { person, expertIn }: Volunteer): InlineButton[][] {
    const one = (area: (typeof AREAS)[number]) => {
      const is = expertIn.includes(area)
      const button = ctx.button(`volunteers.areas.options.${area}`, 'volunteer-expert', { person, area, on: is ? 0 : 1 })
      return { ...button, text: `${is ? '✅' : '▫️'} ${button.text}` }
    }
    return [...AREAS.map((area) => [one(area)]), [ctx.button('volunteers.expert.done.button', 'volunteer-card', { person })]]
  }

  return {
    list,
    card,
    showExpertise: async (ctx, person) => {
      const volunteer = await findVolunteer(ctx.tx, person)
      if (!volunteer || volunteer.state === 'ended') return ctx.toast('volunteers.decide.gone')
      await ctx.say('volunteers.expert.ask', { name: volunteer.shownName }, { keyboard: expertRows(ctx, volunteer) })
    },
    setExpert: async (ctx, { person, area, on }) => {
      const before = await findVolunteer(ctx.tx, person)
      if (!before || before.state === 'ended') return ctx.toast('volunteers.decide.gone')
      if (!(await nameExpert(ctx.tx, { person, area, expert: on === 1, by: ctx.person.id, now: ctx.now }))) return
      const volunteer = await findVolunteer(ctx.tx, person)
      if (volunteer) await ctx.changeButtons(expertRows(ctx, volunteer))
    },
  }
}

const nameOf = (ctx: Ctx, { givenName }: Listed, volunteer: Volunteer | undefined) => volunteer?.shownName ?? givenName ?? ctx.label('team.nameless')

/** "40 menit", "3 jam", "2 hari": rounded, at least one. */
function durationIn(ctx: Ctx, ms: number): string {
  if (ms < HOUR_MS) return ctx.label('volunteers.list.minutes', { count: Math.max(1, Math.round(ms / MINUTE_MS)) })
  return ms < 2 * DAY_MS ? ctx.label('volunteers.list.hours', { count: Math.round(ms / HOUR_MS) }) : ctx.label('volunteers.list.days', { count: Math.round(ms / DAY_MS) })
}
