// What people ask help for, with the words they type for it. It must not match typed words itself: cases/topic.ts does.
import { z } from 'zod'
import { AREAS } from './assessment.ts'
import type { CamelCased } from './camel-case.ts'
import { loadYaml } from './yaml-file.ts'

/** Longest label that fits a button on a small screen. */
const LABEL_MAX_CHARS = 40

const label = (example: string) => z.string().trim().min(1).max(LABEL_MAX_CHARS).meta({ example })
const noneTwice = (all: readonly string[]) => new Set(all).size === all.length

const topic = z.strictObject({
  id: z.string().max(20).regex(/^[a-z][a-z-]*$/, 'must be small letters and -').meta({ example: 'qris' }),
  area: z.enum(AREAS).meta({ example: 'transaksi' }),
  label: z.strictObject({ id: label('QRIS & pembayaran'), en: label('QRIS and payments') }),
  words: z.array(z.string().regex(/^[a-z0-9 ]+$/, 'must be small letters, digits and spaces')).min(1).refine(noneTwice, 'the same word stands there twice').meta({ example: '[qris, pembayaran]' }),
  tips: z.array(z.string()).refine(noneTwice, 'the same tip stands there twice').meta({ example: '[transaksi-t2]' }),
})

/** The shape of `data/help-topics.yaml`; unknown names are refused. */
export const helpTopicsFile = z.strictObject({
  topics: z.array(topic).min(1).refine((all) => noneTwice(all.map(({ id }) => id)), 'the same id stands there twice').meta({ example: 'see data/help-topics.yaml' }),
})

/** Something people ask help for. `tips` are ids of tips that may help at once. */
export type HelpTopic = CamelCased<z.output<typeof topic>>

/** Reads the topics file at `path`, in the order they are offered. Throws a `ContentError` that lists every problem. */
export function loadHelpTopics(path: string): readonly HelpTopic[] {
  return loadYaml(path, helpTopicsFile).topics
}
