// Reads a reviewed YAML file against a schema and reports every problem at once, each with its place and an example.
// It must not know what the file is about.
import { readFileSync } from 'node:fs'
import { distance } from 'fastest-levenshtein'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { camelCased } from './camel-case.ts'
import type { CamelCased } from './camel-case.ts'
import { ContentError } from './problem.ts'
import type { Problem } from './problem.ts'

export type Reading<T> =
  | { readonly type: 'read'; readonly value: T }
  | { readonly type: 'refused'; readonly problems: readonly Problem[] }

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  array: 'a list',
  object: 'a group of names and values',
}

/**
 * Reads `text` as YAML and checks it against `schema`. A field's example in the advice is the `example` of its `.meta()`.
 * `file` only serves to name the place.
 */
export function readYaml<S extends z.ZodType>(file: string, text: string, schema: S): Reading<CamelCased<z.output<S>>> {
  const document = parseDocument(text, { prettyErrors: true })
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      key: error.linePos === undefined ? '' : `line ${error.linePos[0].line}`,
      what: (error.message.split(/ at line |\n/)[0] ?? error.message).replace(/\.$/, ''),
      mend: 'Check the indentation, the quotes and repeated names there.',
    }))
    return { type: 'refused', problems }
  }
  const data: unknown = document.toJS()
  const outcome = schema.safeParse(data)
  if (outcome.success) return { type: 'read', value: camelCased(outcome.data) }
  return { type: 'refused', problems: outcome.error.issues.flatMap((issue) => issueProblems(file, issue, data, schema)) }
}

/** Reads the file at `path` against `schema`. Throws a `ContentError` that lists every problem. */
export function loadYaml<S extends z.ZodType>(path: string, schema: S): CamelCased<z.output<S>> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    const mend = 'Put the file there, or name another one. The files the clinic came with stand in its data/ folder.'
    throw new ContentError([{ file: path, key: '', what: 'this file cannot be read', mend }])
  }
  const reading = readYaml(path, text, schema)
  if (reading.type === 'refused') throw new ContentError(reading.problems)
  return reading.value
}

function issueProblems(file: string, issue: Issue, data: unknown, schema: z.ZodType): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schemaAt(schema, issue.path))
    return issue.keys.map((key) => {
      const near = known.find((name) => distance(name, key) <= Math.max(2, name.length / 5))
      const mend = near === undefined ? `Remove it, or use one of: ${known.join(', ')}.` : `Did you mean ${near}?`
      return { file, key: keyName([...issue.path, key], data), what: 'this name is not known', mend }
    })
  }
  const what = valueAt(data, issue.path) === undefined ? 'is missing' : describeIssue(issue)
  const example = exampleOf(schemaAt(schema, issue.path))
  const mend = example === undefined ? 'See the comments in the file.' : `Example: ${example}`
  return [{ file, key: keyName(issue.path, data), what, mend }]
}

function describeIssue(issue: Issue): string {
  if (issue.code === 'invalid_type') return `must be ${TYPE_NAMES[issue.expected] ?? `of type ${issue.expected}`}`
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) return 'is empty'
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}${countedIn(issue.origin)}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}${countedIn(issue.origin)}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_format' && issue.format === 'date') return 'must be a date that exists, as year-month-day'
  return issue.message
}

function countedIn(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : ''
}

/** `facts.3.en` says less than `facts.qris_mdr_mikro.en`: an item with an id goes by its id. */
function keyName(path: Path, data: unknown): string {
  return path
    .map((segment, index) => {
      const id = typeof segment === 'number' ? valueAt(data, [...path.slice(0, index + 1), 'id']) : undefined
      return typeof id === 'string' ? id : String(segment)
    })
    .join('.')
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  )
}

function schemaAt(schema: z.core.$ZodType | undefined, path: Path): z.core.$ZodType | undefined {
  const [key, ...rest] = path
  if (schema instanceof z.ZodOptional && key !== undefined) return schemaAt(schema.unwrap(), path)
  if (schema instanceof z.ZodPipe) return schemaAt(schema.in, path)
  if (key === undefined) return schema
  if (schema instanceof z.ZodObject) return schemaAt(schema.shape[String(key)], rest)
  if (schema instanceof z.ZodTuple) return schemaAt(schema.def.items[Number(key)], rest)
  return schema instanceof z.ZodArray ? schemaAt(schema.element, rest) : undefined
}

function knownKeys(schema: z.core.$ZodType | undefined): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function exampleOf(schema: z.core.$ZodType | undefined): string | undefined {
  const example = schema instanceof z.ZodType ? schema.meta()?.['example'] : undefined
  return typeof example === 'string' ? example : undefined
}
