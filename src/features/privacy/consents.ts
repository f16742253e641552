// Each consent on its own: given with the question that proves it, taken back with one tap and at once (UU 27/2022 art. 9 and 40).
import { consentsOf, PURPOSES, type Purpose, withdrawConsent } from '../../people/consent.ts'
import type { Ctx } from '../../telegram/context.ts'

export async function showConsents(ctx: Ctx): Promise<void> {
  const given = await consentsOf(ctx.tx, ctx.person.id)
  const isMember = ctx.person.memberNumber !== null
  if (given.size === 0 && !isMember) {
    await ctx.say('privacy.consents.none')
    return
  }
  const name = (purpose: Purpose) => ctx.label(`privacy.purposes.${purpose}`)
  // Whoever helps keeps her promise as long as she does: she ends both with /siaga.
  const shown: readonly Purpose[] = given.has('volunteer') ? [...PURPOSES, 'volunteer'] : PURPOSES
  const lines = shown.map((purpose) => ctx.t('privacy.consents.line', { name: name(purpose), state: ctx.label(given.has(purpose) ? 'form.agreed' : 'form.not-agreed') }))
  const buttons = PURPOSES.flatMap((purpose) => {
    if (given.has(purpose)) return [[ctx.button('privacy.consents.withdraw.button', 'consent-withdraw', { purpose }, { name: name(purpose) })]]
    // What is given is given with the question of the profile, so that its text and time are the proof.
    return purpose === 'clinic' || !isMember ? [] : [[ctx.button('privacy.consents.give.button', 'edit-profile', { field: purpose }, { name: name(purpose) })]]
  })
  await ctx.sayHtml([ctx.t('privacy.consents.title'), lines.join('\n'), ctx.t('privacy.consents.ask')].join('\n\n'), { keyboard: buttons })
}

/** Takes one back; without the clinic's own there is no clinic, so that one leads to leaving. A second tap changes nothing. */
export async function withdraw(ctx: Ctx, purpose: Purpose): Promise<void> {
  if (purpose === 'clinic') {
    await ctx.say('privacy.consents.leave', {}, {
      keyboard: [
        ...(ctx.person.pausedAt === null ? [[ctx.button('privacy.pause.instead.button', 'pause')]] : []),
        [ctx.button('privacy.data.erase.button', 'erase')],
        [ctx.button('privacy.erase.no.button', 'erase-no')],
      ],
    })
    return
  }
  await ctx.changeButtons()
  if (!(await consentsOf(ctx.tx, ctx.person.id)).has(purpose)) {
    ctx.toast('privacy.consents.withdrawn-already')
    return
  }
  await withdrawConsent(ctx.tx, { person: ctx.person.id, purpose, now: ctx.now })
  await ctx.say(`privacy.consents.withdrawn.${purpose}`)
  await showConsents(ctx)
}
