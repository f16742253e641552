// Where a database's backups and its record of erasures lie, what they are called, and which are old enough to go. It reads and
// writes no file.
import { basename, dirname, extname, join } from 'node:path'
import { databaseFile, engineOfUrl } from '../storage/address.ts'

export interface DataFolder {
  readonly folder: string
  readonly database: string
  /** Name of the database without its ending: what its backups begin with, so that two databases may share a folder. */
  readonly name: string
  readonly backups: string
  /** See erasure-record.ts. */
  readonly erasures: string
}

/** Where what belongs to a clinic and not to its database lies: beside the file, or in `var` where PostgreSQL has the data. */
export function homeOf(databaseUrl: string): string {
  return engineOfUrl(databaseUrl) === 'postgres' ? 'var' : dirname(databaseFile(databaseUrl))
}

/** The places that belong to a database file. */
export function dataFolderOf(database: string): DataFolder {
  const folder = dirname(database)
  const name = basename(database, extname(database))
  const backups = join(folder, 'backups')
  return { folder, database, name, backups, erasures: join(backups, `${name}-erasures.db`) }
}

/** A file kept in the backups folder. */
export interface BackupFile {
  readonly file: string
  /** When it was made, ms UTC, to the second. */
  readonly at: number
  /** `aside`: the database a restore put away. `part`: a backup that was never completed. */
  readonly kind: 'backup' | 'aside' | 'part'
}

const PREFIX: Readonly<Record<BackupFile['kind'], string>> = { backup: '', aside: 'before-restore-', part: '.part-' }
const DAY_MS = 86_400_000

/** `klinik-20261123-020000.db` for a backup made then. @param at ms UTC. */
export function backupFileName(name: string, kind: BackupFile['kind'], at: number): string {
  const [day = '', time = ''] = new Date(at).toISOString().replaceAll(/[-:]|\..*/g, '').split('T')
  return `${PREFIX[kind]}${name}-${day}-${time}.db`
}

/** Those of a folder's file names that `backupFileName` gave to this database, oldest first. */
export function readBackupFiles(name: string, fileNames: readonly string[]): readonly BackupFile[] {
  const found = fileNames.flatMap((file): BackupFile[] => {
    const kind = file.startsWith(PREFIX.aside) ? 'aside' : file.startsWith(PREFIX.part) ? 'part' : 'backup'
    const stamp = /^-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.db$/.exec(file.slice(PREFIX[kind].length + name.length))
    if (!stamp || !file.startsWith(PREFIX[kind] + name)) return []
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = stamp.slice(1).map(Number)
    return [{ file, kind, at: Date.UTC(year, month - 1, day, hour, minute, second) }]
  })
  return found.sort((a, b) => a.at - b.at)
}

/**
 * Which files have been kept long enough. The newest backup always stays, however old; what a restore put away goes like a backup,
 * since people were told after how many days the last copy of erased data is gone; parts go after a day.
 * @param now ms UTC
 */
export function expiredBackups(files: readonly BackupFile[], keptDays: number, now: number): readonly BackupFile[] {
  const newest = files.findLast(({ kind }) => kind === 'backup')
  return files.filter((one) => one !== newest && now - one.at > (one.kind === 'part' ? 1 : keptDays) * DAY_MS)
}
