// What a volunteer told of herself, shown with a button for each answer; and leaving, after asking once more.
import { AREAS } from '../../content/assessment.ts'
import type { Sector } from '../../content/sectors.ts'
import { type Answer, defineForm } from '../../conversation/form.ts'
import { withdrawConsent } from '../../people/consent.ts'
import { endRole } from '../../people/roles.ts'
import { changeVolunteer, findVolunteer, moveVolunteer, type VolunteerChange } from '../../people/volunteer-store.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { inRows } from '../../telegram/keyboards.ts'
import { answersOf, profileSteps, regionOf, regionSteps, someOf, withRegion } from './steps.ts'
import { beginWelcome, keepPerson, optionWordsOf } from './welcome.ts'
import type { VolunteerWords } from './words.ts'

export const PROFILE_FIELDS = ['name', 'zone', 'areas', 'sectors', 'languages'] as const
export type ProfileField = (typeof PROFILE_FIELDS)[number]

export interface Profile {
  show(ctx: Ctx): Promise<void>
  edit(ctx: Ctx, field: ProfileField): Promise<void>
  /** Cases from everywhere. */
  goAnywhere(ctx: Ctx): Promise<void>
  askLeave(ctx: Ctx): Promise<void>
  /** Ends her own role; a second tap changes nothing. */
  leave(ctx: Ctx): Promise<void>
  readonly forms: readonly FormHandler[]
}

export interface ProfileDeps {
  readonly sectors: readonly Sector[]
  readonly words: VolunteerWords
  /** Tells coordinators. */
  readonly onLeft: (ctx: Ctx, name: string) => Promise<void>
}

export function createProfile({ sectors, words, onLeft }: ProfileDeps): Profile {
  async function show(ctx: Ctx): Promise<void> {
    if (await beginWelcome(ctx)) return
    const volunteer = await findVolunteer(ctx.tx, ctx.person.id)
    if (!volunteer) return
    await ctx.say('volunteers.profile.card', words.profile(volunteer, { reader: ctx.person, plain: ctx.label }), {
      keyboard: [
        ...inRows(PROFILE_FIELDS.map((field) => ctx.button(`volunteers.${field}.name`, 'volunteer-edit', { field })), 2),
        [ctx.button('volunteers.profile.region.button', 'volunteer-region'), ...(volunteer.regions.length > 0 ? [ctx.button('volunteers.profile.anywhere.button', 'volunteer-anywhere')] : [])],
        [ctx.button('volunteers.siaga.show.button', 'volunteer-duty')],
        [ctx.button('volunteers.leave.button', 'volunteer-leave')],
      ],
    })
  }

  async function edit(ctx: Ctx, field: ProfileField): Promise<void> {
    const volunteer = await findVolunteer(ctx.tx, ctx.person.id)
    if (volunteer) await ctx.startForm('volunteer-profile', { only: field, answers: answersOf(volunteer) })
    else await show(ctx)
  }

  async function keep(ctx: Ctx, change: VolunteerChange): Promise<void> {
    await changeVolunteer(ctx.tx, ctx.person.id, change, ctx.now)
    await ctx.say('volunteers.profile.saved')
    await show(ctx)
  }

  async function leave(ctx: Ctx): Promise<void> {
    await ctx.changeButtons()
    const volunteer = await findVolunteer(ctx.tx, ctx.person.id)
    const name = volunteer?.shownName ?? ctx.person.givenName ?? ''
    await moveVolunteer(ctx.tx, { person: ctx.person.id, move: 'ended', by: ctx.person.id, now: ctx.now })
    await endRole(ctx.tx, { person: ctx.person.id, role: 'volunteer', by: ctx.person.id, now: ctx.now })
    await withdrawConsent(ctx.tx, { person: ctx.person.id, purpose: 'volunteer', now: ctx.now })
    await ctx.reload()
    await ctx.say('volunteers.leave.done')
    await onLeft(ctx, name)
  }

  return {
    show,
    edit,
    goAnywhere: async (ctx) => {
      await ctx.changeButtons()
      await keep(ctx, { regions: [] })
    },
    askLeave: async (ctx) => {
      await ctx.say('volunteers.leave.ask', {}, { keyboard: [[ctx.button('volunteers.leave.no.button', 'volunteer-stay')], [ctx.button('volunteers.leave.yes.button', 'volunteer-leave-yes')]] })
    },
    leave,
    forms: [
      {
        form: defineForm({ name: 'volunteer-profile', version: 1, review: false, steps: profileSteps(AREAS, sectors.map(({ id }) => id)) }),
        texts: 'volunteers',
        title: 'volunteers.profile.title',
        optionWords: optionWordsOf(sectors, words),
        // Only what was answered is written: the rest may have changed since the question was opened.
        onAnswer: async (ctx, { step, answer }) => {
          await changeVolunteer(ctx.tx, ctx.person.id, changeOf(step, answer), ctx.now)
          if (step === 'zone') await keepPerson(ctx, { zone: answer })
        },
        finish: (ctx) => keep(ctx, {}),
      },
      {
        form: defineForm({ name: 'volunteer-region', version: 1, review: false, steps: regionSteps }),
        texts: 'volunteers',
        title: 'volunteers.profile.title',
        optionWords: optionWordsOf(sectors, words),
        finish: async (ctx, answers) => {
          const regions = (await findVolunteer(ctx.tx, ctx.person.id))?.regions ?? []
          await keep(ctx, { regions: withRegion(regions, regionOf(answers)) })
        },
      },
    ],
  }
}

function changeOf(step: string, answer: Answer): VolunteerChange {
  if (step === 'name') return { shownName: String(answer) }
  if (step === 'areas') return { areas: someOf(answer) }
  if (step === 'sectors') return { sectors: someOf(answer) }
  return step === 'languages' ? { languages: someOf(answer) } : {}
}
