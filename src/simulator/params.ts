// Reads a request's parameters whatever way they came: JSON, form, multipart or query. It checks types, not meaning.

import { readParts } from './multipart.ts'
import { badRequest } from './refusal.ts'

export interface Upload {
  readonly bytes: Uint8Array
  readonly fileName: string
  readonly mimeType: string
}

export interface Params {
  /** As sent, for the log of calls; files as '<name, n bytes>'. */
  readonly raw: Readonly<Record<string, unknown>>
  has(name: string): boolean
  text(name: string): string | undefined
  integer(name: string): number | undefined
  decimal(name: string): number | undefined
  /** false when absent. */
  flag(name: string): boolean
  /** An object or array, sent as such or as a JSON string; Refusal when it is no JSON. */
  json(name: string): unknown
  /** The upload under this name, or under the name in 'attach://name'. */
  upload(name: string): Upload | undefined
  /** Parameters nested in one of these, such as an item of an album; uploads stay within reach. */
  within(fields: Readonly<Record<string, unknown>>): Params
}

/** Reads one request. Query parameters give way to those of the body. Throws a Refusal when the body can't be read. */
export function readParams(
  query: Readonly<Record<string, unknown>>,
  contentType: string | undefined,
  body: Buffer | undefined,
): Params {
  const fields: Record<string, unknown> = { ...query }
  const uploads = new Map<string, Upload>()
  if (body && body.length > 0) {
    if (contentType?.startsWith('application/json')) Object.assign(fields, readJsonBody(body))
    else if (contentType?.startsWith('application/x-www-form-urlencoded')) {
      Object.assign(fields, Object.fromEntries(new URLSearchParams(body.toString())))
    } else if (contentType?.startsWith('multipart/form-data')) {
      readMultipart(contentType, body, fields, uploads)
    }
  }
  return createParams(fields, uploads)
}

/** Parameters that came as one JSON object, such as a method in a webhook's answer. */
export function createParams(fields: Readonly<Record<string, unknown>>, uploads = new Map<string, Upload>()): Params {
  const value = (name: string) => (fields[name] === null || fields[name] === '' ? undefined : fields[name])
  const number = (name: string) => {
    const given = value(name)
    if (typeof given === 'number') return given
    return typeof given === 'string' && /^-?\d+(\.\d+)?$/.test(given.trim()) ? Number(given) : undefined
  }
  const shown = [...uploads].map(([name, { fileName, bytes }]) => [name, `<${fileName}, ${bytes.length} bytes>`])
  return {
    raw: { ...fields, ...Object.fromEntries(shown) },
    has: (name) => value(name) !== undefined || uploads.has(name),
    text: (name) => {
      const given = value(name)
      return typeof given === 'string' ? given : typeof given === 'number' ? String(given) : undefined
    },
    integer: (name) => {
      const given = number(name)
      return given === undefined || !Number.isSafeInteger(given) ? undefined : given
    },
    decimal: number,
    flag: (name) => {
      const given = value(name)
      return given === true || given === 1 || (typeof given === 'string' && /^(?:true|1|yes|t|y)$/i.test(given))
    },
    json: (name) => {
      const given = value(name)
      if (typeof given !== 'string') return given
      try {
        return JSON.parse(given) as unknown
      } catch {
        throw badRequest(`can't parse ${name.replaceAll('_', ' ')} JSON object`)
      }
    },
    upload: (name) => {
      const given = value(name)
      const attached = typeof given === 'string' && given.startsWith('attach://') ? given.slice('attach://'.length) : name
      return uploads.get(attached)
    },
    within: (inner) => createParams(inner, uploads),
  }
}

function readJsonBody(body: Buffer): Record<string, unknown> {
  try {
    const parsed = JSON.parse(body.toString()) as unknown
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>
  } catch {
    // Answered below, as any other body that is no object.
  }
  throw badRequest("can't parse request body as JSON object")
}

function readMultipart(
  contentType: string,
  body: Buffer,
  fields: Record<string, unknown>,
  uploads: Map<string, Upload>,
): void {
  const parts = readParts(contentType, body)
  if (!parts) throw badRequest("can't parse multipart form data")
  for (const { name, fileName, mimeType, bytes } of parts) {
    if (fileName === undefined) fields[name] = bytes.toString()
    else uploads.set(name, { bytes, fileName, mimeType: mimeType ?? 'application/octet-stream' })
  }
}
