// The clinic's database, on either engine, and the only way into it: every read and write happens inside `transaction`.
// It knows nothing of tables; schema.ts does.
import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery } from 'kysely'
import { databaseFile, engineOfUrl } from './address.ts'
import { openSqlite } from './sqlite.ts'
import { type Engine, TransactionLostError, type Tx } from './tx.ts'

export { engineOf, rowLock, takeLock, TransactionLostError, type Tx } from './tx.ts'

export interface Database {
  readonly engine: Engine
  /** Path of the file, for what has to look at it from outside, such as a backup; undefined on PostgreSQL. */
  readonly file: string | undefined
  /** Whether other processes may work on it at the same time. */
  readonly shared: boolean
  /**
   * Runs `work` in one transaction: all of it is kept, or (when it throws) none of it. On PostgreSQL `work` may run again from its
   * beginning, when the database undid it because of what another transaction did.
   * @throws when called from inside another transaction: on SQLite the single writer would wait for itself.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** As `transaction`, but the commit does not wait for the disk: it survives the end of the process, not of the power. */
  quickTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Tells the other processes that there may be something to send. It may get lost: they look by themselves now and then. */
  tellOthers(): void
  /** Calls the listener whenever a process told. */
  onTold(listener: () => void): void
  /** Puts the log of the last changes into the database file and empties it: what was erased is then gone from the log too. PostgreSQL does so by itself. */
  emptyLog(): Promise<void>
  /** Room its pages take on the disk, in bytes; the log of the last changes not counted. */
  sizeBytes(): Promise<number>
  close(): Promise<void>
}

/**
 * Opens (and makes or migrates) the database.
 * @param url `sqlite:path/to/file.db`, relative to the working directory, or `postgres://user:password@host:port/name`.
 */
export async function openDatabase(url: string): Promise<Database> {
  const inside = new AsyncLocalStorage<true>()
  const enter = async <T>(work: () => Promise<T>): Promise<T> => {
    if (inside.getStore()) throw new Error('A transaction was opened inside another one: pass the outer `tx` along instead.')
    return inside.run(true, work)
  }
  // PostgreSQL's driver is loaded only where it is used: every other start is the quicker for it.
  const opened = engineOfUrl(url) === 'postgres' ? await (await import('./postgres.ts')).openPostgres(url) : await openSqlite(databaseFile(url))
  return {
    ...opened,
    transaction: (work) => enter(() => opened.transaction(work)),
    quickTransaction: (work) => enter(() => opened.quickTransaction(work)),
    emptyLog: () => enter(opened.emptyLog),
    sizeBytes: () => enter(opened.sizeBytes),
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
