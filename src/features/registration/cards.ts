// What a member is shown about herself and her businesses: welcome, profile, business list and card, each with a next step.
import type { Language } from '../../content/language.ts'
import type { Answer, Answers } from '../../conversation/form.ts'
import { formatPhone } from '../../conversation/parse/phone.ts'
import { consentsOf } from '../../people/consent.ts'
import { addressOf, formatMemberNumber } from '../../people/person.ts'
import { inRows } from '../../telegram/keyboards.ts'
import type { Ctx } from '../../telegram/context.ts'
import { estimateClass } from './business-class.ts'
import { LICENCES } from './fields.ts'
import { businessesOf, findBusiness } from './store.ts'

/** Fields of the profile that can be changed one by one. */
export const PROFILE_FIELDS = ['name', 'honorific', 'phone', 'directory', 'contact', 'research'] as const

/** The member card, her class as an estimate, and the next step. */
export async function showWelcome(ctx: Ctx, business: number, sales: string): Promise<void> {
  await ctx.say('registration.welcome', { number: formatMemberNumber(ctx.person.memberNumber ?? 0) }, {
    picture: { name: 'member-card', params: { person: ctx.person.id, business } },
  })
  const estimate = estimateClass(sales || null)
  if (estimate) await ctx.say(`registration.class.${estimate}`)
  await ctx.say('registration.next')
}

export async function showProfile(ctx: Ctx): Promise<void> {
  const { person } = ctx
  const consents = await consentsOf(ctx.tx, person.id)
  const agreed = (purpose: 'directory' | 'contact' | 'research') => ctx.label(consents.has(purpose) ? 'form.agreed' : 'form.not-agreed')
  await ctx.say(
    'registration.profile',
    {
      number: formatMemberNumber(person.memberNumber ?? 0),
      name: person.givenName ?? '',
      address: addressOf(person),
      phone: person.phone === null ? ctx.label('form.skipped') : formatPhone(person.phone),
      directory: agreed('directory'),
      contact: agreed('contact'),
      research: agreed('research'),
    },
    {
      keyboard: [
        ...inRows(PROFILE_FIELDS.map((field) => ctx.button(`registration.${field}.name`, 'edit-profile', { field })), 2),
        ...(person.phone === null ? [] : [[ctx.button('registration.remove-phone.button', 'remove-phone')]]),
        [ctx.button('registration.businesses.button', 'businesses')],
      ],
    },
  )
}

export async function showBusinesses(ctx: Ctx): Promise<void> {
  const businesses = await businessesOf(ctx.tx, ctx.person.id)
  const nameOf = (name: string | null) => name ?? ctx.label('registration.business-name.none')
  await ctx.say(businesses.length === 0 ? 'registration.no-business' : 'registration.businesses.list', { count: businesses.length }, {
    keyboard: [
      ...businesses.map((one) => [ctx.button('registration.businesses.one.button', 'business', { id: one.id }, { name: nameOf(one.name) })]),
      [ctx.button('registration.add-business.button', 'add-business')],
    ],
  })
}

/** How stored ids read: places by their full name, sectors by their label. */
export interface Describe {
  readonly place: (code: string) => string
  readonly sector: (id: string, language: Language) => string
  /** The questions that apply to these answers. */
  readonly steps: (answers: Answers) => readonly string[]
}

/** One business with a button for each answer. Says so when it is not hers or gone. */
export async function showBusiness(ctx: Ctx, id: number, describe: Describe): Promise<void> {
  const business = await findBusiness(ctx.tx, ctx.person.id, id)
  if (!business) {
    await ctx.say('registration.business-gone')
    return
  }
  const { answers } = business
  const none = ctx.label('form.skipped')
  const option = (step: string, value: Answer | undefined) => (typeof value === 'string' ? ctx.label(`registration.${step}.options.${value}`) : none)
  const licences = LICENCES.filter((licence) => answers[licence]).map((licence) => `${ctx.label(`registration.${licence}.name`)} (${option('licence', answers[licence])})`)
  const channels = (answers['channels'] as readonly string[] | null) ?? []
  await ctx.say(
    'registration.business.card',
    {
      name: business.name ?? ctx.label('registration.business-name.none'),
      sector: describe.sector(String(answers['sector']), ctx.person.language),
      village: describe.place(String(answers['village'])),
      product: String(answers['product'] ?? none),
      age: option('age', answers['age']),
      workers: option('workers', answers['workers']),
      sales: option('sales', answers['sales']),
      channels: channels.map((one) => option('channels', one)).join(', ') || none,
      licences: licences.join(', ') || none,
    },
    {
      keyboard: [
        ...inRows(describe.steps(answers).map((step) => ctx.button(`registration.${step}.name`, 'edit-business', { id, step })), 2),
        [ctx.button('registration.remove-business.button', 'remove-business', { id })],
        [ctx.button('registration.businesses.button', 'businesses')],
      ],
    },
  )
}
