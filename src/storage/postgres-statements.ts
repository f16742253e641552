// Gives every statement text a name, under which a PostgreSQL connection prepares it once and keeps it.

export interface Statements {
  find(text: string): { readonly name?: string; readonly text: string }
}

/** A connection keeps what it prepared; texts that vary with their number of values must not fill it. */
const MOST_KEPT = 500

export function createStatements(): Statements {
  const found = new Map<string, { readonly name: string; readonly text: string }>()
  return {
    find: (text) => {
      const known = found.get(text)
      if (known) return known
      const numbered = numberValues(text)
      if (found.size >= MOST_KEPT) return { text: numbered }
      const statement = { name: `s${found.size}`, text: numbered }
      found.set(text, statement)
      return statement
    },
  }
}

/** Statements written by hand have a `?` for each value, as SQLite takes them; PostgreSQL numbers its values. Kysely's have numbers already. */
function numberValues(text: string): string {
  let count = 0
  return text.replaceAll('?', () => `$${(count += 1)}`)
}
