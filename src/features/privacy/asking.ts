// The question to who has been silent for long: keep her data, or erase it. When she is asked is retention.ts; it erases nothing.
import type { ClinicLimits } from '../../content/clinic.ts'
import { bringNudgesForward, dueNudges, moveNudge, setNudge } from '../../people/nudge.ts'
import { formatLocal, zoneOf } from '../../people/time-zone.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { NO_DATA } from '../../telegram/feature.ts'
import { composeEach, type NoticeKind, settleEach } from '../../telegram/notice.ts'
import { daysAfter } from './age.ts'
import { countFrom, isAsked } from './store.ts'

const DAY_MS = 86_400_000
/** The time to answer is counted from when it is out, so it is never out of date. */
const STALE_AFTER_MS = 365 * DAY_MS

export function createAsking({ retentionAskAfterMonths, retentionEraseAfterDays }: ClinicLimits): NoticeKind {
  return {
    name: 'retention',
    rank: 'safety',
    staleAfterMs: STALE_AFTER_MS,
    reachesPaused: true,
    due: (tx, query) => dueNudges(tx, 'retention', query),
    compose: composeEach(async ({ tx, now, person, speaker }) => {
      // Any sign of life means staying.
      if (!(await isAsked(tx, person.id))) return undefined
      const until = formatLocal(daysAfter(now, retentionEraseAfterDays), zoneOf(person), person.language).split(/, (?:pukul|at) /)[0] ?? ''
      const button = (key: string, name: string) => [{ text: speaker.plain(person, key), callback_data: packButton(name, NO_DATA, {}) }]
      return {
        html: speaker.html(person, 'privacy.retention.ask', { months: retentionAskAfterMonths, until }, now),
        keyboard: [button('privacy.retention.stay.button', 'stay'), button('privacy.retention.erase.button', 'erase-go-on')],
      }
    }),
    settle: settleEach(async (tx, { person }, { said }) => {
      await moveNudge(tx, person, 'retention', null, said ? 1 : 0)
      // Nobody is erased for not answering what she was not asked: it begins anew.
      if (!said) await countFrom(tx, person, null)
    }),
    postpone: (tx, { person }, until) => moveNudge(tx, person, 'retention', until),
    followClock: (tx, now) => bringNudgesForward(tx, 'retention', now + DAY_MS),
    // The time to answer begins when the question is out, however long the way.
    arrived: (tx, { person }, now) => countFrom(tx, person, now),
    tookTooLong: (tx, { person }, now) => setNudge(tx, person, 'retention', { nextAt: now, since: now }),
  }
}
