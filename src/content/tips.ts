// The tips people are given: short advice with one thing to try. It must not choose one for a person (features/tips) or
// put facts into it (fact-text.ts).
import { z } from 'zod'
import { AREAS, LEVELS } from './assessment.ts'
import { factIdsIn } from './fact-text.ts'
import type { Facts } from './facts.ts'
import { plainWords } from './plain-words.ts'
import { MEDIA_KINDS } from './media.ts'
import { isWithinReview } from './review.ts'
import { loadYaml } from './yaml-file.ts'
import type { CamelCased } from './camel-case.ts'

/** Longest body that is still read on a small screen, and leaves room for its facts within one message. */
const BODY_MAX_CHARS = 1000

const note = z.string().trim().min(1).meta({ example: '"-"' })

const tip = z.strictObject({
  id: z.string().max(40).regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and -').meta({ example: 'promosi-t1' }),
  area: z.enum(AREAS).meta({ example: 'promosi' }),
  level: z.enum(LEVELS).meta({ example: 'pemula' }),
  sectors: z
    .array(z.string().trim().min(1))
    .min(1)
    .refine((all) => new Set(all).size === all.length, 'the same sector stands there twice')
    .refine((all) => !all.includes('all') || all.length === 1, 'all stands for every sector and must stand alone')
    .meta({ example: '[kuliner, fesyen]' }),
  title: plainWords('"Foto produk di dekat jendela"', 80),
  body: z
    .string()
    .trim()
    .min(1)
    .max(BODY_MAX_CHARS)
    .regex(/^(?:[^<>{}]|\{fact\.[a-z0-9_]+\})*$/, 'must be plain words, without < > { } except {fact.id}')
    .meta({ example: '"Foto produk pada pagi hari. Lap dulu kamera HP."' }),
  action: plainWords('"Ambil 3 foto satu produk."', 120),
  source: plainWords('"Praktik umum"', 200),
  verified: note,
  unverified: note,
  review_by: z.iso.date().meta({ example: '2027-11-22' }),
  media: z
    .strictObject({
      file: z.string().max(60).regex(/^[a-z0-9-]+\.[a-z0-9]+$/, 'must be a file name of small letters, digits and -').meta({ example: 'foto-jendela.png' }),
      kind: z.enum(MEDIA_KINDS).meta({ example: 'picture' }),
    })
    .optional()
    .meta({ example: '{ file: foto-jendela.png, kind: picture }' }),
})

/** The shape of `data/tips.yaml`; unknown names are refused. */
export const tipsFile = z.strictObject({
  tips: z
    .array(tip)
    .min(1)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'the same id stands there twice')
    .meta({ example: 'see data/tips.yaml' }),
})

/** A piece of advice in Bahasa. `sectors` are ids of sectors, or `all` alone; `verified` and `unverified` are for reviewers; past `reviewBy` it is not shown; `media` names a file of data/media/. */
export type Tip = CamelCased<z.output<typeof tip>>

/** Reads the tips file at `path`, in the order they are given. Throws a `ContentError` that lists every problem. */
export function loadTips(path: string): readonly Tip[] {
  return loadYaml(path, tipsFile).tips
}

/** Whether a tip is made for every line of work. */
export function isForAll({ sectors }: Pick<Tip, 'sectors'>): boolean {
  return sectors.includes('all')
}

/** Whether a tip fits this line of work; without one only what is for all does. */
export function fitsSector(tip: Pick<Tip, 'sectors'>, sector: string | undefined): boolean {
  return isForAll(tip) || (sector !== undefined && tip.sectors.includes(sector))
}

/** The tips that may be shown at `now` (ms UTC): one that is past its review, or whose fact is unknown or past its own, is hidden as a whole. */
export function currentTips(tips: readonly Tip[], facts: Pick<Facts, 'sentence'>, now: number): readonly Tip[] {
  return tips.filter(({ body, reviewBy }) => isWithinReview(reviewBy, now) && factIdsIn(body).every((id) => facts.sentence(id, 'id', now) !== undefined))
}
