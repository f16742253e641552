// What happened at which step of a form, for the funnel that shows where people get stuck. Pure: codes and times only, no answers.
import type { Conversation } from './conversation.ts'
import type { Turn } from './moves.ts'

export const STEP_EVENTS = ['reached', 'answered', 'skipped', 'refused', 'back', 'paused', 'discarded'] as const
export type StepEvent = (typeof STEP_EVENTS)[number]

export interface StepHappening {
  readonly step: string
  readonly event: StepEvent
}

/** What a turn meant for the steps of its form. */
export function happenings(before: Conversation, { answered, conversation, reply }: Turn): readonly StepHappening[] {
  const found: StepHappening[] = []
  const { step } = before
  if (answered) found.push({ step, event: answered.answer === null ? 'skipped' : 'answered' })
  else if (conversation?.memo.restLater && !before.memo.restLater) found.push({ step, event: 'skipped' })
  if (reply.type === 'ask' && reply.problem) found.push({ step, event: 'refused' })
  if (reply.type === 'paused') found.push({ step, event: 'paused' })
  if (reply.type === 'discarded') found.push({ step, event: 'discarded' })
  if (conversation && conversation.step !== step) {
    if (!answered && conversation.answers[conversation.step] !== undefined) found.push({ step, event: 'back' })
    found.push({ step: conversation.step, event: 'reached' })
  }
  return found
}

/** One line of the funnel. */
export interface FunnelLine {
  readonly step: string
  readonly counts: Readonly<Record<StepEvent, number>>
  /** People who are at this step and have said nothing for a while. */
  readonly abandoned: number
  /** Median time from seeing the question to its answer, ms; undefined when nobody answered. */
  readonly medianMs: number | undefined
}

export interface StepRecord extends StepHappening {
  /** ms since the question was asked. */
  readonly elapsedMs: number
}

/** Sums up what happened, a line per step in the order of `steps`. `waiting` names the step of each silent conversation. */
export function sumFunnel(steps: readonly string[], records: readonly StepRecord[], waiting: readonly string[]): readonly FunnelLine[] {
  return steps.map((step) => {
    const own = records.filter((record) => record.step === step)
    const count = (event: StepEvent) => own.filter((record) => record.event === event).length
    return {
      step,
      counts: Object.fromEntries(STEP_EVENTS.map((event) => [event, count(event)])) as Record<StepEvent, number>,
      abandoned: waiting.filter((one) => one === step).length,
      medianMs: median(own.filter(({ event }) => event === 'answered').map(({ elapsedMs }) => elapsedMs)),
    }
  })
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
