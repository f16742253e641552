// Brings a database to the newest version at start: each migration is atomic, and a database newer than this code is refused.
import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import { up as clinic } from './migrations/0001-clinic.ts'
import { up as privacy } from './migrations/0002-privacy.ts'
import { up as funnel } from './migrations/0003-funnel.ts'
import { up as activity } from './migrations/0004-activity.ts'
import type { Schema } from './schema.ts'

/** What differs between engines when a table is made. */
export interface ColumnBuilder {
  /** Adds the `id` column: an integer the database counts up and never gives out again. */
  readonly id: <T extends string>(table: CreateTableBuilder<T>) => CreateTableBuilder<T, string>
}

export interface Migration {
  readonly name: string
  readonly up: (db: Kysely<unknown>, columns: ColumnBuilder) => Promise<void>
}

/** In the order they run; a database's version is how many of them it has. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-clinic', up: clinic },
  { name: '0002-privacy', up: privacy },
  { name: '0003-funnel', up: funnel },
  { name: '0004-activity', up: activity },
]

const SQLITE_COLUMNS: ColumnBuilder = {
  id: (table) => table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement()),
}

/** Thrown at start; the message tells the operator what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/**
 * Runs the migrations that are missing, each in its own transaction together with its version number.
 * @throws MigrationError when the database is newer than this code or a migration fails (which then left nothing behind).
 */
export async function migrate(db: Kysely<Schema>, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  await sql`create table if not exists meta (key text primary key, value text not null)`.execute(db)
  const version = await readVersion(db)
  if (version > migrations.length) {
    throw new MigrationError(
      `This database is at version ${version}, newer than this program knows (${migrations.length}). ` +
        'Start the newer program, or restore a backup made before the upgrade.',
    )
  }
  for (const [at, migration] of migrations.entries()) {
    if (at < version) continue
    await db.transaction().execute(async (tx) => {
      // Another process may have migrated while this one waited for the lock.
      if ((await readVersion(tx)) > at) return
      try {
        await migration.up(tx as unknown as Kysely<unknown>, SQLITE_COLUMNS)
      } catch (cause) {
        throw new MigrationError(`Migration ${migration.name} did not run; the database is unchanged by it.`, { cause })
      }
      await tx
        .insertInto('meta')
        .values({ key: 'version', value: String(at + 1) })
        .onConflict((c) => c.column('key').doUpdateSet({ value: String(at + 1) }))
        .execute()
    })
  }
}

async function readVersion(db: Kysely<Schema>): Promise<number> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'version').executeTakeFirst()
  return row ? Number(row.value) : 0
}
