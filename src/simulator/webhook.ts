// Delivers updates to the bot's webhook, one after the other, until each is taken with a 2xx answer.
// How the webhook is set is in methods/receiving.ts.

import type { FaultDesk } from './faults.ts'
import type { State, WebhookRecord } from './state.ts'

export interface WebhookDelivery {
  /** Reads the settings anew and delivers, or stops when there is no webhook. */
  restart(): void
  trouble(): { readonly at: number; readonly message: string } | undefined
  close(): void
}

/** Real ms. */
const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 2000
const ANSWER_WITHIN_MS = 60_000
const IDLE_MS = 60_000

/** `runReply`: carries out the method a webhook may put in its answer. */
export function createWebhookDelivery(
  state: State,
  faults: FaultDesk,
  runReply: (method: string, fields: Readonly<Record<string, unknown>>) => Promise<void>,
): WebhookDelivery {
  let running: AbortController | undefined
  let trouble: { at: number; message: string } | undefined

  const deliver = async (webhook: WebhookRecord, signal: AbortSignal): Promise<void> => {
    let retryMs = FIRST_RETRY_MS
    while (!signal.aborted) {
      await state.queue.wait(IDLE_MS, signal)
      if (signal.aborted) return
      const { outage, duplicateUpdates } = faults.state()
      const [update] = outage ? [] : state.queue.take(1)
      let refusal = outage ? 'Connection timed out' : undefined
      if (update && duplicateUpdates) await postUpdate(webhook, update, signal)
      if (update) refusal = await postUpdate(webhook, update, signal)
      if (signal.aborted) return
      if (update && refusal === undefined) {
        state.queue.forget(update.update_id)
        retryMs = FIRST_RETRY_MS
      } else if (refusal !== undefined) {
        trouble = { at: state.now(), message: refusal }
        await pause(retryMs, signal)
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
      }
    }
  }

  /** undefined when taken, else what getWebhookInfo says of it. */
  const postUpdate = async (webhook: WebhookRecord, update: object, signal: AbortSignal): Promise<string | undefined> => {
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secretToken === '' ? {} : { 'x-telegram-bot-api-secret-token': webhook.secretToken }),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      })
      const body = await response.text()
      if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`
      const reply = readReply(body)
      if (reply) await runReply(reply.method, reply.fields)
      return undefined
    } catch (error) {
      const { name, cause } = error as Error
      return name === 'TimeoutError' ? 'Read timeout expired' : `Connection failed: ${(cause as Error | undefined)?.message ?? name}`
    }
  }

  const restart = () => {
    running?.abort()
    running = undefined
    trouble = undefined
    const webhook = state.webhook.get('webhook')
    if (!webhook) return
    running = new AbortController()
    void deliver(webhook, running.signal)
  }
  restart()

  return { restart, trouble: () => trouble, close: () => running?.abort() }
}

function readReply(body: string): { method: string; fields: Readonly<Record<string, unknown>> } | undefined {
  try {
    const { method, ...fields } = JSON.parse(body) as { readonly method?: unknown }
    if (typeof method !== 'string') return undefined
    return { method, fields }
  } catch {
    return undefined
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
