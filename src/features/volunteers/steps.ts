// The questions about a volunteer, each said once, and how their answers become a profile and back. Pure.
import { type Answers, choiceField, choicesField, consentField, type Field, placeField, textField } from '../../conversation/form.ts'
import type { TimeZone } from '../../people/time-zone.ts'
import { SPOKEN, type Volunteer, WEEKLY_LOADS, type WeeklyLoad } from '../../people/volunteer.ts'

/** Stands for every area or sector; kept as an empty list. */
export const ALL = 'all'

export const ZONES: Readonly<Record<string, TimeZone>> = { wib: 'Asia/Jakarta', wita: 'Asia/Makassar', wit: 'Asia/Jayapura' }

/** How much of the country around a village is meant, as the length of the beginning of its code. */
export const REACHES = { village: 13, district: 8, regency: 5, province: 2 } as const
export type Reach = keyof typeof REACHES

/** Usual quiet hours as `from-until`; `own` asks for both. */
export const QUIET_CHOICES = ['21-6', '22-5', '20-7', '8-17', '17-8', 'own'] as const
const CLOCK = Array.from({ length: 24 }, (_, hour) => String(hour))

const isOwn = (answers: Answers) => answers['quiet'] === 'own'
const isNear = (answers: Answers) => answers['where'] === 'near'

export const quietSteps = {
  quiet: choiceField(QUIET_CHOICES),
  'quiet-from': choiceField(CLOCK, { when: isOwn }),
  'quiet-until': choiceField(CLOCK, { when: isOwn }),
} as const satisfies Record<string, Field>

export const regionSteps = { place: placeField(), reach: choiceField(Object.keys(REACHES)) } as const satisfies Record<string, Field>

export const codeStep = { code: consentField('volunteer', { readMore: true, endsOn: false }) } as const satisfies Record<string, Field>

/** What can be changed one by one later. */
export function profileSteps(areas: readonly string[], sectors: readonly string[]) {
  return {
    name: textField({ min: 2, max: 40 }),
    zone: choiceField(Object.keys(ZONES)),
    areas: choicesField([ALL, ...areas]),
    sectors: choicesField([ALL, ...sectors]),
    languages: choicesField(SPOKEN),
  } as const satisfies Record<string, Field>
}

export function welcomeSteps(areas: readonly string[], sectors: readonly string[]) {
  return {
    ...codeStep,
    ...profileSteps(areas, sectors),
    where: choiceField(['anywhere', 'near']),
    place: placeField({ when: isNear }),
    reach: choiceField(Object.keys(REACHES), { when: isNear }),
    ...quietSteps,
    load: choiceField(WEEKLY_LOADS.map(String)),
  } as const satisfies Record<string, Field>
}

export type Told = Pick<Volunteer, 'shownName' | 'areas' | 'sectors' | 'languages' | 'regions' | 'quietFrom' | 'quietUntil' | 'weeklyLoad'>

/** The profile that a finished welcome tells. */
export function toldBy(answers: Answers): Told {
  return {
    shownName: String(answers['name']),
    areas: someOf(answers['areas']),
    sectors: someOf(answers['sectors']),
    languages: someOf(answers['languages']),
    regions: isNear(answers) ? [regionOf(answers)] : [],
    ...quietOf(answers),
    weeklyLoad: Number(answers['load']) as WeeklyLoad,
  }
}

/** The beginning of village codes that a place and its reach mean. */
export function regionOf(answers: Answers): string {
  return String(answers['place']).slice(0, REACHES[answers['reach'] as Reach])
}

export function quietOf(answers: Answers): Pick<Volunteer, 'quietFrom' | 'quietUntil'> {
  const [from, until] = isOwn(answers) ? [answers['quiet-from'], answers['quiet-until']] : String(answers['quiet']).split('-')
  return { quietFrom: Number(from), quietUntil: Number(until) }
}

/** Whoever ticks everything, and whoever ticks "all" among others, means all. */
export function someOf(answer: Answers[string] | undefined): readonly string[] {
  const ids = ((answer ?? []) as readonly unknown[]).map(String)
  return ids.includes(ALL) ? [] : ids
}

/** What is known already, as answers: the welcome does not ask it again. */
export function answersOf(volunteer: Pick<Volunteer, 'shownName' | 'areas' | 'sectors' | 'languages' | 'timeZone'>): Answers {
  const some = (ids: readonly string[]) => (ids.length === 0 ? [ALL] : ids)
  return { name: volunteer.shownName, zone: zoneIdOf(volunteer.timeZone), areas: some(volunteer.areas), sectors: some(volunteer.sectors), languages: volunteer.languages }
}

export function zoneIdOf(timeZone: TimeZone): string {
  return Object.keys(ZONES).find((id) => ZONES[id] === timeZone) ?? 'wib'
}

/** Most regions someone names; more would be "everywhere". */
export const MOST_REGIONS = 6

/** Regions with one more: what lies in another is left out, and so is the oldest when there are too many. */
export function withRegion(regions: readonly string[], added: string): readonly string[] {
  const others = regions.filter((region) => !region.startsWith(added))
  return others.some((region) => added.startsWith(region)) ? others : [...others, added].slice(-MOST_REGIONS)
}
