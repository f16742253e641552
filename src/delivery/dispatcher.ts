// Sends what the outbox holds: claims in one transaction, calls Telegram outside of any, settles in the next one.
// It composes no message and knows no feature; what an answer of Telegram means is refusal.ts's.
import type { Api } from 'grammy'
import { passPoint } from '../fault-point.ts'
import type { Log } from '../logging.ts'
import type { Database, Tx } from '../storage/database.ts'
import { createAlarm, systemTimer, type Timer } from './alarm.ts'
import { callTelegram } from './call.ts'
import { type Claimed, type ClaimOptions, type ClaimResult, claimDue, lookAhead, recoverLeases, type Recovered } from './claim.ts'
import { createClockWatch } from './clock-watch.ts'
import type { Drawing } from './files.ts'
import type { Lane } from './outgoing.ts'
import { createPacing, type PacingLimits, TELEGRAM_LIMITS } from './pacing.ts'
import { backOff, judge, type Outcome, type Verdict } from './refusal.ts'
import { reportTrouble } from './report.ts'
import { LONELY_LEASE, LOOK_FOR_LEASE_MS, type SenderLease } from './sender-lease.ts'
import { runHandlers, settle, type OnSentHandler, type Settled, type Settling } from './settlement.ts'
import { isSpoken } from './unspoken.ts'

export type { OnSentHandler, SentMessage } from './settlement.ts'

/** Told of every call that was settled. */
export type SendObserver = (call: {
  readonly lane: Lane
  readonly outcome: Verdict['type']
  /** Telegram asked for a pause. */
  readonly flood: boolean
  /** From being written into the outbox until now, ms. */
  readonly waitedMs: number
}) => void

export interface DispatcherOptions extends Drawing {
  readonly database: Database
  /** Its `timeoutSeconds` must stay below the lease of two minutes. */
  readonly api: Pick<Api, 'raw'>
  /** ms UTC. */
  readonly now: () => number
  /** From 0 up to 1. */
  readonly random: () => number
  readonly log: Log
  readonly onSentHandlers: Readonly<Record<string, OnSentHandler>>
  /** By the same names: what to do when it was taken back because it would have come too late. A name without one needs nothing. */
  readonly onTooLateHandlers?: Readonly<Record<string, OnSentHandler>> | undefined
  /** Default: what Telegram allows. */
  readonly limits?: PacingLimits | undefined
  /** Calls at the same time; by default what may leave within a second, at most 100. */
  readonly mostInFlight?: number | undefined
  readonly observe?: SendObserver | undefined
  /** Default: no other process sends from this database. */
  readonly lease?: SenderLease | undefined
  /** Default: real time. */
  readonly timer?: Timer | undefined
}

/** Counts since the start, but for `inFlight`, which is now. */
export type DispatcherStats = Readonly<Settled & { inFlight: number }>

export interface Dispatcher {
  /** Takes up what an earlier process left, and begins to send. */
  start(): void
  /**
   * Something may have become due: look now. Cheap; call it after every commit that enqueued something.
   * @returns false when another process sends: that one has to be told.
   */
  nudge(): boolean
  /** Resolves when nothing can leave now (what is paced or put off still waits) and nothing is in flight. */
  idle(): Promise<void>
  /** Claims nothing more and settles what is in flight; what takes longer is left to the next start. */
  stop(timeoutMs: number): Promise<void>
  stats(): DispatcherStats
}

/** What a call may take until it counts as left behind by a process that died. */
export const SEND_LEASE_MS = 120_000
const LONGEST_SLEEP_MS = 5000
/** After a failing transaction. */
const PAUSE_MS = 1000
/** Answers that come within this time share a transaction. */
const GATHER_MS = 5
const MOST_IN_FLIGHT = 100
const NOTHING: ClaimResult = { claimed: [], supersededCount: 0, wakeAt: 0 }
/** So much of the calls in flight may be bulk. */
const BULK_SHARE = 0.8

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { database, api, now, random, log, limits = TELEGRAM_LIMITS, observe = () => {}, lease = LONELY_LEASE, timer = systemTimer } = options
  const { mostInFlight = Math.min(MOST_IN_FLIGHT, limits.overallPerSecond) } = options
  const pacing = createPacing(limits)
  const alarm = createAlarm(timer)
  const clockWatch = createClockWatch()
  const totals: Settled = { sent: 0, retried: 0, dead: 0, unknown: 0, superseded: 0 }
  const answered: { readonly row: Claimed; readonly outcome: Outcome }[] = []
  const idlers: (() => void)[] = []
  let inFlight = 0
  let bulkInFlight = 0
  /** How often in a row Telegram was found silent or out of order, and since when (ms UTC). */
  let silences = 0
  let silentSince = 0
  let gathering: ReturnType<typeof setTimeout> | undefined
  let phase: 'new' | 'running' | 'stopping' | 'stopped' = 'new'
  let sweepAt = 0
  /** Whether this process held the lease on sending when it last looked, and has put back what a sender before it left. */
  let isSender = false
  /** Another process sends: this one has nothing to look for until that one is gone. */
  let isElsewhere = false
  let ended: Promise<void> | undefined

  const onTooLate: ClaimOptions['onTooLate'] = (tx, row) => runHandlers(tx, row, row.onSent, { messageId: undefined, messageIds: [] }, { now: now(), log, handlers: options.onTooLateHandlers ?? {}, isOptional: true })

  const room = (lane: Lane): number => {
    if (lane !== 'bulk') return mostInFlight - inFlight
    // While Telegram is silent a single message tests the way, so that an outage does not use up a broadcast.
    const most = silences > 0 ? 1 : Math.max(1, Math.floor(mostInFlight * BULK_SHARE))
    return Math.min(mostInFlight - inFlight, most - bulkInFlight)
  }

  const send = async (row: Claimed): Promise<void> => {
    passPoint('delivery.sending')
    const outcome = await callTelegram(api, row, options)
    if (phase === 'stopped') return
    passPoint('delivery.answered')
    inFlight -= 1
    if (row.lane === 'bulk') bulkInFlight -= 1
    answered.push({ row, outcome })
    if (inFlight === 0) alarm.ring()
    else gathering ??= setTimeout(() => alarm.ring(), GATHER_MS)
  }

  const sendAll = (rows: readonly Claimed[]): void => {
    inFlight += rows.length
    for (const row of rows) {
      if (row.lane === 'bulk') bulkInFlight += 1
      void send(row)
    }
  }

  const judgeAnswer = ({ row, outcome }: (typeof answered)[number], at: number): Settling => {
    const verdict = judge(outcome, row.attempts, { lane: row.lane, repeatable: row.repeatable, spoken: isSpoken(row.method), jitter: random() })
    if (outcome.type === 'unanswered' || (outcome.type === 'refused' && outcome.code >= 500)) {
      // Calls that left together fail together: they count as one.
      if (silences === 0 || row.claimedAt > silentSince) {
        silences += 1
        silentSince = at
        pacing.pauseUntil('bulk', at + backOff(silences, 0))
      }
    } else if (outcome.type !== 'unsendable') {
      silences = 0
    }
    if (verdict.type === 'retry' && verdict.flood) pacing.flooded(row.chatId, at + verdict.afterMs, at)
    if (verdict.type !== 'sent') reportTrouble(log, { row, outcome, verdict: verdict.type })
    return { row, verdict }
  }

  /** Puts back what nobody settled in time. A new sender puts back everything: no other one can be alive. */
  const recover = async (tx: Tx, at: number): Promise<Recovered | undefined> => {
    if (inFlight > 0 || (isSender && at < sweepAt)) return undefined
    return recoverLeases(tx, isSender ? at : Number.POSITIVE_INFINITY, at)
  }

  const noteRecovered = ({ requeued, unknown }: Recovered, at: number): void => {
    isSender = true
    sweepAt = at + SEND_LEASE_MS
    totals.unknown += unknown
    if (requeued + unknown > 0) log.warn('delivery.recovered', { requeuedCount: requeued, unknownCount: unknown })
  }

  /** What is kept here in memory follows a clock that was set back. */
  const noteClock = (at: number): void => {
    const backMs = clockWatch.look(at)
    if (backMs === 0) return
    log.warn('delivery.clock-set-back', { backMs })
    pacing.clockSetBack(backMs)
    silentSince -= backMs
    sweepAt -= backMs
  }

  /** Settles what was answered and claims what may leave; says when to look again, ms UTC (0: at once). */
  const pass = async (): Promise<number> => {
    const at = now()
    noteClock(at)
    clearTimeout(gathering)
    gathering = undefined
    const batch = answered.splice(0)
    const settling = batch.map((answer) => judgeAnswer(answer, at))
    const claiming = phase === 'running'
    passPoint('delivery.claiming')
    const work = await database
      .quickTransaction(async (tx) => {
        const standing = claiming ? await lease.keep(tx) : undefined
        if (standing === 'held' || standing === 'taken') await clockWatch.follow(tx, at)
        const settled = await settle(tx, settling, { now: at, log, onSentHandlers: options.onSentHandlers })
        if (!standing) return { settled }
        isElsewhere = standing === 'elsewhere'
        if (standing !== 'held') isSender = false
        if (standing === 'elsewhere') return { settled, standing }
        const recovered = await recover(tx, at)
        const replies = await claimDue(tx, ['reply'], { pacing, now: at, leaseUntil: at + SEND_LEASE_MS, room })
        return { settled, standing, recovered, replies, ahead: await lookAhead(tx, at) }
      })
      .catch((error: unknown) => {
        answered.unshift(...batch)
        throw error
      })
    for (const [way, count] of Object.entries(work.settled)) totals[way as keyof Settled] += count
    for (const { row, verdict } of settling) {
      observe({ lane: row.lane, outcome: verdict.type, flood: verdict.type === 'retry' && verdict.flood, waitedMs: at - row.createdAt })
    }
    if (settling.length > 0) passPoint('delivery.settled')
    if (!work.replies) return work.standing === 'elsewhere' ? at + LOOK_FOR_LEASE_MS : Number.POSITIVE_INFINITY
    clockWatch.followed()
    const { recovered, replies, ahead } = work
    if (recovered) noteRecovered(recovered, at)
    begin(replies)
    let wakeAt = Math.min(replies.wakeAt, ahead.nextAt)
    let again = replies.supersededCount > 0
    if (ahead.bulkDue && mostInFlight > inFlight) {
      // A claim of the bulk lane must outlive a power cut, else the same message could leave twice.
      const others = await database.transaction(async (tx) => {
        if ((await lease.keep(tx)) !== 'held') return NOTHING
        return claimDue(tx, ['bulk', 'setup'], { pacing, now: at, leaseUntil: at + SEND_LEASE_MS, room, onTooLate })
      })
      begin(others)
      wakeAt = Math.min(wakeAt, others.wakeAt)
      again ||= others.supersededCount > 0
    }
    return again ? 0 : wakeAt
  }

  const begin = ({ claimed, supersededCount }: ClaimResult): void => {
    totals.superseded += supersededCount
    if (claimed.length === 0) return
    passPoint('delivery.claimed')
    sendAll(claimed)
  }

  const busy = (): boolean => phase === 'running' || (phase === 'stopping' && (inFlight > 0 || answered.length > 0))

  const loop = async (): Promise<void> => {
    while (busy()) {
      try {
        // Only who asked before this pass looked may be told what it found.
        const asking = idlers.length
        const wakeAt = await pass()
        if (wakeAt === 0 || !busy()) continue
        if (inFlight === 0 && answered.length === 0) for (const resolve of idlers.splice(0, asking)) resolve()
        await alarm.sleep(Math.max(0, Math.min(LONGEST_SLEEP_MS, wakeAt - now())))
      } catch (error) {
        log.error('delivery.pass-threw', { err: error })
        await alarm.sleep(PAUSE_MS)
      }
    }
  }

  const letOthersSend = async (): Promise<void> => {
    try {
      await database.quickTransaction(lease.release)
    } catch (error) {
      // It runs out by itself.
      log.warn('delivery.lease-not-released', { err: error })
    }
  }

  return {
    start() {
      if (phase !== 'new') throw new Error('A dispatcher starts once: create another one.')
      phase = 'running'
      ended = loop()
    },
    nudge() {
      if (isElsewhere) return false
      alarm.ring()
      return true
    },
    async idle() {
      if (phase === 'new') throw new Error('Start the dispatcher before waiting for it to be idle.')
      if (phase !== 'running') return
      await new Promise<void>((resolve) => {
        idlers.push(resolve)
        alarm.ring()
      })
    },
    async stop(timeoutMs) {
      if (phase === 'running') phase = 'stopping'
      alarm.ring()
      let callOff = (): void => {}
      const tooLong = new Promise<void>((resolve) => {
        callOff = timer(timeoutMs, resolve)
      })
      await Promise.race([ended, tooLong])
      callOff()
      phase = 'stopped'
      clearTimeout(gathering)
      await letOthersSend()
      alarm.ring()
      for (const resolve of idlers.splice(0)) resolve()
    },
    stats: () => ({ ...totals, inFlight }),
  }
}
