// Opens a PostgreSQL database that several processes share: transactions run side by side, each on a connection of its own.
import { setTimeout as pause } from 'node:timers/promises'
import { type CompiledQuery, Kysely, PostgresDialect, type QueryResult, sql } from 'kysely'
import { Client, DatabaseError, Pool, type PoolClient, type QueryResult as PgResult, types as pgTypes } from 'pg'
import type { Database } from './database.ts'
import { migrate } from './migration.ts'
import { createBell } from './postgres-bell.ts'
import { createStatements } from './postgres-statements.ts'
import type { Schema } from './schema.ts'
import { TransactionLostError, type Tx, txFactory } from './tx.ts'

/** Connections of one process; a server takes a hundred by default. */
const MOST_CONNECTIONS = 10
/** A transaction that another one made impossible is begun anew this often. */
const MOST_TRIES = 10
const CONNECT_TIMEOUT_MS = 10_000
/** PostgreSQL's `int8` and `numeric`: what we count and sum stays far below 2^53. */
const NUMBER_TYPES: ReadonlySet<number> = new Set([20, 1700])

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (NUMBER_TYPES.has(oid) ? Number : pgTypes.getTypeParser(oid, format)),
}


export async function openPostgres(url: string): Promise<Database> {
  const connection = { connectionString: url, types, application_name: 'klinik', keepAlive: true, connectionTimeoutMillis: CONNECT_TIMEOUT_MS }
  const pool = new Pool({ ...connection, max: MOST_CONNECTIONS })
  // An idle connection that broke is replaced when one is needed; those in use report to whoever uses them.
  pool.on('error', () => {})
  const dialect = new PostgresDialect({ pool })
  try {
    await migrateAlone(new Kysely<Schema>({ dialect }))
  } catch (error) {
    await pool.end()
    throw error
  }
  const bell = createBell({ pool, connect: () => new Client(connection) })
  const openTx = txFactory(dialect)
  const statements = createStatements()

  async function attempt<T>(client: PoolClient, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    let lost: unknown
    const execute = async (query: CompiledQuery): Promise<QueryResult<never>> => {
      if (lost !== undefined) throw new TransactionLostError({ cause: lost })
      try {
        return toResult(await client.query({ ...statements.find(query.sql), values: query.parameters as unknown[] }))
      } catch (error) {
        if (!isLost(error)) throw error
        lost = error
        throw new TransactionLostError({ cause: error })
      }
    }
    const { tx, end } = openTx(execute)
    await client.query(begin)
    try {
      const result = await work(tx)
      if (lost !== undefined) throw new TransactionLostError({ cause: lost })
      await client.query('commit')
      return result
    } finally {
      end()
    }
  }

  async function run<T>(begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const client = await pool.connect()
      let broken = true
      try {
        const result = await attempt(client, begin, work)
        broken = false
        return result
      } catch (error) {
        broken = await client.query('rollback').then(() => false, () => true)
        if (!isRepeatable(error) || tries === MOST_TRIES) throw error
      } finally {
        client.release(broken)
      }
      await pause(tries)
    }
  }

  return {
    engine: 'postgres',
    file: undefined,
    shared: true,
    transaction: (work) => run('begin', work),
    quickTransaction: (work) => run('begin; set local synchronous_commit = off', work),
    tellOthers: bell.ring,
    onTold: bell.onRing,
    emptyLog: async () => {},
    sizeBytes: async () => {
      const { rows } = await pool.query<{ size: number }>('select pg_database_size(current_database()) as size')
      return rows[0]!.size
    },
    close: async () => {
      await bell.close()
      await pool.end()
    },
  }
}

/** Only one process at a time makes or changes tables. */
async function migrateAlone(db: Kysely<Schema>): Promise<void> {
  await db.connection().execute(async (one) => {
    await sql`select pg_advisory_lock(hashtextextended('migration', 0))`.execute(one)
    try {
      await migrate(one)
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended('migration', 0))`.execute(one)
    }
  })
}

function toResult({ command, rowCount, rows }: PgResult): QueryResult<never> {
  if (command === 'INSERT' || command === 'UPDATE' || command === 'DELETE') return { rows: rows as never[], numAffectedRows: BigInt(rowCount ?? 0) }
  return { rows: rows as never[] }
}

/**
 * Whether an error undoes the whole transaction, not only the statement: what another transaction did (class 40), a server that is full
 * or stops (53, 57, 58), or no connection any more (08, and errors without a code of the server).
 * Source: PostgreSQL manual, appendix A.
 */
function isLost(error: unknown): boolean {
  return !(error instanceof DatabaseError) || /^(08|40|53|57P|58)/.test(error.code ?? '')
}

/** Whether the same work has a chance when it is begun anew: another transaction was in its way, or the connection broke before its commit. */
function isRepeatable(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof DatabaseError) return at.code?.startsWith('40') ?? false
  return false
}
