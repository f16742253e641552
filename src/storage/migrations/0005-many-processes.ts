// What several processes on one database need: whose turn a stored update waits for and who took it, and leases on what only one may do.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('inbox').addColumn('queue', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
  await db.schema.alterTable('inbox').addColumn('lease_until', 'bigint').execute()
  await sql`create index inbox_queue on inbox (queue, update_id)`.execute(db)
  await db.schema
    .createTable('lease')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('owner', 'text')
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute()
}
