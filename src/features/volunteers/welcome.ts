// The welcome of a new volunteer: a guided form that ends with waiting for a coordinator. What is decided then is deciding.ts.
import type { Sector } from '../../content/sectors.ts'
import { AREAS } from '../../content/assessment.ts'
import { type Answers, defineForm } from '../../conversation/form.ts'
import { hourWords } from '../../conversation/parse/hours.ts'
import { readIntent } from '../../conversation/parse/intent.ts'
import { giveConsent, withdrawConsent } from '../../people/consent.ts'
import { moveToZone } from '../../people/moving.ts'
import { changePerson } from '../../people/store.ts'
import { enrolVolunteer, findVolunteer } from '../../people/volunteer-store.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { answersOf, REACHES, type Reach, toldBy, welcomeSteps, zoneIdOf, ZONES } from './steps.ts'
import type { VolunteerWords } from './words.ts'

export const WELCOME = 'volunteer-welcome'

export interface WelcomeDeps {
  readonly sectors: readonly Sector[]
  readonly words: VolunteerWords
  /** What follows when her profile waits for approval. */
  readonly onEnrolled: (ctx: Ctx) => Promise<void>
}

/** Words for options whose labels are data; shared by every form that asks these questions. */
export function optionWordsOf(sectors: readonly Sector[], words: VolunteerWords): NonNullable<FormHandler['optionWords']> {
  return (ctx, step, option, answers) => {
    const sector = step === 'sectors' ? sectors.find(({ id }) => id === option) : undefined
    if (sector) return [sector.label[ctx.person.language], ...sector.examples[ctx.person.language]]
    if (step === 'quiet-from' || step === 'quiet-until') return hourWords(Number(option))
    // Before a place is chosen nobody is asked how far.
    if (step === 'reach') return [words.region(String(answers['place']).slice(0, REACHES[option as Reach])), ctx.label(`volunteers.reach.options.${option}`)]
    return undefined
  }
}

export function createWelcome({ sectors, words, onEnrolled }: WelcomeDeps): FormHandler {
  const withdrawCode = (ctx: Ctx) => withdrawConsent(ctx.tx, { person: ctx.person.id, purpose: 'volunteer', now: ctx.now })
  return {
    form: defineForm({ name: WELCOME, version: 1, steps: welcomeSteps(AREAS, sectors.map(({ id }) => id)) }),
    texts: 'volunteers',
    optionWords: optionWordsOf(sectors, words),
    onAnswer: async (ctx, { step, answer, asked, messageId }) => {
      if (step !== 'code') return
      if (answer === true) await giveConsent(ctx.tx, { person: ctx.person.id, purpose: 'volunteer', text: asked, messageId, now: ctx.now })
      else await withdrawCode(ctx)
    },
    onEnded: async (ctx) => {
      await ctx.say('volunteers.declined')
    },
    onDiscarded: withdrawCode,
    finish: async (ctx, answers) => {
      // Her role may have ended while she was answering.
      if (!ctx.person.roles.includes('volunteer')) {
        await withdrawCode(ctx)
        await ctx.say('volunteers.gone')
        return
      }
      await enrolVolunteer(ctx.tx, { person: ctx.person.id, ...toldBy(answers) }, ctx.now)
      await keepPerson(ctx, answers)
      await ctx.say('volunteers.enrolled')
      await onEnrolled(ctx)
    },
  }
}

/** What the clinic knows of a person anyway: her clock, and her name where there is none. */
export async function keepPerson(ctx: Ctx, answers: Answers): Promise<void> {
  const zone = ZONES[String(answers['zone'])]
  if (zone) await moveToZone(ctx.tx, ctx.person.id, zone)
  if (ctx.person.givenName === null && answers['name']) await changePerson(ctx.tx, ctx.person.id, { given_name: String(answers['name']) })
  await ctx.reload()
}

/** Begins or goes on with her welcome; what is known of her is not asked again. Says whether there was one to begin. */
export async function beginWelcome(ctx: Ctx): Promise<boolean> {
  const known = await findVolunteer(ctx.tx, ctx.person.id)
  if (known && known.state !== 'ended') return false
  const { givenName, timeZone } = ctx.person
  const told = known ? answersOf(known) : { ...(givenName && { name: givenName }), ...(timeZone && { zone: zoneIdOf(timeZone) }) }
  await ctx.startForm(WELCOME, { answers: told })
  return true
}

/** A volunteer who has not begun her welcome is led to it by what she writes. True when that answers her. */
export async function leadToWelcome(ctx: Ctx): Promise<boolean> {
  if (!ctx.person.roles.includes('volunteer') || ctx.conversations.some(({ form }) => form === WELCOME)) return false
  const intent = readIntent(ctx.message?.text ?? '')
  // Whoever wants something else, or is in trouble, gets that.
  if (intent !== undefined && intent !== 'greet') return false
  const known = await findVolunteer(ctx.tx, ctx.person.id)
  if (known && known.state !== 'ended') return false
  await ctx.say('volunteers.not-begun', {}, { keyboard: [[ctx.button('volunteers.begin.button', 'volunteer-welcome')]] })
  return intent === 'greet'
}
