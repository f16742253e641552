// Backs up a database while the clinic goes on, keeps the backups it is told to keep, and notes when the last one was made.
import { chmod, mkdir, readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tx } from '../storage/database.ts'
import { copyDatabase, findDamage, removeDatabase, syncToDisk } from './database-file.ts'
import { backupFileName, type BackupFile, type DataFolder, expiredBackups, readBackupFiles } from './data-folder.ts'

/** The meta row with the time of the last backup, ms UTC. */
export const LAST_BACKUP = 'last_backup_at'

export interface Backup {
  /** Path of the new backup. */
  readonly file: string
  /** ms UTC */
  readonly at: number
  readonly sizeBytes: number
  /** How many older ones were removed. */
  readonly removedCount: number
}

/**
 * Makes a backup: copied, checked, and only then given its name, so that a file with that name is whole. Then removes those that have been kept
 * long enough. The caller notes its time (`noteBackup`).
 * @param how `keptDays`: how long backups are kept. `now`: ms UTC.
 * @throws when the database can't be read, there is no room, or the copy is damaged; no file is left then.
 */
export async function backUp(folder: DataFolder, how: { readonly keptDays: number; readonly now: number }): Promise<Backup> {
  const { keptDays, now } = how
  await mkdir(folder.backups, { recursive: true, mode: 0o700 })
  const part = join(folder.backups, backupFileName(folder.name, 'part', now))
  const file = join(folder.backups, backupFileName(folder.name, 'backup', now))
  try {
    await copyDatabase(folder.database, part)
    const damage = findDamage(part, 'quick')
    if (damage) throw new Error(`The database can be copied but is damaged: ${damage}. Stop the clinic and restore the last good backup.`)
    await chmod(part, 0o600)
    await syncToDisk(part)
    await rename(part, file)
  } catch (error) {
    await removeDatabase(part)
    throw error
  }
  await syncToDisk(folder.backups)
  const removedCount = await pruneBackups(folder, keptDays, now)
  return { file, at: now, sizeBytes: (await stat(file)).size, removedCount }
}

/** The backups of a database and what restores put away, oldest first. */
export async function listBackups(folder: DataFolder): Promise<readonly BackupFile[]> {
  const names = await readdir(folder.backups).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return readBackupFiles(folder.name, names)
}

/** Notes when the last backup was made. @param at ms UTC */
export async function noteBackup(tx: Tx, at: number): Promise<void> {
  const value = String(at)
  await tx.insertInto('meta').values({ key: LAST_BACKUP, value }).onConflict((c) => c.column('key').doUpdateSet({ value })).execute()
}

/** When the last backup was made, ms UTC; undefined when there was none. */
export async function findLastBackup(tx: Tx): Promise<number | undefined> {
  const row = await tx.selectFrom('meta').select('value').where('key', '=', LAST_BACKUP).executeTakeFirst()
  return row && Number(row.value)
}

async function pruneBackups(folder: DataFolder, keptDays: number, now: number): Promise<number> {
  const expired = expiredBackups(await listBackups(folder), keptDays, now)
  for (const { file } of expired) await removeDatabase(join(folder.backups, file))
  return expired.length
}
