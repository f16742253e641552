// Puts a backup in the place of the database, or only tries whether that would work. What makes a backup fit to be used again is in
// revival.ts; nothing here runs while the clinic has its database open.
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { MIGRATIONS } from '../storage/migration.ts'
import { copyClosedDatabase, copyDatabase, findDamage, identify, isInUse, removeDatabase, syncToDisk, tombstonesIn } from './database-file.ts'
import { backupFileName, type DataFolder } from './data-folder.ts'
import { OtherSecretError, readErasureRecord, recordErasures } from './erasure-record.ts'
import { type Contents, revive } from './revival.ts'

export interface RestoreOptions {
  readonly folder: DataFolder
  /** The backup. */
  readonly file: string
  /** Telegram id of the clinic's bot; undefined when only the present database knows it. */
  readonly botId: number | undefined
  readonly clinicSecret: string
  /** ms UTC */
  readonly now: number
}

/** Why a backup is not used. Nothing was changed. */
export type Refusal =
  | { readonly reason: 'missing' | 'is-the-database' | 'not-a-clinic' | 'in-use' }
  | { readonly reason: 'damaged' | 'other-secret'; readonly detail: string }
  | { readonly reason: 'other-bot'; readonly theirs: number; readonly ours: number }
  | { readonly reason: 'newer'; readonly version: number; readonly known: number }

export type Refused = { readonly type: 'refused' } & Refusal

export type DrillOutcome = { readonly type: 'works'; readonly contents: Contents } | Refused

/** `aside`: where the database that stood there lies now. */
export type RestoreOutcome = { readonly type: 'restored'; readonly contents: Contents; readonly aside: string | undefined } | Refused

/** Beside the database: the copy holds personal data, and is moved into its place without crossing disks. */
const WORK_FOLDER = '.restoring-'
const HOUR_MS = 3_600_000

/**
 * Restores a backup: refuses one that does not fit, applies the migrations and the erasures made since to a copy of it, puts the present
 * database aside among the backups, and lets the copy take its place in one step (SQLite's own: a crash in the middle leaves the present one).
 * @throws when the disk is full or can't be read or written; the present database is as it was, or lies aside.
 */
export async function restore(options: RestoreOptions): Promise<RestoreOutcome> {
  const { folder, now } = options
  if (existsSync(folder.database) && isInUse(folder.database)) return { type: 'refused', reason: 'in-use' }
  return withRevived<RestoreOutcome>(options, async (revived, contents) => {
    // A clinic started meanwhile would not expect its database to change.
    if (existsSync(folder.database) && isInUse(folder.database)) return { type: 'refused', reason: 'in-use' }
    const aside = await putAside(folder, now)
    await takePlace(revived, folder.database)
    recordErasures(folder.erasures, options.clinicSecret, tombstonesIn(folder.database))
    return { type: 'restored', contents, aside }
  })
}

/** Does everything a restore does but for the last step, and leaves nothing behind. The clinic may be open meanwhile. */
export async function drill(options: RestoreOptions): Promise<DrillOutcome> {
  return withRevived<DrillOutcome>(options, async (_revived, contents) => ({ type: 'works', contents }))
}

/** Works on a copy of the backup that was checked and brought up to date; the copy is removed afterwards. */
async function withRevived<T>(options: RestoreOptions, use: (revived: string, contents: Contents) => Promise<T>): Promise<T | Refused> {
  const { folder, file, now, clinicSecret } = options
  if (!existsSync(file)) return { type: 'refused', reason: 'missing' }
  if (resolve(file) === resolve(folder.database)) return { type: 'refused', reason: 'is-the-database' }
  await mkdir(folder.folder, { recursive: true, mode: 0o700 })
  await removeAbandoned(folder, now)
  const work = await mkdtemp(join(folder.folder, WORK_FOLDER))
  try {
    const copy = join(work, 'klinik.db')
    await copyClosedDatabase(file, copy)
    const refusal = findMisfit(copy, options.botId ?? (existsSync(folder.database) ? identify(folder.database)?.botId : undefined))
    if (refusal) return { type: 'refused', ...refusal }
    const tombstones = [...readErasureRecord(folder.erasures, clinicSecret), ...tombstonesIn(folder.database)]
    return await use(copy, await revive(copy, { tombstones, clinicSecret, now }))
  } catch (error) {
    if (error instanceof OtherSecretError) return { type: 'refused', reason: 'other-secret', detail: error.message }
    throw error
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

function findMisfit(copy: string, ours: number | undefined): Refusal | undefined {
  const identity = identify(copy)
  const damage = findDamage(copy)
  // A file that is no database at all counts as damage too; a backup of ours would still say whose it is.
  if (damage) return { reason: 'damaged', detail: damage }
  if (!identity) return { reason: 'not-a-clinic' }
  if (identity.version > MIGRATIONS.length) return { reason: 'newer', version: identity.version, known: MIGRATIONS.length }
  if (ours !== undefined && identity.botId !== undefined && identity.botId !== ours) return { reason: 'other-bot', theirs: identity.botId, ours }
  return undefined
}

/** Keeps the present database among the backups, where it goes when they do; one that is damaged is kept as it is and leaves its place. */
async function putAside({ database, backups, name }: DataFolder, now: number): Promise<string | undefined> {
  if (!existsSync(database)) return undefined
  await mkdir(backups, { recursive: true, mode: 0o700 })
  const aside = join(backups, backupFileName(name, 'aside', now))
  if (findDamage(database) === undefined) {
    await copyDatabase(database, aside)
    await chmod(aside, 0o600)
  } else {
    await rename(database, aside)
    for (const ending of ['-wal', '-shm']) if (existsSync(`${database}${ending}`)) await rename(`${database}${ending}`, `${aside}${ending}`)
  }
  await syncToDisk(aside)
  await syncToDisk(backups)
  return aside
}

/** A sound database is overwritten through SQLite, so whoever opens it in that moment waits and then sees the new one. */
async function takePlace(revived: string, database: string): Promise<void> {
  if (existsSync(database)) {
    const source = new SqliteFile(revived, { readonly: true })
    try {
      await source.backup(database, { progress: () => Number.MAX_SAFE_INTEGER })
    } finally {
      source.close()
    }
    return
  }
  // A journal left by a database that is gone would be written into the new one.
  await removeDatabase(database)
  await syncToDisk(revived)
  await rename(revived, database)
  await syncToDisk(join(database, '..'))
}

/** A restore that was killed left its copy; one that was begun within the hour may be another that still runs. */
async function removeAbandoned({ folder }: DataFolder, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(WORK_FOLDER)) continue
    const work = join(folder, name)
    if (now - (await stat(work)).mtimeMs > HOUR_MS) await rm(work, { recursive: true, force: true })
  }
}
