// Opens a SQLite file: one process, one connection, one transaction after the other.
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Database } from './database.ts'
import { migrate } from './migration.ts'
import type { Schema } from './schema.ts'
import { createTransactions, keepStatements } from './sqlite-transactions.ts'

export async function openSqlite(path: string): Promise<Database> {
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

  const { run, takeTurn } = createTransactions(statements)
  return {
    engine: 'sqlite',
    file: path,
    shared: false,
    transaction: (work) => takeTurn(() => run(work)),
    quickTransaction: (work) =>
      takeTurn(async () => {
        file.pragma('synchronous = NORMAL')
        try {
          return await run(work)
        } finally {
          file.pragma('synchronous = FULL')
        }
      }),
    tellOthers: () => {},
    onTold: () => {},
    // A reader at work leaves some of the log standing; the next time gets it.
    emptyLog: () => takeTurn(async () => void file.pragma('wal_checkpoint(TRUNCATE)')),
    sizeBytes: () => takeTurn(async () => Number(file.pragma('page_count', { simple: true })) * Number(file.pragma('page_size', { simple: true }))),
    close: () => db.destroy(),
  }
}
