// How much comes in at which time of day (counts only), and what each coordinator was told of the clinic's health.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('activity')
    .addColumn('slot_at', 'bigint', (c) => c.primaryKey())
    .addColumn('updates', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('health_notice')
    .addColumn('person_id', 'integer', (c) => c.primaryKey().references('person.id').onDelete('cascade'))
    .addColumn('heartbeat_on', 'text', (c) => c.notNull())
    .addColumn('silence_since', 'bigint')
    .execute()
}
