// People who help, ready for a story: approved volunteers with what they offer.
import { grantRole } from '../../../src/people/roles.ts'
import { findPersonByTelegramId } from '../../../src/people/store.ts'
import { changeVolunteer, enrolVolunteer, moveVolunteer, type VolunteerChange, type VolunteerProfile } from '../../../src/people/volunteer-store.ts'
import type { Phone } from './phone.ts'
import type { Scene, StoryClinic } from './story.ts'

export async function personIdOf(clinic: StoryClinic, phone: Phone): Promise<number> {
  return clinic.reads(async (tx) => (await findPersonByTelegramId(tx, phone.id))?.id ?? 0)
}

/** A volunteer on duty who takes any case, but for what is said otherwise. */
export async function volunteer({ clinic, person }: Scene, name: string, more: Partial<VolunteerProfile> & VolunteerChange = {}): Promise<Phone> {
  const phone = person(name)
  await phone.starts()
  const id = await personIdOf(clinic, phone)
  await clinic.reads(async (tx) => {
    const now = clinic.now()
    const { onDuty, awayUntil, news, digestHour, ...profile } = more
    await grantRole(tx, { person: id, role: 'volunteer', by: null, now })
    await enrolVolunteer(tx, { person: id, shownName: name, areas: [], sectors: [], languages: ['id'], regions: [], quietFrom: 21, quietUntil: 6, weeklyLoad: 5, ...profile }, now)
    await moveVolunteer(tx, { person: id, move: 'approved', by: id, now })
    const change = { ...(onDuty !== undefined && { onDuty }), ...(awayUntil !== undefined && { awayUntil }), ...(news && { news }), ...(digestHour !== undefined && { digestHour }) }
    if (Object.keys(change).length > 0) await changeVolunteer(tx, id, change, now)
  })
  phone.news()
  return phone
}

/** She tells a problem in one message and sends it to volunteers. */
export async function asksForHelp(phone: Phone, problem: string): Promise<void> {
  await tells(phone, problem)
  await phone.taps(phone.buttons().some((label) => label.includes('Setuju, kirim')) ? 'Setuju, kirim' : 'Ya, kirim')
}

/** She tells a problem and wants coordinators alone to read it. */
export async function asksCoordinators(phone: Phone, problem: string): Promise<void> {
  await tells(phone, problem)
  await phone.taps('Cukup ke koordinator saja')
}

async function tells(phone: Phone, problem: string): Promise<void> {
  await phone.says('/bantuan')
  await phone.says(problem)
  await phone.taps('Sudah, kirim')
  if (phone.buttons().some((label) => label.includes('Tetap butuh bantuan'))) await phone.taps('Tetap butuh bantuan')
}
