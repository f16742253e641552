// What happened at which step of a form, as codes and times (nothing anyone typed, nobody's name); and which message asked a question first.
import { type Kysely, sql } from 'kysely'
import type { Ddl } from '../migration.ts'

export async function up(db: Kysely<unknown>, { id }: Ddl): Promise<void> {
  await id(db.schema.createTable('step_event'))
    .addColumn('form', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('elapsed_ms', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
  await sql`create index step_event_form on step_event (form, at)`.execute(db)
  await db.schema.alterTable('conversation').addColumn('first_prompt_id', 'bigint').execute()
}
