// Reads where a database lies from its address. Pure: it opens nothing.
import type { Engine } from './tx.ts'

/** Which engine an address means: `postgres://` and `postgresql://`, else SQLite. */
export function engineOfUrl(url: string): Engine {
  return /^postgres(ql)?:/.test(url) ? 'postgres' : 'sqlite'
}

/** The path a `sqlite:` address names. */
export function databaseFile(url: string): string {
  return url.replace(/^sqlite:/, '')
}
