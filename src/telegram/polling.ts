// Fetches updates by long polling, one batch at a time: the next request confirms a batch only after it was committed.
import { type Api, GrammyError, HttpError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '../logging.ts'
import { ALLOWED_UPDATES } from './reception.ts'

export interface PollingDeps {
  readonly api: Api
  readonly apply: (updates: readonly Update[]) => Promise<void>
  readonly log: Log
  /** Waits that many milliseconds, or until the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** Something the operator must mend ended the polling: a wrong token. */
  readonly onFatal: (error: unknown) => void
}

export interface Polling {
  start(): void
  /** True once Telegram has answered and nothing is being applied. */
  readonly healthy: () => boolean
  stop(): Promise<void>
}

/** Telegram holds a request open this long when there is nothing to tell. Seconds. */
const LONG_POLL_S = 25
const BATCH = 100
const LONGEST_PAUSE_MS = 30_000
/** The last confirmation is a courtesy: a stop does not wait longer for it. */
const CONFIRM_WITHIN_MS = 2000

export function createPolling({ api, apply, log, wait, onFatal }: PollingDeps): Polling {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let healthy = false

  async function loop(): Promise<void> {
    // Ids start anew after an idle week, so an offset is used once, to confirm, and never kept.
    let offset: number | undefined
    let failures = 0
    // The first request, and the first after trouble, comes back at once: it tells whether Telegram is there.
    while (!stopping.signal.aborted) {
      try {
        const updates = await api.getUpdates(
          { ...(offset !== undefined && { offset }), limit: BATCH, timeout: healthy ? LONG_POLL_S : 0, allowed_updates: ALLOWED_UPDATES },
          stopping.signal as never,
        )
        await apply(updates)
        const last = updates.at(-1)
        offset = last && last.update_id + 1
        healthy = true
        failures = 0
      } catch (error) {
        if (stopping.signal.aborted) break
        healthy = false
        if (error instanceof GrammyError && error.error_code === 401) {
          onFatal(error)
          return
        }
        failures += 1
        log.warn('polling.interrupted', { attempt: failures, err: error })
        await wait(pauseAfter(error, failures), stopping.signal)
      }
    }
    if (offset !== undefined) await confirm(offset)
  }

  /** The last batch is committed; saying so now spares its repetition at the next start. */
  async function confirm(offset: number): Promise<void> {
    try {
      await api.getUpdates({ offset, limit: 1, timeout: 0 }, AbortSignal.timeout(CONFIRM_WITHIN_MS) as never)
    } catch (error) {
      log.debug('polling.last-confirmation-failed', { err: error })
    }
  }

  return {
    start: () => {
      running = loop()
    },
    healthy: () => healthy,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

function pauseAfter(error: unknown, failures: number): number {
  const retryAfter = error instanceof GrammyError ? error.parameters.retry_after : undefined
  if (retryAfter !== undefined) return retryAfter * 1000
  const isNetwork = error instanceof HttpError
  return Math.min(LONGEST_PAUSE_MS, (isNetwork ? 500 : 1000) * 2 ** Math.min(failures - 1, 6))
}
