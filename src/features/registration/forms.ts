// The forms of registration: joining, adding or changing a business, changing what is known about a person.
import type { Clinic } from '../../content/clinic.ts'
import type { Sector } from '../../content/sectors.ts'
import { type Answers, defineForm } from '../../conversation/form.ts'
import type { Params } from '../../i18n/translator.ts'
import { giveConsent, type Purpose, PURPOSES, withdrawConsent } from '../../people/consent.ts'
import { addressOf, type Honorific } from '../../people/person.ts'
import { changePerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { type Describe, showBusiness, showProfile, showWelcome } from './cards.ts'
import { admissionSteps, businessSteps, consentSteps, personSteps, phoneStep } from './fields.ts'
import { addBusiness, admitMember, changeBusiness, findBusiness } from './store.ts'

export interface RegistrationDeps {
  readonly clinic: Clinic
  readonly sectors: readonly Sector[]
  readonly describe: Describe
}

/** Where the answers of the profile that are no consents are kept. */
const PROFILE_COLUMNS: Readonly<Record<string, 'given_name' | 'honorific' | 'phone'>> = { name: 'given_name', honorific: 'honorific', phone: 'phone' }

type OnAnswer = NonNullable<FormHandler['onAnswer']>

export function createRegistrationForms({ clinic, sectors, describe }: RegistrationDeps): readonly FormHandler[] {
  const texts = 'registration'
  const business = businessSteps(sectors)

  const params = (ctx: Ctx, answers: Answers): Params => ({
    you: addressOf(draftOf(ctx, answers)),
    name: String(answers['name'] ?? ctx.person.givenName ?? ''),
    operator: clinic.operator.name,
    address: clinic.operator.address,
    contact: clinic.operator.contact,
    responsible: clinic.responsiblePerson,
    country: clinic.serverCountry,
    helpMonths: clinic.limits.helpKeptMonths,
    idleMonths: clinic.limits.retentionAskAfterMonths,
    eraseDays: clinic.limits.retentionEraseAfterDays,
    backupDays: clinic.limits.backupKeptDays,
  })

  const optionWords: NonNullable<FormHandler['optionWords']> = (ctx, step, option, answers) => {
    if (step === 'honorific') {
      const name = String(answers['name'] ?? ctx.person.givenName ?? '')
      return [ctx.label(`${texts}.honorific.options.${option}`, { name }), ctx.label(`${texts}.honorific.short.${option}`)]
    }
    const sector = step === 'sector' ? sectors.find((one) => one.id === option) : undefined
    return sector && [sector.label[ctx.person.language], ...sector.examples[ctx.person.language]]
  }

  /** Consent is proven by what was shown, when, and by which message; "no" takes an earlier "yes" back. */
  const onAnswer: OnAnswer = async (ctx, { step, answer, asked, messageId }) => {
    const purpose = purposeOf(step)
    if (!purpose) return
    const proof = { person: ctx.person.id, purpose, now: ctx.now }
    if (answer === true) await giveConsent(ctx.tx, { ...proof, text: asked, messageId })
    else await withdrawConsent(ctx.tx, proof)
  }

  const shared = { texts, params, optionWords, onAnswer }
  return [
    {
      ...shared,
      form: defineForm({
        name: 'registration',
        version: 1,
        steps: { ...admissionSteps, ...personSteps, ...business, ...phoneStep, ...consentSteps },
      }),
      onEnded: async (ctx, step) => {
        // Under 18 nobody agrees without a guardian (UU 27/2022 art. 25); and without the clinic's service the other consents have no use.
        await takeBackConsents(ctx)
        await ctx.say(step === 'adult' ? 'registration.adult.ended' : 'registration.consent.ended')
      },
      onDiscarded: takeBackConsents,
      finish: async (ctx, answers) => {
        await admitMember(ctx.tx, { person: ctx.person.id, answers, now: ctx.now })
        const id = await addBusiness(ctx.tx, { person: ctx.person.id, answers, now: ctx.now })
        await ctx.reload()
        await showWelcome(ctx, id, String(answers['sales'] ?? ''))
      },
    },
    {
      ...shared,
      title: 'registration.business.title',
      form: defineForm({ name: 'business', version: 1, steps: business }),
      finish: async (ctx, answers, subject) => {
        const known = subject === null ? undefined : await findBusiness(ctx.tx, ctx.person.id, Number(subject))
        if (subject !== null && !known) {
          await ctx.say('registration.business-gone')
          return
        }
        if (known) await changeBusiness(ctx.tx, known, answers, ctx.now)
        const id = known?.id ?? (await addBusiness(ctx.tx, { person: ctx.person.id, answers, now: ctx.now }))
        await ctx.reload()
        if (known) {
          // Someone who helps her may wait for just this answer.
          await ctx.press('field-answered', { business: id })
          return
        }
        await ctx.say('registration.business-added')
        await showBusiness(ctx, id, describe)
      },
    },
    {
      ...shared,
      title: 'registration.profile-title',
      form: defineForm({ name: 'profile', version: 1, steps: { ...personSteps, ...phoneStep, ...consentSteps } }),
      // Only what was answered is written: the rest may have changed since the question was opened.
      onAnswer: async (ctx, taken) => {
        await onAnswer(ctx, taken)
        const column = PROFILE_COLUMNS[taken.step]
        if (column) await changePerson(ctx.tx, ctx.person.id, { [column]: taken.answer })
      },
      finish: async (ctx) => {
        await ctx.reload()
        await ctx.say('registration.saved')
        await showProfile(ctx)
      },
    },
  ]
}

async function takeBackConsents(ctx: Ctx): Promise<void> {
  for (const purpose of PURPOSES) await withdrawConsent(ctx.tx, { person: ctx.person.id, purpose, now: ctx.now })
}

function purposeOf(step: string): Purpose | undefined {
  if (step === 'consent') return 'clinic'
  return step === 'directory' || step === 'contact' || step === 'research' ? step : undefined
}

/** How to address her while she is still telling her name. */
function draftOf(ctx: Ctx, answers: Answers): { givenName: string | null; honorific: Honorific | null } {
  return {
    givenName: (answers['name'] as string | undefined) ?? ctx.person.givenName,
    honorific: (answers['honorific'] as Honorific | undefined) ?? ctx.person.honorific,
  }
}
