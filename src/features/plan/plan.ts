// The rules of a plan: which steps belong to it, which comes next, when an area is finished, and which tips become steps. Pure.
import { type Level, LEVELS } from '../../content/assessment.ts'
import type { Tip } from '../../content/tips.ts'

export interface Step {
  readonly id: number
  /** The result it follows from. */
  readonly assessment: number
  readonly area: string
  /** Counts the sets of steps of an area, from 1. */
  readonly round: number
  /** Id of the tip. */
  readonly tip: string
  /** She tried it before: it comes for practice. */
  readonly isReview: boolean
  readonly state: 'open' | 'done' | 'swapped' | 'dropped'
  /** When it was done, ms UTC; null while open. */
  readonly settledAt: number | null
}

/** What her newest self-assessment says of an area. */
export interface AreaStanding {
  readonly area: string
  /** In thirds of a point; null when not assessed. */
  readonly score: number | null
  readonly level: Level | null
  /** 1 for the area to begin with, 2 for the next; null for the others. */
  readonly priority: number | null
}

/** The set of steps she works on in an area: those not done yet, and those done of the same set. */
export interface PlanArea {
  readonly area: string
  readonly round: number
  readonly steps: readonly Step[]
  /** How many were done in its earlier sets. */
  readonly doneBefore: number
}

/** A set is small enough to be done in a week or two. */
export const STEPS_PER_SET = 3

/** Whether a step is to be done, or was done, in the plan that follows from a result. */
export function belongsTo(step: Step, assessment: number): boolean {
  return step.assessment === assessment && (step.state === 'open' || step.state === 'done')
}

/** The sets of the plan that follows from a result, in the order they were begun. `steps`: all of hers, oldest first. */
export function planAreas(steps: readonly Step[], assessment: number): readonly PlanArea[] {
  const shown = steps.filter((step) => belongsTo(step, assessment))
  const areas = [...new Set(shown.map(({ area }) => area))]
  return areas.map((area) => {
    const own = shown.filter((step) => step.area === area)
    const round = Math.max(...own.map((step) => step.round))
    const steps = own.filter((step) => step.round === round)
    return { area, round, steps, doneBefore: own.length - steps.length }
  })
}

/** The step to do next: the first open one, in the order of the plan. */
export function nextStep(areas: readonly PlanArea[]): Step | undefined {
  return areas.flatMap(({ steps }) => steps).find(({ state }) => state === 'open')
}

/** Something was done there, and nothing is left to do. */
export function isFinished({ steps }: PlanArea): boolean {
  return steps.length > 0 && steps.every(({ state }) => state === 'done')
}

/** The level of an area's set: each further round is one harder, up to the hardest. */
export function levelOfRound(level: Level, round: number): Level {
  return LEVELS[Math.min(LEVELS.indexOf(level) + round - 1, LEVELS.length - 1)] ?? level
}

/** The assessed areas to go on with when nothing is left in the others: those not in the plan now, the weakest first. */
export function otherAreas(standing: readonly AreaStanding[], planned: readonly PlanArea[]): readonly AreaStanding[] {
  return standing
    .filter(({ area, score }) => score !== null && !planned.some((one) => one.area === area))
    .toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0))
}

/** A tip that becomes a step. */
export interface StepChoice {
  readonly tip: string
  readonly isReview: boolean
}

/**
 * At most `count` steps: first tips of the level, then of the level next to it (the harder one before the easier), made for her line of
 * work before those for everybody; then tips she tried once, the oldest first, for practice. What did not suit her never comes back.
 * @param tips those of the area that fit her and may be shown now, in the order they are given.
 * @param steps all of hers, oldest first.
 */
export function chooseSteps(tips: readonly Tip[], level: Level, steps: readonly Step[], count: number): readonly StepChoice[] {
  const known = new Map<string, Step[]>()
  for (const step of steps) if (step.state !== 'dropped') known.set(step.tip, [...(known.get(step.tip) ?? []), step])
  const at = LEVELS.indexOf(level)
  const fresh = [LEVELS[at], LEVELS[at + 1], LEVELS[at - 1]].flatMap((wanted) => {
    const fitting = tips.filter((tip) => tip.level === wanted && !known.has(tip.id))
    return fitting.toSorted((a, b) => Number(a.sectors.includes('all')) - Number(b.sectors.includes('all')))
  })
  const triedOnce = [...known]
    .filter(([id, all]) => all.length === 1 && all[0]?.state === 'done' && tips.some((tip) => tip.id === id))
    .toSorted(([, [a]], [, [b]]) => (a?.settledAt ?? 0) - (b?.settledAt ?? 0))
  return [...fresh.map(({ id }) => ({ tip: id, isReview: false })), ...triedOnce.map(([tip]) => ({ tip, isReview: true }))].slice(0, count)
}
