// What the clinic keeps about the person with a phone, read straight from the database.
import { findPersonByTelegramId } from '../../../src/people/store.ts'
import type { Phone } from './phone.ts'
import type { StoryClinic } from './story.ts'

export const personOf = (clinic: StoryClinic, phone: Phone) =>
  clinic.reads((tx) => tx.selectFrom('person').selectAll().where('telegram_id', '=', phone.id).executeTakeFirst())

export const rolesOf = (clinic: StoryClinic, phone: Phone) => clinic.reads(async (tx) => (await findPersonByTelegramId(tx, phone.id))?.roles ?? [])

export const businessesOf = async (clinic: StoryClinic, phone: Phone) => {
  const person = await personOf(clinic, phone)
  return clinic.reads((tx) => tx.selectFrom('business').selectAll().where('person_id', '=', person?.id ?? 0).orderBy('id').execute())
}

/** Every consent she ever gave, also those taken back. */
export const consentsOf = async (clinic: StoryClinic, phone: Phone) => {
  const person = await personOf(clinic, phone)
  return clinic.reads((tx) => tx.selectFrom('consent').selectAll().where('person_id', '=', person?.id ?? 0).orderBy('id').execute())
}

/** Her unfinished forms with their answers. */
export const unfinishedOf = async (clinic: StoryClinic, phone: Phone) => {
  const person = await personOf(clinic, phone)
  const rows = await clinic.reads((tx) => tx.selectFrom('conversation').selectAll().where('person_id', '=', person?.id ?? 0).orderBy('id').execute())
  return rows.map(({ form, step, active, revision, answers }) => {
    return { form, step, active: active === 1, revision, answers: JSON.parse(answers) as Record<string, unknown> }
  })
}
