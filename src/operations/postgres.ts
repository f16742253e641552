// What an operator of a clinic on PostgreSQL types to back it up and to bring it back: the server's own programs do it.

/** The commands for a database, without its password: PostgreSQL's programs take that from PGPASSWORD or ~/.pgpass. */
export interface PostgresCommands {
  readonly dump: string
  readonly restore: string
}

/** @param url as in DATABASE_URL. @param now ms UTC, for the name of the file */
export function postgresCommands(url: string, now: number): PostgresCommands {
  const { address, name } = withoutPassword(url)
  const file = `${name}-${new Date(now).toISOString().slice(0, 10).replaceAll('-', '')}.dump`
  return {
    dump: `pg_dump --format=custom --file=${quote(file)} ${quote(address)}`,
    restore: `pg_restore --clean --if-exists --no-owner --dbname=${quote(address)} ${quote(file)}`,
  }
}

/** The address as it may be shown. */
export function withoutPassword(url: string): { readonly address: string; readonly name: string } {
  const parsed = new URL(url)
  parsed.password = ''
  // Drivers take a password from here too.
  parsed.searchParams.delete('password')
  return { address: parsed.href, name: decodeURIComponent(parsed.pathname.slice(1)) }
}

/** What is wrong with the database, in words an operator can act on; undefined for anything but PostgreSQL's own refusals. */
export function explainPostgres(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? REFUSALS.get(code) : undefined
}

/** Source: PostgreSQL manual, appendix A; the first ones are Node's own. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'PostgreSQL does not answer at the address in DATABASE_URL. Start it, or correct host and port.'],
  ['ENOTFOUND', 'There is no host of the name that DATABASE_URL gives. Correct it.'],
  ['ETIMEDOUT', 'PostgreSQL does not answer at the address in DATABASE_URL. Check the network between the two machines.'],
  ['28P01', 'PostgreSQL refused the password in DATABASE_URL. Correct it.'],
  ['28000', 'PostgreSQL does not let the user in DATABASE_URL in. Correct the user, or allow it in pg_hba.conf.'],
  ['3D000', 'The database that DATABASE_URL names does not exist. Make it with createdb.'],
  ['42501', 'The user in DATABASE_URL may not make tables. Make it the owner of the database.'],
])

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
