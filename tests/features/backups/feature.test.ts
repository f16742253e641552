import { existsSync, readdirSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createBackups } from '../../../src/features/backups/feature.ts'
import { createTranslator } from '../../../src/i18n/translator.ts'
import { createFacts } from '../../../src/content/facts.ts'
import { createLogger } from '../../../src/logging.ts'
import { findLastBackup } from '../../../src/operations/backup.ts'
import { dataFolderOf } from '../../../src/operations/data-folder.ts'
import { readErasureRecord } from '../../../src/operations/erasure-record.ts'
import { packageRoot } from '../../../src/package-root.ts'
import { erasePerson, tombstoneOf } from '../../../src/people/erasure.ts'
import { createSchedule } from '../../../src/schedule/schedule.ts'
import type { Database } from '../../../src/storage/database.ts'
import { createSpeaker } from '../../../src/telegram/speaker.ts'
import { DAY, fill, inDataFolder, NOW, SARI, SECRET, withDatabase } from '../../operations/fixture.ts'

/** The backups of a clinic whose clock is `clock.now`. */
function openSchedule(database: Database, clock: { now: number }) {
  const lines: string[] = []
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  const feature = createBackups({ database, file: database.file!, limits: { backupKeptDays: 30 }, clinicSecret: SECRET, log })
  const speaker = createSpeaker({ translator: createTranslator(`${packageRoot()}/locales`), facts: createFacts([]) })
  const schedule = createSchedule({ database, jobs: feature.jobs ?? [], speaker, now: () => clock.now, owner: 'test', log, committed: () => {} })
  return { schedule, lines }
}

describe('the backups of a running clinic', () => {
  it('are made every day, once, and noted', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, async (database) => {
        await fill(database)
        const clock = { now: NOW }
        const { schedule } = openSchedule(database, clock)
        await schedule.tick()
        clock.now += DAY / 2
        await schedule.tick()
        expect(readdirSync(folder.backups)).toEqual(['klinik-20261123-020000.db'])
        clock.now += DAY / 2
        await schedule.tick()
        expect(readdirSync(folder.backups)).toEqual(['klinik-20261123-020000.db', 'klinik-20261124-020000.db'])
        expect(await database.transaction(findLastBackup)).toBe(NOW + DAY)
      })
    })
  })

  it('remember erasures within a minute', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, async (database) => {
        await fill(database)
        const clock = { now: NOW }
        const { schedule } = openSchedule(database, clock)
        await schedule.tick()
        expect(existsSync(folder.erasures)).toBe(false)
        await database.transaction(async (tx) => {
          const { id } = await tx.selectFrom('person').select('id').where('telegram_id', '=', SARI).executeTakeFirstOrThrow()
          await erasePerson(tx, { person: id, secret: SECRET, now: NOW + 1 })
        })
        clock.now += 60_000
        await schedule.tick()
        expect(readErasureRecord(folder.erasures, SECRET)).toEqual([{ keyHash: tombstoneOf(SECRET, SARI), erasedAt: NOW + 1 }])
      })
    })
  })

  it('that can not be made are tried again after some minutes, with a line in the log', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, async (database) => {
        const clock = { now: NOW }
        // The feature looks for its database where there is none.
        const elsewhere = { ...database, file: `${folder.folder}/moved/klinik.db` }
        const { schedule, lines } = openSchedule(elsewhere, clock)
        await schedule.tick()
        expect(lines.filter((line) => line.includes('"job.failed"') && line.includes('"backup"'))).toHaveLength(1)
        clock.now += 10 * 60_000
        await schedule.tick()
        expect(lines.filter((line) => line.includes('"job.failed"') && line.includes('"backup"'))).toHaveLength(2)
        expect(await database.transaction(findLastBackup)).toBeUndefined()
        rmSync(dataFolderOf(elsewhere.file).folder, { recursive: true })
      })
    })
  })

  it('end before the schedule says that it has stopped', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, async (database) => {
        await fill(database)
        const { schedule } = openSchedule(database, { now: NOW })
        const ticking = schedule.tick()
        await schedule.stop()
        const made = existsSync(folder.backups) ? readdirSync(folder.backups) : []
        await ticking
        expect(existsSync(folder.backups) ? readdirSync(folder.backups) : []).toEqual(made)
        await schedule.tick()
        expect(existsSync(folder.backups) ? readdirSync(folder.backups) : []).toEqual(made)
      })
    })
  })
})
