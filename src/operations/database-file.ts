// Looks at a database as a file, beside the clinic that may be using it: copies it, checks it, says whose it is and whether it is in use.
// It never changes what is in it.
import { existsSync } from 'node:fs'
import { copyFile, open, rm } from 'node:fs/promises'
import SqliteFile from 'better-sqlite3'
import type { Tombstone } from '../people/erasure.ts'

/** 256 pages are one megabyte, copied in about two milliseconds; then others get their turn. */
const PAGES_PER_STEP = 256

/**
 * Copies a database that may be written meanwhile, as it stands at the start. One read transaction holds that state, so writers neither wait
 * nor make the copy begin anew, and everything committed before is in it. The copy is a single file, without a journal beside it.
 * @throws when `from` can't be read or there is no room for `to`.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new SqliteFile(from, { readonly: true, fileMustExist: true })
  try {
    source.exec('begin')
    source.prepare('select count(*) from sqlite_master').get()
    await source.backup(to, { progress: () => PAGES_PER_STEP })
  } finally {
    source.close()
  }
  const copy = new SqliteFile(to)
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}

/** Copies the files of a database that nobody writes, its journal included. They may lie where nothing can be written. */
export async function copyClosedDatabase(from: string, to: string): Promise<void> {
  await copyFile(from, to)
  if (existsSync(`${from}-wal`)) await copyFile(`${from}-wal`, `${to}-wal`)
}

export async function removeDatabase(file: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm', '-journal']) await rm(`${file}${ending}`, { force: true })
}

/** What SQLite finds wrong with the file; undefined when it is sound. */
export function findDamage(file: string, how: 'quick' | 'full' = 'full'): string | undefined {
  try {
    return reading(file, (db) => {
      const found = db.pragma(how === 'quick' ? 'quick_check(3)' : 'integrity_check(3)') as Record<string, string>[]
      const lines = found.flatMap((row) => Object.values(row))
      return lines.length === 1 && lines[0] === 'ok' ? undefined : lines.join('; ')
    })
  } catch (error) {
    if (isSqliteError(error, 'SQLITE_CORRUPT') || isSqliteError(error, 'SQLITE_NOTADB')) return (error as Error).message
    throw error
  }
}

export interface DatabaseIdentity {
  /** How many migrations it has. */
  readonly version: number
  /** Telegram id of its bot; undefined before the first start. */
  readonly botId: number | undefined
}

/** Whose database it is; undefined when the file is not a database of a clinic. */
export function identify(file: string): DatabaseIdentity | undefined {
  return readIfPossible(file, (db) => {
    const meta = new Map(db.prepare<[], { key: string; value: string }>('select key, value from meta').all().map(({ key, value }) => [key, value]))
    const version = Number(meta.get('version'))
    db.prepare('select 1 from person limit 1').get()
    const bot = meta.get('bot')
    return Number.isInteger(version) && version > 0 ? { version, botId: bot === undefined ? undefined : Number(bot) } : undefined
  })
}

/**
 * Reads from a database file, which may be of another version, of another program, or broken: undefined then.
 * @throws when the file is there but can't be opened.
 */
export function readIfPossible<T>(file: string, read: (db: SqliteFile.Database) => T): T | undefined {
  try {
    return reading(file, read)
  } catch (error) {
    // SQLITE_ERROR: a table or column is missing.
    if (['SQLITE_ERROR', 'SQLITE_NOTADB', 'SQLITE_CORRUPT'].some((code) => isSqliteError(error, code))) return undefined
    throw error
  }
}

/** Everyone erased, read without migrations: the database may be of any version, or broken, or gone. */
export function tombstonesIn(database: string): readonly Tombstone[] {
  if (!existsSync(database)) return []
  return readIfPossible(database, (db) => db.prepare<[], Tombstone>('select key_hash as keyHash, erased_at as erasedAt from tombstone').all()) ?? []
}

/**
 * Whether any program has the database open: each holds a lock as long as it does, which the operating system ends when a program is killed.
 * So there is nothing to clean up, and nothing that a crash leaves wrong.
 */
export function isInUse(file: string): boolean {
  const db = new SqliteFile(file, { fileMustExist: true, timeout: 500 })
  try {
    // Without this a database in WAL mode lets any number in.
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('begin exclusive; rollback')
    return false
  } catch (error) {
    if (isSqliteError(error, 'SQLITE_BUSY') || isSqliteError(error, 'SQLITE_LOCKED')) return true
    // A file that is no database is nobody's.
    if (isSqliteError(error, 'SQLITE_NOTADB') || isSqliteError(error, 'SQLITE_CORRUPT')) return false
    throw error
  } finally {
    db.close()
  }
}

/** Makes what was written to a file or folder survive the power. */
export async function syncToDisk(path: string): Promise<void> {
  // Windows can't open a folder; there the file system's journal has to do.
  const handle = await open(path, 'r').catch(() => undefined)
  if (!handle) return
  try {
    await handle.sync()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error
  } finally {
    await handle.close()
  }
}

export function isSqliteError(error: unknown, code: string): boolean {
  return error instanceof SqliteFile.SqliteError && (error.code === code || error.code.startsWith(`${code}_`))
}

function reading<T>(file: string, read: (db: SqliteFile.Database) => T): T {
  const db = new SqliteFile(file, { readonly: true, fileMustExist: true })
  try {
    return read(db)
  } finally {
    db.close()
  }
}
