// The SQL of plans: what the newest self-assessment says, and the steps that followed from it and earlier ones.
import type { Level } from '../../content/assessment.ts'
import { setNudge } from '../../people/nudge.ts'
import type { Tx } from '../../storage/database.ts'
import type { AreaStanding, Step, StepChoice } from './plan.ts'

/** A plan left alone so long is worth a word. */
export const PLAN_NUDGE_AFTER_MS = 7 * 86_400_000

/** Her newest result, as far as a plan needs it. */
export interface Diagnosis {
  readonly assessment: number
  /** ms UTC. */
  readonly finishedAt: number
  readonly standing: readonly AreaStanding[]
}

export async function findDiagnosis(tx: Tx, person: number): Promise<Diagnosis | undefined> {
  const newest = await tx
    .selectFrom('assessment')
    .select(['id', 'finished_at'])
    .where('person_id', '=', person)
    .where('kind', '=', 'check')
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!newest) return undefined
  const areas = await tx.selectFrom('assessment_area').select(['area', 'score', 'level', 'priority']).where('assessment_id', '=', newest.id).execute()
  return { assessment: newest.id, finishedAt: newest.finished_at, standing: areas.map((one) => ({ ...one, level: one.level as Level | null })) }
}

/** All steps she was ever given, oldest first. */
export async function stepsOf(tx: Tx, person: number): Promise<readonly Step[]> {
  const rows = await tx.selectFrom('plan_step').selectAll().where('person_id', '=', person).orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id, assessment: row.assessment_id, area: row.area, round: row.round, tip: row.tip, isReview: row.is_review === 1, state: row.state, settledAt: row.settled_at,
  }))
}

export async function addSteps(
  tx: Tx,
  added: { person: number; assessment: number; area: string; round: number; choices: readonly StepChoice[]; now: number },
): Promise<void> {
  if (added.choices.length === 0) return
  const rows = added.choices.map(({ tip, isReview }) => ({
    person_id: added.person, assessment_id: added.assessment, area: added.area, round: added.round,
    tip, is_review: isReview ? (1 as const) : (0 as const), state: 'open' as const, created_at: added.now,
  }))
  await tx.insertInto('plan_step').values(rows).execute()
}

/** Ids of the tips that she said don't suit her. */
export async function unsuitedTips(tx: Tx, person: number): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('tip_mark').select('tip').where('person_id', '=', person).where('mark', '=', 'unsuited').execute()
  return new Set(rows.map(({ tip }) => tip))
}

/** Ends an open step of hers. Says whether it was open: a second tap changes nothing. `now` is ms UTC. */
export async function settleStep(tx: Tx, settled: { id: number; person: number; state: 'done' | 'swapped'; now: number }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('plan_step')
    .set({ state: settled.state, settled_at: settled.now })
    .where('id', '=', settled.id)
    .where('person_id', '=', settled.person)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** She worked on her plan: only a week without anything is worth a word. `now` is ms UTC. */
export async function noteTouched(tx: Tx, person: number, now: number): Promise<void> {
  await setNudge(tx, person, 'plan', { nextAt: now + PLAN_NUDGE_AFTER_MS, since: now })
}

/** What she shows of a step of hers: her words, or a picture with its caption. A newer one takes the place of the older. */
export async function keepProof(tx: Tx, kept: { id: number; person: number; kind: 'words' | 'photo'; proof: string; words: string | null }): Promise<void> {
  await tx
    .updateTable('plan_step')
    .set({ proof_kind: kept.kind, proof: kept.proof, proof_words: kept.words })
    .where('id', '=', kept.id)
    .where('person_id', '=', kept.person)
    .execute()
}

/** A newer result leads to another plan: what is still open of earlier ones is left. */
export async function dropOpenSteps(tx: Tx, person: number, now: number): Promise<void> {
  await tx.updateTable('plan_step').set({ state: 'dropped', settled_at: now }).where('person_id', '=', person).where('state', '=', 'open').execute()
}
