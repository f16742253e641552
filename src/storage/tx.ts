// What a piece of work reads and writes through, whichever engine carries it. It knows nothing of tables.
import { type CompiledQuery, DefaultQueryExecutor, type Dialect, DummyDriver, PostgresAdapter, type QueryExecutor, type QueryResult, type RawBuilder, sql, Transaction } from 'kysely'
import type { Schema } from './schema.ts'

export type Engine = 'sqlite' | 'postgres'

/** What a piece of work reads and writes through; valid only while its transaction runs. */
export type Tx = Transaction<Schema>

/** The database undid the transaction by itself, as after a full disk, a deadlock or a lost connection: all of its work is to be done again. */
export class TransactionLostError extends Error {
  override readonly name = 'TransactionLostError'

  constructor(options?: ErrorOptions) {
    super('The database undid this transaction by itself: let this error pass, and do the whole work again.', options)
  }
}

const noConnection = {
  provideConnection: () => Promise.reject(new Error('A transaction runs whole queries only: read with `execute`, not with `stream`.')),
}

/** Makes transactions whose queries Kysely builds and types, and `execute` runs; Kysely takes no other part. */
export function txFactory(dialect: Dialect): (execute: (query: CompiledQuery) => Promise<QueryResult<never>>) => { readonly tx: Tx; readonly end: () => void } {
  const driver = new DummyDriver()
  const compiler = dialect.createQueryCompiler()
  const adapter = dialect.createAdapter()
  return (execute) => {
    let over = false
    const executor = Object.assign(new DefaultQueryExecutor(compiler, adapter, noConnection), {
      // One promise for a statement, not two: an update runs a dozen.
      executeQuery: (query: CompiledQuery) =>
        over ? Promise.reject(new Error('This transaction is over: await everything it does before it ends.')) : execute(query),
    })
    const tx: Tx = new Transaction({ config: { dialect }, dialect, driver, executor })
    return { tx, end: () => void (over = true) }
  }
}

/** Which engine carries it, for the few statements that the two write differently. */
export function engineOf(db: { getExecutor(): QueryExecutor }): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'
}

/**
 * Waits until no other transaction holds the lock of this name, in any process, and holds it until its own ends.
 * On SQLite transactions run one after the other anyway.
 */
export async function takeLock(tx: Tx, name: string): Promise<void> {
  if (engineOf(tx) === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
}

/**
 * The end of a select whose rows must still be there (`key share`), or be as they are (`update`), when the transaction ends: it waits for
 * whoever changes them now, and leaves out what that one deleted. On SQLite there is nobody to wait for.
 */
export function rowLock(tx: Tx, strength: 'key share' | 'update', ...tables: readonly (keyof Schema)[]): RawBuilder<unknown> {
  if (engineOf(tx) === 'sqlite') return sql``
  return sql`for ${sql.raw(strength)} of ${sql.join(tables.map((table) => sql.table(table)))}`
}
