// A friendly word to a member who has been silent for a month, and a second one a month later: then never again by itself.
import { bringNudgesForward, dueNudges, findNudge, moveNudge, setNudge } from '../../people/nudge.ts'
import type { Job } from '../../schedule/job.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { NO_DATA } from '../../telegram/feature.ts'
import { composeEach, type NoticeKind, settleEach, stopNudgeButton } from '../../telegram/notice.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const AFTER_MS = 30 * DAY_MS
/** Whoever fell silent longer ago than this was found before, or belongs to a time before the clinic looked. */
const LOOKED_AT_MS = 45 * DAY_MS
const STALE_AFTER_MS = 10 * DAY_MS
const MOST = 2
const BITE = 200

/** Looks every hour who has fallen silent; it says nothing itself. */
export const findSilent: Job = {
  name: 'find-silent',
  everyMs: HOUR_MS,
  run: async ({ tx, now }) => {
    const silent = await tx
      .selectFrom('person')
      .leftJoin('nudge', (join) => join.onRef('nudge.person_id', '=', 'person.id').on('nudge.kind', '=', 'welcome-back'))
      .select(['person.id', 'person.last_seen_at'])
      .where('person.last_seen_at', '<=', now - AFTER_MS)
      .where('person.last_seen_at', '>', now - LOOKED_AT_MS)
      .where('person.member_number', 'is not', null)
      .where((e) => e.or([e('nudge.since', 'is', null), e('nudge.since', '<', e.ref('person.last_seen_at'))]))
      .limit(BITE)
      .execute()
    for (const { id, last_seen_at } of silent) await setNudge(tx, id, 'welcome-back', { nextAt: now, since: last_seen_at })
    return silent.length === BITE
  },
}

export const missing: NoticeKind = {
  name: 'welcome-back',
  rank: 'plan',
  staleAfterMs: STALE_AFTER_MS,
  due: (tx, query) => dueNudges(tx, 'welcome-back', query),
  compose: composeEach(async ({ tx, now, person, speaker }) => {
    const nudge = await findNudge(tx, person.id, 'welcome-back')
    // She came back by herself.
    if (!nudge || person.lastSeenAt > nudge.since) return undefined
    const button = (key: string, name: string) => [{ text: speaker.plain(person, key), callback_data: packButton(name, NO_DATA, {}) }]
    return {
      html: speaker.html(person, 'home.missing', {}, now),
      keyboard: [button('assessment.plan.button', 'plan'), button('form.ask-human.button', 'ask-human'), [stopNudgeButton(speaker, person, 'welcome-back')]],
    }
  }),
  settle: settleEach(async (tx, { person }, { said, now }) => {
    const made = ((await findNudge(tx, person, 'welcome-back'))?.made ?? 0) + (said ? 1 : 0)
    await moveNudge(tx, person, 'welcome-back', said && made < MOST ? now + AFTER_MS : null, said ? 1 : 0)
  }),
  postpone: (tx, { person }, until) => moveNudge(tx, person, 'welcome-back', until),
  followClock: (tx, now) => bringNudgesForward(tx, 'welcome-back', now + AFTER_MS),
}
