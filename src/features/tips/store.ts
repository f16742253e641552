// Remembers which tips a person was shown. It stores nothing else about her.
import { newestSectorOf } from '../../people/sector.ts'
import type { Tx } from '../../storage/database.ts'
import type { TipHistory } from './pick-tip.ts'

export async function tipHistoryOf(tx: Tx, person: number): Promise<TipHistory> {
  const shown = await tx.selectFrom('tip_shown').select(['tip', 'shown_at']).where('person_id', '=', person).execute()
  return { sector: await newestSectorOf(tx, person), shownAt: new Map(shown.map((row) => [row.tip, row.shown_at])) }
}

/** Notes that a tip was shown now (ms UTC); shown again, it counts from now on. */
export async function keepShown(tx: Tx, { person, tip, now }: { person: number; tip: string; now: number }): Promise<void> {
  await tx
    .insertInto('tip_shown')
    .values({ person_id: person, tip, shown_at: now })
    .onConflict((c) => c.columns(['person_id', 'tip']).doUpdateSet({ shown_at: now }))
    .execute()
}
