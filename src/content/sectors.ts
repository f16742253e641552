// The sectors a business may belong to, with the words people type for them. It must not match typed words itself.
import { z } from 'zod'
import { loadYaml } from './yaml-file.ts'
import type { CamelCased } from './camel-case.ts'

/** Longest label that fits a button on a small screen. */
const LABEL_MAX_CHARS = 40

const label = (example: string) => z.string().trim().min(1).max(LABEL_MAX_CHARS).meta({ example })

const aliases = z
  .array(z.string().trim().min(1))
  .refine((all) => new Set(all.map((word) => word.toLowerCase())).size === all.length, 'the same word stands there twice')
  .meta({ example: '[warung makan, bakso]' })

const sector = z.strictObject({
  id: z.string().regex(/^[a-z][a-z_]*$/, 'must be small letters and _').meta({ example: 'kuliner' }),
  label: z.strictObject({ id: label('Kuliner siap saji'), en: label('Ready-to-eat food') }),
  examples: z.strictObject({ id: aliases, en: aliases }),
  kbli_2020: z.string().min(1).meta({ example: 'I (56)' }).optional(),
  kbli_2025: z.string().min(1).meta({ example: 'I (56)' }).optional(),
  licences: z.array(z.enum(['pirt', 'halal', 'bpom'])).meta({ example: '[pirt, halal]' }),
})

/** The shape of `data/sectors.yaml`; unknown names are refused. */
export const sectorsFile = z.strictObject({
  sectors: z
    .array(sector)
    .min(1)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'the same id stands there twice')
    .refine((all) => all.at(-1)?.id === 'lainnya', 'the last sector must be lainnya, for everything else')
    .meta({ example: 'see data/sectors.yaml' }),
})

/**
 * A line of business. `licences` are the permits asked about besides those every business is asked about.
 * The same example word may stand in two sectors: then the person is asked which one is meant.
 */
export type Sector = CamelCased<z.output<typeof sector>>

/** Reads the sectors file at `path`, in the order they are offered. Throws a `ContentError` that lists every problem. */
export function loadSectors(path: string): readonly Sector[] {
  return loadYaml(path, sectorsFile).sectors
}
