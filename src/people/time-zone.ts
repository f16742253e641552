/**
 * The three time zones of Indonesia and the clock on the wall in each. Pure; instants are milliseconds UTC, and a zone is a
 * fixed offset, since the country knows no daylight saving.
 */

export type TimeZone = 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura'
export type ZoneName = 'WIB' | 'WITA' | 'WIT'

/** A moment as a calendar and a clock show it. `month` 1 to 12; `weekday` 0 is Sunday. */
export interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly hour: number
  readonly minute: number
}

interface Zone {
  readonly timeZone: TimeZone
  readonly name: ZoneName
  readonly offsetHours: number
  /** First two digits of the Kemendagri area codes. */
  readonly provinces: string
}

/** Keppres 41/1987 with the provinces made since; 65 (Kalimantan Utara) follows Kalimantan Timur, from which it was split. */
const ZONES: readonly Zone[] = [
  {
    timeZone: 'Asia/Jakarta', name: 'WIB', offsetHours: 7,
    provinces: '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62',
  },
  { timeZone: 'Asia/Makassar', name: 'WITA', offsetHours: 8, provinces: '51 52 53 63 64 65 71 72 73 74 75 76' },
  { timeZone: 'Asia/Jayapura', name: 'WIT', offsetHours: 9, provinces: '81 82 91 92 93 94 95 96' },
]

const BY_PROVINCE: ReadonlyMap<string, Zone> = new Map(
  ZONES.flatMap((zone) => zone.provinces.split(' ').map((province) => [province, zone] as const)),
)
const BY_TIME_ZONE: ReadonlyMap<string, Zone> = new Map(ZONES.map((zone) => [zone.timeZone, zone]))

/** Time zone of a province by its two-digit code. Throws on a code no province has. */
export function timeZoneOfProvince(code: string): TimeZone {
  const zone = BY_PROVINCE.get(code)
  if (!zone) throw new Error(`No time zone is known for province code "${code}": add it to the zones`)
  return zone.timeZone
}

/** Where someone's clock is read; of who never said where she lives, the zone most people live in. */
export function zoneOf({ timeZone }: { readonly timeZone: TimeZone | null }): TimeZone {
  return timeZone ?? 'Asia/Jakarta'
}

/** The short name people write behind a time. */
export function zoneName(timeZone: TimeZone): ZoneName {
  return findZone(timeZone).name
}

/** How many hours later the same time of day comes in `to` than in `from`: 1 from WITA to WIB, -2 from WIB to WIT. */
export function hoursBetween(to: TimeZone, from: TimeZone): number {
  return findZone(from).offsetHours - findZone(to).offsetHours
}

/** What calendar and clock show there at `now` (ms UTC). */
export function localTime(now: number, timeZone: TimeZone): LocalTime {
  const date = new Date(now + findZone(timeZone).offsetHours * HOUR)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  }
}

/**
 * The moment in words with its zone: "Senin, 23 November 2026, pukul 19.00 WIB" or "Monday, 23 November 2026, at 19:00 WIB".
 * @param now ms UTC
 */
export function formatLocal(now: number, timeZone: TimeZone, language: 'id' | 'en'): string {
  const { hour, minute } = localTime(now, timeZone)
  const date = DATES[language].format(now + findZone(timeZone).offsetHours * HOUR)
  const clock = [hour, minute].map((part) => String(part).padStart(2, '0'))
  const time = language === 'id' ? `pukul ${clock.join('.')}` : `at ${clock.join(':')}`
  return `${date}, ${time} ${zoneName(timeZone)}`
}

/**
 * The day there, short enough for a picture: "23 Nov 2026".
 * @param now ms UTC
 */
export function formatDay(now: number, timeZone: TimeZone, language: 'id' | 'en'): string {
  return DAYS[language].format(now + findZone(timeZone).offsetHours * HOUR)
}

/** A month such as 2026-10 in words: "Oktober 2026". */
export function formatMonth(month: string, language: 'id' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(Date.parse(`${month}-01T00:00:00Z`))
}

/** A day as it is kept and compared: 2026-11-23. */
export function isoDay({ year, month, day }: Pick<LocalTime, 'year' | 'month' | 'day'>): string {
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
}

/** The day there, likewise. `now`: ms UTC. */
export function dayThere(now: number, timeZone: TimeZone): string {
  return isoDay(localTime(now, timeZone))
}

/** Midnight at the beginning of a calendar day (YYYY-MM-DD) there, ms UTC. */
export function startOfDay(day: string, timeZone: TimeZone): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return Date.UTC(year, month - 1, date) - findZone(timeZone).offsetHours * HOUR
}

const HOUR = 3_600_000
const DAYS = { id: shortDay('id-ID'), en: shortDay('en-GB') }
const DATES = { id: longDate('id-ID'), en: longDate('en-GB') }

function shortDay(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
}

/** English day names come without a comma from some ICU versions, so the parts are joined here. */
function longDate(locale: string): { format(at: number): string } {
  const day = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'long' })
  const date = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
  return { format: (at) => `${day.format(at)}, ${date.format(at)}` }
}

function findZone(timeZone: TimeZone): Zone {
  const zone = BY_TIME_ZONE.get(timeZone)
  if (!zone) throw new Error(`"${timeZone}" is not a time zone of Indonesia`)
  return zone
}
