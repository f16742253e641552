// Keeps what happened at the steps of forms, and reads it back for the funnel.
import { sql } from 'kysely'
import type { StepHappening, StepRecord } from '../conversation/funnel.ts'
import type { Tx } from '../storage/database.ts'
import { prepare } from '../storage/prepared.ts'

const insert = prepare<StepHappening & { form: string; elapsedMs: number; now: number }, unknown>((db, value) =>
  db
    .insertInto('step_event')
    .values({ form: value('form'), step: value('step'), event: value('event'), elapsed_ms: value('elapsedMs'), at: value('now') }),
)

export async function recordSteps(tx: Tx, recorded: { form: string; happenings: readonly StepHappening[]; elapsedMs: number; now: number }): Promise<void> {
  const { form, elapsedMs, now } = recorded
  for (const { event, step } of recorded.happenings) await insert(tx, { form, step, event, elapsedMs, now })
}

/** The forms people were in since an instant (ms UTC), the busiest first. */
export async function formsSince(tx: Tx, since: number): Promise<readonly string[]> {
  const rows = await tx.selectFrom('step_event').select('form').where('at', '>=', since).groupBy('form').orderBy(sql`count(*)`, 'desc').execute()
  return rows.map((row) => row.form)
}

/** What happened in a form since an instant (ms UTC), oldest first. */
export async function stepsSince(tx: Tx, form: string, since: number): Promise<readonly StepRecord[]> {
  const rows = await tx
    .selectFrom('step_event')
    .select(['step', 'event', 'elapsed_ms'])
    .where('form', '=', form)
    .where('at', '>=', since)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ step: row.step, event: row.event as StepRecord['event'], elapsedMs: row.elapsed_ms }))
}

/** The step of each unfinished conversation of a form that has been silent since an instant (ms UTC). */
export async function silentSteps(tx: Tx, form: string, silentSince: number): Promise<readonly string[]> {
  const rows = await tx.selectFrom('conversation').select('step').where('form', '=', form).where('updated_at', '<', silentSince).execute()
  return rows.map((row) => row.step)
}

/** Forgets what happened before an instant. Returns how many rows went. */
export async function pruneSteps(tx: Tx, before: number, limit: number): Promise<number> {
  const old = tx.selectFrom('step_event').select('id').where('at', '<', before).orderBy('id').limit(limit)
  const { numDeletedRows } = await tx.deleteFrom('step_event').where('id', 'in', old).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
