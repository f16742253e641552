import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backupFileName, type BackupFile, expiredBackups, readBackupFiles } from '../../src/operations/data-folder.ts'
import { DAY, NOW } from './fixture.ts'

describe('backup file names', () => {
  it('tell their database and the UTC time', () => {
    expect(backupFileName('klinik', 'backup', NOW)).toBe('klinik-20261123-020000.db')
    expect(backupFileName('klinik', 'aside', NOW)).toBe('before-restore-klinik-20261123-020000.db')
  })

  it('are read back as they were given, of this database alone', () => {
    const kind = fc.constantFrom<BackupFile['kind']>('backup', 'aside', 'part')
    const at = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000)
    fc.assert(
      fc.property(kind, at, (kind, at) => {
        const file = backupFileName('klinik', kind, at)
        expect(readBackupFiles('klinik', [file])).toEqual([{ file, kind, at }])
        expect(readBackupFiles('simulator', [file])).toEqual([])
      }),
    )
  })

  it.each(['klinik.db', 'klinik-erasures.db', 'klinik-20261123-020000.db-wal', 'klinik-20261123-020000.db.gz', 'klinik-lama-20261123-020000.db', 'catatan.txt'])('leave %s alone', (file) => {
    expect(readBackupFiles('klinik', [file])).toEqual([])
  })
})

describe('what is kept', () => {
  const made = (kind: BackupFile['kind'], daysAgo: number): BackupFile => ({ file: `${kind}-${daysAgo}`, kind, at: NOW - daysAgo * DAY })
  const expired = (...files: readonly BackupFile[]) => expiredBackups(files.toSorted((a, b) => a.at - b.at), 30, NOW).map(({ file }) => file)

  it.each([
    { what: 'backups for the days of the clinic file', files: [made('backup', 31), made('backup', 30), made('backup', 1)], gone: ['backup-31'] },
    { what: 'the newest backup however old', files: [made('backup', 90), made('backup', 80)], gone: ['backup-90'] },
    { what: 'what a restore put away as long as backups, and never longer', files: [made('aside', 31), made('aside', 2)], gone: ['aside-31'] },
    { what: 'no backup that was never completed', files: [made('part', 2), made('part', 0)], gone: ['part-2'] },
    { what: 'the newest backup, which newer files of another kind do not replace', files: [made('backup', 50), made('aside', 40), made('part', 0)], gone: ['aside-40'] },
  ])('keeps $what', ({ files, gone }) => {
    expect(expired(...files)).toEqual(gone)
  })
})
