// What the clinic says of its own accord: one ledger of all of it, when each owner wants her tips, and what became of them.
import { type Kysely, sql } from 'kysely'
import type { Ddl } from '../migration.ts'

export async function up(db: Kysely<unknown>, { id }: Ddl): Promise<void> {
  const table = (name: string) => db.schema.createTable(name)

  await id(table('delivery'))
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('day', 'text')
    .addColumn('outbox_id', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('sent_at', 'bigint')
    .execute()
  // At most one message a person and day: what was skipped has no day.
  await sql`create unique index delivery_day on delivery (person_id, day) where day is not null`.execute(db)
  await db.schema.createIndex('delivery_person').on('delivery').columns(['person_id', 'id']).execute()
  await db.schema.createIndex('delivery_age').on('delivery').column('created_at').execute()

  await table('nudge')
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('made', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('nudge_pk', ['person_id', 'kind'])
    .execute()
  await sql`create index nudge_due on nudge (kind, next_at) where next_at is not null`.execute(db)

  await table('tip_schedule')
    .addColumn('person_id', 'integer', (c) => c.primaryKey().references('person.id').onDelete('cascade'))
    .addColumn('weekdays', 'text', (c) => c.notNull())
    .addColumn('hour', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('paused_until', 'bigint')
    .addColumn('stopped_at', 'bigint')
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await sql`create index tip_schedule_due on tip_schedule (next_at) where next_at is not null`.execute(db)

  await table('tip_mark')
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('tip', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('tip_mark_pk', ['person_id', 'tip', 'mark'])
    .execute()
}
