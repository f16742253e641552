// A word about a plan that was left alone for a week: the next step, twice at most, and not at all once she said so.
import { bringNudgesForward, dueNudges, findNudge, moveNudge } from '../../people/nudge.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { NO_DATA } from '../../telegram/feature.ts'
import { composeEach, type NoticeKind, settleEach, stopNudgeButton } from '../../telegram/notice.ts'
import { nextStep } from './plan.ts'
import { titleOf, type PlanWords } from './plan-text.ts'
import type { Planning } from './planning.ts'
import { PLAN_NUDGE_AFTER_MS } from './store.ts'

const DAY_MS = 86_400_000
const STALE_AFTER_MS = 3 * DAY_MS
const MOST = 2

export function createPlanNudging({ planning, words }: { planning: Planning; words: PlanWords }): NoticeKind {
  return {
    name: 'plan',
    rank: 'plan',
    staleAfterMs: STALE_AFTER_MS,
    due: (tx, query) => dueNudges(tx, 'plan', query),
    compose: composeEach(async ({ tx, now, person, speaker }) => {
      const step = nextStep((await planning.current({ tx, now, person }))?.areas ?? [])
      if (!step) return undefined
      return {
        html: speaker.html(person, 'plan.nudge', { title: titleOf(words, step) }, now),
        keyboard: [
          [{ text: speaker.plain(person, 'plan.overview.button'), callback_data: packButton('plan', NO_DATA, {}) }],
          [stopNudgeButton(speaker, person, 'plan')],
        ],
      }
    }),
    settle: settleEach(async (tx, { person }, { said, now }) => {
      const made = ((await findNudge(tx, person, 'plan'))?.made ?? 0) + (said ? 1 : 0)
      await moveNudge(tx, person, 'plan', said && made < MOST ? now + PLAN_NUDGE_AFTER_MS : null, said ? 1 : 0)
    }),
    postpone: (tx, { person }, until) => moveNudge(tx, person, 'plan', until),
    followClock: (tx, now) => bringNudgesForward(tx, 'plan', now + PLAN_NUDGE_AFTER_MS),
  }
}
