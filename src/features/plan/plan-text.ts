// A plan and its steps in words and buttons. It decides nothing about them.
import type { Instrument } from '../../content/assessment.ts'
import { fillFacts } from '../../content/fact-text.ts'
import type { Facts } from '../../content/facts.ts'
import type { Tip } from '../../content/tips.ts'
import { addressed } from '../../people/person.ts'
import { formatDay, zoneOf } from '../../people/time-zone.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { InlineKeyboard } from '../../telegram/keyboards.ts'
import { nextStep, type PlanArea, type Step } from './plan.ts'
import type { Plan } from './planning.ts'

export interface PlanWords {
  readonly tips: readonly Tip[]
  readonly facts: Facts
  readonly areas: Instrument['areas']
}

/** All steps of the plan, by area and numbered from 1, with what is done. */
export function planText(ctx: Ctx, { areas }: Plan, words: PlanWords): string {
  let number = 0
  const blocks = areas.map((area) => {
    const lines = area.steps.map((step) => {
      number += 1
      const title = titleOf(words, step)
      if (step.state === 'done') return ctx.t('plan.step-done', { number, title, day: dayOf(ctx, step.settledAt ?? ctx.now) })
      return ctx.t(step.isReview ? 'plan.step-review' : 'plan.step-open', { number, title })
    })
    const before = area.doneBefore > 0 ? [ctx.t('plan.done-before', { done: area.doneBefore })] : []
    return [progressLine(ctx, area, words), ...before, ...lines].join('\n')
  })
  return [ctx.t('plan.title'), ...blocks].join('\n\n')
}

/** A button for each open step, by its number in the plan; the next one first of all. */
export function planKeyboard(ctx: Ctx, { areas }: Plan): InlineKeyboard {
  const steps = areas.flatMap((area) => area.steps)
  const next = nextStep(areas)
  const numbers = steps.flatMap((step, at) => (step.state === 'open' && step.id !== next?.id ? [ctx.button('plan.step-number.button', 'plan-step', { step: step.id }, { number: at + 1 })] : []))
  return [next ? [ctx.button('plan.next-step.button', 'plan-step', { step: next.id })] : [], numbers]
}

/** "Keamanan & Data Pribadi ▰▰▱ 2 dari 3". */
export function progressLine(ctx: Ctx, { area, steps }: PlanArea, words: PlanWords): string {
  const done = steps.filter(({ state }) => state === 'done').length
  return ctx.t('plan.area', { area: areaName(words, area), bar: '▰'.repeat(done) + '▱'.repeat(steps.length - done), done, count: steps.length })
}

/** One step to read and to do. A tip that may not be shown now leaves its title. */
export function stepText(ctx: Ctx, step: Step, words: PlanWords): string {
  const tip = words.tips.find(({ id }) => id === step.tip)
  if (!tip) return ctx.t('plan.step-gone', { title: titleOf(words, step) })
  return [
    step.isReview ? ctx.t('plan.review') : '',
    ctx.t('plan.step', { area: areaName(words, step.area), title: tip.title, body: addressed(fillFacts(tip.body, words.facts, 'id', ctx.now), ctx.person), action: tip.action }),
  ]
    .filter(Boolean)
    .join('\n\n')
}

export function stepKeyboard(ctx: Ctx, { id, state }: Step): InlineKeyboard {
  const button = (key: string, name: string) => ctx.button(key, name, { step: id })
  const overview = [ctx.button('plan.overview.button', 'plan')]
  if (state !== 'open') return [[button('plan.proof.button', 'plan-proof')], overview]
  return [
    [button('plan.done.button', 'plan-done')],
    [button('plan.proof.button', 'plan-proof')],
    [button('plan.help.button', 'plan-help'), button('plan.swap.button', 'plan-swap')],
    overview,
  ]
}

export function titleOf({ tips }: Pick<PlanWords, 'tips'>, step: Step): string {
  return tips.find(({ id }) => id === step.tip)?.title ?? step.tip
}

export function areaName({ areas }: Pick<PlanWords, 'areas'>, area: string): string {
  return areas.find(({ id }) => id === area)?.name ?? area
}

function dayOf({ person }: Ctx, at: number): string {
  return formatDay(at, zoneOf(person), person.language)
}
