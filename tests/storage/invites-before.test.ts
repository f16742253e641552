// Invitations from before a link could serve several people keep their meaning: used ones stay used, open ones serve one.
import { expect, it, onTestFinished } from 'vitest'
import SqliteFile from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { findInvite } from '../../src/features/team/invite-store.ts'
import { hashToken, judgeInvite } from '../../src/features/team/invite.ts'
import { grantRole } from '../../src/people/roles.ts'
import { databaseFile } from '../../src/storage/address.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { migrate, MIGRATIONS } from '../../src/storage/migration.ts'
import type { Schema } from '../../src/storage/schema.ts'
import { createPlace } from './test-database.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const BEFORE = MIGRATIONS.findIndex(({ name }) => name === '0008-volunteers')

it('used invitations stay used, open ones serve one person', async () => {
  const { remove, url } = await createPlace({ template: 'template1' })
  onTestFinished(remove)
  // Made before, as the earlier version did; PostgreSQL's migrations are held together by tests/storage/migration.test.ts.
  if (!url.startsWith('sqlite:')) return
  const old = new Kysely<Schema>({ dialect: new SqliteDialect({ database: new SqliteFile(databaseFile(url)) }) })
  await migrate(old, MIGRATIONS.slice(0, BEFORE))
  for (const telegram_id of [1, 2]) await old.insertInto('person').values({ telegram_id, created_at: NOW, last_seen_at: NOW }).execute()
  const invite = { role: 'volunteer', created_by: 1, created_at: NOW, expires_at: NOW + 1000 }
  await old.insertInto('invite').values({ ...invite, token_hash: hashToken('used'), used_by: 2, used_at: NOW }).execute()
  await old.insertInto('invite').values({ ...invite, token_hash: hashToken('by someone erased'), used_by: 99, used_at: NOW }).execute()
  await old.insertInto('invite').values({ ...invite, token_hash: hashToken('open') }).execute()
  await old.destroy()

  const database = await openDatabase(url)
  onTestFinished(() => database.close())
  const verdicts = await database.transaction(async (tx) => {
    await grantRole(tx, { person: 1, role: 'coordinator', by: null, now: NOW })
    const judged = async (token: string, person: number) => judgeInvite(await findInvite(tx, token, person), [], NOW)
    return [await judged('used', 2), await judged('used', 1), await judged('by someone erased', 2), await judged('open', 2)]
  })
  expect(verdicts).toMatchObject([{ reason: 'used' }, { reason: 'used' }, { reason: 'used' }, { type: 'usable', invite: { uses: 1, used: 0 } }])
})
