// Shows an owner her newest result and all of them over time, each as a picture with its words below and a next step.
import { AREA_MAX, AREAS, type Instrument } from '../../content/assessment.ts'
import type { Ctx } from '../../telegram/context.ts'
import { changeOf, dayOf, formatPoints, resultText } from './result-text.ts'
import { type PastResult, resultsOf } from './store.ts'

/** A caption holds 1024 characters (Bot API, sendPhoto), a picture so many points beside each other. */
export const MOST_IN_HISTORY = 12

export interface Showing {
  /** Says that there is none yet, when there is none. */
  lastResult(ctx: Ctx): Promise<void>
  history(ctx: Ctx): Promise<void>
}

export function createShowing(instrument: Instrument): Showing {
  return {
    lastResult: async (ctx) => {
      const results = await resultsOf(ctx.tx, ctx.person.id)
      const last = results.at(-1)
      if (!last) return sayNone(ctx)
      const hasFallen = changeOf(results, instrument)?.type === 'real-down'
      await ctx.sayHtml(resultText(ctx, results, instrument), {
        picture: { name: 'assessment-result', params: { person: ctx.person.id, assessment: last.id } },
        keyboard: [
          hasFallen ? [ctx.button('assessment.ask-human.button', 'ask-human')] : [],
          [ctx.button('assessment.plan.button', 'plan')],
          [ctx.button('assessment.schedule.button', 'tips-schedule')],
          results.length > 1 ? [ctx.button('assessment.history.button', 'check-history')] : [],
        ],
      })
    },
    history: async (ctx) => {
      const results = await resultsOf(ctx.tx, ctx.person.id)
      if (results.length === 0) return sayNone(ctx)
      const lines = results.slice(-MOST_IN_HISTORY).toReversed().map((result) => historyLine(ctx, result))
      await ctx.sayHtml([ctx.t('assessment.history.title'), lines.join('\n')].join('\n\n'), {
        picture: { name: 'assessment-history', params: { person: ctx.person.id } },
        keyboard: [[ctx.button('assessment.plan.button', 'plan')]],
      })
    },
  }
}

async function sayNone(ctx: Ctx): Promise<void> {
  await ctx.say('assessment.history.none', {}, { keyboard: [[ctx.button('assessment.begin.button', 'check')]] })
}

function historyLine(ctx: Ctx, result: PastResult): string {
  const date = dayOf(ctx.person, result.finishedAt)
  if (result.total === null) return ctx.t('assessment.history.line-open', { date })
  return ctx.t('assessment.history.line', { date, points: formatPoints(result.total, ctx.person.language), most: AREAS.length * AREA_MAX })
}
