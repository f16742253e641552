// The question of Monday morning: how many cases this week. Unanswered, last week's number stays.
import { z } from 'zod'
import { isOnDuty, nextWeeklyQuestion, WEEKLY_LOADS } from '../../people/volunteer.ts'
import { askWeekly, bringWeeklyForward, dueWeekly, findVolunteer } from '../../people/volunteer-store.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { composeEach, type NoticeKind, settleEach } from '../../telegram/notice.ts'

const WEEK_MS = 7 * 86_400_000

export const LoadData = z.object({ load: z.coerce.number().pipe(z.literal(WEEKLY_LOADS)) })
export const SwitchData = z.object({ on: z.coerce.number().pipe(z.literal([0, 1])) })

/** From Wednesday on the week is half over. */
const STALE_AFTER_MS = 48 * 3_600_000

export const weeklyQuestion: NoticeKind = {
  name: 'volunteer-week',
  rank: 'plan',
  staleAfterMs: STALE_AFTER_MS,
  due: dueWeekly,
  compose: composeEach(async ({ tx, now, person, speaker }) => {
    const volunteer = await findVolunteer(tx, person.id)
    // Who helps nobody at the moment is not asked.
    if (!volunteer || !isOnDuty(volunteer, now)) return undefined
    const load = (count: (typeof WEEKLY_LOADS)[number]) => ({ text: speaker.plain(person, 'volunteers.week.load.button', { count }), callback_data: packButton('duty-load', LoadData, { load: count }) })
    return {
      html: speaker.html(person, 'volunteers.week.ask', { name: volunteer.shownName, load: volunteer.weeklyLoad }, now),
      keyboard: [WEEKLY_LOADS.map(load), [{ text: speaker.plain(person, 'volunteers.week.stop.button'), callback_data: packButton('duty-ask', SwitchData, { on: 0 }) }]],
    }
  }),
  settle: settleEach(async (tx, { person, dueAt }, { now }) => {
    const volunteer = await findVolunteer(tx, person)
    // Said early or left out early, it is not due again on the same Monday.
    await askWeekly(tx, person, volunteer ? nextWeeklyQuestion(volunteer, Math.max(now, dueAt)) : null)
  }),
  postpone: (tx, { person }, until) => askWeekly(tx, person, until),
  followClock: (tx, now) => bringWeeklyForward(tx, now + WEEK_MS),
}
