// The line of work advice has to fit: that of the business someone added last.
import type { Tx } from '../storage/database.ts'

/** Id of the sector of her newest business; undefined without a business. */
export async function newestSectorOf(tx: Tx, person: number): Promise<string | undefined> {
  const newest = await tx
    .selectFrom('business')
    .select('sector')
    .where('person_id', '=', person)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return newest?.sector
}
