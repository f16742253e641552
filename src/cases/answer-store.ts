// Reads and writes questions with their answers, and which closed cases may become one.
import type { Tx } from '../storage/database.ts'
import type { AnswerCard } from './answers.ts'
import { type CaseRecord, holdCase, toCase } from './store.ts'

/** Enough to look through at every request; the newest say best how things are now. */
const LOOKED_THROUGH = 200

/** The answers anyone may be shown, the newest first. `area` null: of every area. */
export async function approvedAnswers(tx: Tx, area: string | null): Promise<readonly AnswerCard[]> {
  return tx
    .selectFrom('question_answer')
    .select(['id', 'area', 'question', 'answer'])
    .where('state', '=', 'approved')
    .$if(area !== null, (query) => query.where((e) => e.or([e('area', '=', area), e('area', 'is', null)])))
    .orderBy('id', 'desc')
    .limit(LOOKED_THROUGH)
    .execute()
}

const undecided = (tx: Tx) =>
  tx
    .selectFrom('help_case')
    .where('help_case.state', '=', 'closed')
    .where('help_case.lesson', 'is not', null)
    .where('help_case.purged_at', 'is', null)
    .where((e) => e.not(e.exists(e.selectFrom('question_answer').select('question_answer.id').whereRef('question_answer.case_id', '=', 'help_case.id'))))

/** The closed case whose lesson has waited longest for a decision. */
export async function nextLesson(tx: Tx): Promise<CaseRecord | undefined> {
  const row = await undecided(tx).selectAll('help_case').orderBy('help_case.closed_at').orderBy('help_case.id').limit(1).executeTakeFirst()
  return row && toCase(row)
}

/** The closed case whose lesson still waits for a decision, if it is this one. */
export async function findLesson(tx: Tx, caseId: number): Promise<CaseRecord | undefined> {
  const row = await undecided(tx).selectAll('help_case').where('help_case.id', '=', caseId).executeTakeFirst()
  return row && toCase(row)
}

export async function countLessons(tx: Tx): Promise<number> {
  const { count } = await undecided(tx).select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return count
}

/**
 * Keeps what was decided about the lesson of a closed case, once, and gives its number: of two who decide at the same moment one hears
 * undefined. Of what is not published no words are kept. `now`: ms UTC.
 */
export async function decideLesson(
  tx: Tx,
  decided: { caseId: number; area: string | null; by: number; now: number } & ({ state: 'approved'; question: string; answer: string } | { state: 'declined' }),
): Promise<number | undefined> {
  await holdCase(tx, decided.caseId)
  if (!(await findLesson(tx, decided.caseId))) return undefined
  const { question, answer } = decided.state === 'approved' ? decided : { question: '', answer: '' }
  const { id } = await tx
    .insertInto('question_answer')
    .values({ case_id: decided.caseId, area: decided.area, question, answer, state: decided.state, decided_by: decided.by, created_at: decided.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Shows an answer to nobody any more. Says whether it was shown until now. */
export async function withdrawAnswer(tx: Tx, id: number, by: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('question_answer')
    .set({ state: 'declined', question: '', answer: '', decided_by: by })
    .where('id', '=', id)
    .where('state', '=', 'approved')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
