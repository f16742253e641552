// The line of work advice has to fit: that of the business someone added last.
import type { Tx } from '../storage/database.ts'

/** Id of the sector of her newest business; undefined without a business. */
export async function newestSectorOf(tx: Tx, person: number): Promise<string | undefined> {
  return (await newestSectorsOf(tx, [person])).get(person)
}

/** The same for each of them who has a business, by her id. */
export async function newestSectorsOf(tx: Tx, people: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.selectFrom('business').select(['person_id', 'sector']).where('person_id', 'in', people).orderBy('created_at').orderBy('id').execute()
  return new Map(rows.map((row) => [row.person_id, row.sector]))
}
