// Brings two transactions to meet at the decisive point, as two processes would: the first is held open until the second has ended or waits for it.
import { sql } from 'kysely'
import type { Database, Tx } from '../../../src/storage/database.ts'
import { createTestDatabase } from '../../storage/test-database.ts'

export interface TwoProcesses {
  readonly url: string
  readonly one: Database
  readonly other: Database
}

/** Two connections to a database of the test's own, as two processes have them. */
export async function openTwo(): Promise<TwoProcesses> {
  const { open, url } = await createTestDatabase()
  const [one, other] = await Promise.all([open(), open()])
  return { url, one, other }
}

/**
 * Runs `first` up to its commit (or to its first statement that holds `upTo`), then `second`, then the rest of `first`.
 * @returns what both returned; a transaction begun anew counts with what it returned in the end.
 */
export async function overlap<A, B>({ one, other }: TwoProcesses, first: (tx: Tx) => Promise<A>, second: (tx: Tx) => Promise<B>, upTo?: string): Promise<[A, B]> {
  let arrive = () => {}
  let goOn = () => {}
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  const hold = async () => {
    arrive()
    await gate
  }
  const held = one.transaction(async (tx) => {
    if (upTo !== undefined) holdBefore(tx, upTo, hold)
    const result = await first(tx)
    if (upTo === undefined) await hold()
    return result
  })
  await Promise.race([arrived, held])
  const ended = new AbortController()
  const following = other.transaction(second).finally(() => ended.abort())
  const outcome = Promise.allSettled([held, following])
  while (!ended.signal.aborted && !(await isAnyoneWaiting(one))) await new Promise((resolve) => setImmediate(resolve))
  goOn()
  await outcome
  return Promise.all([held, following])
}

function holdBefore(tx: Tx, statement: string, hold: () => Promise<void>): void {
  const executor = tx.getExecutor()
  const execute = executor.executeQuery.bind(executor)
  executor.executeQuery = async (query, ...rest) => {
    if (query.sql.includes(statement)) await hold()
    return execute(query, ...rest)
  }
}

/** Whether a transaction waits for another one's lock. */
async function isAnyoneWaiting(database: Database): Promise<boolean> {
  const { rows } = await database.transaction((tx) =>
    sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(tx),
  )
  return rows.length > 0
}
