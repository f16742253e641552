// What can go wrong between the bot and Telegram: faults waiting for calls, outage, doubled updates, slowness, and
// Telegram's flood limits. Switched while the world runs; kept in memory alone.

import { tooManyRequests } from './refusal.ts'
import type { ChatId, Fault, Faults, FaultState } from './world.ts'

interface WaitingFault {
  readonly method: string
  readonly fault: Fault
  times: number
}

/** The side the server asks. */
export interface FaultDesk extends Faults {
  /** The fault this call meets, used up by asking. */
  take(method: string): Fault | undefined
  /** Counts a message to a chat; throws 429 when it is one too many and flood limits are on. `cost`: messages. */
  checkFlood(chat: ChatId, now: number, cost?: number): void
  /** Counts a setWebhook; throws 429 for a second one within a second. */
  checkWebhookFlood(now: number): void
  onOutage(listener: () => void): () => void
}

/** Messages allowed within a window of ms. Source: Bots FAQ, "My bot is hitting limits": 1/s a chat (short bursts pass), 20/min a group, 30/s in all. */
const LIMITS = {
  private: { messages: 5, windowMs: 5000 },
  group: { messages: 20, windowMs: 60_000 },
  overall: { messages: 30, windowMs: 1000 },
}

export function createFaults(): FaultDesk {
  let outage = false
  let duplicateUpdates = false
  let floods = false
  let delayMs = 0
  let waiting: WaitingFault[] = []
  let lastWebhook = Number.NEGATIVE_INFINITY
  const sent = new Map<string, number[]>()
  const outageListeners = new Set<() => void>()

  const secondsUntilRoom = (key: string, limit: { messages: number; windowMs: number }, now: number, cost: number): number => {
    const times = (sent.get(key) ?? []).filter((at) => now - at < limit.windowMs && at <= now)
    sent.set(key, times)
    if (times.length + cost <= limit.messages || times.length === 0) return 0
    const freed = times[Math.min(times.length, times.length + cost - limit.messages) - 1]!
    return Math.max(Math.ceil((freed + limit.windowMs - now) / 1000), 1)
  }

  return {
    next: (method, fault, times = 1) => void waiting.push({ method, fault, times }),
    outage: (on) => {
      outage = on
      if (on) for (const listener of outageListeners) listener()
    },
    duplicateUpdates: (on) => {
      duplicateUpdates = on
    },
    floods: (on) => {
      floods = on
      sent.clear()
    },
    delay: (ms) => {
      delayMs = ms
    },
    clear: () => {
      outage = duplicateUpdates = floods = false
      delayMs = 0
      waiting = []
      sent.clear()
    },
    state: (): FaultState => ({
      outage, duplicateUpdates, floods, delayMs, waiting: waiting.map((fault) => ({ ...fault })),
    }),
    take: (method) => {
      const met = waiting.find((fault) => fault.method.toLowerCase() === method.toLowerCase()
        || (fault.method === '*' && method.toLowerCase() !== 'getupdates'))
      if (!met) return undefined
      met.times -= 1
      waiting = waiting.filter((fault) => fault.times > 0)
      return met.fault
    },
    checkFlood: (chat, now, cost = 1) => {
      if (!floods) return
      const ofChat = chat < 0 ? LIMITS.group : LIMITS.private
      const wait = Math.max(
        secondsUntilRoom(`chat:${chat}`, ofChat, now, cost), secondsUntilRoom('all', LIMITS.overall, now, cost),
      )
      if (wait > 0) throw tooManyRequests(wait)
      for (const key of [`chat:${chat}`, 'all']) {
        for (let message = 0; message < cost; message += 1) sent.get(key)!.push(now)
      }
    },
    checkWebhookFlood: (now) => {
      if (floods && now - lastWebhook < 1000) throw tooManyRequests(1)
      lastWebhook = now
    },
    onOutage: (listener) => {
      outageListeners.add(listener)
      return () => void outageListeners.delete(listener)
    },
  }
}
