// Puts the owners of a simulated quarter into a clinic, as if they had been members for long. It asserts nothing.
import type { StoryClinic } from '../../stories/support/story.ts'
import { DAY, HOUR, type Owner, slotsOf, START, startOf } from './quarter.ts'

/** All of them have opened the chat, and each has her schedule, and what she was invented with: a plan, a result. */
export async function moveIn(clinic: StoryClinic, owners: readonly Owner[]): Promise<void> {
  const { world } = clinic.simulator
  for (const { id } of owners) {
    world.addPerson({ id, firstName: 'Sari', languageCode: 'id' })
    world.start(id)
  }
  await clinic.settled()
  await clinic.reads(async (tx) => {
    const { version } = await tx.selectFrom('instrument').select('version').executeTakeFirstOrThrow()
    for (const owner of owners) {
      const since = { created_at: START - 200 * DAY, updated_at: START - 200 * DAY }
      const { id } = await tx.selectFrom('person').select('id').where('telegram_id', '=', owner.id).executeTakeFirstOrThrow()
      await tx
        .updateTable('person')
        .set({ given_name: 'Sari', honorific: 'ibu', adult: 1, time_zone: owner.zone, member_number: owner.id, member_since: START - 200 * DAY, last_seen_at: owner.lastSeen })
        .where('id', '=', id)
        .execute()
      await tx.insertInto('role').values({ person_id: id, role: 'owner', granted_at: START, granted_by: id }).execute()
      await tx.insertInto('business').values({ person_id: id, name: 'Warung Bu Sari', sector: 'kuliner', village_code: '35.07.26.2003', licences: '{}', ...since }).execute()
      const [first = null] = slotsOf(owner)
      // Whoever begins later has paused until then: no other schedule lies so far ahead.
      const schedule = { weekdays: owner.weekdays.join(), hour: owner.hour, next_at: first, paused_until: startOf(owner.fromDay, owner.zone), updated_at: START }
      await tx.insertInto('tip_schedule').values({ person_id: id, ...schedule }).execute()
      if (owner.planAt === undefined && owner.offerAt === undefined) continue
      const finished = (owner.offerAt ?? START) - 90 * DAY
      const result = { person_id: id, instrument: version, kind: 'check' as const, finished_at: finished, total: 60, level: 'pemula', offer_at: owner.offerAt ?? null }
      const { id: assessment } = await tx.insertInto('assessment').values(result).returning('id').executeTakeFirstOrThrow()
      if (owner.planAt === undefined) continue
      await tx.insertInto('plan_step').values({ person_id: id, assessment_id: assessment, area: 'info', round: 1, tip: 'info-t1', is_review: 0, state: 'open', created_at: START - HOUR }).execute()
    }
  })
}

/** What is to be mentioned within a day of now: a form she left open the day before, a plan left alone for a week. */
export async function leaveOpen(clinic: StoryClinic, owners: readonly Owner[]): Promise<void> {
  const isNear = (at: number | undefined): at is number => at !== undefined && at > clinic.now() && at <= clinic.now() + DAY
  await clinic.reads(async (tx) => {
    for (const { id: telegramId, formAt, planAt } of owners.filter((owner) => isNear(owner.formAt) || isNear(owner.planAt))) {
      const { id } = await tx.selectFrom('person').select('id').where('telegram_id', '=', telegramId).executeTakeFirstOrThrow()
      if (isNear(formAt)) {
        const form = { form: 'help', version: 1, step: 'message', revision: 1, answers: '{}', memo: '{}', active: 0 as const, started_at: formAt - DAY, updated_at: formAt - DAY }
        await tx.insertInto('conversation').values({ person_id: id, ...form, remind_at: formAt }).execute()
      }
      if (isNear(planAt)) await tx.insertInto('nudge').values({ person_id: id, kind: 'plan', next_at: planAt, since: planAt - 7 * DAY }).execute()
    }
  })
}
