// Looks into JSON that a column holds as text; the engines write this differently.
import { type RawBuilder, sql } from 'kysely'
import { engineOf, type Tx } from './tx.ts'

/** The number at a path such as `data.request` of a column; null where there is none. @param column and path of the code, never of a person */
export function jsonNumber(tx: Tx, column: string, path: string): RawBuilder<number | null> {
  if (engineOf(tx) === 'sqlite') return sql`json_extract(${sql.ref(column)}, ${sql.lit(`$.${path}`)})`
  return sql`cast(cast(${sql.ref(column)} as jsonb) #>> ${sql.lit(`{${path.replaceAll('.', ',')}}`)} as bigint)`
}
