// Tells whoever helped last month that the letter of thanks is ready, once a month.
import { bringNudgesForward, dueNudges, findNudge, moveNudge, setNudge } from '../../people/nudge.ts'
import { dayThere, formatMonth, startOfDay } from '../../people/time-zone.ts'
import type { Job } from '../../schedule/job.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { composeEach, type NoticeKind, settleEach, stopNudgeButton } from '../../telegram/notice.ts'
import { monthsBefore } from './counting.ts'
import { MonthData } from './month-data.ts'
import { contributionOf } from './store.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A letter told of later would be last month's news. */
const STALE_AFTER_MS = 14 * DAY_MS
const BITE = 200
/** Whoever lives farther east begins the month a little earlier: nobody misses those two hours. */
const ZONE = 'Asia/Jakarta'

/** Looks every hour who helped in the month that is over and has not been told; it says nothing itself. */
export const findHelpers: Job = {
  name: 'find-helpers-of-the-month',
  everyMs: HOUR_MS,
  run: async ({ tx, now }) => {
    const today = dayThere(now, ZONE)
    const [last = ''] = monthsBefore(today, 1)
    const begun = startOfDay(`${today.slice(0, 7)}-01`, ZONE)
    if (now - begun > STALE_AFTER_MS) return false
    const helped = await tx
      .selectFrom('helped_day')
      .leftJoin('nudge', (join) => join.onRef('nudge.person_id', '=', 'helped_day.person_id').on('nudge.kind', '=', 'letter'))
      .select('helped_day.person_id as person')
      .distinct()
      .where('helped_day.day', '>=', `${last}-01`)
      .where('helped_day.day', '<=', `${last}-31`)
      .where((e) => e.or([e('nudge.since', 'is', null), e('nudge.since', '<', begun)]))
      .limit(BITE)
      .execute()
    for (const { person } of helped) await setNudge(tx, person, 'letter', { nextAt: now, since: begun })
    return helped.length === BITE
  },
}

export const letterReady: NoticeKind = {
  name: 'letter',
  rank: 'broadcast',
  staleAfterMs: STALE_AFTER_MS,
  due: (tx, query) => dueNudges(tx, 'letter', query),
  compose: composeEach(async ({ tx, now, person, speaker }) => {
    const nudge = await findNudge(tx, person.id, 'letter')
    if (!nudge || !(person.roles.includes('volunteer') || person.roles.includes('coordinator'))) return undefined
    const [month = ''] = monthsBefore(dayThere(nudge.since, ZONE), 1)
    const { cases } = await contributionOf(tx, person.id, month)
    if (cases === 0) return undefined
    const params = { month: formatMonth(month, person.language), count: cases }
    return {
      html: speaker.html(person, 'contribution.ready', params, now),
      keyboard: [[{ text: speaker.plain(person, 'contribution.letter.button', params), callback_data: packButton('contribution-letter', MonthData, { month }) }], [stopNudgeButton(speaker, person, 'letter')]],
    }
  }),
  settle: settleEach((tx, { person }, { said }) => moveNudge(tx, person, 'letter', null, said ? 1 : 0)),
  postpone: (tx, { person }, until) => moveNudge(tx, person, 'letter', until),
  // It is due when it is found; only a postponement can lie ahead, by a day at most.
  followClock: (tx, now) => bringNudgesForward(tx, 'letter', now + DAY_MS),
}
