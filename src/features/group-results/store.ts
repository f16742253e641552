// The SQL of group results: finished self-assessments without anything that names a person, and invitations to answer twice.
import { type Level, THIRDS_PER_POINT } from '../../content/assessment.ts'
import type { Tx } from '../../storage/database.ts'
import type { Finished } from './group.ts'

/** All results of present owners in this version of the instrument, oldest first. */
export async function resultsOf(tx: Tx, version: string): Promise<readonly Finished[]> {
  const rows = await tx
    .selectFrom('assessment')
    .innerJoin('role', (join) => join.onRef('role.person_id', '=', 'assessment.person_id').on('role.role', '=', 'owner').on('role.ended_at', 'is', null))
    .leftJoin('consent', (join) => join.onRef('consent.person_id', '=', 'assessment.person_id').on('consent.purpose', '=', 'research').on('consent.withdrawn_at', 'is', null))
    .select(['assessment.id', 'assessment.person_id', 'assessment.kind', 'assessment.finished_at', 'assessment.total', 'assessment.level', 'consent.id as consent_id'])
    .where('assessment.instrument', '=', version)
    .orderBy('assessment.finished_at')
    .orderBy('assessment.id')
    .execute()
  const ofVersion = tx.selectFrom('assessment').select('assessment.id').where('assessment.instrument', '=', version)
  const areaRows = await tx.selectFrom('assessment_area').selectAll().where('assessment_id', 'in', ofVersion).execute()
  const answerRows = await tx.selectFrom('assessment_answer').selectAll().where('assessment_id', 'in', ofVersion).execute()
  const areas = byAssessment(areaRows)
  const answers = byAssessment(answerRows)
  return rows.map(({ id, person_id, kind, finished_at, total, level, consent_id }) => ({
    owner: person_id,
    kind,
    finishedAt: finished_at,
    forResearch: consent_id !== null,
    answers: new Map((answers.get(id) ?? []).map(({ item, answer }) => [item, answer === 'skipped' || answer === 'stopped' ? answer : Number(answer)])),
    areas: (areas.get(id) ?? []).map(({ area, score, level: areaLevel }) => ({ area, points: inPoints(score), level: areaLevel as Level | null })),
    total: inPoints(total),
    level: level as Level | null,
  }))
}

/** A check that may be repeated now, and whose it is. */
export interface Repeatable {
  readonly check: number
  readonly person: number
}

/** The checks whose owners may be invited: with a total, ended within the window (ms UTC), and not asked for before. */
export async function repeatableChecks(tx: Tx, version: string, window: { readonly from: number; readonly until: number }): Promise<readonly Repeatable[]> {
  return newestForResearch(tx, version, window.from)
    .innerJoin('role', (join) => join.onRef('role.person_id', '=', 'check.person_id').on('role.role', '=', 'owner').on('role.ended_at', 'is', null))
    .where('check.finished_at', '<=', window.until)
    .where('check.total', 'is not', null)
    .where('check.retest_invited_at', 'is', null)
    .orderBy('check.id')
    .execute()
}

/** Marks a check as asked for. Says whether it was not before. */
export async function markInvited(tx: Tx, check: number, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('assessment')
    .set({ retest_invited_at: now })
    .where('id', '=', check)
    .where('retest_invited_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** The invitation to repeat her newest check never reached her: she counts as not invited. */
export async function takeInvitationBack(tx: Tx, person: number): Promise<void> {
  const newest = tx.selectFrom('assessment').select('id').where('person_id', '=', person).where('kind', '=', 'check').orderBy('id', 'desc').limit(1)
  await tx.updateTable('assessment').set({ retest_invited_at: null }).where('id', '=', newest).execute()
}

/** Whether she is invited to repeat her newest check, which ended at or after `since` (ms UTC), and still agrees to research. */
export async function isInvited(tx: Tx, person: number, version: string, since: number): Promise<boolean> {
  const invited = await newestForResearch(tx, version, since)
    .where('check.person_id', '=', person)
    .where('check.retest_invited_at', 'is not', null)
    .executeTakeFirst()
  return invited !== undefined
}

/** Checks since then (ms UTC), with nothing after them, of people who agree to research. */
function newestForResearch(tx: Tx, version: string, since: number) {
  return tx
    .selectFrom('assessment as check')
    .innerJoin('consent', (join) => join.onRef('consent.person_id', '=', 'check.person_id').on('consent.purpose', '=', 'research').on('consent.withdrawn_at', 'is', null))
    .select(['check.id as check', 'check.person_id as person'])
    .where('check.kind', '=', 'check')
    .where('check.instrument', '=', version)
    .where('check.finished_at', '>=', since)
    .where((e) =>
      e.not(e.exists(e.selectFrom('assessment as later').select('later.id').whereRef('later.person_id', '=', 'check.person_id').whereRef('later.id', '>', 'check.id'))),
    )
}

function byAssessment<Row extends { readonly assessment_id: number }>(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.assessment_id)
    if (group) group.push(row)
    else groups.set(row.assessment_id, [row])
  }
  return groups
}

function inPoints(thirds: number | null): number | null {
  return thirds === null ? null : thirds / THIRDS_PER_POINT
}
