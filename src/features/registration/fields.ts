// The questions about a person and her business, each said once; the forms pick from them. Source of the list: the clinic's profile fields.
import { choiceField, choicesField, consentField, phoneField, placeField, textField, yesNoField, type Answers, type Field } from '../../conversation/form.ts'
import type { Sector } from '../../content/sectors.ts'
import { HONORIFICS } from '../../people/person.ts'
import { SALES_BANDS, bandOfMonthlySales } from './business-class.ts'

export const CHANNELS = ['neighbours', 'shop', 'market', 'whatsapp', 'marketplace', 'social', 'delivery'] as const
export const LICENCE_STATES = ['have', 'in-progress', 'not-yet', 'unknown'] as const
/** Asked about every business; `pirt`, `halal` and `bpom` only where the sector calls for them. Status only, never a number. */
export const LICENCES = ['nib', 'npwp', 'pirt', 'halal', 'bpom', 'brand', 'qris'] as const
export type Licence = (typeof LICENCES)[number]
const SECTOR_LICENCES: ReadonlySet<Licence> = new Set(['pirt', 'halal', 'bpom'] as const)

export const WORKERS = ['1', '2-4', '5-19', '20-up'] as const
export const AGES = ['under-1', '1-3', '3-10', 'over-10'] as const

export const consentSteps = {
  directory: consentField('directory', { optional: true }),
  contact: consentField('contact', { optional: true }),
  research: consentField('research', { optional: true }),
} as const satisfies Record<string, Field>

export const admissionSteps = {
  consent: consentField('clinic', { readMore: true, endsOn: false }),
  adult: yesNoField({ endsOn: false }),
} as const satisfies Record<string, Field>

export const personSteps = {
  name: textField({ min: 2, max: 40 }),
  honorific: choiceField(HONORIFICS),
} as const satisfies Record<string, Field>

export const phoneStep = { phone: phoneField({ optional: true }) } as const satisfies Record<string, Field>

export function businessSteps(sectors: readonly Sector[]): Readonly<Record<string, Field>> {
  const licencesOf = new Map(sectors.map((sector) => [sector.id, sector.licences as readonly string[]]))
  const licence = (id: Licence): Field =>
    choiceField(LICENCE_STATES, {
      optional: true,
      labels: 'licence',
      ...(SECTOR_LICENCES.has(id) && { when: (answers: Answers) => licencesOf.get(String(answers['sector']))?.includes(id) ?? false }),
    })
  return {
    'business-name': textField({ min: 2, max: 60, noneAllowed: true }),
    sector: choiceField(sectors.map((sector) => sector.id), { pageSize: 8 }),
    village: placeField(),
    product: textField({ min: 2, max: 80, optional: true }),
    age: choiceField(AGES, { optional: true, optionOfNumber: ageOf }),
    workers: choiceField(WORKERS, { optional: true, optionOfNumber: workersOf }),
    sales: choiceField(SALES_BANDS, { optional: true, optionOfRupiah: bandOfMonthlySales }),
    channels: choicesField(CHANNELS, { optional: true }),
    ...Object.fromEntries(LICENCES.map((id) => [id, licence(id)])),
  }
}

function workersOf(count: number): string | undefined {
  if (count < 1) return undefined
  return count === 1 ? '1' : count < 5 ? '2-4' : count < 20 ? '5-19' : '20-up'
}

function ageOf(number: number, text: string): string {
  const isMonths = /bulan|bln|month/i.test(text)
  const years = /minggu|hari|week|day/i.test(text) ? 0 : isMonths ? number / 12 : number
  return years < 1 ? 'under-1' : years < 3 ? '1-3' : years <= 10 ? '3-10' : 'over-10'
}
