// Pausing, retention, erasure and who looked: what a person may ask of her data. A migration that has run anywhere is never edited.
import type { Kysely } from 'kysely'
import type { Ddl } from '../migration.ts'

export async function up(db: Kysely<unknown>, { id }: Ddl): Promise<void> {
  const table = (name: string) => db.schema.createTable(name)
  const index = (name: string, on: string, column: string) => db.schema.createIndex(name).on(on).column(column).execute()

  await db.schema.alterTable('person').addColumn('paused_at', 'bigint').execute()
  await db.schema.alterTable('person').addColumn('retention_asked_at', 'bigint').execute()
  await index('person_seen', 'person', 'last_seen_at')

  await table('tombstone')
    .addColumn('key_hash', 'text', (c) => c.primaryKey())
    .addColumn('erased_at', 'bigint', (c) => c.notNull())
    .execute()
  await id(table('consent_proof'))
    .addColumn('key_hash', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('text_hash', 'text', (c) => c.notNull())
    .addColumn('given_at', 'bigint', (c) => c.notNull())
    .addColumn('withdrawn_at', 'bigint', (c) => c.notNull())
    .execute()
  await index('consent_proof_age', 'consent_proof', 'withdrawn_at')
  await id(table('access_log'))
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('by_person', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .execute()
  await index('access_log_person', 'access_log', 'person_id')

  // Erasing a person follows these; without an index each would read its whole table.
  await index('role_person', 'role', 'person_id')
  await index('consent_person', 'consent', 'person_id')
  await index('help_message_author', 'help_message', 'author_id')
  await index('help_copy_request', 'help_copy', 'request_id')
  await index('help_message_age', 'help_message', 'created_at')
}
