// Opens the clinic's database and is the only way into it: every read and write happens inside `transaction`.
// It knows nothing of tables; schema.ts does.
import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { Kysely, type Transaction, SqliteDialect, type SqliteDatabase, type SqliteStatement, sql } from 'kysely'
import { migrate } from './migration.ts'
import type { Schema } from './schema.ts'

/** What a piece of work reads and writes through; valid only while its transaction runs. */
export type Tx = Transaction<Schema>

export interface Database {
  /**
   * Runs `work` in one transaction: all of it is kept, or (when it throws) none of it.
   * @throws when called from inside another transaction: on SQLite the single writer would wait for itself.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** As `transaction`, but the commit does not wait for the disk: it survives the end of the process, not of the power. */
  quickTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Opens (and makes or migrates) the SQLite database of a `sqlite:` address.
 * @param url `sqlite:path/to/file.db`, relative to the working directory.
 */
export async function openDatabase(url: string): Promise<Database> {
  const path = url.replace(/^sqlite:/, '')
  mkdirSync(dirname(path), { recursive: true })
  const file = new SqliteFile(path)
  // WAL alone would lower `synchronous` to NORMAL in this build: an answer could be lost with the power.
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('busy_timeout = 5000')
  file.pragma('foreign_keys = ON')
  file.pragma('secure_delete = ON')

  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: cachingStatements(file) }) })
  await migrate(db)

  const inside = new AsyncLocalStorage<true>()
  const enter = async <T>(work: () => Promise<T>): Promise<T> => {
    if (inside.getStore()) throw new Error('A transaction was opened inside another one: pass the outer `tx` along instead.')
    return inside.run(true, work)
  }
  return {
    transaction: (work) => enter(() => db.transaction().execute(work)),
    quickTransaction: (work) =>
      enter(() =>
        db.connection().execute(async (connection) => {
          file.pragma('synchronous = NORMAL')
          try {
            return await connection.transaction().execute(work)
          } finally {
            file.pragma('synchronous = FULL')
          }
        }),
      ),
    close: () => db.destroy(),
  }
}

/**
 * Runs `work` so that, when it throws, only its own writes are undone and the transaction around it goes on.
 * @throws whatever `work` threw.
 */
export async function savepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint step`.execute(tx)
  try {
    const result = await work()
    await sql`release savepoint step`.execute(tx)
    return result
  } catch (error) {
    await sql`rollback to savepoint step`.execute(tx)
    await sql`release savepoint step`.execute(tx)
    throw error
  }
}

/** Kysely prepares every query anew; statements are kept instead, and a transaction takes the write lock at its start. */
function cachingStatements(file: SqliteFile.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => file.close(),
    prepare(text) {
      let statement = statements.get(text)
      if (!statement) {
        statement = file.prepare(text === 'begin' ? 'begin immediate' : text) as unknown as SqliteStatement
        if (statements.size < 1000) statements.set(text, statement)
      }
      return statement
    },
  }
}
