// Tells the operator's log of a call that was not simply accepted: ids and codes, never what it said.
import type { Log } from '../logging.ts'
import type { Claimed } from './claim.ts'
import type { Outcome, Verdict } from './refusal.ts'

/** One line for one attempt; what will never arrive, or may not have, is an error. */
export function reportTrouble(log: Log, { row, outcome, verdict }: { readonly row: Claimed; readonly outcome: Outcome; readonly verdict: Verdict['type'] }): void {
  const level = verdict === 'dead' || verdict === 'unknown' ? 'error' : verdict === 'retry' ? 'warn' : 'info'
  log[level](`delivery.${verdict}`, {
    outboxId: row.id,
    method: row.method,
    lane: row.lane,
    attempt: row.attempts,
    reason: outcome.type,
    ...(outcome.type === 'refused' && { code: outcome.code }),
    ...(outcome.type === 'unanswered' && { code: outcome.reason.replace('network ', '') }),
  })
}
