// A case as a state machine: what may happen to it, who may do it, and why not otherwise. Pure: it looks nothing up and tells nobody.

/** `waiting` for someone who helps, `claimed` by a volunteer, `closing` until the owner confirms, `frozen` by a report, `closed`. */
export type CaseState = 'waiting' | 'claimed' | 'closing' | 'frozen' | 'closed'
export type Outcome = 'solved' | 'referred' | 'no-answer' | 'cancelled' | 'self-help' | 'answered'
export type Turn = 'volunteer' | 'owner'

/** What the machine decides on. */
export interface Case {
  readonly id: number
  readonly number: number
  readonly personId: number
  readonly state: CaseState
  readonly volunteerId: number | null
  readonly turn: Turn | null
  readonly outcome: Outcome | null
  readonly frozenFrom: 'claimed' | 'closing' | 'closed' | null
  /** ms UTC. */
  readonly createdAt: number
  readonly closedAt: number | null
  readonly purgedAt: number | null
}

/** Who does something. Ids alone prove nothing: `assigned` and the roles were looked up in the same transaction. */
export interface Actor {
  readonly person: number
  readonly isOwner: boolean
  readonly assigned: 'lead' | 'expert' | undefined
  readonly isCoordinator: boolean
  /** An approved volunteer. */
  readonly isVolunteer: boolean
}

/** Time itself: it holds no role. */
export const CLOCK: Actor = { person: 0, isOwner: false, assigned: undefined, isCoordinator: false, isVolunteer: false }

export type CaseEvent =
  | { readonly type: 'claim' }
  | { readonly type: 'owner-writes' | 'volunteer-writes' }
  /** `leave`: whoever holds it helps the clinic no longer. */
  | { readonly type: 'release' | 'lapse' | 'leave' }
  /** To a named colleague, by the lead or a coordinator. */
  | { readonly type: 'hand-over'; readonly to: number }
  | { readonly type: 'join'; readonly expert: number }
  | { readonly type: 'propose-close'; readonly outcome: 'solved' | 'referred' | 'no-answer' }
  | { readonly type: 'confirm' | 'deny' | 'expire' }
  | { readonly type: 'cancel' }
  /** `toQueue`: whoever helped before can't go on with it now. */
  | { readonly type: 'reopen'; readonly toQueue?: boolean }
  /** `reason`: a code. */
  | { readonly type: 'report'; readonly reason?: string }
  | { readonly type: 'settle-report'; readonly as: 'go-on' | 'give-back' | 'close' }
  | { readonly type: 'purge' }

export const CASE_EVENTS = [
  'claim', 'owner-writes', 'volunteer-writes', 'release', 'lapse', 'leave', 'hand-over', 'join', 'propose-close', 'confirm', 'deny', 'expire', 'cancel', 'reopen', 'report', 'settle-report', 'purge',
] as const satisfies readonly CaseEvent['type'][]

export type CaseRefusal =
  /** Someone else was first. */
  | 'taken'
  /** You have it already. */
  | 'yours'
  | 'not-yours'
  | 'own-case'
  | 'not-claimed'
  /** It is not the volunteer's turn, or not the owner's. */
  | 'not-due'
  | 'not-closing'
  | 'closing'
  | 'frozen'
  | 'not-frozen'
  | 'closed'
  | 'not-closed'
  | 'too-late'

/** What changes; the rest stays. */
export interface CaseChange {
  readonly state: CaseState
  readonly volunteerId: number | null
  readonly turn: Turn | null
  readonly outcome: Outcome | null
  readonly frozenFrom: Case['frozenFrom']
  /** It was held and comes back: before those that only wait. */
  readonly toFront?: boolean
}

export type CaseMove = { readonly change: CaseChange } | { readonly refused: CaseRefusal }

const DAY_MS = 86_400_000
/** So long after closing the owner may go on with the same case. */
export const REOPEN_FOR_MS = 14 * DAY_MS

/** Takes one event. @param now ms UTC. */
export function moveCase(of: Case, event: CaseEvent, by: Actor, now: number): CaseMove {
  const same: CaseChange = { state: of.state, volunteerId: of.volunteerId, turn: of.turn, outcome: of.outcome, frozenFrom: of.frozenFrom }
  const to = (change: Partial<CaseChange>): CaseMove => ({ change: { ...same, ...change } })
  const held = { claimed: true, closing: true, waiting: false, frozen: false, closed: false }[of.state]
  const lead = by.assigned === 'lead'
  const clock = by.person === CLOCK.person
  /** Why nothing can be done with it in this state. */
  const stands = (): CaseRefusal => (of.state === 'waiting' ? 'not-claimed' : of.state === 'claimed' ? 'not-closing' : of.state)
  const given = (volunteerId: number) => to({ state: 'claimed', volunteerId, turn: 'volunteer', outcome: null })
  const back = to({ state: 'waiting', volunteerId: null, turn: null, outcome: null, frozenFrom: null, toFront: true })

  switch (event.type) {
    case 'claim':
      if (by.isOwner) return { refused: 'own-case' }
      if (!by.isVolunteer) return { refused: 'not-yours' }
      if (of.state === 'waiting') return given(by.person)
      if (held) return { refused: by.assigned ? 'yours' : 'taken' }
      return { refused: stands() }
    case 'owner-writes':
      if (!by.isOwner) return { refused: 'not-yours' }
      if (of.state === 'waiting') return to({})
      // Who writes on is not done yet.
      return held ? to({ state: 'claimed', turn: 'volunteer', outcome: null }) : { refused: stands() }
    case 'volunteer-writes':
      if (!by.assigned) return { refused: 'not-yours' }
      return held ? to({ turn: 'owner' }) : { refused: stands() }
    case 'release':
      if (!lead) return { refused: 'not-yours' }
      return held ? back : { refused: stands() }
    case 'leave':
      if (!clock) return { refused: 'not-yours' }
      return of.state === 'claimed' ? back : { refused: of.state === 'closing' ? 'closing' : stands() }
    case 'lapse':
      if (!clock) return { refused: 'not-yours' }
      if (of.state === 'claimed') return of.turn === 'volunteer' ? back : { refused: 'not-due' }
      return { refused: stands() }
    case 'hand-over':
      if (!lead && !by.isCoordinator) return { refused: 'not-yours' }
      if (event.to === of.personId) return { refused: 'own-case' }
      if (of.state === 'waiting') return by.isCoordinator ? given(event.to) : { refused: 'not-claimed' }
      if (!held) return { refused: stands() }
      return event.to === of.volunteerId ? { refused: 'yours' } : given(event.to)
    case 'join':
      if (!lead && !by.isCoordinator) return { refused: 'not-yours' }
      if (event.expert === of.personId) return { refused: 'own-case' }
      if (!held) return { refused: stands() }
      return event.expert === of.volunteerId ? { refused: 'yours' } : to({})
    case 'propose-close':
      if (!lead) return { refused: 'not-yours' }
      if (of.state === 'claimed') return to({ state: 'closing', turn: 'owner', outcome: event.outcome })
      return { refused: stands() }
    case 'confirm':
      if (!by.isOwner) return { refused: 'not-yours' }
      // Who says that she has been helped need not wait to be asked.
      if (of.state === 'waiting') return to({ state: 'closed', turn: null, outcome: 'self-help' })
      // She was thought to be silent, and says now that it helped.
      return held ? to({ state: 'closed', turn: null, outcome: of.outcome === 'referred' ? 'referred' : 'solved' }) : { refused: stands() }
    case 'deny':
      if (!by.isOwner) return { refused: 'not-yours' }
      return of.state === 'closing' ? to({ state: 'claimed', turn: 'volunteer', outcome: null }) : { refused: stands() }
    case 'expire':
      if (!clock) return { refused: 'not-yours' }
      if (of.state === 'claimed') return of.turn === 'owner' ? to({ state: 'closed', turn: null, outcome: 'no-answer' }) : { refused: 'not-due' }
      return of.state === 'closing' ? to({ state: 'closed', turn: null }) : { refused: stands() }
    case 'cancel':
      if (!by.isOwner) return { refused: 'not-yours' }
      if (of.state === 'closed') return { refused: 'closed' }
      return of.state === 'frozen' ? { refused: 'frozen' } : to({ state: 'closed', turn: null, outcome: 'cancelled' })
    case 'reopen': {
      if (!by.isOwner) return { refused: 'not-yours' }
      if (of.state !== 'closed') return { refused: of.state === 'frozen' ? 'frozen' : 'not-closed' }
      if (of.purgedAt !== null || of.closedAt === null || now >= of.closedAt + REOPEN_FOR_MS) return { refused: 'too-late' }
      return event.toQueue || of.volunteerId === null ? back : given(of.volunteerId)
    }
    case 'report':
      if (!by.isOwner && !by.assigned) return { refused: 'not-yours' }
      if (of.state === 'claimed' || of.state === 'closing' || of.state === 'closed') return to({ state: 'frozen', frozenFrom: of.state })
      return { refused: stands() }
    case 'settle-report':
      if (!by.isCoordinator) return { refused: 'not-yours' }
      if (of.state !== 'frozen') return { refused: 'not-frozen' }
      if (event.as === 'give-back') return back
      // Asked for once more later, it is not given back to whoever was in it.
      if (event.as === 'close') return to({ state: 'closed', volunteerId: null, turn: null, outcome: of.outcome ?? 'referred', frozenFrom: null })
      if (of.frozenFrom === 'closed') return to({ state: 'closed', turn: null, frozenFrom: null })
      return to({ state: of.frozenFrom ?? 'claimed', frozenFrom: null })
    case 'purge':
      if (!clock) return { refused: 'not-yours' }
      return of.state === 'closed' ? to({}) : { refused: 'not-closed' }
  }
}
