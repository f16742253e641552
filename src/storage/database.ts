// Opens the clinic's database and is the only way into it: every read and write happens inside `transaction`.
// It knows nothing of tables; schema.ts does.
import { AsyncLocalStorage } from 'node:async_hooks'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { CompiledQuery, Kysely, SqliteDialect } from 'kysely'
import { migrate } from './migration.ts'
import type { Schema } from './schema.ts'
import { createTransactions, keepStatements, TransactionLostError, type Tx } from './sqlite-transactions.ts'

export { TransactionLostError, type Tx } from './sqlite-transactions.ts'

export interface Database {
  /** Path of the file, for what has to look at it from outside, such as a backup. */
  readonly file: string
  /**
   * Runs `work` in one transaction: all of it is kept, or (when it throws) none of it.
   * @throws when called from inside another transaction: on SQLite the single writer would wait for itself.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** As `transaction`, but the commit does not wait for the disk: it survives the end of the process, not of the power. */
  quickTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Puts the log of the last changes into the database file and empties it: what was erased is then gone from the log too. */
  emptyLog(): Promise<void>
  /** Room its pages take on the disk, in bytes; the log of the last changes not counted. */
  sizeBytes(): Promise<number>
  close(): Promise<void>
}

/** The path a `sqlite:` address names. */
export function databaseFile(url: string): string {
  return url.replace(/^sqlite:/, '')
}

/**
 * Opens (and makes or migrates) the SQLite database of a `sqlite:` address.
 * @param url `sqlite:path/to/file.db`, relative to the working directory.
 */
export async function openDatabase(url: string): Promise<Database> {
  const path = databaseFile(url)
  // It will hold what people told us: nobody else on the machine looks in.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = new SqliteFile(path)
  chmodSync(path, 0o600)
  // WAL alone would lower `synchronous` to NORMAL in this build: an answer could be lost with the power.
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('busy_timeout = 5000')
  file.pragma('foreign_keys = ON')
  file.pragma('secure_delete = ON')

  const statements = keepStatements(file)
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: statements }) })
  try {
    await migrate(db)
  } catch (error) {
    await db.destroy()
    throw error
  }

  const inside = new AsyncLocalStorage<true>()
  const enter = async <T>(work: () => Promise<T>): Promise<T> => {
    if (inside.getStore()) throw new Error('A transaction was opened inside another one: pass the outer `tx` along instead.')
    return inside.run(true, work)
  }
  const transactions = createTransactions(statements)
  return {
    file: path,
    transaction: (work) => enter(() => transactions.takeTurn(() => transactions.run(work))),
    quickTransaction: (work) =>
      enter(() =>
        transactions.takeTurn(async () => {
          file.pragma('synchronous = NORMAL')
          try {
            return await transactions.run(work)
          } finally {
            file.pragma('synchronous = FULL')
          }
        }),
      ),
    // A reader at work leaves some of the log standing; the next time gets it.
    emptyLog: () => enter(() => transactions.takeTurn(async () => void file.pragma('wal_checkpoint(TRUNCATE)'))),
    sizeBytes: () => enter(() => transactions.takeTurn(async () => Number(file.pragma('page_count', { simple: true })) * Number(file.pragma('page_size', { simple: true })))),
    close: () => db.destroy(),
  }
}

const SAVEPOINT = CompiledQuery.raw('savepoint step')
const RELEASE = CompiledQuery.raw('release savepoint step')
const ROLLBACK_TO = CompiledQuery.raw('rollback to savepoint step')

/**
 * Runs `work` so that, when it throws, only its own writes are undone and the transaction around it goes on.
 * @throws whatever `work` threw; TransactionLostError, with that as its cause, when there is nothing left to go on with.
 */
export async function savepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.executeQuery(SAVEPOINT)
  try {
    const result = await work()
    await tx.executeQuery(RELEASE)
    return result
  } catch (error) {
    try {
      await tx.executeQuery(ROLLBACK_TO)
      await tx.executeQuery(RELEASE)
    } catch (lost) {
      throw lost instanceof TransactionLostError ? new TransactionLostError({ cause: error }) : lost
    }
    throw error
  }
}
