// Remembers which tips a person was shown and what she did with them, and reads what decides which one fits next.
import type { Level } from '../../content/assessment.ts'
import { newestSectorsOf } from '../../people/sector.ts'
import type { Tx } from '../../storage/database.ts'
import type { TipHistory } from './pick-tip.ts'

export type Mark = 'tried' | 'unsuited' | 'saved'

export async function tipHistoryOf(tx: Tx, person: number): Promise<TipHistory> {
  return (await tipHistoriesOf(tx, [person])).get(person)!
}

/** What decides which tip comes next, for each of them by her id. */
export async function tipHistoriesOf(tx: Tx, people: readonly number[]): Promise<ReadonlyMap<number, TipHistory>> {
  const shown = groupedByPerson(await tx.selectFrom('tip_shown').select(['person_id', 'tip', 'shown_at']).where('person_id', 'in', people).execute())
  const unsuited = groupedByPerson(await tx.selectFrom('tip_mark').select(['person_id', 'tip']).where('person_id', 'in', people).where('mark', '=', 'unsuited').execute())
  const steps = groupedByPerson(await tx.selectFrom('plan_step').select(['person_id', 'tip', 'state']).where('person_id', 'in', people).where('state', '!=', 'dropped').orderBy('id').execute())
  const sectors = await newestSectorsOf(tx, people)
  const standings = groupedByPerson(await standingsOf(tx, people))
  return new Map(
    people.map((id) => {
      const stepsThatAre = (state: string) => (steps.get(id) ?? []).filter((step) => step.state === state).map(({ tip }) => tip)
      return [id, {
        sector: sectors.get(id),
        // What she did in her plan she has read, before anything that was shown to her as a tip.
        shownAt: new Map([...stepsThatAre('done').map((tip) => [tip, 0] as const), ...(shown.get(id) ?? []).map((row) => [row.tip, row.shown_at] as const)]),
        unsuited: new Set([...stepsThatAre('swapped'), ...(unsuited.get(id) ?? []).map(({ tip }) => tip)]),
        planned: stepsThatAre('open'),
        standing: (standings.get(id) ?? []).map(({ area, level }) => ({ area, level: level as Level })),
      }]
    }),
  )
}

/** The areas of everyone's newest self-assessment that could be scored, the weakest first; none before the first. */
async function standingsOf(tx: Tx, people: readonly number[]): Promise<readonly { readonly person_id: number; readonly area: string; readonly level: string | null }[]> {
  const checks = await tx.selectFrom('assessment').select(['id', 'person_id']).where('person_id', 'in', people).where('kind', '=', 'check').orderBy('finished_at').orderBy('id').execute()
  const newest = new Map(checks.map((row) => [row.person_id, row.id]))
  if (newest.size === 0) return []
  return tx
    .selectFrom('assessment_area')
    .innerJoin('assessment', 'assessment.id', 'assessment_area.assessment_id')
    .select(['assessment.person_id', 'assessment_area.area', 'assessment_area.level'])
    .where('assessment_area.assessment_id', 'in', [...newest.values()])
    .where('assessment_area.score', 'is not', null)
    .orderBy('assessment_area.score')
    .orderBy('assessment_area.area')
    .execute()
}

function groupedByPerson<Row extends { readonly person_id: number }>(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.person_id)
    if (group) group.push(row)
    else groups.set(row.person_id, [row])
  }
  return groups
}

async function openSteps(tx: Tx, person: number): Promise<readonly { readonly id: number; readonly tip: string }[]> {
  return tx.selectFrom('plan_step').select(['id', 'tip']).where('person_id', '=', person).where('state', '=', 'open').orderBy('id').execute()
}

/** The open step of her plan that this tip is, if it is one. */
export async function openStepOf(tx: Tx, person: number, tip: string): Promise<number | undefined> {
  return (await openSteps(tx, person)).find((step) => step.tip === tip)?.id
}

/** Notes tips that were shown (now, ms UTC), one a person; shown again, it counts from now on. */
export async function keepShown(tx: Tx, ...shown: readonly { readonly person: number; readonly tip: string; readonly now: number }[]): Promise<void> {
  if (shown.length === 0) return
  await tx
    .insertInto('tip_shown')
    .values(shown.map(({ person, tip, now }) => ({ person_id: person, tip, shown_at: now })))
    .onConflict((c) => c.columns(['person_id', 'tip']).doUpdateSet((e) => ({ shown_at: e.ref('excluded.shown_at') })))
    .execute()
}

/** It was not the right moment: the tip counts as not shown, and comes again. Says whether it counted as shown. */
export async function forgetShown(tx: Tx, person: number, tip: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('tip_shown').where('person_id', '=', person).where('tip', '=', tip).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
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
