// The invitation to answer the check twice, as it goes out to an owner. Whom a coordinator invites is retesting.ts.
import type { Instrument } from '../../content/assessment.ts'
import { bringNudgesForward, dueNudges, moveNudge } from '../../people/nudge.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { NO_DATA } from '../../telegram/feature.ts'
import { composeEach, type NoticeKind, settleEach } from '../../telegram/notice.ts'
import { retestWindow } from './group.ts'
import { isInvited, takeInvitationBack } from './store.ts'

const DAY_MS = 86_400_000
/** Whoever is invited has a week for it at most, and is to have a few days left. */
const STALE_AFTER_MS = 3 * DAY_MS

export function createInviting(instrument: Instrument): NoticeKind {
  return {
    name: 'retest',
    rank: 'reassessment',
    staleAfterMs: STALE_AFTER_MS,
    due: (tx, query) => dueNudges(tx, 'retest', query),
    compose: composeEach(async ({ tx, now, person, speaker }) => {
      if (!(await isInvited(tx, person.id, instrument.version, retestWindow(now, instrument).from))) return undefined
      const button = (key: string, name: string) => [{ text: speaker.plain(person, key), callback_data: packButton(name, NO_DATA, {}) }]
      return {
        html: speaker.html(person, 'group-results.retest.invitation', {}, now),
        keyboard: [button('group-results.retest.begin.button', 'retest'), button('group-results.retest.no.button', 'no-retest')],
      }
    }),
    settle: settleEach(async (tx, { person }, { said }) => {
      await moveNudge(tx, person, 'retest', null, said ? 1 : 0)
      // Whoever heard nothing of it may be invited another time.
      if (!said) await takeInvitationBack(tx, person)
    }),
    postpone: (tx, { person }, until) => moveNudge(tx, person, 'retest', until),
    followClock: (tx, now) => bringNudgesForward(tx, 'retest', now + DAY_MS),
    tookTooLong: (tx, { person }) => takeInvitationBack(tx, person),
  }
}
