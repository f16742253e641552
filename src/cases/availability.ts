// Whether someone of the team can go on with a case. It changes nothing.
import { getPerson } from '../people/store.ts'
import { isOnDuty } from '../people/volunteer.ts'
import { findVolunteer } from '../people/volunteer-store.ts'
import type { Tx } from '../storage/database.ts'

/**
 * Whether they still help and Telegram reaches them; with `begins` also whether they are on duty, for a case they do not hold now.
 * A coordinator who never became a volunteer has no duty to be off. `now`: ms UTC.
 */
export async function canHelp(tx: Tx, person: number, now: number, begins = false): Promise<boolean> {
  const { pausedAt, roles, telegramId, unreachableAt } = await getPerson(tx, person)
  if (telegramId === null || unreachableAt !== null || (begins && pausedAt !== null)) return false
  const volunteer = roles.includes('volunteer') ? await findVolunteer(tx, person) : undefined
  if (volunteer?.state === 'active') return !begins || isOnDuty(volunteer, now)
  return roles.includes('coordinator')
}
