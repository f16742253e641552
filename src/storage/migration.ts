// Brings a database to the newest version at start: each migration is atomic, and a database newer than this code is refused.
import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import { up as clinic } from './migrations/0001-clinic.ts'
import { up as privacy } from './migrations/0002-privacy.ts'
import { up as funnel } from './migrations/0003-funnel.ts'
import { up as activity } from './migrations/0004-activity.ts'
import { up as manyProcesses } from './migrations/0005-many-processes.ts'
import { up as assessment } from './migrations/0006-assessment.ts'
import { up as notices } from './migrations/0007-notices.ts'
import { up as volunteers } from './migrations/0008-volunteers.ts'
import { up as cases } from './migrations/0009-cases.ts'
import type { Schema } from './schema.ts'
import { type Engine, engineOf } from './tx.ts'

/** What the engines write differently when tables are made. */
export interface Ddl {
  /** Adds the `id` column: an integer the database counts up and never gives out again. */
  readonly id: <T extends string>(table: CreateTableBuilder<T>) => CreateTableBuilder<T, string>
  /** From now on the table refuses that rows are changed or deleted. */
  readonly appendOnly: (db: Kysely<unknown>, table: string) => Promise<void>
}

export interface Migration {
  readonly name: string
  readonly up: (db: Kysely<unknown>, ddl: Ddl) => Promise<void>
}

/** In the order they run; a database's version is how many of them it has. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-clinic', up: clinic },
  { name: '0002-privacy', up: privacy },
  { name: '0003-funnel', up: funnel },
  { name: '0004-activity', up: activity },
  { name: '0005-many-processes', up: manyProcesses },
  { name: '0006-assessment', up: assessment },
  { name: '0007-notices', up: notices },
  { name: '0008-volunteers', up: volunteers },
  { name: '0009-cases', up: cases },
]

const DDL: Readonly<Record<Engine, Ddl>> = {
  sqlite: {
    id: (table) => table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement()),
    appendOnly: async (db, table) => {
      for (const change of ['update', 'delete']) {
        await sql`create trigger ${sql.ref(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.table(table)} begin select raise(abort, ${sql.lit(`${table} is append only`)}); end`.execute(db)
      }
    },
  },
  postgres: {
    id: (table) => table.addColumn('id', 'bigint', (c) => c.primaryKey().generatedByDefaultAsIdentity()),
    appendOnly: async (db, table) => {
      await sql`create or replace function refuse_change() returns trigger language plpgsql as $$ begin raise exception '% is append only', tg_table_name; end $$`.execute(db)
      await sql`create trigger ${sql.ref(`${table}_append_only`)} before update or delete on ${sql.table(table)} for each row execute function refuse_change()`.execute(db)
    },
  },
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
        await migration.up(tx as unknown as Kysely<unknown>, DDL[engineOf(tx)])
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
