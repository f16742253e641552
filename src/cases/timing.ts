// When time itself has something to do with a case: remind its volunteer, take it back, tell more people, ask her, close it. Pure; instants are ms UTC.
import { afterAwake, COORDINATORS_AFTER_MS, LEASE_MS, type QuietTime, REMINDERS, WIDEN_AFTER_MS } from './lease.ts'
import type { CaseState, Turn } from './case.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** She is asked once whether she still needs it, so long after the last word. */
export const STILL_NEEDED_AFTER_MS = 2 * DAY_MS
/** Her helper answered, she was asked whether she still needs it and said nothing for so long: it is closed, and may be reopened. */
export const SILENT_CLOSE_AFTER_MS = 5 * DAY_MS
/** So long she has to say that a case is not solved yet. */
export const CONFIRM_WITHIN_MS = 3 * DAY_MS
/** Coordinators are asked once more about a report they have not decided on. */
export const FROZEN_REMIND_AFTER_MS = DAY_MS
/** A request she did not send on herself is on its way after this: she may have put the phone away. */
export const SENT_ANYWAY_AFTER_MS = 10 * 60_000

export type Step =
  | 'offer'
  | 'widen'
  | 'tell-coordinators'
  | 'tell-coordinators-again'
  | 'ask-still-needed'
  | 'remind-half'
  | 'remind-late'
  | 'lapse'
  | 'close-silent'
  | 'expire'
  | 'remind-frozen'

export interface NextStep {
  readonly step: Step
  readonly at: number
}

/** What decides on the next step. `circle`: -1 not offered yet, 0 fitting volunteers, 1 everyone on duty, 2 coordinators, 3 coordinators again. */
export interface Timed {
  readonly state: CaseState
  readonly turn: Turn | null
  readonly circle: number
  readonly waitingSince: number | null
  readonly leaseFrom: number | null
  readonly reminded: number
  readonly stillAskedAt: number | null
  /** The last thing anyone wrote or did. */
  readonly lastAt: number
}

/** @param quiet of whoever holds the case, and of the owner (nobody is hurried by hours at which the clinic sleeps). */
export function nextStep(timed: Timed, quiet: { readonly volunteer: QuietTime; readonly owner: QuietTime }): NextStep | undefined {
  switch (timed.state) {
    case 'waiting':
      return earliest([whileWaiting(timed, quiet.owner), stillNeeded(timed)])
    case 'claimed':
      return timed.turn === 'volunteer' ? ofLease(timed, quiet.volunteer) : stillNeeded(timed) ?? { step: 'close-silent', at: (timed.stillAskedAt ?? timed.lastAt) + SILENT_CLOSE_AFTER_MS }
    case 'closing':
      return { step: 'expire', at: timed.lastAt + CONFIRM_WITHIN_MS }
    case 'frozen':
      return timed.reminded === 0 ? { step: 'remind-frozen', at: timed.lastAt + FROZEN_REMIND_AFTER_MS } : undefined
    case 'closed':
      return undefined
  }
}

function whileWaiting({ circle, waitingSince, lastAt }: Timed, quiet: QuietTime): NextStep | undefined {
  const since = waitingSince ?? lastAt
  if (circle < 0) return { step: 'offer', at: since + SENT_ANYWAY_AFTER_MS }
  if (circle === 0) return { step: 'widen', at: afterAwake(since, WIDEN_AFTER_MS, quiet) }
  if (circle === 1) return { step: 'tell-coordinators', at: afterAwake(since, COORDINATORS_AFTER_MS[0], quiet) }
  if (circle === 2) return { step: 'tell-coordinators-again', at: afterAwake(since, COORDINATORS_AFTER_MS[1], quiet) }
  return undefined
}

function stillNeeded({ stillAskedAt, lastAt }: Timed): NextStep | undefined {
  return stillAskedAt === null ? { step: 'ask-still-needed', at: lastAt + STILL_NEEDED_AFTER_MS } : undefined
}

function ofLease({ leaseFrom, reminded, lastAt }: Timed, quiet: QuietTime): NextStep {
  const from = leaseFrom ?? lastAt
  const share = REMINDERS[reminded]
  if (share === undefined) return { step: 'lapse', at: afterAwake(from, LEASE_MS, quiet) }
  return { step: reminded === 0 ? 'remind-half' : 'remind-late', at: afterAwake(from, LEASE_MS * share, quiet) }
}

function earliest(steps: readonly (NextStep | undefined)[]): NextStep | undefined {
  return steps.filter((one) => one !== undefined).toSorted((a, b) => a.at - b.at)[0]
}
