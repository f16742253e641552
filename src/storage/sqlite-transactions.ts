// Runs transactions on the one connection to a SQLite file, one after the other, straight on statements that are prepared once.
// It knows nothing of tables.
import type SqliteFile from 'better-sqlite3'
import { type CompiledQuery, type QueryResult, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely'
import { TransactionLostError, type Tx, txFactory } from './tx.ts'

export interface Transactions {
  /** Runs `work` when its turn comes: after everything that asked for a turn before it, and alone. */
  takeTurn<T>(work: () => Promise<T>): Promise<T>
  /** Runs `work` in a transaction. Only in a turn: two at a time would be one. */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/** @param statements As `keepStatements` gives them. */
export function createTransactions(statements: SqliteDatabase): Transactions {
  const openTx = txFactory(new SqliteDialect({ database: statements }))
  let last: Promise<unknown> = Promise.resolve()

  const takeTurn: Transactions['takeTurn'] = (work) => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }

  return {
    takeTurn,
    run: async (work) => {
      const { tx, end } = openTx(async (query) => execute(statements, query))
      statements.prepare('begin').run([])
      try {
        const result = await work(tx)
        statements.prepare('commit').run([])
        return result
      } catch (error) {
        statements.prepare('rollback').run([])
        throw error
      } finally {
        end()
      }
    },
  }
}

function execute(statements: SqliteDatabase, { sql, parameters }: CompiledQuery): QueryResult<never> {
  const statement = statements.prepare(sql)
  if (statement.reader) return { rows: statement.all(parameters) as never[] }
  const { changes, lastInsertRowid } = statement.run(parameters)
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
}

/**
 * Statements are prepared once and kept, and a transaction takes the write lock at its start.
 * Where SQLite undid a transaction by itself, what comes after would be kept piece by piece: it is refused.
 */
export function keepStatements(file: SqliteFile.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  let begun = false
  const prepared = (text: string): SqliteStatement => {
    let statement = statements.get(text)
    if (!statement) {
      statement = file.prepare(text) as unknown as SqliteStatement
      if (statements.size < 1000) statements.set(text, statement)
    }
    return statement
  }
  return {
    close: () => file.close(),
    prepare(text) {
      const lost = begun && !file.inTransaction
      switch (text) {
        case 'begin':
          begun = true
          return prepared('begin immediate')
        case 'rollback':
          begun = false
          // Where nothing is left to undo, also after a commit that failed, the error that led here is the one to report.
          return prepared(file.inTransaction ? text : 'select 1')
        case 'commit':
          begun = false
          return prepared(text)
        default:
          if (lost) throw new TransactionLostError()
          return prepared(text)
      }
    },
  }
}
