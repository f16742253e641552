// What an owner does next: a few small steps for the areas to begin with, each to be tried, shown, asked about or exchanged.
import { z } from 'zod'
import type { Instrument } from '../../content/assessment.ts'
import type { Facts } from '../../content/facts.ts'
import type { Tip } from '../../content/tips.ts'
import { defineForm, showingField } from '../../conversation/form.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import type { InlineButton } from '../../telegram/keyboards.ts'
import { nextStep, type Step } from './plan.ts'
import { areaName, planKeyboard, planText, type PlanWords, progressLine, stepKeyboard, stepText, titleOf } from './plan-text.ts'
import { createPlanning, type Plan, type Progress } from './planning.ts'
import { createPlanNudging } from './nudging.ts'
import { keepProof } from './store.ts'

const StepData = z.object({ step: z.coerce.number().int().positive() })

const DAY_MS = 86_400_000
const PROOF_MAX_CHARS = 500

export interface PlanDeps {
  readonly instrument: Instrument
  readonly tips: readonly Tip[]
  readonly facts: Facts
}

export function createPlan({ instrument, tips, facts }: PlanDeps): Feature {
  const planning = createPlanning({ tips, facts })
  const words: PlanWords = { tips, facts, areas: instrument.areas }

  async function showPlan(ctx: Ctx): Promise<void> {
    const plan = await planning.current(ctx)
    if (!plan) await ctx.say('plan.no-result', {}, { keyboard: [[ctx.button('assessment.begin.button', 'check')]] })
    else if (plan.areas.length === 0) await ctx.say(plan.diagnosis.standing.some(({ priority }) => priority !== null) ? 'plan.all-tried' : 'plan.too-few-answers')
    else {
      const html = planText(ctx, plan, words)
      if (nextStep(plan.areas)) await ctx.sayHtml(html, { keyboard: planKeyboard(ctx, plan) })
      else await ctx.sayHtml([html, ctx.t('plan.all-tried')].join('\n\n'), { keyboard: [checkAgain(ctx, plan)] })
    }
  }

  /** Runs for a step of hers that counts in her plan; of any other she reads that it was replaced. */
  const withStep = (run: (ctx: Ctx, found: { readonly plan: Plan; readonly step: Step }) => Promise<void>) => async (ctx: Ctx, data: z.output<typeof StepData>) => {
    const found = await planning.find(ctx, data.step)
    if (found) await run(ctx, found)
    else {
      ctx.toast('plan.passed')
      await ctx.changeButtons()
    }
  }

  async function finish(ctx: Ctx, step: Step): Promise<void> {
    const progress = await planning.done(ctx, step)
    if (progress) await praise(ctx, step, progress)
  }

  /** What is done now, and what comes next. */
  async function praise(ctx: Ctx, step: Step, progress: Progress): Promise<void> {
    const { finished, next, plan } = progress
    const upcoming = nextStep(plan.areas)
    const area = finished ?? plan.areas.find((one) => one.area === step.area)
    const html = [
      ctx.t(finished ? 'plan.area-finished' : 'plan.recorded', { area: areaName(words, step.area) }),
      area ? progressLine(ctx, area, words) : '',
      next ? ctx.t(next.area === step.area ? 'plan.harder' : 'plan.other-area', { area: areaName(words, next.area) }) : '',
      upcoming ? ctx.t('plan.next', { title: titleOf(words, upcoming) }) : ctx.t('plan.all-tried'),
    ]
    await ctx.sayHtml(html.filter(Boolean).join('\n\n'), {
      keyboard: [
        upcoming ? [ctx.button('plan.next-step.button', 'plan-step', { step: upcoming.id })] : [],
        finished ? checkAgain(ctx, plan) : [],
        [ctx.button('plan.overview.button', 'plan')],
      ],
    })
  }

  /** Whether anything changed can be asked once enough time has gone by. */
  function checkAgain(ctx: Ctx, { diagnosis }: Plan): InlineButton[] {
    const isTime = ctx.now >= diagnosis.finishedAt + instrument.reassessment.earliestDays * DAY_MS
    return isTime ? [ctx.button('plan.check-again.button', 'check')] : []
  }

  return defineFeature({
    name: 'plan',
    commands: { rencana: { for: ['anyone'], menu: 25, menuWhen: ({ person }) => person.memberNumber !== null, run: showPlan } },
    buttons: {
      plan: button(['anyone'], NO_DATA, showPlan),
      'plan-step': button(['owner'], StepData, withStep(async (ctx, { step }) => {
        await ctx.sayHtml(stepText(ctx, step, words), { keyboard: stepKeyboard(ctx, step) })
      })),
      'plan-done': button(['owner'], StepData, withStep(async (ctx, { step }) => {
        await ctx.changeButtons([[ctx.button('plan.proof.button', 'plan-proof', { step: step.id })]])
        if (step.state === 'open') await finish(ctx, step)
        else ctx.toast('plan.done-already')
      })),
      'plan-proof': button(['owner'], StepData, withStep((ctx, { step }) => ctx.startForm('proof', { subject: String(step.id) }))),
      'plan-help': button(['owner'], StepData, withStep((ctx, { step }) => ctx.startForm('help', { subject: titleOf(words, step) }))),
      'plan-swap': button(['owner'], StepData, withStep(async (ctx, { step }) => {
        await ctx.changeButtons()
        const swapped = step.state === 'open' ? await planning.swap(ctx, step) : undefined
        if (!swapped) ctx.toast('plan.done-already')
        else if (swapped.replacement) await ctx.sayHtml([ctx.t('plan.swapped'), stepText(ctx, swapped.replacement, words)].join('\n\n'), { keyboard: stepKeyboard(ctx, swapped.replacement) })
        else {
          await ctx.say('plan.swapped-none')
          await showPlan(ctx)
        }
      })),
    },
    notices: [createPlanNudging({ planning, words })],
    forms: [
      {
        form: defineForm({ name: 'proof', version: 1, review: false, steps: { proof: showingField({ max: PROOF_MAX_CHARS }) } }),
        texts: 'plan.showing',
        finish: async (ctx, answers, subject) => {
          const found = await planning.find(ctx, Number(subject))
          if (!found) {
            await ctx.say('plan.showing.passed')
            return
          }
          const [kind, proof = '', caption = ''] = answers['proof'] as readonly string[]
          await keepProof(ctx.tx, { id: found.step.id, person: ctx.person.id, kind: kind === 'photo' ? 'photo' : 'words', proof, words: caption || null })
          if (found.step.state === 'open') await finish(ctx, found.step)
          else await ctx.say('plan.showing.kept', {}, { keyboard: [[ctx.button('plan.overview.button', 'plan')]] })
        },
      },
    ],
  })
}
