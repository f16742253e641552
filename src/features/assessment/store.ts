// The SQL of self-assessments: what was asked, what was answered, what came of it, and when to ask again.
import { ContentError } from '../../content/problem.ts'
import { AREAS, type Instrument, type Level, measureOf } from '../../content/assessment.ts'
import type { Tx } from '../../storage/database.ts'
import type { DueNotice, DueQuery } from '../../telegram/notice.ts'
import { type ItemAnswer, type Result, standouts } from './score.ts'
import type { Measurement } from './verdict.ts'

export type Kind = 'check' | 'retest'

/** A result as it was on its day. */
export interface PastResult extends Measurement {
  readonly id: number
  /** ms UTC. */
  readonly finishedAt: number
}

/**
 * Keeps the questions of this version, so that old answers can always be read.
 * @throws ContentError when the version is known with other questions: results of both would look alike.
 */
export async function keepInstrument(tx: Tx, instrument: Instrument, now: number): Promise<void> {
  const content = measureOf(instrument)
  await tx
    .insertInto('instrument')
    .values({ version: instrument.version, content, first_used_at: now })
    .onConflict((c) => c.column('version').doNothing())
    .execute()
  const kept = await tx.selectFrom('instrument').select('content').where('version', '=', instrument.version).executeTakeFirstOrThrow()
  if (kept.content === content) return
  const what = `version ${instrument.version} was used here before with other content`
  throw new ContentError([{ file: 'data/assessment.yaml', key: 'version', what, mend: 'Give the changed questions a new version, for example version: "0.3-pilot".' }])
}

export interface NewResult {
  readonly person: number
  readonly instrument: Instrument
  readonly kind: Kind
  readonly answers: ReadonlyMap<string, ItemAnswer>
  readonly result: Result
  /** When she is asked next whether to check again, ms UTC; null for never. */
  readonly offerAt: number | null
  /** ms UTC. */
  readonly now: number
}

/** Keeps a result with all it rests on. From now on only this one leads to offers. Returns its id. */
export async function addResult(tx: Tx, { person, instrument, kind, answers, result, offerAt, now }: NewResult): Promise<number> {
  if (kind === 'check') await tx.updateTable('assessment').set({ offer_at: null }).where('person_id', '=', person).where('offer_at', 'is not', null).execute()
  const { id } = await tx
    .insertInto('assessment')
    .values({ person_id: person, instrument: instrument.version, kind, finished_at: now, total: result.total, level: result.level, offer_at: offerAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { priorities } = standouts(result)
  const areas = result.areas.map(({ area, thirds, level }) => ({ assessment_id: id, area, score: thirds, level, priority: priorities.indexOf(area) + 1 || null }))
  await tx.insertInto('assessment_area').values(areas).execute()
  await tx.insertInto('assessment_answer').values([...answers].map(([item, answer]) => ({ assessment_id: id, item, answer: String(answer) }))).execute()
  return id
}

/** Her results, oldest first, without retests: those measure the questions, not her. */
export async function resultsOf(tx: Tx, person: number): Promise<readonly PastResult[]> {
  const rows = await tx
    .selectFrom('assessment')
    .innerJoin('assessment_area', 'assessment_area.assessment_id', 'assessment.id')
    .select([
      'assessment.id', 'assessment.instrument', 'assessment.finished_at', 'assessment.total', 'assessment.level',
      'assessment_area.area', 'assessment_area.score', 'assessment_area.level as area_level',
    ])
    .where('assessment.person_id', '=', person)
    .where('assessment.kind', '=', 'check')
    .orderBy('assessment.finished_at')
    .orderBy('assessment.id')
    .execute()
  const results = new Map<number, PastResult>()
  for (const row of rows) {
    const known = results.get(row.id)
    const areas = [...(known?.areas ?? []), { area: row.area, thirds: row.score, level: row.area_level as Level | null }]
    results.set(row.id, { id: row.id, version: row.instrument, finishedAt: row.finished_at, total: row.total, level: row.level as Level | null, areas })
  }
  const place = (area: string) => AREAS.findIndex((one) => one === area)
  return [...results.values()].map((one) => ({ ...one, areas: one.areas.toSorted((a, b) => place(a.area) - place(b.area)) }))
}

/** Results after which it is time, by an instant (ms UTC), to ask whether to check again; the longest waiting first. */
export async function dueOffers(tx: Tx, { by, limit, people }: DueQuery): Promise<readonly DueNotice[]> {
  const rows = await tx
    .selectFrom('assessment')
    .select(['id', 'person_id', 'offer_at'])
    .where('offer_at', '<=', by)
    .$if(people !== undefined, (query) => query.where('person_id', 'in', people ?? []))
    .orderBy('offer_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ person: row.person_id, subject: String(row.id), dueAt: row.offer_at as number }))
}

/** A result that may lead to the question, and how often it was asked; undefined when it is not asked any more. */
export async function findOffer(tx: Tx, id: number): Promise<{ readonly finishedAt: number; readonly made: number } | undefined> {
  return tx.selectFrom('assessment').select(['finished_at as finishedAt', 'offers_made as made']).where('id', '=', id).where('offer_at', 'is not', null).executeTakeFirst()
}

/** @param at ms UTC; null: she is not asked again after this result. */
export async function setOffer(tx: Tx, id: number, at: number | null, offersMade: number): Promise<void> {
  await tx.updateTable('assessment').set({ offer_at: at, offers_made: offersMade }).where('id', '=', id).execute()
}

/** Lets nobody be asked later than an instant (ms UTC). */
export async function bringOffersForward(tx: Tx, latest: number): Promise<void> {
  await tx.updateTable('assessment').set({ offer_at: latest }).where('offer_at', '>', latest).execute()
}

/** She does not want to be asked until her next check. */
export async function endOffers(tx: Tx, person: number): Promise<void> {
  await tx.updateTable('assessment').set({ offer_at: null }).where('person_id', '=', person).execute()
}
