import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { backUp, findLastBackup, listBackups, noteBackup } from '../../src/operations/backup.ts'
import { backupFileName } from '../../src/operations/data-folder.ts'
import { findDamage, isInUse } from '../../src/operations/database-file.ts'
import { DAY, damage, fill, inDataFolder, NOW, peopleIn, withDatabase } from './fixture.ts'

const HOW = { keptDays: 30, now: NOW }

describe('a backup', () => {
  it('of a running clinic holds all that was committed, and a part of nothing, while it goes on writing', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, async (database) => {
        // Two rows belong together: no backup may hold one without the other. Large enough to be copied in many steps.
        const writePair = (pair: number) =>
          database.transaction(async (tx) => {
            for (const half of ['a', 'b']) await tx.insertInto('meta').values({ key: `pair:${pair}:${half}`, value: 'x'.repeat(25_000) }).execute()
          })
        const before = 100
        for (let pair = 0; pair < before; pair += 1) await writePair(pair)
        const backup = { isMade: false }
        const made = backUp(folder, HOW).finally(() => {
          backup.isMade = true
        })
        let pairs = before
        for (; !backup.isMade; pairs += 1) {
          await writePair(pairs)
          // A clinic waits for people between two transactions.
          await new Promise((resolve) => setImmediate(resolve))
        }
        const { file, sizeBytes } = await made

        const copy = new SqliteFile(file, { readonly: true })
        const halves = copy.prepare<[string], { n: number }>('select count(*) as n from meta where key like ?')
        const [a, b] = [halves.get('pair:%:a')?.n ?? 0, halves.get('pair:%:b')?.n ?? 0]
        copy.close()
        expect(a).toBe(b)
        expect(a).toBeGreaterThanOrEqual(before)
        expect(pairs).toBeGreaterThan(before)
        expect(findDamage(file)).toBeUndefined()
        expect(sizeBytes).toBe(statSync(file).size)
      })
    })
  })

  it('is one file that its owner alone may read, named by its time', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, async (database) => {
        await fill(database)
        const { file } = await backUp(folder, HOW)
        expect(file).toBe(join(folder.backups, 'klinik-20261123-020000.db'))
        expect(readdirSync(folder.backups)).toEqual(['klinik-20261123-020000.db'])
        expect(statSync(file).mode & 0o077).toBe(0)
        expect(statSync(folder.backups).mode & 0o077).toBe(0)
      })
      expect(await peopleIn(join(folder.backups, 'klinik-20261123-020000.db'))).toHaveLength(2)
    })
  })

  it('removes what was kept long enough, and nothing that is not ours', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, async () => {
        mkdirSync(folder.backups, { recursive: true })
        const old = [backupFileName('klinik', 'backup', NOW - 40 * DAY), backupFileName('klinik', 'aside', NOW - 40 * DAY), backupFileName('klinik', 'part', NOW - 3 * DAY)]
        const kept = ['catatan.txt', backupFileName('klinik', 'backup', NOW - 20 * DAY), backupFileName('simulator', 'backup', NOW - 40 * DAY)]
        for (const name of [...old, ...kept]) writeFileSync(join(folder.backups, name), '')
        const { removedCount } = await backUp(folder, HOW)
        expect(removedCount).toBe(old.length)
        expect(readdirSync(folder.backups).sort()).toEqual([...kept, backupFileName('klinik', 'backup', NOW)].sort())
      })
    })
  })

  it('of a damaged database is refused and leaves no file', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, fill)
      damage(folder.database)
      await expect(backUp(folder, HOW)).rejects.toThrow(/damaged|malformed/)
      expect(readdirSync(folder.backups)).toEqual([])
    })
  })

  it('is noted in the database', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, async (database) => {
        expect(await database.transaction(findLastBackup)).toBeUndefined()
        await database.transaction((tx) => noteBackup(tx, NOW - DAY))
        await database.transaction((tx) => noteBackup(tx, NOW))
        expect(await database.transaction(findLastBackup)).toBe(NOW)
      })
    })
  })

  it('lists nothing before the first one', async () => {
    await inDataFolder(async (folder) => expect(await listBackups(folder)).toEqual([]))
  })
})

describe('a database in use', () => {
  it('is noticed while any connection is open, and no longer', async () => {
    await inDataFolder(async (folder) => {
      await withDatabase(folder.database, async (database) => {
        await fill(database)
        expect(isInUse(folder.database)).toBe(true)
        await database.transaction((tx) => tx.selectFrom('person').select('id').execute())
      })
      expect(isInUse(folder.database)).toBe(false)
      expect(existsSync(`${folder.database}-wal`)).toBe(false)
    })
  })
})
