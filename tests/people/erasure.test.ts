// Erasing someone leaves nothing of her but keyed hashes, on either engine; a restored backup does not bring her back.
import { describe, expect, it } from 'vitest'
import { erasePerson, readTombstones, reapplyErasures, tombstoneOf } from '../../src/people/erasure.ts'
import { grantRole } from '../../src/people/roles.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { enrolVolunteer } from '../../src/people/volunteer-store.ts'
import { createPerson, findPerson, findPersonByTelegramId } from '../../src/people/store.ts'
import { openTestDatabase } from '../storage/test-database.ts'
import { fillIn, NOW, RINI, SARI, SECRET } from './someone.ts'

describe('someone erased', () => {
  it('leaves a keyed tombstone, keyed proof of what she agreed to, and an audit trail of ids', async () => {
    const database = await openTestDatabase()
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
    const database = await openTestDatabase()
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

  it('is not introduced to the team any more as a volunteer', async () => {
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      const id = await fillIn(tx, SARI, 'Sari', RINI)
      await enrolVolunteer(tx, { person: id, shownName: 'Sari', areas: [], sectors: [], languages: ['id'], regions: [], quietFrom: 21, quietUntil: 6, weeklyLoad: 2 }, NOW)
      const card = await enqueue(tx, { chatId: RINI, method: 'sendMessage', payload: { text: 'Sari ingin menjadi relawan' }, onSent: { name: 'about-volunteer', version: 1, data: { about: id } } }, NOW)
      const other = await enqueue(tx, { chatId: RINI, method: 'sendMessage', payload: { text: 'Joko ingin menjadi relawan' }, onSent: { name: 'about-volunteer', version: 1, data: { about: id + 1 } } }, NOW)
      await erasePerson(tx, { person: id, secret: SECRET, now: NOW + 9 })
      const stateOf = async (row: number) => (await tx.selectFrom('outbox').select('state').where('id', '=', row).executeTakeFirstOrThrow()).state
      expect([await stateOf(card), await stateOf(other)]).toEqual(['superseded', 'queued'])
      expect(await tx.selectFrom('volunteer').select('person_id').execute()).toEqual([])
    })
  })

  it('can no longer be joined by links she made', async () => {
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      const { id } = await createPerson(tx, RINI, NOW)
      await grantRole(tx, { person: id, role: 'coordinator', by: null, now: NOW })
      await tx.insertInto('invite').values({ token_hash: 'x', role: 'volunteer', created_by: id, created_at: NOW, expires_at: NOW + 1000 }).execute()
      await erasePerson(tx, { person: id, secret: SECRET, now: NOW + 9 })
      expect(await tx.selectFrom('invite').select('expires_at').execute()).toEqual([{ expires_at: NOW + 9 }])
    })
  })

  it('without Telegram is erased too, and found again in a backup', async () => {
    const database = await openTestDatabase()
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
    const database = await openTestDatabase()
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
    const database = await openTestDatabase()
    await database.transaction(async (tx) => {
      await createPerson(tx, SARI, NOW)
      const tombstones = [{ keyHash: tombstoneOf('another secret of the same good length', SARI), erasedAt: NOW + 100 }]
      expect(await reapplyErasures(tx, { tombstones, secret: SECRET, now: NOW + 900 })).toBe(0)
    })
  })
})
