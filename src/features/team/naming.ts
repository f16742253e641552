// What people of the team are called: one question, so that a list of the team tells them apart. It knows nothing of roles.
import { defineForm, textField } from '../../conversation/form.ts'
import { changePerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { FormHandler } from '../../telegram/feature.ts'

const FORM = 'team-name'

export const namingForm: FormHandler = {
  form: defineForm({ name: FORM, version: 1, review: false, steps: { name: textField({ min: 2, max: 40 }) } }),
  texts: 'team.naming',
  finish: async (ctx, { name }) => {
    await changePerson(ctx.tx, ctx.person.id, { given_name: String(name) })
    await ctx.reload()
    await ctx.say('team.naming.done')
  },
}

/** Asks for a name where none is known yet. */
export async function askName(ctx: Ctx): Promise<void> {
  if (ctx.person.givenName === null) await ctx.startForm(FORM)
}
