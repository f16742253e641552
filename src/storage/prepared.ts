// Statements that run for every update: Kysely builds and compiles them once, and afterwards they are only given their values.
import { type Compilable, type CompiledQuery, type DialectAdapter, type QueryResult, type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'

/** Stands in a statement where a value will be. */
class Gap {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** Names a value of a statement where Kysely expects one. */
export type Value<V> = <K extends keyof V & string>(name: K) => RawBuilder<V[K]>

/**
 * Prepares a statement; its text must be the same whatever the values are.
 * @param build Runs once for each database; `value('x')` stands for the `x` that each call gives.
 */
export function prepare<V extends object, R>(build: (db: Tx, value: Value<V>) => Compilable<R>): (tx: Tx, values: V) => Promise<QueryResult<R>> {
  // Each engine has a way of its own to write a statement.
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<R>>()
  return (tx, values) => {
    const { adapter } = tx.getExecutor()
    let query = compiled.get(adapter)
    if (!query) compiled.set(adapter, (query = build(tx, (name) => sql`${new Gap(name)}`).compile()))
    const given = values as Readonly<Record<string, unknown>>
    return tx.executeQuery({ ...query, parameters: query.parameters.map((parameter) => (parameter instanceof Gap ? given[parameter.name] : parameter)) })
  }
}
