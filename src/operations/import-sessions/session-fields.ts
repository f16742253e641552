// Takes a session apart into its fields, however deep they lie. Pure; it judges no values.
import { type Meaning, meaningOf } from './field-names.ts'

/** A single value, or a list of them. */
export type FieldValue = string | number | boolean | readonly (string | number)[]

export interface SessionFields {
  /** Values by meaning, the outermost first. */
  readonly known: ReadonlyMap<Meaning, readonly FieldValue[]>
  /** How many fields have no place here. Empty ones are not counted. */
  readonly unknownCount: number
}

const DEEPEST = 6
const MOST_FIELDS = 1000

/** The fields of one session. What lies deeper than six levels, or after a thousand fields, is left unread. */
export function fieldsOf(data: unknown): SessionFields {
  const known = new Map<Meaning, FieldValue[]>()
  let unknownCount = 0
  let level: readonly Entry[] = entriesOf([], data)
  for (let depth = 0, seen = 0; level.length > 0 && depth < DEEPEST && seen < MOST_FIELDS; depth += 1) {
    const fields = level.slice(0, MOST_FIELDS - seen)
    seen += fields.length
    for (const { path, value } of fields) {
      if (!isFieldValue(value)) continue
      const meaning = meaningOf(path)
      if (meaning === undefined) unknownCount += 1
      else known.set(meaning, [...(known.get(meaning) ?? []), value])
    }
    level = fields.flatMap(({ path, value }) => entriesOf(path, value))
  }
  return { known, unknownCount }
}

interface Entry {
  readonly path: readonly string[]
  readonly value: unknown
}

function entriesOf(path: readonly string[], value: unknown): readonly Entry[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).map(([name, value]) => ({ path: [...path, name], value: value as unknown }))
}

function isFieldValue(value: unknown): value is FieldValue {
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => typeof one === 'string' || typeof one === 'number')
  return typeof value === 'string' ? value.trim() !== '' : typeof value === 'number' || typeof value === 'boolean'
}
