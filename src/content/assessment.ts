// The instrument of the self-assessment: its questions, levels and limits, as reviewed data.
// It must not score answers (features/assessment/score.ts) or know who gave them.
import { z } from 'zod'
import type { CamelCased } from './camel-case.ts'
import { plainWords } from './plain-words.ts'
import { loadYaml } from './yaml-file.ts'

/** The areas of digital skill, in the order they are asked about. */
export const AREAS = ['info', 'komunikasi', 'promosi', 'keamanan', 'transaksi'] as const

/** The levels of an area and of the whole, lowest first. */
export const LEVELS = ['pemula', 'dasar', 'mahir'] as const

export type Level = (typeof LEVELS)[number]

/** What an area's four items of 0 to 3 points sum up to at most. */
export const AREA_MAX = 12

/** Scores are counted and kept in whole thirds of a point: a skipped item counts as the mean of three others. */
export const THIRDS_PER_POINT = 3

const TOTAL_MAX = AREAS.length * AREA_MAX

const competence = z.string().regex(/^[1-5]\.[1-6]$/, 'must be a competence of DigComp 2.2, in quotes').meta({ example: '"3.1"' })

const option = (score: number) =>
  z.strictObject({ score: z.literal(score).meta({ example: String(score) }), text: plainWords('"Saya belum mengunci HP"', 70) })

const options = z
  .tuple([option(0), option(1), option(2), option(3)])
  .meta({ example: 'see data/assessment.yaml' })
  .transform(([none, helped, alone, routine]) => [none.text, helped.text, alone.text, routine.text] as const)

const item = (difficulty: number) =>
  z.strictObject({
    id: z.string().max(40).regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and -').meta({ example: `promosi-${difficulty}` }),
    difficulty: z.literal(difficulty).meta({ example: String(difficulty) }),
    digcomp: competence,
    stem: plainWords('"Bagaimana Bapak/Ibu mengunci HP yang dipakai untuk usaha?"', 120),
    options,
  })

const area = z.strictObject({
  id: z.enum(AREAS).meta({ example: 'promosi' }),
  name: plainWords('"Konten & Promosi Digital"', 40),
  everyday: plainWords('"memotret dan menawarkan produk lewat HP"', 60).regex(/^[a-z].*[a-zA-Z]$/, 'must fit into a sentence: no capital before it, no full stop after it'),
  digcomp22: z.strictObject({
    area: z.int().min(1).max(5).meta({ example: '3' }),
    competences: z.array(competence).min(1).meta({ example: '["3.1", "3.2"]' }),
  }),
  digcomp30: plainWords('"3 Content creation"', 80),
  kominfo: z.array(plainWords('"Kecakapan Digital"', 80)).min(1).meta({ example: '["Kecakapan Digital"]' }),
  items: z.tuple([item(1), item(2), item(3), item(4)]).meta({ example: 'see data/assessment.yaml' }),
})

const points = z.int().min(0).max(TOTAL_MAX).meta({ example: '4' })

const band = z.tuple([points, points]).meta({ example: '[0, 4]' })

const bands = (max: number, example: string) =>
  z
    .strictObject({ pemula: band, dasar: band, mahir: band })
    .refine(
      ({ pemula, dasar, mahir }) =>
        pemula[0] === 0 &&
        dasar[0] === pemula[1] + 1 &&
        mahir[0] === dasar[1] + 1 &&
        mahir[1] === max &&
        [pemula, dasar, mahir].every(([from, to]) => from <= to),
      `must lead from 0 to ${max} without a gap and without overlap`,
    )
    .meta({ example })

const limit = (example: number, min: number, max: number) => z.int().min(min).max(max).meta({ example: String(example) })

const change = z
  .strictObject({
    total_real: limit(12, 1, TOTAL_MAX),
    total_sign: limit(5, 1, TOTAL_MAX),
    area_real: limit(6, 1, AREA_MAX),
    level: limit(8, 1, TOTAL_MAX),
  })
  .refine(({ total_sign, total_real }) => total_sign < total_real, { path: ['total_sign'], message: 'must be below total_real' })
  .refine(({ total_sign, level }) => total_sign <= level, { path: ['level'], message: 'must not be below total_sign' })

const reassessment = z
  .strictObject({
    earliest_days: limit(30, 1, 365),
    offer_days: z.array(limit(90, 1, 730)).min(1).meta({ example: '[90, 97, 104]' }),
  })
  .refine(({ earliest_days, offer_days }) => [earliest_days, ...offer_days].every((day, at, all) => at === 0 || (all[at - 1] ?? 0) < day), {
    path: ['offer_days'],
    message: 'must rise, and come after earliest_days',
  })

const retest = z
  .strictObject({ earliest_days: limit(7, 1, 90), latest_days: limit(14, 1, 90) })
  .refine(({ earliest_days, latest_days }) => earliest_days <= latest_days, { path: ['latest_days'], message: 'must not be before earliest_days' })

/** The shape of `data/assessment.yaml`; unknown names are refused. */
export const assessmentFile = z.strictObject({
  id: plainWords('ked-sa-20', 40),
  version: z.string().max(20).regex(/^\d[0-9a-z.-]*$/, 'must begin with a digit and go on with digits, small letters, . and -').meta({ example: '"0.2-pilot"' }),
  skipped_per_area_max: limit(1, 0, 1),
  early_stop: z.array(z.strictObject({ after: limit(2, 1, 3), points_max: limit(0, 0, 9) })).meta({ example: '[{after: 2, points_max: 0}]' }),
  levels: z.strictObject({
    area: bands(AREA_MAX, '{pemula: [0, 4], dasar: [5, 8], mahir: [9, 12]}'),
    total: bands(TOTAL_MAX, '{pemula: [0, 20], dasar: [21, 40], mahir: [41, 60]}'),
  }),
  change,
  reassessment,
  retest,
  areas: z
    .array(area)
    .refine((all) => all.map(({ id }) => id).join() === AREAS.join(), `must be ${AREAS.join(', ')}, each once and in this order`)
    .refine((all) => hasNoTwins(all.flatMap(({ items }) => items.map(({ id }) => id))), 'two items have the same id')
    .meta({ example: 'see data/assessment.yaml' }),
})

function hasNoTwins(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length
}

/**
 * One version of the self-assessment. Scores, bands (first and last whole score of a level) and limits of change are in
 * points: 0 to 3 an item, 0 to 12 an area, 0 to 60 in all. Items of an area stand easiest first; the place of an option,
 * 0 to 3, is its score.
 */
export type Instrument = CamelCased<z.output<typeof assessmentFile>>

export type Area = Instrument['areas'][number]

export type ChangeRules = Instrument['change']

/** What a version stands for: what is asked and what answers are worth. Limits of change and times of asking again are not part of it. */
export function measureOf({ areas, earlyStop, levels, skippedPerAreaMax, version }: Instrument): string {
  return JSON.stringify({ areas, earlyStop, levels, skippedPerAreaMax, version })
}

/** Reads the instrument at `path`. Throws a `ContentError` that lists every problem. */
export function loadAssessment(path: string): Instrument {
  return loadYaml(path, assessmentFile)
}

/** The texts of an instrument that people read, each with its place in the file. */
export function instrumentTexts({ areas }: Instrument): readonly { readonly key: string; readonly text: string }[] {
  return areas.flatMap(({ id, name, everyday, items }) => [
    { key: `areas.${id}.name`, text: name },
    { key: `areas.${id}.everyday`, text: everyday },
    ...items.flatMap(({ id: item, stem, options }) => [
      { key: `areas.${id}.items.${item}.stem`, text: stem },
      ...options.map((text, score) => ({ key: `areas.${id}.items.${item}.options.${score}`, text })),
    ]),
  ])
}
