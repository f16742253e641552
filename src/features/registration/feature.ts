// Joining the clinic, and looking after what it knows about a person and her businesses.
import { z } from 'zod'
import type { Clinic } from '../../content/clinic.ts'
import type { Sector } from '../../content/sectors.ts'
import { stepsFor } from '../../conversation/form.ts'
import { consentsOf } from '../../people/consent.ts'
import { changePerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import { type Describe, PROFILE_FIELDS, showBusiness, showBusinesses, showProfile } from './cards.ts'
import { businessSteps } from './fields.ts'
import { createRegistrationForms } from './forms.ts'
import { drawMemberCard } from './member-card.ts'
import { findBusiness, removeBusiness } from './store.ts'

const BusinessData = z.object({ id: z.coerce.number().int().positive() })
const StepData = BusinessData.extend({ step: z.string() })
const FieldData = z.object({ field: z.enum(PROFILE_FIELDS) })

export interface RegistrationOptions {
  readonly clinic: Clinic
  readonly sectors: readonly Sector[]
  /** "Desa Pujon Kidul, Kec. Pujon, Kab. Malang". */
  readonly placeLabel: (code: string) => string
}

export function createRegistration({ clinic, sectors, placeLabel }: RegistrationOptions): Feature {
  const steps = businessSteps(sectors)
  const describe: Describe = {
    place: placeLabel,
    sector: (id, language) => sectors.find((one) => one.id === id)?.label[language] ?? id,
    steps: (answers) => stepsFor({ name: 'business', version: 1, steps }, answers),
  }

  return defineFeature({
    name: 'registration',
    commands: {
      daftar: { for: ['anyone'], menu: 20, menuWhen: ({ person, unfinishedForms }) => person.memberNumber === null && unfinishedForms === 0, run: register },
      profil: { for: ['anyone'], menu: 50, menuWhen: ({ person }) => person.memberNumber !== null, run: (ctx) => asMember(ctx, showProfile) },
      usaha: { for: ['anyone'], menu: 51, menuWhen: ({ person }) => person.memberNumber !== null, run: (ctx) => asMember(ctx, showBusinesses) },
    },
    buttons: {
      register: button(['anyone'], NO_DATA, async (ctx) => {
        await ctx.changeButtons()
        await register(ctx)
      }),
      businesses: button(['owner'], NO_DATA, showBusinesses),
      business: button(['owner'], BusinessData, (ctx, { id }) => showBusiness(ctx, id, describe)),
      'business-changed': button(['owner'], BusinessData, async (ctx, { id }) => {
        await ctx.say('registration.saved')
        await showBusiness(ctx, id, describe)
      }),
      'add-business': button(['owner'], NO_DATA, (ctx) => ctx.startForm('business')),
      'edit-business': button(['owner'], StepData, async (ctx, { id, step }) => {
        const business = await findBusiness(ctx.tx, ctx.person.id, id)
        if (!business) return ctx.toast('registration.business-gone')
        // Other answers may have changed since: what the button asks may no longer apply.
        if (!describe.steps(business.answers).includes(step)) return ctx.toast('form.over')
        await ctx.startForm('business', { subject: String(id), answers: business.answers, only: step })
      }),
      'remove-business': button(['owner'], BusinessData, async (ctx, { id }) => {
        const business = await findBusiness(ctx.tx, ctx.person.id, id)
        if (!business) return ctx.toast('registration.business-gone')
        await ctx.say('registration.remove-business.ask', { name: business.name ?? ctx.label('registration.business-name.none') }, {
          keyboard: [
            [ctx.button('registration.remove-business.keep.button', 'business', { id })],
            [ctx.button('registration.remove-business.sure.button', 'remove-business-now', { id })],
          ],
        })
      }),
      'remove-business-now': button(['owner'], BusinessData, async (ctx, { id }) => {
        const business = await findBusiness(ctx.tx, ctx.person.id, id)
        await ctx.changeButtons()
        if (!business) return ctx.toast('registration.business-gone')
        await removeBusiness(ctx.tx, business)
        await ctx.say('registration.remove-business.done')
        await showBusinesses(ctx)
      }),
      'edit-profile': button(['owner'], FieldData, async (ctx, { field }) => {
        const consents = await consentsOf(ctx.tx, ctx.person.id)
        const { givenName, honorific, phone } = ctx.person
        await ctx.startForm('profile', {
          only: field,
          answers: {
            name: givenName, honorific, phone,
            directory: consents.has('directory'), contact: consents.has('contact'), research: consents.has('research'),
          },
        })
      }),
      'remove-phone': button(['owner'], NO_DATA, async (ctx) => {
        await changePerson(ctx.tx, ctx.person.id, { phone: null })
        await ctx.reload()
        await ctx.changeButtons()
        await ctx.say('registration.remove-phone.done')
      }),
    },
    forms: createRegistrationForms({ clinic, sectors, describe }),
    pictures: { 'member-card': drawMemberCard({ clinic, describe }) },
  })
}

/** Starts joining; a member is shown where she stands instead, and can add a business. */
async function register(ctx: Ctx): Promise<void> {
  if (ctx.person.memberNumber === null) {
    await ctx.startForm('registration')
    return
  }
  await ctx.say('registration.already', {}, {
    keyboard: [[ctx.button('registration.add-business.button', 'add-business')], [ctx.button('registration.businesses.button', 'businesses')]],
  })
}

async function asMember(ctx: Ctx, show: (ctx: Ctx) => Promise<void>): Promise<void> {
  if (ctx.person.memberNumber !== null) await show(ctx)
  else await ctx.say('registration.not-yet', {}, { keyboard: [[ctx.button('registration.start.button', 'register')]] })
}
