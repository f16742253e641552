// Remembers which tips a person was shown and what she did with them, and reads what decides which one fits next.
import type { Level } from '../../content/assessment.ts'
import { newestSectorOf } from '../../people/sector.ts'
import type { Tx } from '../../storage/database.ts'
import type { TipHistory } from './pick-tip.ts'

export type Mark = 'tried' | 'unsuited' | 'saved'

export async function tipHistoryOf(tx: Tx, person: number): Promise<TipHistory> {
  const shown = await tx.selectFrom('tip_shown').select(['tip', 'shown_at']).where('person_id', '=', person).execute()
  return {
    sector: await newestSectorOf(tx, person),
    shownAt: new Map(shown.map((row) => [row.tip, row.shown_at])),
    unsuited: new Set(await markedTips(tx, person, 'unsuited')),
    planned: (await openSteps(tx, person)).map(({ tip }) => tip),
    standing: await standingOf(tx, person),
  }
}

/** The areas of her newest self-assessment that could be scored, the weakest first; empty before the first. */
async function standingOf(tx: Tx, person: number): Promise<readonly { readonly area: string; readonly level: Level }[]> {
  const newest = tx
    .selectFrom('assessment')
    .select('id')
    .where('person_id', '=', person)
    .where('kind', '=', 'check')
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
  const rows = await tx.selectFrom('assessment_area').select(['area', 'level']).where('assessment_id', '=', newest).where('score', 'is not', null).orderBy('score').orderBy('area').execute()
  return rows.map(({ area, level }) => ({ area, level: level as Level }))
}

async function openSteps(tx: Tx, person: number): Promise<readonly { readonly id: number; readonly tip: string }[]> {
  return tx.selectFrom('plan_step').select(['id', 'tip']).where('person_id', '=', person).where('state', '=', 'open').orderBy('id').execute()
}

/** The open step of her plan that this tip is, if it is one. */
export async function openStepOf(tx: Tx, person: number, tip: string): Promise<number | undefined> {
  return (await openSteps(tx, person)).find((step) => step.tip === tip)?.id
}

/** Notes that a tip was shown now (ms UTC); shown again, it counts from now on. */
export async function keepShown(tx: Tx, { person, tip, now }: { person: number; tip: string; now: number }): Promise<void> {
  await tx
    .insertInto('tip_shown')
    .values({ person_id: person, tip, shown_at: now })
    .onConflict((c) => c.columns(['person_id', 'tip']).doUpdateSet({ shown_at: now }))
    .execute()
}

/** It was not the right moment: the tip counts as not shown, and comes again. */
export async function forgetShown(tx: Tx, person: number, tip: string): Promise<void> {
  await tx.deleteFrom('tip_shown').where('person_id', '=', person).where('tip', '=', tip).execute()
}

/** Notes what she did with a tip (`now` is ms UTC). Says whether it was not noted before. */
export async function addMark(tx: Tx, { person, tip, mark, now }: { person: number; tip: string; mark: Mark; now: number }): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('tip_mark')
    .values({ person_id: person, tip, mark, at: now })
    .onConflict((c) => c.columns(['person_id', 'tip', 'mark']).doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function removeMark(tx: Tx, person: number, tip: string, mark: Mark): Promise<void> {
  await tx.deleteFrom('tip_mark').where('person_id', '=', person).where('tip', '=', tip).where('mark', '=', mark).execute()
}

/** The tips she marked so, the newest first. */
export async function markedTips(tx: Tx, person: number, mark: Mark): Promise<readonly string[]> {
  const rows = await tx.selectFrom('tip_mark').select('tip').where('person_id', '=', person).where('mark', '=', mark).orderBy('at', 'desc').orderBy('tip').execute()
  return rows.map(({ tip }) => tip)
}
