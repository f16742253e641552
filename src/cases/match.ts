// Who is asked to help with a case, in which order. Pure; instants are ms UTC.
import { coversVillage, isInQuietHours, type Volunteer } from '../people/volunteer.ts'

/** What of a case decides who fits. */
export interface Wanted {
  readonly owner: number
  readonly area: string | null
  readonly sector: string | null
  readonly village: string | null
  /** Her language, as the clinic speaks it. */
  readonly language: string
  readonly urgent: boolean
}

/** How busy someone is, and when they were asked last. */
export interface Load {
  /** Cases held now. */
  readonly open: number
  /** Cases taken in the last seven days. */
  readonly week: number
  /** When a case was last offered, ms UTC; 0 when never. */
  readonly offeredAt: number
  /** They helped this owner before. */
  readonly helpedHer: boolean
}

export const NO_LOAD: Load = { open: 0, week: 0, offeredAt: 0, helpedHer: false }

/** So many get a card at first; the rest when nobody of them takes it. */
export const FIRST_ASKED = 6

/** `fitting`: area, sector, language and village match. `on-duty`: everyone on duty who still has room. */
export type Circle = 'fitting' | 'on-duty'

/** Volunteers to be asked, the best first: who helped her before, the fewest cases in hand, and who was asked least lately. */
export function rankVolunteers(wanted: Wanted, volunteers: readonly Volunteer[], loads: ReadonlyMap<number, Load>, circle: Circle, now: number): readonly Volunteer[] {
  const loadOf = (one: Volunteer) => loads.get(one.person) ?? NO_LOAD
  return volunteers
    .filter((one) => one.person !== wanted.owner && hasRoom(one, loadOf(one), wanted.urgent))
    .filter((one) => circle === 'on-duty' || fits(one, wanted))
    // Who is asleep would only find it in the morning: they come last, and are asked when nobody is awake.
    .map((one) => ({ one, load: loadOf(one), asleep: isInQuietHours(one, now) }))
    .toSorted(
      (a, b) =>
        Number(a.asleep) - Number(b.asleep) ||
        Number(b.load.helpedHer) - Number(a.load.helpedHer) ||
        Number(isExpert(b.one, wanted)) - Number(isExpert(a.one, wanted)) ||
        a.load.open - b.load.open ||
        a.load.offeredAt - b.load.offeredAt ||
        turnOf(a.one, now) - turnOf(b.one, now),
    )
    .map(({ one }) => one)
}

/** Of those asked at the same moment another one begins each time: who has been here longest must not always come first. */
function turnOf({ person }: Volunteer, now: number): number {
  return (Math.imul(person, 0x9e3779b1) + Math.imul(now % 0x7fffffff, 0x85ebca6b)) >>> 0
}

/** Whether someone still takes cases this week. A case that can't wait goes to whoever takes any at all. */
export function hasRoom({ weeklyLoad }: Pick<Volunteer, 'weeklyLoad'>, { week }: Load, urgent = false): boolean {
  return weeklyLoad > 0 && (urgent || week < weeklyLoad)
}

function fits(volunteer: Volunteer, { area, sector, village, language }: Wanted): boolean {
  const knows = (ids: readonly string[], id: string | null) => id === null || ids.length === 0 || ids.includes(id)
  return (
    knows(volunteer.areas, area) && knows(volunteer.sectors, sector) && volunteer.languages.includes(language) && (village === null || coversVillage(volunteer, village))
  )
}

const isExpert = ({ expertIn }: Volunteer, { area, urgent }: Wanted) => urgent && area !== null && expertIn.includes(area)
