// Who helps: what each volunteer offers and when, and invitations that several people may use, each once.
import { type Kysely, sql } from 'kysely'
import type { Ddl } from '../migration.ts'

export async function up(db: Kysely<unknown>, _ddl: Ddl): Promise<void> {
  const table = (name: string) => db.schema.createTable(name)

  await table('volunteer')
    .addColumn('person_id', 'integer', (c) => c.primaryKey().references('person.id').onDelete('cascade'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('shown_name', 'text', (c) => c.notNull())
    .addColumn('areas', 'text', (c) => c.notNull())
    .addColumn('sectors', 'text', (c) => c.notNull())
    .addColumn('languages', 'text', (c) => c.notNull())
    .addColumn('regions', 'text', (c) => c.notNull())
    .addColumn('weekly_load', 'integer', (c) => c.notNull())
    .addColumn('expert_in', 'text', (c) => c.notNull())
    .addColumn('on_duty', 'integer', (c) => c.notNull())
    .addColumn('away_until', 'bigint')
    .addColumn('quiet_from', 'integer', (c) => c.notNull())
    .addColumn('quiet_until', 'integer', (c) => c.notNull())
    .addColumn('news', 'text', (c) => c.notNull())
    .addColumn('digest_hour', 'integer', (c) => c.notNull())
    .addColumn('ask_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('volunteer_state').on('volunteer').column('state').execute()
  await sql`create index volunteer_ask on volunteer (ask_at) where ask_at is not null`.execute(db)

  const invite = db.schema.alterTable('invite')
  await invite.addColumn('uses', 'integer', (c) => c.notNull().defaultTo(1)).execute()
  await invite.addColumn('used', 'integer', (c) => c.notNull().defaultTo(0)).execute()
  await invite.addColumn('withdrawn_at', 'bigint').execute()
  await table('invite_use')
    .addColumn('invite_id', 'integer', (c) => c.notNull().references('invite.id').onDelete('cascade'))
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('used_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('invite_use_pk', ['invite_id', 'person_id'])
    .execute()
  await db.schema.createIndex('invite_use_person').on('invite_use').column('person_id').execute()
  // What was used so far counts; of who was erased since only that it was used.
  await sql`update invite set used = 1 where used_by is not null`.execute(db)
  await sql`insert into invite_use (invite_id, person_id, used_at)
    select invite.id, invite.used_by, invite.used_at from invite join person on person.id = invite.used_by`.execute(db)
}
