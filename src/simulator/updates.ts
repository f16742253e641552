// The queue of updates the bot has not confirmed yet: who may be told what, in which order, and when one is forgotten.
// It knows no HTTP: polling (methods/receiving.ts) and webhook.ts take from it.

import type { Update } from 'grammy/types'
import type { Shelf, Store } from './store.ts'

/** Kinds a bot gets only when it asks for them by name. Source: Bot API, getUpdates `allowed_updates`. */
const ON_REQUEST = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

interface Waiting {
  readonly update: Update
  /** Put in by hand, perhaps with an old id: kept until it was handed out once. */
  readonly raw: boolean
}

interface QueueSettings {
  readonly nextId: number
  /** Empty: Telegram's default. */
  readonly allowed: readonly string[]
}

export interface UpdateQueue {
  push(kind: string, payload: object): number | undefined
  pushRaw(update: Readonly<Record<string, unknown>>): number
  /** Oldest first, at most `limit`. */
  take(limit: number): readonly Update[]
  all(): readonly Update[]
  /** Forgets every update below this id; a negative one keeps only the last so many. */
  confirm(offset: number): void
  /** Forgets one update, taken by the webhook. */
  forget(id: number): void
  clear(): void
  /** Remembered from one getUpdates or setWebhook to the next; undefined changes nothing. */
  allow(kinds: readonly string[] | undefined): void
  readonly allowed: readonly string[]
  readonly size: number
  /** Resolves when an update waits, when so many real ms have passed, or when the signal is raised. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

export function createUpdateQueue(store: Store, firstId: number): UpdateQueue {
  const waiting: Shelf<Waiting> = store.shelf('update')
  const settings: Shelf<QueueSettings> = store.shelf('update-settings')
  const handedOut = new Set<number>()
  const sleepers = new Set<() => void>()
  const current = () => settings.get('queue') ?? { nextId: firstId, allowed: [] }

  const put = (update: Update, raw: boolean) => {
    waiting.put(update.update_id, { update, raw })
    handedOut.delete(update.update_id)
    for (const wake of sleepers) wake()
    return update.update_id
  }
  const forget = (id: number) => {
    waiting.remove(id)
    handedOut.delete(id)
  }
  const nextId = () => {
    const { nextId, allowed } = current()
    settings.put('queue', { nextId: nextId + 1, allowed })
    return nextId
  }

  return {
    push: (kind, payload) => {
      const { allowed } = current()
      const wanted = allowed.length === 0 ? !ON_REQUEST.has(kind) : allowed.includes(kind)
      return wanted ? put({ update_id: nextId(), [kind]: payload }, false) : undefined
    },
    pushRaw: (update) => {
      const id = typeof update['update_id'] === 'number' ? update['update_id'] : nextId()
      return put({ ...update, update_id: id }, true)
    },
    take: (limit) => {
      const updates: Update[] = []
      for (const { update } of waiting.values()) {
        if (updates.length >= limit) break
        updates.push(update)
        handedOut.add(update.update_id)
      }
      return updates.sort((a, b) => a.update_id - b.update_id)
    },
    all: () => [...waiting.values()].map(({ update }) => update),
    confirm: (offset) => {
      if (offset < 0) {
        const older = [...waiting.values()].slice(0, Math.max(waiting.size + offset, 0))
        for (const { update } of older) forget(update.update_id)
        return
      }
      for (const { update, raw } of waiting.values()) {
        // They stand in order, but for those put in by hand.
        if (update.update_id >= offset && !raw) return
        if (update.update_id < offset && (!raw || handedOut.has(update.update_id))) forget(update.update_id)
      }
    },
    forget,
    clear: () => {
      for (const { update } of waiting.values()) forget(update.update_id)
    },
    allow: (kinds) => {
      if (kinds) settings.put('queue', { ...current(), allowed: kinds })
    },
    get allowed() {
      return current().allowed
    },
    get size() {
      return waiting.size
    },
    wait: (ms, signal) => new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        sleepers.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      sleepers.add(wake)
      signal.addEventListener('abort', wake)
      if (signal.aborted || waiting.size > 0) wake()
    }),
  }
}
