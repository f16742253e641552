// Makes a plan from the newest self-assessment and keeps it going: the first steps, harder ones after them, others for those that did
// not suit. What to choose is plan.ts; what she reads is plan-text.ts.
import { currentTips, fitsSector, type Tip } from '../../content/tips.ts'
import type { Facts } from '../../content/facts.ts'
import { newestSectorOf } from '../../people/sector.ts'
import type { Ctx } from '../../telegram/context.ts'
import { type AreaStanding, belongsTo, chooseSteps, isFinished, levelOfRound, otherAreas, type PlanArea, planAreas, type Step, STEPS_PER_SET } from './plan.ts'
import { addSteps, type Diagnosis, dropOpenSteps, findDiagnosis, noteTouched, settleStep, stepsOf, unsuitedTips } from './store.ts'

/** Whose plan it is, in which transaction, and when (ms UTC). */
export type PlanCtx = Pick<Ctx, 'tx' | 'now' | 'person'>

export interface Plan {
  readonly diagnosis: Diagnosis
  readonly areas: readonly PlanArea[]
}

/** What a step's end led to. `next`: a set of steps begun because of it, in the same area or in another one. */
export interface Progress {
  readonly plan: Plan
  /** The area whose set is done now. */
  readonly finished: PlanArea | undefined
  readonly next: PlanArea | undefined
}

export interface Planning {
  /** Her plan, made now if her newest result has none yet; undefined before her first result. */
  current(ctx: PlanCtx): Promise<Plan | undefined>
  /** A step of hers by an id that came in from outside: one to do, or done, since her newest result. */
  find(ctx: PlanCtx, id: number): Promise<{ readonly plan: Plan; readonly step: Step } | undefined>
  /** Marks a step as done. Undefined when it was not open. */
  done(ctx: PlanCtx, step: Step): Promise<Progress | undefined>
  /** Puts another step in its place, the last of its set. Undefined when it was not open; without `replacement` none is left. */
  swap(ctx: PlanCtx, step: Step): Promise<{ readonly replacement: Step | undefined } | undefined>
}

export function createPlanning({ tips, facts }: { tips: readonly Tip[]; facts: Facts }): Planning {
  /** Says whether there was anything to add. */
  async function addSet(ctx: PlanCtx, diagnosis: Diagnosis, { area, level }: AreaStanding, round: number, count: number): Promise<boolean> {
    if (level === null) return false
    const sector = await newestSectorOf(ctx.tx, ctx.person.id)
    const unsuited = await unsuitedTips(ctx.tx, ctx.person.id)
    const fitting = currentTips(tips, facts, ctx.now).filter((tip) => tip.area === area && fitsSector(tip, sector) && !unsuited.has(tip.id))
    const choices = chooseSteps(fitting, levelOfRound(level, round), await stepsOf(ctx.tx, ctx.person.id), count)
    await addSteps(ctx.tx, { person: ctx.person.id, assessment: diagnosis.assessment, area, round, choices, now: ctx.now })
    return choices.length > 0
  }

  /** Begins the weakest area that is not in the plan and has steps left for her. */
  async function beginOther(ctx: PlanCtx, { diagnosis, areas }: Plan): Promise<void> {
    for (const other of otherAreas(diagnosis.standing, areas)) if (await addSet(ctx, diagnosis, other, 1, STEPS_PER_SET)) return
  }

  const read = async (ctx: PlanCtx, diagnosis: Diagnosis): Promise<Plan> => ({ diagnosis, areas: planAreas(await stepsOf(ctx.tx, ctx.person.id), diagnosis.assessment) })

  async function current(ctx: PlanCtx): Promise<Plan | undefined> {
    const diagnosis = await findDiagnosis(ctx.tx, ctx.person.id)
    if (!diagnosis) return undefined
    const plan = await read(ctx, diagnosis)
    if (plan.areas.length > 0) return plan
    await dropOpenSteps(ctx.tx, ctx.person.id, ctx.now)
    await noteTouched(ctx.tx, ctx.person.id, ctx.now)
    const priorities = diagnosis.standing.filter(({ priority }) => priority !== null).toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0))
    for (const area of priorities) await addSet(ctx, diagnosis, area, 1, STEPS_PER_SET)
    const begun = await read(ctx, diagnosis)
    if (begun.areas.length > 0 || priorities.length === 0) return begun
    await beginOther(ctx, begun)
    return read(ctx, diagnosis)
  }

  /** Goes on where a set came to its end: harder steps of the same area, or else another area. */
  async function goOn(ctx: PlanCtx, diagnosis: Diagnosis, area: string): Promise<Progress> {
    const plan = await read(ctx, diagnosis)
    const ended = plan.areas.find((one) => one.area === area)
    if (ended && !isFinished(ended)) return { plan, finished: undefined, next: undefined }
    const standing = diagnosis.standing.find((one) => one.area === area)
    const isHarder = ended && standing && (await addSet(ctx, diagnosis, standing, ended.round + 1, STEPS_PER_SET))
    if (!isHarder) await beginOther(ctx, plan)
    const now = await read(ctx, diagnosis)
    const next = now.areas.find((one) => !plan.areas.some((before) => before.area === one.area && before.round === one.round))
    return { plan: now, finished: ended, next }
  }

  return {
    current,
    find: async (ctx, id) => {
      const plan = await current(ctx)
      const step = (await stepsOf(ctx.tx, ctx.person.id)).find((one) => one.id === id)
      return plan && step && belongsTo(step, plan.diagnosis.assessment) ? { plan, step } : undefined
    },
    done: async (ctx, step) => {
      const plan = await current(ctx)
      if (!plan || !(await settleStep(ctx.tx, { id: step.id, person: ctx.person.id, state: 'done', now: ctx.now }))) return undefined
      await noteTouched(ctx.tx, ctx.person.id, ctx.now)
      return goOn(ctx, plan.diagnosis, step.area)
    },
    swap: async (ctx, step) => {
      const plan = await current(ctx)
      const standing = plan?.diagnosis.standing.find((one) => one.area === step.area)
      if (!plan || !standing || !(await settleStep(ctx.tx, { id: step.id, person: ctx.person.id, state: 'swapped', now: ctx.now }))) return undefined
      await noteTouched(ctx.tx, ctx.person.id, ctx.now)
      const isReplaced = await addSet(ctx, plan.diagnosis, standing, step.round, 1)
      if (!isReplaced) await goOn(ctx, plan.diagnosis, step.area)
      return { replacement: isReplaced ? (await stepsOf(ctx.tx, ctx.person.id)).at(-1) : undefined }
    },
  }
}
