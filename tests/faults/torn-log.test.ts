// A power cut that tears the end of the write-ahead log: what Telegram was not told to forget comes again and nothing is lost; else the clinic is whole
// as it was a moment earlier, and goes on.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { expectHerAccount } from './support/account.ts'
import { type Clinic, openClinic } from './support/clinic.ts'
import { DEEDS } from './support/registration.ts'
import { SEED, seededChance } from './support/seeded-chance.ts'
import { TEARS, tearLog } from './support/write-ahead-log.ts'

/** Taps and typed answers, and the one that saves it all. */
const TORN_DEEDS = [3, 4, 6, 9, 15, DEEDS.length - 1]

/** Whether the update still counts as applied in the files as they lie there. */
function isKept({ databasePath, folder }: Clinic, update: number): boolean {
  const copy = join(folder, `copy-${update}.db`)
  copyFileSync(databasePath, copy)
  copyFileSync(`${databasePath}-wal`, `${copy}-wal`)
  const database = new SqliteFile(copy)
  try {
    return database.prepare('select 1 from seen_update where update_id = ?').get(update) !== undefined
  } finally {
    database.close()
  }
}

function expectSound(clinic: Clinic): void {
  expect(clinic.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(clinic.rows('pragma foreign_key_check')).toEqual([])
}

describe.concurrent(`a log whose end is torn (seed ${SEED})`, { timeout: 120_000 }, () => {
  it('before Telegram was told costs nothing', async ({ onTestFinished }) => {
    const chance = seededChance(SEED)
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    const { world } = clinic.simulator
    await clinic.start()
    const tinah = clinic.person('Tinah')
    for (const [number, { does, sees }] of DEEDS.entries()) {
      if (TORN_DEEDS.includes(number)) {
        const tear = TEARS[TORN_DEEDS.indexOf(number) % TEARS.length]!
        const place = chance()
        clinic.diesAt('update.committed')
        clinic.beforeNextStart(() => {
          const update = Math.max(...world.updates().map((one) => one.update_id))
          expect(isKept(clinic, update), `deed ${number}, not yet ${tear}`).toBe(true)
          tearLog(`${clinic.databasePath}-wal`, { tear, place })
          expect(isKept(clinic, update), `deed ${number}, ${tear}`).toBe(false)
        })
      }
      await does(tinah)
      expect(tinah.news(), `deed ${number}`).toContain(sees)
    }
    expect(clinic.deaths()).toBe(TORN_DEEDS.length)
    expectHerAccount(clinic)
    expectSound(clinic)
    const said = world.messages(tinah.id).filter((message) => message.from === 'bot').map((message) => message.text ?? '')
    expect(said.filter((text, at) => text === said[at - 1])).toEqual([])
  })

  it('after Telegram was told leaves the clinic as it was earlier, and it goes on', async ({ onTestFinished }) => {
    const chance = seededChance(SEED + 1)
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    await clinic.start()
    const [tinah, told] = [clinic.person('Tinah'), 8]
    for (const [number, { does }] of DEEDS.slice(0, told).entries()) {
      await does(tinah)
      if (number < told - TEARS.length) continue
      // Up to some twenty transactions: the last answers go, in part or whole.
      await clinic.kill()
      const tear = TEARS[number % TEARS.length]!
      clinic.beforeNextStart(() => tearLog(`${clinic.databasePath}-wal`, { tear, place: chance(), before: Math.floor(chance() * 40) }))
      await clinic.settled()
      expectSound(clinic)
      const [{ answers = '{}' } = {}] = clinic.rows('select answers from conversation')
      expect({ consent: true, adult: true, name: 'Kartinah', honorific: 'ibu', 'business-name': 'Pecel Mbok Kartinah' }).toMatchObject(JSON.parse(String(answers)))
    }
    await tinah.says('/lanjut')
    expect(tinah.buttons().length + tinah.news().length).toBeGreaterThan(0)
    // Whoever comes then is served as ever.
    const ani = clinic.person('Ani')
    await ani.starts()
    await ani.taps('Daftar sekarang')
    expect(ani.news()).toContain('Apakah Bapak/Ibu setuju?')
  })
})
