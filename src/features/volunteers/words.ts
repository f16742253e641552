// How a volunteer's profile reads, in the language of whoever reads it. It decides nothing.
import type { Language } from '../../content/language.ts'
import type { Sector } from '../../content/sectors.ts'
import { clock } from '../../conversation/parse/hours.ts'
import type { Params } from '../../i18n/translator.ts'
import type { Person } from '../../people/person.ts'
import { formatDay, zoneName } from '../../people/time-zone.ts'
import { isOnDuty, type Volunteer } from '../../people/volunteer.ts'

/** Who reads, and what gives a text in her language without HTML. */
export interface Reading {
  readonly reader: Pick<Person, 'language'>
  readonly plain: (key: string, params?: Params) => string
}

export interface VolunteerWords {
  /** Everything she told, as parameters of one text. */
  profile(volunteer: Volunteer, reading: Reading): Params
  /** "siaga", "pergi sampai...", "menunggu persetujuan": one phrase. */
  standing(volunteer: Volunteer | undefined, reading: Reading, now: number): string
  /** A beginning of village codes. */
  region(code: string): string
  sector(id: string, language: Language): string
}

/** @param region What the beginning of village codes stands for. */
export function createWords({ sectors, region }: { sectors: readonly Sector[]; region: (code: string) => string }): VolunteerWords {
  const sector = (id: string, language: Language) => sectors.find((one) => one.id === id)?.label[language] ?? id
  return {
    region,
    sector,
    profile: (volunteer, { reader, plain }) => {
      const list = (ids: readonly string[], name: (id: string) => string, none: string) => ids.map(name).join(', ') || plain(none)
      const area = (id: string) => plain(`volunteers.areas.options.${id}`)
      return {
        name: volunteer.shownName,
        areas: list(volunteer.areas, area, 'volunteers.all'),
        sectors: list(volunteer.sectors, (id) => sector(id, reader.language), 'volunteers.all'),
        languages: list(volunteer.languages, (id) => plain(`volunteers.languages.options.${id}`), 'volunteers.all'),
        regions: list(volunteer.regions, region, 'volunteers.everywhere'),
        quiet: quietWords(volunteer, plain),
        load: plain(`volunteers.load.options.${volunteer.weeklyLoad}`),
        expert: list(volunteer.expertIn, area, 'volunteers.nothing'),
      }
    },
    standing: (volunteer, { reader, plain }, now) => {
      if (!volunteer) return plain('volunteers.standing.no-profile')
      if (volunteer.state !== 'active') return plain(`volunteers.standing.${volunteer.state}`)
      if (!volunteer.onDuty) return plain('volunteers.standing.off')
      if (isOnDuty(volunteer, now)) return plain('volunteers.standing.on')
      return plain('volunteers.standing.away', { until: formatDay(volunteer.awayUntil ?? now, volunteer.timeZone, reader.language) })
    },
  }
}

/** "21.00-06.00 WIB", or that there are none. */
export function quietWords({ quietFrom, quietUntil, timeZone }: Volunteer, plain: Reading['plain']): string {
  return quietFrom === quietUntil ? plain('volunteers.quiet-none') : `${clock(quietFrom)}-${clock(quietUntil)} ${zoneName(timeZone)}`
}
