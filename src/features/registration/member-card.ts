// The member card as a picture. Its data is read when it is sent: the outbox row names only ids.
import { z } from 'zod'
import type { Clinic } from '../../content/clinic.ts'
import { formatMemberNumber } from '../../people/person.ts'
import { getPerson } from '../../people/store.ts'
import { formatLocal, zoneOf } from '../../people/time-zone.ts'
import { memberCard } from '../../pictures/member-card.ts'
import type { Feature } from '../../telegram/feature.ts'
import type { Describe } from './cards.ts'
import { findBusiness } from './store.ts'

const Params = z.object({ person: z.number(), business: z.number() })

export function drawMemberCard({ clinic, describe }: { clinic: Clinic; describe: Describe }): NonNullable<Feature['pictures']>[string] {
  return async ({ tx, params, speaker }) => {
    const ids = Params.parse(params)
    const person = await getPerson(tx, ids.person)
    const business = await findBusiness(tx, ids.person, ids.business)
    if (!business) throw new Error(`Business ${ids.business} is gone: there is no card to draw.`)
    const label = (key: string) => speaker.plain(person, `registration.card.${key}`)
    const [date = ''] = formatLocal(person.memberSince ?? 0, zoneOf(person), person.language).split(/, (?:pukul|at) /)
    return memberCard({
      name: person.givenName ?? '',
      memberNumber: formatMemberNumber(person.memberNumber ?? 0),
      business: business.name ?? speaker.plain(person, 'registration.business-name.none'),
      sector: describe.sector(String(business.answers['sector']), person.language),
      village: describe.place(String(business.answers['village'])),
      clinic: clinic.name,
      since: date,
      labels: { title: label('title'), business: label('business'), sector: label('sector'), village: label('village'), memberNumber: label('number'), since: label('since') },
    })
  }
}
