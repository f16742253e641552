// A volunteer as the features see one: what she offers, whether she is on duty now, and her own quiet hours. Pure; instants are ms UTC.
import { localTime, startOfDay, type TimeZone } from './time-zone.ts'

export type VolunteerState = 'waiting' | 'active' | 'paused' | 'ended'

/** ISO 639 codes of languages a volunteer can help in: Indonesian, the large regional ones, English. */
export const SPOKEN = ['id', 'jv', 'su', 'mad', 'min', 'bbc', 'bjn', 'bug', 'ban', 'sas', 'ace', 'en'] as const

/** Cases a week someone may offer. */
export const WEEKLY_LOADS = [0, 2, 5] as const
export type WeeklyLoad = (typeof WEEKLY_LOADS)[number]

export interface Volunteer {
  /** Person id. */
  readonly person: number
  /** `waiting` for a coordinator's approval; `ended` also when the role was taken away. */
  readonly state: VolunteerState
  /** Name shown to owners. */
  readonly shownName: string
  /** Assessment areas (ids of data/assessment.yaml); empty: all. */
  readonly areas: readonly string[]
  /** Ids of data/sectors.yaml; empty: all. */
  readonly sectors: readonly string[]
  /** Some of `SPOKEN`; at least one. */
  readonly languages: readonly string[]
  /** Beginnings of village codes (province, regency, district or village); empty: everywhere. */
  readonly regions: readonly string[]
  /** Cases a week. */
  readonly weeklyLoad: WeeklyLoad
  /** Areas in which a coordinator named her an expert. */
  readonly expertIn: readonly string[]
  readonly onDuty: boolean
  /** Back from then on; null when not away. */
  readonly awayUntil: number | null
  /** Own quiet hours, whole hours where she lives; they may pass midnight. */
  readonly quietFrom: number
  readonly quietUntil: number
  readonly timeZone: TimeZone
  /** Cards at once, or one digest a day at `digestHour`. */
  readonly news: 'instant' | 'digest'
  /** Whole hour where she lives. */
  readonly digestHour: number
}

/** What is so until someone says otherwise; quiet as the clinic's nights are. */
export const DEFAULTS = { onDuty: true, awayUntil: null, quietFrom: 21, quietUntil: 6, news: 'instant', digestHour: 7, weeklyLoad: 2 } as const

/** Whether she may be offered cases now. Her quiet hours are another matter: see `isInQuietHours`. */
export function isOnDuty(volunteer: Pick<Volunteer, 'state' | 'onDuty' | 'awayUntil'>, now: number): boolean {
  return volunteer.state === 'active' && volunteer.onDuty && (volunteer.awayUntil === null || volunteer.awayUntil <= now)
}

/** Whether it is quiet for her now. Hours that begin when they end are none. */
export function isInQuietHours({ quietFrom, quietUntil, timeZone }: Pick<Volunteer, 'quietFrom' | 'quietUntil' | 'timeZone'>, now: number): boolean {
  const { hour } = localTime(now, timeZone)
  return quietFrom <= quietUntil ? hour >= quietFrom && hour < quietUntil : hour >= quietFrom || hour < quietUntil
}

/** Whether she wants cases from this village (a Kemendagri code). */
export function coversVillage({ regions }: Pick<Volunteer, 'regions'>, village: string): boolean {
  return regions.length === 0 || regions.some((region) => village.startsWith(region))
}

/** Between these hours the weekly question is asked, the earliest that is not quiet; she gets it on Monday. */
const ASKED_FROM_HOUR = 8
const ASKED_UNTIL_HOUR = 20
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The next Monday morning after `now` at which she can be asked how many cases she can take. */
export function nextWeeklyQuestion(volunteer: Pick<Volunteer, 'quietFrom' | 'quietUntil' | 'timeZone'>, now: number): number {
  const { year, month, day, weekday } = localTime(now, volunteer.timeZone)
  const today = startOfDay([year, month, day].join('-'), volunteer.timeZone)
  const daysToMonday = (8 - weekday) % 7
  const asked = (midnight: number) => {
    for (let hour = ASKED_FROM_HOUR; hour < ASKED_UNTIL_HOUR; hour += 1) {
      if (!isInQuietHours(volunteer, midnight + hour * HOUR_MS)) return midnight + hour * HOUR_MS
    }
    return midnight + ASKED_FROM_HOUR * HOUR_MS
  }
  const coming = asked(today + daysToMonday * DAY_MS)
  return coming > now ? coming : asked(today + (daysToMonday + 7) * DAY_MS)
}
