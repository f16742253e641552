// Knows when the next call to a chat may leave: the rates Telegram allows, and the pauses it asked for.
// Pure bookkeeping in memory: time is an argument, nothing is sent or stored, and idle chats are forgotten.
import type { Lane } from './outgoing.ts'

/** Rates; `Infinity` lifts one. Source: Telegram's "Bots FAQ", "My bot is hitting limits". */
export interface PacingLimits {
  /** Calls in any second, all chats together. */
  readonly overallPerSecond: number
  /** The part of it that bulk may use, 0 to 1. */
  readonly bulkShare: number
  /** New messages per second to one person, sustained. */
  readonly privatePerSecond: number
  /** How many of them may leave at once after a quiet time; never more in the time they take at the sustained rate. */
  readonly privateBurst: number
  /** Calls to one group in any minute. */
  readonly groupPerMinute: number
}

export const TELEGRAM_LIMITS: PacingLimits = {
  overallPerSecond: 30,
  bulkShare: 0.8,
  privatePerSecond: 1,
  privateBurst: 5,
  groupPerMinute: 20,
}

export interface PacedCall {
  readonly lane: Lane
  readonly chatId: number
  /** A change of something already there. In a private chat it uses no allowance, so that fast tapping stays fast. */
  readonly change: boolean
  /** How many messages it brings; one when absent. */
  readonly messages?: number
}

export interface Pacing {
  /**
   * The earliest instant (ms UTC, not before `now`) a call may leave; without a chat, what holds for all of the lane.
   */
  nextSlot(call: PacedCall | { readonly lane: Lane }, now: number): number
  /** Notes that a call leaves now. */
  take(call: PacedCall, now: number): void
  /** Nothing leaves to this chat, in bulk, or at all, before `at`. */
  pauseUntil(scope: number | 'bulk' | 'all', at: number): void
  /** Telegram asked this chat to wait until `at`; when several chats are told so together, everything waits. */
  flooded(chatId: number, at: number, now: number): void
  /** The clock was set back by so many ms: pauses end as much sooner. Windows notice by themselves. */
  clockSetBack(ms: number): void
  /** How many chats are remembered. */
  size(): number
}

const SECOND = 1000
const MINUTE = 60_000
const FLOODED_CHATS = 3
const FLOODED_WITHIN_MS = 10_000
const SWEEP_EVERY = 512

/** Setup writes to nobody's chat: only the overall rate and pauses count for it. */
export function createPacing(limits: PacingLimits): Pacing {
  const overall = createWindow(limits.overallPerSecond, SECOND)
  const bulk = createWindow(Math.max(1, Math.floor(limits.overallPerSecond * limits.bulkShare)), SECOND)
  const chats = new Map<number, Window>()
  const pauses = new Map<number | 'bulk' | 'all', number>()
  const floods = new Map<number, number>()
  let takes = 0

  const windowFor = (chatId: number): Window =>
    chatId < 0
      ? createWindow(limits.groupPerMinute, MINUTE)
      : createWindow(limits.privateBurst, (limits.privateBurst / limits.privatePerSecond) * SECOND)

  const usesAllowance = ({ lane, chatId, change }: PacedCall): boolean => lane !== 'setup' && (chatId < 0 || !change)

  const sweep = (now: number): void => {
    for (const [chat, window] of chats) if (window.idle(now)) chats.delete(chat)
    for (const [scope, at] of pauses) if (at <= now) pauses.delete(scope)
  }

  const pauseUntil: Pacing['pauseUntil'] = (scope, at) => {
    pauses.set(scope, Math.max(at, pauses.get(scope) ?? at))
  }

  return {
    nextSlot(call, now) {
      const { messages } = 'chatId' in call ? call : {}
      let slot = Math.max(overall.nextSlot(now, messages), pauses.get('all') ?? now)
      if (call.lane === 'bulk') slot = Math.max(slot, bulk.nextSlot(now, messages), pauses.get('bulk') ?? now)
      if (!('chatId' in call)) return slot
      slot = Math.max(slot, pauses.get(call.chatId) ?? now)
      return usesAllowance(call) ? Math.max(slot, chats.get(call.chatId)?.nextSlot(now, messages) ?? now) : slot
    },
    take(call, now) {
      takes += 1
      if (takes % SWEEP_EVERY === 0) sweep(now)
      overall.take(now, call.messages)
      if (call.lane === 'bulk') bulk.take(now, call.messages)
      if (!usesAllowance(call)) return
      let window = chats.get(call.chatId)
      if (!window) chats.set(call.chatId, (window = windowFor(call.chatId)))
      window.take(now, call.messages)
    },
    pauseUntil,
    flooded(chatId, at, now) {
      pauseUntil(chatId, at)
      for (const [chat, when] of floods) if (when <= now - FLOODED_WITHIN_MS || when > now) floods.delete(chat)
      floods.set(chatId, now)
      if (floods.size >= FLOODED_CHATS) pauseUntil('all', at)
    },
    clockSetBack(ms) {
      for (const [scope, at] of pauses) pauses.set(scope, at - ms)
    },
    size: () => chats.size,
  }
}

interface Window {
  nextSlot(now: number, count?: number): number
  take(now: number, count?: number): void
  idle(now: number): boolean
}

/** At most `limit` in any `ms`, or more at once after a quiet time: remembers the last `limit` instants in a ring. */
function createWindow(limit: number, ms: number): Window {
  const taken: number[] = []
  let oldest = 0
  let newest = Number.NEGATIVE_INFINITY
  return {
    nextSlot(now, count = 1) {
      const tooMany = Math.min(taken.length, taken.length + count - limit)
      // Full of instants still to come: the clock was set back.
      if (tooMany <= 0 || newest > now + ms) return now
      return Math.max(now, taken[(oldest + tooMany - 1) % taken.length]! + ms)
    },
    take(now, count = 1) {
      if (limit === Number.POSITIVE_INFINITY) return
      if (newest > now) taken.fill(now)
      newest = now
      for (let each = 0; each < count; each += 1) {
        if (taken.length < limit) taken.push(now)
        else {
          taken[oldest] = now
          oldest = (oldest + 1) % limit
        }
      }
    },
    idle: (now) => newest + ms <= now,
  }
}
