// A reported case until a coordinator has decided: who was in it, who may decide, and what coordinators hear. It freezes nothing itself:
// that is happening.ts.
import { holdersOf } from '../people/roles.ts'
import { getPerson } from '../people/store.ts'
import type { Tx } from '../storage/database.ts'
import { CaseData } from './case-data.ts'
import type { CasePost, Sending } from './post.ts'
import type { Assignment, CaseRecord } from './store.ts'

export const REPORT_REASONS = ['secret', 'rude', 'odd', 'words'] as const
export type ReportReason = (typeof REPORT_REASONS)[number]

/** Who helped until the report ended it; the case is frozen still. */
export async function frozenHelpers(tx: Tx, of: Pick<CaseRecord, 'id' | 'lastAt'>): Promise<readonly Assignment[]> {
  return tx
    .selectFrom('case_assignment')
    .select(['person_id as person', 'role'])
    .where('case_id', '=', of.id)
    .where('ended_as', '=', 'report')
    .where('until', '=', of.lastAt)
    .orderBy('role', 'desc')
    .orderBy('id')
    .execute()
}

/** Whose part in a case ended with a report: it is not offered to them again, and they do not take it of their own accord. */
export async function whoWasReportedIn(tx: Tx, caseId: number): Promise<ReadonlySet<number>> {
  const parts = await tx.selectFrom('case_assignment').select(['person_id', 'ended_as']).where('case_id', '=', caseId).orderBy('id').execute()
  const latest = new Map(parts.map(({ ended_as, person_id }) => [person_id, ended_as]))
  return new Set([...latest].filter(([, endedAs]) => endedAs === 'report').map(([person]) => person))
}

/** Everyone on the helping side of a frozen case. */
export async function helpersInvolved(tx: Tx, of: CaseRecord): Promise<ReadonlySet<number>> {
  const people = (await frozenHelpers(tx, of)).map(({ person }) => person)
  return new Set(of.volunteerId === null ? people : [of.volunteerId, ...people])
}

/** Coordinators who may look into it and decide: nobody in their own matter, unless there is nobody else on the helping side. */
export async function judgesOf(tx: Tx, of: CaseRecord): Promise<readonly number[]> {
  const involved = await helpersInvolved(tx, of)
  const coordinators = (await holdersOf(tx, 'coordinator')).map(({ id }) => id).filter((id) => id !== of.personId)
  const others = coordinators.filter((id) => !involved.has(id))
  return others.length > 0 ? others : coordinators
}

/** What the report says, in the reader's language; ready for a message. */
export async function tellCoordinators(post: CasePost, sending: Sending, of: CaseRecord, again = false): Promise<void> {
  const { tx, now } = sending
  const row = await tx.selectFrom('help_case').select(['report_reason', 'report_words', 'reported_by']).where('id', '=', of.id).executeTakeFirst()
  if (!row) return
  for (const id of await judgesOf(tx, of)) {
    const reader = await getPerson(tx, id)
    const by = row.reported_by === null ? undefined : await getPerson(tx, row.reported_by)
    const who = by === undefined || by.id === of.personId ? post.speaker.plain(reader, 'safety.by-owner') : await post.helperName(tx, by.id, reader)
    const reason = post.speaker.plain(reader, `safety.reason.${row.report_reason ?? 'odd'}`)
    const html = [
      post.speaker.html(reader, again ? 'safety.told.coordinator-again' : 'safety.told.coordinator', { number: of.number, who, reason }, now),
      row.report_words === null ? '' : post.speaker.html(reader, 'safety.told.words', { body: row.report_words }, now),
    ]
    await post.tellHtml(sending, reader, of.id, html.filter(Boolean).join('\n'), { keyboard: [[post.button(reader, 'safety.open.button', 'case-open', CaseData, { case: of.id })]] })
  }
}
