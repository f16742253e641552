// The way through a self-assessment: what it means, the questions, and what is kept at the end.
import type { Instrument } from '../../content/assessment.ts'
import type { Answers } from '../../conversation/form.ts'
import { escapeHtml } from '../../i18n/translator.ts'
import { addressed } from '../../people/person.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { createCheckForm, givenAnswers, optionText, placeOf } from './form.ts'
import { mayCheckFrom, offerAfter } from './reassessment.ts'
import { dayOf } from './result-text.ts'
import { scoreOf, settleAnswers } from './score.ts'
import type { Showing } from './showing.ts'
import { addResult, type Kind, resultsOf } from './store.ts'

export interface Checking {
  /** Says what checking means, with a button that begins; or why not today. */
  introduce(ctx: Ctx): Promise<void>
  begin(ctx: Ctx): Promise<void>
  readonly forms: readonly FormHandler[]
}

export function createChecking({ instrument, showing }: { instrument: Instrument; showing: Showing }): Checking {
  const isUnderWay = (ctx: Ctx) => ctx.conversations.some((row) => row.form === 'check')

  async function introduce(ctx: Ctx): Promise<void> {
    if (ctx.person.memberNumber === null) {
      await ctx.say('assessment.members-only', {}, { keyboard: [[ctx.button('registration.start.button', 'register')]] })
    } else if (isUnderWay(ctx)) await ctx.startForm('check')
    else if (!(await isTooEarly(ctx))) {
      const questions = instrument.areas.flatMap(({ items }) => items).length
      await ctx.say('assessment.intro', { areas: instrument.areas.length, questions }, { keyboard: [[ctx.button('assessment.begin.button', 'begin-check')]] })
    }
  }

  /** Says so when her last result is too young for anything to have changed. */
  async function isTooEarly(ctx: Ctx): Promise<boolean> {
    const last = (await resultsOf(ctx.tx, ctx.person.id)).at(-1)
    const from = mayCheckFrom(last, instrument)
    if (!last || ctx.now >= from) return false
    await ctx.say('assessment.too-early', { last: dayOf(ctx.person, last.finishedAt), from: dayOf(ctx.person, from) }, {
      keyboard: [[ctx.button('assessment.last-result.button', 'last-result')], [ctx.button('assessment.plan.button', 'plan')]],
    })
    return true
  }

  async function keep(ctx: Ctx, kind: Kind, given: Answers): Promise<void> {
    const answers = settleAnswers(instrument, givenAnswers(instrument, given))
    const offerAt = kind === 'check' ? offerAfter(ctx.now, 0, instrument) : null
    await addResult(ctx.tx, { person: ctx.person.id, instrument, kind, answers, result: scoreOf(instrument, answers), offerAt, now: ctx.now })
  }

  const handler = (name: Kind, title: string, finish: FormHandler['finish']): FormHandler => ({
    form: createCheckForm(name, instrument),
    texts: 'assessment',
    title,
    stepWords: (ctx, step, part) => {
      const { area, areaNumber, item } = placeOf(instrument, step)
      const place = { number: areaNumber, count: instrument.areas.length, area: area.name, question: area.items.indexOf(item) + 1 }
      switch (part) {
        case 'ask':
          return `${ctx.t('assessment.heading', place)}\n<b>${escapeHtml(addressed(item.stem, ctx.person))}</b>`
        case 'name':
          return ctx.label('assessment.item-name', place)
        case 'help':
          return ctx.t('assessment.help')
        default:
          return ''
      }
    },
    optionWords: (_, step, option) => [optionText(placeOf(instrument, step).item, option)],
    finish,
  })

  return {
    introduce,
    begin: async (ctx) => {
      await ctx.changeButtons()
      if (isUnderWay(ctx) || !(await isTooEarly(ctx))) await ctx.startForm('check')
    },
    forms: [
      handler('check', 'assessment.title', async (ctx, answers) => {
        await keep(ctx, 'check', answers)
        await showing.lastResult(ctx)
      }),
      handler('retest', 'assessment.retest.title', async (ctx, answers) => {
        await keep(ctx, 'retest', answers)
        await ctx.say('assessment.retest.thanks')
      }),
    ],
  }
}
