// Splits a multipart/form-data body in its parts, as leniently about quotes as Telegram is. It knows no parameters.

export interface Part {
  readonly name: string
  /** Present for a file. */
  readonly fileName: string | undefined
  readonly mimeType: string | undefined
  readonly bytes: Buffer
}

/** The parts in order; undefined when the body is not what its content type says. */
export function readParts(contentType: string, body: Buffer): readonly Part[] | undefined {
  const found = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType)
  const boundary = found?.[1] ?? found?.[2]
  if (boundary === undefined) return undefined
  const opening = Buffer.from(`--${boundary}`)
  const separator = Buffer.from(`\r\n--${boundary}`)
  const parts: Part[] = []
  let start = body.indexOf(opening) + opening.length
  if (start < opening.length) return undefined
  // '--' after a boundary closes the form.
  while (body.toString('latin1', start, start + 2) !== '--') {
    const end = body.indexOf(separator, start)
    const part = end === -1 ? undefined : readPart(body.subarray(start + 2, end))
    if (!part) return undefined
    parts.push(part)
    start = end + separator.length
  }
  return parts
}

function readPart(part: Buffer): Part | undefined {
  const headersEnd = part.indexOf('\r\n\r\n')
  if (headersEnd === -1) return undefined
  const headers = new Map(part.toString('utf8', 0, headersEnd).split('\r\n').map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
  }))
  const disposition = headers.get('content-disposition') ?? ''
  const name = readAttribute(disposition, 'name')
  if (name === undefined) return undefined
  return {
    name,
    fileName: readAttribute(disposition, 'filename'),
    mimeType: headers.get('content-type'),
    bytes: part.subarray(headersEnd + 4),
  }
}

function readAttribute(header: string, name: string): string | undefined {
  const found = new RegExp(`[;\\s]${name}=(?:"([^"]*)"|([^;]*))`, 'i').exec(header)
  return found?.[1] ?? found?.[2]?.trim()
}
