// Invented owners and what a quarter holds for each of them, worked out from the seed by arithmetic of its own. It imports nothing of the clinic,
// so that it can be held against it. Instants are ms UTC; a day is counted from 1 January 1970 where she lives.

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** Monday, 23 November 2026, 09.00 WIB. */
export const START = Date.UTC(2026, 10, 23, 2)
/** The last hour that is looked at. */
export const END = START + 90 * DAY + HOUR

const OFFSET = { 'Asia/Jakarta': 7 * HOUR, 'Asia/Makassar': 8 * HOUR, 'Asia/Jayapura': 9 * HOUR } as const
export type Zone = keyof typeof OFFSET
const HOLIDAYS = new Set(['2026-12-25', '2027-01-01', '2027-01-05', '2027-02-06'].map((date) => Date.parse(date) / DAY))
const STALE_TIP = 6 * HOUR

/** Hours UTC at which something is due, and what waited for the end of quiet hours; and three of the night, in which nothing may come. */
const LOOKED_AT = new Set([22, 23, 0, 1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 15, 18, 20])
export function nextLook(after: number): number {
  let at = after + HOUR
  while (!LOOKED_AT.has((at % DAY) / HOUR)) at += HOUR
  return at
}

/** People do things at three, four or five in the morning, before anything is said to anybody. */
export const isActingHour = (at: number) => at % DAY === 20 * HOUR
/** Six hours in which the clinic is closed; in WIT it is night when it opens again. */
export const CLOSED = { from: Date.UTC(2026, 11, 9, 6), until: Date.UTC(2026, 11, 9, 12) }
/** Telegram asks for pauses: of a quarter of an hour in the morning, until past nine in the evening, and just before the clinic closes. */
export const FLOODS = [
  { at: Date.UTC(2026, 11, 2, 0), retryAfter: 900, until: Date.UTC(2026, 11, 2, 1) },
  { at: Date.UTC(2026, 11, 21, 12), retryAfter: 2.5 * 3600, until: Date.UTC(2026, 11, 21, 15) },
  { at: CLOSED.from, retryAfter: 900, until: CLOSED.until },
] as const

export interface Owner {
  readonly id: number
  readonly zone: Zone
  readonly weekdays: readonly number[]
  readonly hour: number
  readonly fromDay: number
  readonly lastSeen: number
  readonly formAt: number | undefined
  readonly planAt: number | undefined
  readonly offerAt: number | undefined
  /** In the night before `from` she does it; in the night before `until` she comes back, or it ends by itself. */
  readonly away: { readonly kind: 'pause' | 'tips-pause' | 'block'; readonly from: number; readonly until: number } | undefined
}

export const dayOf = (at: number, zone: Zone) => Math.floor((at + OFFSET[zone]) / DAY)
export const startOf = (day: number, zone: Zone) => day * DAY - OFFSET[zone]
const weekdayOf = (day: number) => ((day + 3) % 7) + 1
const minuteOf = (at: number, zone: Zone) => Math.floor(((at + OFFSET[zone]) % DAY) / 60_000)

export function isQuietTime(at: number, zone: Zone): boolean {
  const [day, minute] = [dayOf(at, zone), minuteOf(at, zone)]
  const isPrayer = weekdayOf(day) === 5 && minute >= 11 * 60 + 30 && minute < 13 * 60
  return HOLIDAYS.has(day) || minute < 6 * 60 || minute >= 21 * 60 || isPrayer
}

export function inventOwners(count: number, chance: () => number): readonly Owner[] {
  const upTo = (most: number) => Math.floor(chance() * most)
  const pick = <T>(from: readonly T[]): T => from[upTo(from.length)]!
  const some = (share: number, at: () => number) => (chance() < share ? at() : undefined)
  const firstDay = dayOf(START, 'Asia/Jakarta') + 1
  // Nobody gets more tips than there are: whoever wants more a week begins later.
  const rhythms = [
    { weekdays: [1, 2, 3, 4, 5, 6, 7], begin: 70 }, { weekdays: [1, 3, 6], begin: 45 }, { weekdays: [2, 5, 7], begin: 50 },
    { weekdays: [5], begin: 0 }, { weekdays: [1], begin: 0 }, { weekdays: [3], begin: 0 },
  ]
  return Array.from({ length: count }, (_, at) => {
    const { weekdays, begin } = pick(rhythms)
    const from = firstDay + Math.max(3, begin) + upTo(begin === 0 ? 60 : 15)
    const kind = pick(['pause', 'tips-pause', 'block'] as const)
    return {
      id: 20_000 + at,
      zone: pick(Object.keys(OFFSET) as Zone[]),
      weekdays,
      // Most want the same hours, as people do.
      hour: pick([7, 7, 7, 8, 12, 15, 19, 19, 20]),
      fromDay: firstDay + begin,
      lastSeen: START - upTo(28 * 24) * HOUR,
      formAt: some(0.2, () => START + (24 + upTo(60 * 24)) * HOUR),
      planAt: some(0.2, () => START + (24 + upTo(60 * 24)) * HOUR),
      offerAt: some(0.3, () => START + (24 + upTo(60 * 24)) * HOUR),
      away: chance() < 0.3 ? { kind, from, until: from + (kind === 'tips-pause' ? 7 : 3 + upTo(20)) } : undefined,
    }
  })
}

export const isAway = ({ away }: Owner, day: number, ...kinds: readonly string[]) =>
  away !== undefined && kinds.includes(away.kind) && day >= away.from && day < away.until

/** When her tips are due. */
export function slotsOf(owner: Owner, end = END): readonly number[] {
  const days = Array.from({ length: dayOf(end, owner.zone) - owner.fromDay + 1 }, (_, at) => owner.fromDay + at)
  return days
    .filter((day) => owner.weekdays.includes(weekdayOf(day)) && !isAway(owner, day, 'tips-pause'))
    .map((day) => day * DAY + owner.hour * HOUR - OFFSET[owner.zone])
    .filter((at) => at <= end)
}

/** Why the tip of this slot must not come, as the ledger names it; undefined when nothing is in its way but a stronger message of that day. */
export function hindrance(owner: Owner, slot: number): 'paused' | 'unreachable' | 'stale' | undefined {
  if (isAway(owner, dayOf(slot, owner.zone), 'block')) return 'unreachable'
  if (isAway(owner, dayOf(slot, owner.zone), 'pause')) return 'paused'
  let allowed = slot > CLOSED.from && slot < CLOSED.until ? CLOSED.until : slot
  while (isQuietTime(allowed, owner.zone)) allowed += 60_000
  return allowed - slot > STALE_TIP ? 'stale' : undefined
}

/** Whether it was ready to leave when Telegram asked for a pause that ended in her quiet hours. */
export const ranIntoQuiet = ({ zone }: Owner, at: number) => FLOODS.some((flood) => at >= flood.at && at < flood.until && isQuietTime(flood.until, zone))
