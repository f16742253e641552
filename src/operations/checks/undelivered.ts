// Looks for what went wrong in the last week: messages that did not arrive, and updates that could not be applied.
import { existsSync } from 'node:fs'
import { readIfPossible } from '../database-file.ts'
import { describeDuration, type Finding, ok, warning } from '../finding.ts'

const WEEK_MS = 7 * 86_400_000
/** Telegram's limits make a burst wait for seconds or minutes, not longer. */
const LONG_WAIT_MS = 15 * 60_000

interface Counted {
  readonly count: number
  readonly newest: string | null
}

/** @param now ms UTC */
export function checkUndelivered(file: string, now: number): readonly Finding[] {
  if (!existsSync(file)) return []
  return readIfPossible(file, (db) => {
    const since = now - WEEK_MS
    const settled = db.prepare<[string, number], Counted>(
      `select count(*) as count, max(error) as newest from outbox
       where state = ? and settled_at > ? and coalesce(error, '') not like '403 %' and coalesce(error, '') not like '%chat not found%'`,
    )
    const failed = db.prepare<[string, number], Counted>('select count(*) as count, max(reference) as newest from failed_update where outcome = ? and failed_at > ?')
    const overdue = db.prepare<[number], { due: number | null }>(`select min(next_at) as due from outbox where state = 'queued' and next_at < ?`).get(now - LONG_WAIT_MS)?.due
    return [
      report('dead letters', settled.get('dead', since), 'were refused by Telegram for good', 'Look into the log for the reason and report it. People who left or blocked the bot are not counted here.'),
      report('unknown sends', settled.get('unknown', since), 'may or may not have arrived', 'A crash or a restore came between; they are not repeated. Write again to who must know.'),
      report('updates', failed.get('failed', since), 'could not be applied', 'Look into the log for the reference and report it: the person was told with the same one.'),
      report('quarantine', failed.get('quarantined', since), 'ended the program each time and were set aside', 'Report it with the reference; what was typed is kept in failed_update.'),
      ...(overdue ? [warning('outbox', `a message has waited ${describeDuration(now - overdue)} to be sent`, 'If the clinic does not run, start it; if it does, look into its log.')] : []),
    ].flat()
  }) ?? []
}

function report(about: string, counted: Counted | undefined, what: string, mend: string): readonly Finding[] {
  if (!counted || counted.count === 0) return [ok(about, 'none this week')]
  return [warning(about, `${counted.count} this week ${what}${counted.newest === null ? '' : ` (such as: ${counted.newest})`}`, mend)]
}
