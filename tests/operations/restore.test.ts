import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { backUp } from '../../src/operations/backup.ts'
import type { DataFolder } from '../../src/operations/data-folder.ts'
import { recordErasures } from '../../src/operations/erasure-record.ts'
import { drill, restore, type RestoreOptions } from '../../src/operations/restore.ts'
import { erasePerson, readTombstones, tombstoneOf } from '../../src/people/erasure.ts'
import { createPerson, findPersonByTelegramId } from '../../src/people/store.ts'
import type { Database } from '../../src/storage/database.ts'
import { MIGRATIONS } from '../../src/storage/migration.ts'
import { BOT_ID, DAY, damage, fill, inDataFolder, JOKO, NOW, peopleIn, SARI, SECRET, withDatabase } from './fixture.ts'

const LATER = NOW + 2 * DAY
const WATI = 4003

/** A stopped clinic whose backup holds Sari and Joko; Wati came after it. */
async function stoppedClinic(work: (clinic: { folder: DataFolder; options: RestoreOptions }) => Promise<void>, before?: (database: Database) => Promise<void>): Promise<void> {
  await inDataFolder(async (folder) => {
    const { file } = await withDatabase(folder.database, async (database) => {
      await fill(database)
      await before?.(database)
      return backUp(folder, { keptDays: 30, now: NOW })
    })
    await withDatabase(folder.database, (database) => database.transaction((tx) => createPerson(tx, WATI, NOW + DAY)))
    await work({ folder, options: { folder, file, botId: BOT_ID, clinicSecret: SECRET, now: LATER } })
  })
}

async function erase(database: Database, telegramId: number): Promise<void> {
  await database.transaction(async (tx) => {
    const person = await findPersonByTelegramId(tx, telegramId)
    await erasePerson(tx, { person: person?.id ?? 0, secret: SECRET, now: NOW + DAY })
  })
}

/** What every file in the folder holds, but the journals. */
function contentsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name))
  return Object.fromEntries(files.map((entry) => join(entry.parentPath, entry.name)).map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]))
}

describe('a restore', () => {
  it('brings the backup back and keeps the database that stood there', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      const outcome = await restore(options)
      expect(outcome).toMatchObject({ type: 'restored', contents: { people: 2, businesses: 1, answers: 2, erased: 0 }, aside: join(folder.backups, 'before-restore-klinik-20261125-020000.db') })
      expect(await peopleIn(folder.database)).toEqual([SARI, JOKO])
      expect(await peopleIn(join(folder.backups, 'before-restore-klinik-20261125-020000.db'))).toEqual([SARI, JOKO, WATI])
      expect(readdirSync(folder.folder).filter((name) => name.startsWith('.'))).toEqual([])
    })
  })

  it('can be taken back with what it put aside', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      const outcome = await restore(options)
      if (outcome.type !== 'restored' || outcome.aside === undefined) throw new Error('It was not restored.')
      expect(await restore({ ...options, file: outcome.aside, now: LATER + 1000 })).toMatchObject({ type: 'restored', contents: { people: 3 } })
      expect(await peopleIn(folder.database)).toEqual([SARI, JOKO, WATI])
    })
  })

  it('erases again who had herself erased since, from every corner of the file', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      await withDatabase(folder.database, (database) => erase(database, SARI))
      expect(await restore(options)).toMatchObject({ type: 'restored', contents: { people: 1, businesses: 0, erased: 1 } })
      expect(await peopleIn(folder.database)).toEqual([JOKO])
      expect(readFileSync(folder.database).includes('Keripik Sari')).toBe(false)
      expect(readFileSync(options.file).includes('Keripik Sari')).toBe(true)
    })
  })

  it.each([
    { what: 'lost', lose: (file: string) => rmSync(file) },
    { what: 'damaged', lose: damage },
    { what: 'no database any more', lose: (file: string) => writeFileSync(file, 'not a database at all') },
  ])('erases again from the record beside the database when that is $what', async ({ lose }) => {
    await stoppedClinic(async ({ folder, options }) => {
      await withDatabase(folder.database, async (database) => {
        await erase(database, SARI)
        recordErasures(folder.erasures, SECRET, await database.transaction(readTombstones))
      })
      lose(folder.database)
      expect(await restore(options)).toMatchObject({ type: 'restored', contents: { people: 1, erased: 1 } })
      expect(await peopleIn(folder.database)).toEqual([JOKO])
    })
  })

  it('knows of erasures from then on, whatever is restored next', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      await withDatabase(folder.database, (database) => erase(database, SARI))
      await restore(options)
      rmSync(folder.database)
      expect(await restore({ ...options, now: LATER + 1000 })).toMatchObject({ contents: { erased: 1 } })
    })
  })

  it('leaves who came back after her erasure', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      recordErasures(folder.erasures, SECRET, [{ keyHash: tombstoneOf(SECRET, SARI), erasedAt: NOW - 20 * DAY }])
      expect(await restore(options)).toMatchObject({ contents: { people: 2, erased: 0 } })
    })
  })

  it('does not say again what waited when the backup was made, and shows menus anew', async () => {
    const waiting = async (database: Database) => {
      await database.transaction(async (tx) => {
        const row = { chat_id: SARI, method: 'sendMessage', payload: '{"text":"halo"}', next_at: NOW, created_at: NOW }
        await tx.insertInto('outbox').values([{ ...row, lane: 'reply', state: 'queued' }, { ...row, lane: 'reply', state: 'sending', lease_until: NOW + 1 }, { ...row, lane: 'setup', state: 'queued' }]).execute()
        await tx.updateTable('person').set({ menu_shown: 'x', commands_shown: 'y' }).execute()
      })
    }
    await stoppedClinic(async ({ folder, options }) => {
      expect(await restore(options)).toMatchObject({ contents: { notSent: 2 } })
      await withDatabase(folder.database, (database) =>
        database.transaction(async (tx) => {
          const states = (await tx.selectFrom('outbox').select(['lane', 'state']).orderBy('id').execute()).map(({ lane, state }) => `${lane} ${state}`)
          expect(states).toEqual(['reply unknown', 'reply unknown', 'setup queued'])
          expect(await tx.selectFrom('person').select('id').where((e) => e.or([e('menu_shown', 'is not', null), e('commands_shown', 'is not', null)])).execute()).toEqual([])
        }),
      )
    }, waiting)
  })

  it('accepts a plain copy of a database with its journal, and leaves it as it is', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      const elsewhere = join(folder.folder, 'usb')
      mkdirSync(elsewhere)
      await withDatabase(folder.database, async () => {
        // What was committed last stands in the journal only.
        for (const ending of ['', '-wal']) copyFileSync(`${folder.database}${ending}`, join(elsewhere, `salinan.db${ending}`))
      })
      const before = contentsOf(elsewhere)
      expect(await restore({ ...options, file: join(elsewhere, 'salinan.db') })).toMatchObject({ type: 'restored', contents: { people: 3 } })
      expect(contentsOf(elsewhere)).toEqual(before)
    })
  })
})

describe('when the database is gone', () => {
  it('a journal that it left behind is not read into the backup', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      const left = join(folder.folder, 'left')
      await withDatabase(folder.database, async (database) => {
        await database.transaction((tx) => createPerson(tx, 4004, NOW))
        copyFileSync(`${folder.database}-wal`, left)
      })
      rmSync(folder.database)
      copyFileSync(left, `${folder.database}-wal`)
      expect(await restore(options)).toMatchObject({ type: 'restored', aside: undefined })
      expect(await peopleIn(folder.database)).toEqual([SARI, JOKO])
    })
  })
})

describe('a restore is refused', () => {
  const copyWith = (sql: string) => (clinic: { options: RestoreOptions; folder: DataFolder }) => {
    const file = join(clinic.folder.folder, 'lain.db')
    copyFileSync(clinic.options.file, file)
    const db = new SqliteFile(file)
    db.exec(sql)
    db.close()
    return { file }
  }
  const written = (text: string) => ({ folder }: { folder: DataFolder }) => {
    const file = join(folder.folder, 'lain.db')
    writeFileSync(file, text)
    return { file }
  }

  it.each<{ what: string; change: (clinic: { options: RestoreOptions; folder: DataFolder }) => Partial<RestoreOptions>; says: object }>([
    { what: 'a file that is not there', change: () => ({ file: '/nowhere/klinik.db' }), says: { reason: 'missing' } },
    { what: 'the database itself', change: ({ folder }) => ({ file: folder.database }), says: { reason: 'is-the-database' } },
    { what: 'a text', change: written('catatan harian '.repeat(500)), says: { reason: 'damaged' } },
    { what: 'an empty file', change: written(''), says: { reason: 'not-a-clinic' } },
    { what: 'a database of another program', change: copyWith('drop table meta'), says: { reason: 'not-a-clinic' } },
    { what: 'a backup of another bot', change: copyWith(`update meta set value = '99' where key = 'bot'`), says: { reason: 'other-bot', theirs: 99, ours: BOT_ID } },
    { what: 'a backup of a bot that is not the one of the database', change: () => ({ botId: 123 }), says: { reason: 'other-bot', theirs: BOT_ID, ours: 123 } },
    {
      what: 'a backup of a newer program', change: copyWith(`update meta set value = '${MIGRATIONS.length + 1}' where key = 'version'`),
      says: { reason: 'newer', version: MIGRATIONS.length + 1, known: MIGRATIONS.length },
    },
    {
      what: 'a damaged backup',
      change: (clinic) => {
        const { file } = copyWith('select 1')(clinic)
        damage(file)
        return { file }
      },
      says: { reason: 'damaged' },
    },
    {
      what: 'a lost secret',
      change: ({ folder }) => {
        recordErasures(folder.erasures, SECRET, [{ keyHash: 'aa', erasedAt: NOW }])
        return { clinicSecret: 'another-secret-than-the-one-before-it' }
      },
      says: { reason: 'other-secret' },
    },
  ])('for $what, and nothing is changed', async ({ change, says }) => {
    await stoppedClinic(async (clinic) => {
      const options = { ...clinic.options, ...change(clinic) }
      const before = contentsOf(clinic.folder.folder)
      expect(await restore(options)).toMatchObject({ type: 'refused', ...says })
      expect(contentsOf(clinic.folder.folder)).toEqual(before)
      expect(await drill(options)).toMatchObject({ type: 'refused', ...says })
    })
  })

  it('while the clinic runs, which goes on undisturbed', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      await withDatabase(folder.database, async (database) => {
        expect(await restore(options)).toEqual({ type: 'refused', reason: 'in-use' })
        await database.transaction((tx) => createPerson(tx, 4004, NOW))
      })
      expect(await peopleIn(folder.database)).toEqual([SARI, JOKO, WATI, 4004])
    })
  })
})

describe('a drill', () => {
  it('says what a restore would bring back, beside a running clinic, and leaves nothing behind', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      await withDatabase(folder.database, async (database) => {
        await erase(database, SARI)
        const before = contentsOf(folder.folder)
        expect(await drill(options)).toMatchObject({ type: 'works', contents: { people: 1, erased: 1 } })
        expect(contentsOf(folder.folder)).toEqual(before)
        expect(readdirSync(folder.folder).sort()).toEqual(['backups', 'klinik.db', 'klinik.db-shm', 'klinik.db-wal'])
      })
    })
  })

  it('works on a new machine, where there is only the backup', async () => {
    await stoppedClinic(async ({ folder, options }) => {
      rmSync(folder.database)
      expect(await drill({ ...options, botId: undefined })).toMatchObject({ type: 'works', contents: { people: 2 } })
    })
  })
})
