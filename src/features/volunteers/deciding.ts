// What coordinators decide about volunteers: approve or refuse a new one, pause, resume, end. The first tap counts; the volunteer is told kindly.
import type { ReplyKeyboardMarkup } from 'grammy/types'
import { z } from 'zod'
import type { Person } from '../../people/person.ts'
import { endRole, holdersOf } from '../../people/roles.ts'
import { findPerson } from '../../people/store.ts'
import { type Volunteer } from '../../people/volunteer.ts'
import { findVolunteer, moveVolunteer, type VolunteerMove } from '../../people/volunteer-store.ts'
import { packButton } from '../../telegram/callback-data.ts'
import type { Ctx } from '../../telegram/context.ts'
import { conversationsOf } from '../../telegram/conversation-store.ts'
import type { InlineKeyboard } from '../../telegram/keyboards.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import type { VolunteerWords } from './words.ts'

/** Buttons that make a move, each asked for by name. */
export const DECISIONS = ['approved', 'refused', 'paused', 'resumed', 'ended'] as const satisfies readonly VolunteerMove[]
export const DecisionData = z.object({ person: z.coerce.number().int().positive(), move: z.enum(DECISIONS) })
export const PersonData = DecisionData.pick({ person: true })

/** What coordinators are told of someone; that it was sent changes nothing. */
export const ABOUT_VOLUNTEER = 'about-volunteer'

export interface Deciding {
  /** Tells every coordinator that someone waits, with the buttons that decide. */
  announce(ctx: Ctx): Promise<void>
  /** Tells every coordinator that someone left of her own accord. */
  announceLeft(ctx: Ctx, name: string): Promise<void>
  /** Asks once more before ending. */
  askEnd(ctx: Ctx, person: number): Promise<void>
  decide(ctx: Ctx, decision: { readonly person: number; readonly move: VolunteerMove }): Promise<void>
}

export interface DecidingDeps {
  readonly speaker: Speaker
  readonly words: VolunteerWords
  /** The large buttons that fit someone now. */
  readonly menuOf: (person: Person, unfinishedForms: number) => ReplyKeyboardMarkup
}

export function createDeciding({ speaker, words, menuOf }: DecidingDeps): Deciding {
  async function announce(ctx: Ctx): Promise<void> {
    const volunteer = await findVolunteer(ctx.tx, ctx.person.id)
    if (!volunteer) return
    await toCoordinators(ctx, (reader) => ({
      key: 'volunteers.decide.card',
      params: words.profile(volunteer, { reader, plain: (key, params) => speaker.plain(reader, key, params) }),
      keyboard: [
        [decisionButton(reader, volunteer, 'approved', 'volunteers.decide.approve.button')],
        [decisionButton(reader, volunteer, 'refused', 'volunteers.decide.refuse.button')],
      ],
    }))
  }

  const decisionButton = (reader: Person, { person }: Volunteer, move: VolunteerMove, key: string) => ({
    text: speaker.plain(reader, key), callback_data: packButton('volunteer-decide', DecisionData, { person, move }),
  })

  async function toCoordinators(ctx: Ctx, write: (reader: Person) => { key: string; params: Readonly<Record<string, string | number>>; keyboard?: InlineKeyboard }): Promise<void> {
    for (const { id } of await holdersOf(ctx.tx, 'coordinator')) {
      const reader = await findPerson(ctx.tx, id)
      if (!reader || reader.unreachableAt !== null) continue
      const { key, params, keyboard } = write(reader)
      // It names her: should she be erased before it leaves, it is taken back.
      const onSent = { name: ABOUT_VOLUNTEER, version: 1, data: { about: ctx.person.id } }
      await speaker.say(ctx.tx, reader, key, params, { onSent, ...(keyboard && { keyboard }) }, ctx.now)
    }
  }

  async function askEnd(ctx: Ctx, person: number): Promise<void> {
    const volunteer = await findVolunteer(ctx.tx, person)
    if (!volunteer || volunteer.state === 'ended') return ctx.toast('volunteers.decide.gone')
    await ctx.say('volunteers.decide.ask-end', { name: volunteer.shownName }, {
      keyboard: [[ctx.button('volunteers.decide.end-yes.button', 'volunteer-decide', { person, move: 'ended' })], [ctx.button('volunteers.decide.end-no.button', 'volunteer-card', { person })]],
    })
  }

  async function decide(ctx: Ctx, { person, move }: { readonly person: number; readonly move: VolunteerMove }): Promise<void> {
    await ctx.changeButtons()
    if (!(await moveVolunteer(ctx.tx, { person, move, by: ctx.person.id, now: ctx.now }))) {
      const volunteer = await findVolunteer(ctx.tx, person)
      if (!volunteer) return ctx.toast('volunteers.decide.gone')
      return ctx.toast('volunteers.decide.already', { name: volunteer.shownName, state: words.standing(volunteer, { reader: ctx.person, plain: ctx.label }, ctx.now) })
    }
    if (move === 'refused' || move === 'ended') await endRole(ctx.tx, { person, role: 'volunteer', by: ctx.person.id, now: ctx.now })
    await tell(ctx, person, move)
    const name = (await findVolunteer(ctx.tx, person))?.shownName ?? ''
    await ctx.say(`volunteers.decide.done.${move}`, { name }, { keyboard: [[ctx.button('volunteers.list.button', 'volunteer-list', { page: 0 })]] })
  }

  /** In her own words, with the menu and the commands that are hers from now on. */
  async function tell(ctx: Ctx, id: number, move: VolunteerMove): Promise<void> {
    await ctx.refreshCommandsOf(id)
    if (id === ctx.person.id) await ctx.reload()
    const person = await findPerson(ctx.tx, id)
    if (!person || person.telegramId === null || person.unreachableAt !== null) return
    const replyKeyboard = menuOf(person, (await conversationsOf(ctx.tx, id)).length)
    await speaker.say(ctx.tx, person, `volunteers.told.${move}`, {}, { replyKeyboard }, ctx.now)
  }

  return {
    announce,
    announceLeft: (ctx, name) => toCoordinators(ctx, () => ({ key: 'volunteers.decide.left', params: { name } })),
    askEnd,
    decide,
  }
}
