// Dated facts of law, money and fees: the sentence to show, and for how long it may be shown.
// It must not put facts into other texts (fact-text.ts) or know who reads them.
import { z } from 'zod'
import type { Language } from './language.ts'
import { isWithinReview } from './review.ts'
import { loadYaml } from './yaml-file.ts'
import type { CamelCased } from './camel-case.ts'

const sentence = (example: string) =>
  z
    .string()
    .trim()
    .min(1)
    .regex(/[.!?]$/, 'must end with a full stop')
    .regex(/^[^<>&{}]*$/, 'must be plain words, without < > & { }')
    .meta({ example })

const words = (example: string) => z.string().trim().min(1).meta({ example })

const day = (example: string) => z.iso.date().meta({ example })

const fact = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be small letters, digits and _').meta({ example: 'qris_mdr_mikro' }),
    text: sentence('"Perlindungan merek 10 tahun."'),
    en: sentence('"A trademark is protected for 10 years."'),
    value_rupiah: z.int().positive().meta({ example: '500000' }).optional(),
    source: words('"PP 7/2021 Pasal 35"'),
    checked_on: day('2026-11-22'),
    review_by: day('2027-05-31'),
    confidence: words('V-high'),
  })
  .refine(({ checked_on, review_by }) => review_by >= checked_on, {
    path: ['review_by'],
    message: 'must not be before checked_on',
  })

/** The shape of `data/facts.yaml`; unknown names are refused. */
export const factsFile = z.strictObject({
  facts: z
    .array(fact)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'the same id stands there twice')
    .meta({ example: 'see data/facts.yaml' }),
})

/** One dated fact. Dates are calendar days, year-month-day. */
export type Fact = CamelCased<z.output<typeof fact>>

export interface Facts {
  readonly all: readonly Fact[]
  has(id: string): boolean
  /** The sentence with the day it was checked, "… (per 22 November 2026)"; undefined when unknown or past its review. */
  sentence(id: string, language: Language, now: number): string | undefined
  /** The amount in whole Rupiah, even past its review. Throws for a fact without an amount. */
  rupiah(id: string): number
}

/** Reads the facts file at `path`. Throws a `ContentError` that lists every problem. */
export function loadFacts(path: string): readonly Fact[] {
  return loadYaml(path, factsFile).facts
}

/** The facts by id, as texts and rules ask for them. `now` is in ms UTC wherever it is asked for. */
export function createFacts(all: readonly Fact[]): Facts {
  const byId = new Map(all.map((fact) => [fact.id, fact]))
  return {
    all,
    has: (id) => byId.has(id),
    sentence(id, language, now) {
      const fact = byId.get(id)
      return fact === undefined || !isCurrent(fact, now) ? undefined : datedSentence(fact, language)
    },
    rupiah(id) {
      const amount = byId.get(id)?.valueRupiah
      if (amount === undefined) throw new Error(`No fact ${id} with a value_rupiah: add it to data/facts.yaml`)
      return amount
    },
  }
}

/** Whether a fact may still be shown: to the end of its review day in Jakarta (UTC+7, no daylight saving). */
export function isCurrent(fact: Fact, now: number): boolean {
  return isWithinReview(fact.reviewBy, now)
}

function datedSentence(fact: Fact, language: Language): string {
  const checkedOn = Date.parse(fact.checkedOn)
  return language === 'id'
    ? `${fact.text} (per ${longDate(checkedOn, 'id-ID')})`
    : `${fact.en} (as of ${longDate(checkedOn, 'en-GB')})`
}

const LONG_DATES = { 'id-ID': longDates('id-ID'), 'en-GB': longDates('en-GB') }

function longDates(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
}

function longDate(at: number, locale: keyof typeof LONG_DATES): string {
  return LONG_DATES[locale].format(at)
}
