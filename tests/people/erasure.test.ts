import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { giveConsent, withdrawConsent } from '../../src/people/consent.ts'
import { erasePerson, readTombstones, reapplyErasures, tombstoneOf } from '../../src/people/erasure.ts'
import { grantRole } from '../../src/people/roles.ts'
import { createPerson, findPerson, findPersonByTelegramId } from '../../src/people/store.ts'
import { type Database, openDatabase, type Tx } from '../../src/storage/database.ts'

const SECRET = 'a secret of at least thirty-two characters'
const NOW = Date.UTC(2026, 10, 23, 2)
const SARI = 7_310_555_001
const RINI = 7_310_555_002
/** Long enough to lie on pages of its own. */
const LONG_QUESTION = 'Bagaimana supaya untungnya cukup? '.repeat(200)

async function clinic(): Promise<{ database: Database; folder: string; path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'erasure-'))
  const path = join(folder, 'klinik.db')
  const database = await openDatabase(`sqlite:${path}`)
  onTestFinished(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { database, folder, path }
}

/** A person with something of hers in every place the clinic keeps things. Every word of hers holds `mark`. */
async function fillIn(tx: Tx, telegramId: number, mark: string, coordinator: number): Promise<number> {
  const { id } = await createPerson(tx, telegramId, NOW)
  await tx.updateTable('person').set({ given_name: `Nama${mark}`, phone: `+62${mark}` }).where('id', '=', id).execute()
  await grantRole(tx, { person: id, role: 'owner', by: id, now: NOW })
  await giveConsent(tx, { person: id, purpose: 'clinic', text: `Setuju ${mark}`, messageId: 5, now: NOW })
  await giveConsent(tx, { person: id, purpose: 'research', text: `Setuju ${mark}`, messageId: 6, now: NOW })
  await withdrawConsent(tx, { person: id, purpose: 'research', now: NOW + 1 })
  await tx.insertInto('business').values({ person_id: id, name: `Warung ${mark}`, sector: 'kuliner', village_code: '35.07.26.2003', product: `pecel ${mark}`, licences: '{}', created_at: NOW, updated_at: NOW }).execute()
  await tx.insertInto('conversation').values({ person_id: id, form: 'business', version: 1, step: 'product', revision: 1, answers: JSON.stringify({ 'business-name': `Kedai ${mark}` }), memo: '{}', active: 1, started_at: NOW, updated_at: NOW }).execute()
  await tx.insertInto('tip_shown').values({ person_id: id, tip: 'info-t1', shown_at: NOW }).execute()
  await tx.insertInto('instrument').values({ version: '0.2-pilot', content: '{}', first_used_at: NOW }).onConflict((c) => c.doNothing()).execute()
  const check = await tx.insertInto('assessment').values({ person_id: id, instrument: '0.2-pilot', kind: 'check', finished_at: NOW, total: 60, level: 'pemula' }).returning('id').executeTakeFirstOrThrow()
  await tx.insertInto('assessment_area').values({ assessment_id: check.id, area: 'info', score: 12, level: 'pemula', priority: 1 }).execute()
  await tx.insertInto('assessment_answer').values({ assessment_id: check.id, item: 'info-1', answer: '1' }).execute()
  await tx.insertInto('plan_step').values({ person_id: id, assessment_id: check.id, area: 'info', round: 1, tip: 'info-t1', is_review: 0, state: 'done', created_at: NOW, proof_kind: 'words', proof: `Sudah ${mark}` }).execute()
  const request = await tx.insertInto('help_request').values({ number: id, person_id: id, state: 'open', created_at: NOW }).returning('id').executeTakeFirstOrThrow()
  await tx.insertInto('help_message').values({ request_id: request.id, author_id: id, body: `${mark} ${LONG_QUESTION} ${mark}`, created_at: NOW }).execute()
  await tx.insertInto('help_copy').values({ chat_id: coordinator, message_id: id, request_id: request.id }).execute()
  await tx.insertInto('access_log').values({ person_id: id, by_person: 1, at: NOW, what: 'help-request' }).execute()
  const row = (chat_id: number, state: 'queued' | 'sending' | 'sent', text: string, on_sent: string | null = null) =>
    tx.insertInto('outbox').values({ chat_id, lane: 'reply', method: 'sendMessage', payload: JSON.stringify({ text }), state, next_at: NOW, on_sent, created_at: NOW, settled_at: state === 'sent' ? NOW : null }).execute()
  for (const state of ['queued', 'sending', 'sent'] as const) {
    await row(telegramId, state, `Halo, ${mark}!`)
    await row(coordinator, state, `Permintaan dari ${mark}`, JSON.stringify({ name: 'help-copy', version: 1, data: { request: request.id } }))
  }
  const updates = [{ message: { from: { id: telegramId, first_name: mark }, text: mark } }, { edited_message: { from: { id: telegramId }, text: mark } }, { callback_query: { from: { id: telegramId }, message: { text: mark } } }]
  for (const [at, update] of updates.entries()) {
    const payload = JSON.stringify({ update_id: telegramId + at, ...update })
    await tx.insertInto('failed_update').values({ update_id: telegramId + at, outcome: 'failed', reference: 'A1', error: 'Error', payload, failed_at: NOW }).execute()
    await tx.insertInto('inbox').values({ update_id: telegramId + at, payload, received_at: NOW }).execute()
  }
  return id
}

/** Everything in the folder, as one text: the database and what stands beside it. */
function bytesOf(folder: string, path: string): string {
  const file = new SqliteFile(path)
  file.pragma('wal_checkpoint(TRUNCATE)')
  file.close()
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')).join('')
}

describe('someone erased', () => {
  it('is in no byte of the database file, while her neighbours stay whole', async () => {
    const { database, folder, path } = await clinic()
    const mark = (person: number) => `Unik${person}Tanda`
    const ids = await database.transaction(async (tx) => {
      const coordinator = await createPerson(tx, RINI, NOW)
      await grantRole(tx, { person: coordinator.id, role: 'coordinator', by: null, now: NOW })
      const made: number[] = []
      for (let one = 0; one < 60; one += 1) made.push(await fillIn(tx, SARI + 10 * (one + 1), mark(one), RINI))
      return made
    })
    expect(bytesOf(folder, path)).toContain(mark(31))

    for (const one of [7, 31, 59]) await database.transaction((tx) => erasePerson(tx, { person: ids[one] ?? 0, secret: SECRET, now: NOW + 9 }))

    const bytes = bytesOf(folder, path)
    for (const one of [7, 31, 59]) expect(bytes).not.toContain(mark(one))
    for (const one of [0, 8, 30, 32, 58]) expect(bytes).toContain(`pecel ${mark(one)}`)
  })

  it('leaves a keyed tombstone, keyed proof of what she agreed to, and an audit trail of ids', async () => {
    const { database } = await clinic()
    await database.transaction(async (tx) => {
      const id = await fillIn(tx, SARI, 'Sari', RINI)
      await erasePerson(tx, { person: id, secret: SECRET, now: NOW + 9 })
      const key = tombstoneOf(SECRET, SARI)
      expect(await readTombstones(tx)).toEqual([{ keyHash: key, erasedAt: NOW + 9 }])
      expect(await tx.selectFrom('consent_proof').select(['key_hash', 'purpose', 'given_at', 'withdrawn_at']).orderBy('id').execute()).toEqual([
        { key_hash: key, purpose: 'clinic', given_at: NOW, withdrawn_at: NOW + 9 },
        { key_hash: key, purpose: 'research', given_at: NOW, withdrawn_at: NOW + 1 },
      ])
      expect(await tx.selectFrom('audit').select('action').where('subject', '=', `person:${id}`).orderBy('id', 'desc').limit(2).execute()).toEqual([{ action: 'person-erased' }, { action: 'role-ended' }])
    })
  })

  it('gets nothing more: what waited for her, or about her for the team, never leaves', async () => {
    const { database } = await clinic()
    await database.transaction(async (tx) => {
      await grantRole(tx, { person: (await createPerson(tx, RINI, NOW)).id, role: 'coordinator', by: null, now: NOW })
      const id = await fillIn(tx, SARI, 'Sari', RINI)
      await erasePerson(tx, { person: id, secret: SECRET, now: NOW + 9 })
      expect(await tx.selectFrom('outbox').select(['chat_id', 'state', 'payload']).execute()).toEqual([
        { chat_id: RINI, state: 'superseded', payload: null },
        { chat_id: RINI, state: 'superseded', payload: null },
        { chat_id: RINI, state: 'sent', payload: null },
      ])
      expect(await tx.selectFrom('inbox').selectAll().execute()).toEqual([])
    })
  })

  it('can no longer be joined by links she made', async () => {
    const { database } = await clinic()
    await database.transaction(async (tx) => {
      const { id } = await createPerson(tx, RINI, NOW)
      await grantRole(tx, { person: id, role: 'coordinator', by: null, now: NOW })
      await tx.insertInto('invite').values({ token_hash: 'x', role: 'volunteer', created_by: id, created_at: NOW, expires_at: NOW + 1000 }).execute()
      await erasePerson(tx, { person: id, secret: SECRET, now: NOW + 9 })
      expect(await tx.selectFrom('invite').select('expires_at').execute()).toEqual([{ expires_at: NOW + 9 }])
    })
  })

  it('without Telegram is erased too, and found again in a backup', async () => {
    const { database } = await clinic()
    await database.transaction(async (tx) => {
      const insert = () => tx.insertInto('person').values({ id: 77, given_name: 'Sari', created_at: NOW, last_seen_at: NOW }).execute()
      await insert()
      await erasePerson(tx, { person: 77, secret: SECRET, now: NOW + 9 })
      const tombstones = await readTombstones(tx)
      await insert()
      expect(await reapplyErasures(tx, { tombstones, secret: SECRET, now: NOW + 20 })).toBe(1)
      expect(await findPerson(tx, 77)).toBeUndefined()
    })
  })
})

describe('a restored backup', () => {
  it('loses who was erased since, and keeps the others and who came back', async () => {
    const { database } = await clinic()
    await database.transaction(async (tx) => {
      await fillIn(tx, SARI, 'Sari', RINI)
      await fillIn(tx, SARI + 10, 'Joko', RINI)
      await createPerson(tx, SARI + 2, NOW + 500)
      const tombstones = [
        { keyHash: tombstoneOf(SECRET, SARI), erasedAt: NOW + 100 },
        { keyHash: tombstoneOf(SECRET, SARI + 2), erasedAt: NOW + 100 },
        { keyHash: tombstoneOf(SECRET, SARI + 3), erasedAt: NOW + 100 },
      ]
      expect(await reapplyErasures(tx, { tombstones, secret: SECRET, now: NOW + 900 })).toBe(1)
      expect(await findPersonByTelegramId(tx, SARI)).toBeUndefined()
      expect(await findPersonByTelegramId(tx, SARI + 10)).toBeDefined()
      expect(await findPersonByTelegramId(tx, SARI + 2)).toBeDefined()
      expect((await readTombstones(tx)).toSorted((a, b) => a.keyHash.localeCompare(b.keyHash))).toEqual(tombstones.toSorted((a, b) => a.keyHash.localeCompare(b.keyHash)))
      expect(await reapplyErasures(tx, { tombstones, secret: SECRET, now: NOW + 901 })).toBe(0)
    })
  })

  it('is matched by nobody without the secret', async () => {
    const { database } = await clinic()
    await database.transaction(async (tx) => {
      await createPerson(tx, SARI, NOW)
      const tombstones = [{ keyHash: tombstoneOf('another secret of the same good length', SARI), erasedAt: NOW + 100 }]
      expect(await reapplyErasures(tx, { tombstones, secret: SECRET, now: NOW + 900 })).toBe(0)
    })
  })
})
