/**
 * Reads one of the area lists (CSV lines of code, parent, name, sorted by code) without unpacking it: the file stays one
 * block of bytes and a line is decoded only when asked for.
 */

export interface CodeTable {
  readonly size: number
  code(at: number): string
  name(at: number): string
  /** Position of a code, or -1. */
  find(code: string): number
}

const LINE_FEED = 10

/** @param csv the whole file, with a heading line and its codes in order, since `find` halves the list */
export function createCodeTable(csv: Buffer): CodeTable {
  const starts: number[] = []
  for (let at = 0; at < csv.length - 1; at++) if (csv[at] === LINE_FEED) starts.push(at + 1)
  const lines = Uint32Array.from([...starts, csv.length + (csv.at(-1) === LINE_FEED ? 0 : 1)])
  const size = starts.length

  const line = (at: number) => csv.toString('utf8', lines[at], lines[at + 1]! - 1).trimEnd()
  const code = (at: number) => csv.toString('latin1', lines[at], csv.indexOf(',', lines[at]))

  return {
    size,
    code,
    name: (at) => unquote(line(at).replace(COLUMNS_BEFORE_NAME, '')),
    find(wanted) {
      let low = 0
      let high = size - 1
      while (low <= high) {
        const middle = (low + high) >> 1
        const found = code(middle)
        if (found === wanted) return middle
        if (found < wanted) low = middle + 1
        else high = middle - 1
      }
      return -1
    },
  }
}

const COLUMNS_BEFORE_NAME = /^(?:[\d.]+,)+/

function unquote(field: string): string {
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field
}
