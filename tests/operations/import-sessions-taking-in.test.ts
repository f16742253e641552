// What an import leaves in the database, and what it says about it.
import { describe, expect, it } from 'vitest'
import { planImport } from '../../src/operations/import-sessions/plan.ts'
import { describeImport } from '../../src/operations/import-sessions/report.ts'
import type { Session } from '../../src/operations/import-sessions/session-file.ts'
import { takeIn } from '../../src/operations/import-sessions/taking-in.ts'
import { erasePerson } from '../../src/people/erasure.ts'
import { createPerson } from '../../src/people/store.ts'
import type { Database } from '../../src/storage/database.ts'
import { BOT_ID, DAY, fill, inDataFolder, NOW, SARI, SECRET, withDatabase } from './fixture.ts'
import { createReading } from './import-sessions-pilot.ts'

const reading = createReading()
const RINI = 4101
const DEWI = 4102
const EKO = 4103

const SESSIONS: readonly Session[] = [
  { key: `${SARI}:${SARI}`, data: { nama: 'Sari', telepon: '0812-3456-7890' } },
  { key: `${RINI}:${RINI}`, data: { nama: 'Rini', namaUsaha: 'Batik Rini', sektor: 'batik', hp: '0813 2222 3333', bahasa: 'en', step: 5 } },
  { key: `${DEWI}:${DEWI}`, data: { nama: 'Dewi', desa: 'Sidomulyo' } },
  { key: `${EKO}:${EKO}`, data: { language: 'en' } },
  { key: `-1001:${RINI}`, data: { nama: 'Rini' } },
  { key: `${BOT_ID}:${BOT_ID}`, data: { nama: 'Klinik' } },
  { key: '4104:4104', data: { step: 1 } },
  { key: 'sari', data: { nama: 'Sari' } },
]

async function importInto(database: Database, { dryRun = false, now = NOW, sessions = SESSIONS } = {}) {
  const plan = planImport(sessions, reading, BOT_ID)
  const done = await takeIn(plan.newcomers, { transaction: database.transaction, form: reading.form, secret: SECRET, now, dryRun })
  return { ...done, report: describeImport(plan, done, dryRun) }
}

/** Everything an import could touch. */
const contents = (database: Database) =>
  database.transaction(async (tx) => ({
    people: await tx.selectFrom('person').selectAll().orderBy('id').execute(),
    conversations: await tx.selectFrom('conversation').selectAll().orderBy('id').execute(),
    consents: await tx.selectFrom('consent').selectAll().execute(),
    outbox: await tx.selectFrom('outbox').selectAll().execute(),
    audit: await tx.selectFrom('audit').selectAll().execute(),
  }))

const inClinic = (work: (database: Database) => Promise<void>) =>
  inDataFolder((folder) =>
    withDatabase(folder.database, async (database) => {
      await fill(database)
      await work(database)
    }),
  )

describe('someone taken in', () => {
  it('is known by her account and language alone; what she answered waits in an unfinished registration', async () => {
    await inClinic(async (database) => {
      await importInto(database)
      const { people, conversations, consents, outbox } = await contents(database)
      const rini = people.find((one) => one.telegram_id === RINI)
      expect(rini).toMatchObject({ language: 'en', given_name: null, honorific: null, phone: null, adult: null, time_zone: null, member_number: null })
      const hers = conversations.filter((one) => one.person_id === rini?.id)
      expect(hers).toMatchObject([{ form: 'registration', step: 'consent', active: 0, remind_at: null, prompt_id: null }])
      expect(JSON.parse(hers[0]?.answers ?? '')).toEqual({ name: 'Rini', 'business-name': 'Batik Rini', sector: 'fesyen', phone: '+6281322223333' })
      expect(consents).toEqual([])
      expect(outbox).toEqual([])
    })
  })

  it('needs no answers to keep her language', async () => {
    await inClinic(async (database) => {
      await importInto(database)
      const { people, conversations } = await contents(database)
      const eko = people.find((one) => one.telegram_id === EKO)
      expect(eko?.language).toBe('en')
      expect(conversations.filter((one) => one.person_id === eko?.id)).toEqual([])
    })
  })
})

describe('an import', () => {
  it('leaves whom the clinic knows as she is', async () => {
    await inClinic(async (database) => {
      const before = await contents(database)
      expect((await importInto(database)).left.known).toBe(1)
      const after = await contents(database)
      expect(after.people.find((one) => one.telegram_id === SARI)).toEqual(before.people.find((one) => one.telegram_id === SARI))
      expect(after.conversations[0]).toEqual(before.conversations[0])
    })
  })

  it('done twice changes nothing', async () => {
    await inClinic(async (database) => {
      await importInto(database)
      const once = await contents(database)
      const again = await importInto(database, { now: NOW + DAY })
      expect(again.taken).toEqual([])
      expect(again.left).toEqual({ known: 4, erased: 0 })
      expect(await contents(database)).toEqual(once)
    })
  })

  it('brings nobody back who had herself erased', async () => {
    await inClinic(async (database) => {
      await importInto(database)
      await database.transaction(async (tx) => {
        const { id } = await tx.selectFrom('person').select('id').where('telegram_id', '=', RINI).executeTakeFirstOrThrow()
        await erasePerson(tx, { person: id, secret: SECRET, now: NOW + DAY })
      })
      const { left } = await importInto(database, { now: NOW + 2 * DAY })
      expect(left).toEqual({ known: 3, erased: 1 })
      expect((await contents(database)).people.map((one) => one.telegram_id)).not.toContain(RINI)
    })
  })

  it('takes in the others when one was taken in meanwhile', async () => {
    await inClinic(async (database) => {
      await database.transaction((tx) => createPerson(tx, DEWI, NOW))
      const { taken } = await importInto(database)
      expect(taken.map(({ telegramId }) => telegramId)).toEqual([RINI, EKO])
    })
  })

  it('only looks when it is a dry run', async () => {
    await inClinic(async (database) => {
      const before = await contents(database)
      const { taken } = await importInto(database, { dryRun: true })
      expect(taken.map(({ telegramId }) => telegramId)).toEqual([RINI, DEWI, EKO])
      expect(await contents(database)).toEqual(before)
    })
  })
})

describe('the report', () => {
  it('counts what was taken and what was left, and names nobody', async () => {
    await inClinic(async (database) => {
      const { report } = await importInto(database)
      expect(report).toEqual([
        'Taken in: 3 people.',
        'Answers kept for after their consent: name 2, business-name 1, sector 1, phone 1.',
        'Asked anew, because it did not clearly fit: village 1.',
        'Left: 1 field that the clinic has no question for.',
        'Left: 1 session (the clinic knows them already).',
        'Left: 1 session (said in a group or channel).',
        'Left: 1 session (of a bot).',
        'Left: 1 session (under a key other than <chat>:<person>).',
        'Left: 1 session (with no field the clinic knows).',
        'They are sent nothing. Whoever writes to the clinic is asked for consent first.',
      ])
    })
  })

  it('says that a dry run changed nothing', async () => {
    await inClinic(async (database) => {
      const { report } = await importInto(database, { dryRun: true, sessions: SESSIONS.slice(0, 2) })
      expect([report[0], report.at(-1)]).toEqual(['Would be taken in: 1 person.', 'Nothing was changed.'])
    })
  })
})
