// Methods by which updates reach the bot: long polling and the webhook's settings. Two receivers at once are refused.

import { badRequest, conflict } from '../refusal.ts'
import { present } from '../state.ts'
import type { Params } from '../params.ts'
import type { State } from '../state.ts'
import type { Method, Methods } from './method.ts'

const MAX_BATCH = 100
const MAX_POLL_SECONDS = 50
const SECRET_TOKEN = /^[A-Za-z0-9_-]{1,256}$/
/** Ports Telegram delivers to. Source: Bot API, setWebhook. */
const WEBHOOK_PORTS = new Set(['', '443', '80', '88', '8443'])

/** The methods of one server; they share which poll is waiting. */
export function createReceivingMethods(): Methods {
  let current: AbortController | undefined

  const getUpdates: Method = async ({ state, faults }, params, hungUp) => {
    const { queue } = state
    if (state.webhook.get('webhook')) {
      throw conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
    }
    const takenOver = new AbortController()
    current?.abort('other getUpdates request; make sure that only one bot instance is running')
    current = takenOver

    queue.allow(readAllowed(params))
    const offset = params.integer('offset')
    if (offset !== undefined && offset !== 0) queue.confirm(offset)
    const limit = Math.min(Math.max(params.integer('limit') ?? MAX_BATCH, 1), MAX_BATCH)
    const seconds = Math.min(Math.max(params.integer('timeout') ?? 0, 0), MAX_POLL_SECONDS)
    try {
      if (queue.size === 0 && seconds > 0) await queue.wait(seconds * 1000, AbortSignal.any([takenOver.signal, hungUp]))
      if (takenOver.signal.aborted) throw conflict(`terminated by ${takenOver.signal.reason as string}`)
      // A caller who hung up took nothing.
      if (hungUp.aborted) return []
      if (!faults.state().duplicateUpdates) return queue.take(limit)
      const once = queue.take(Math.ceil(limit / 2))
      return [...once, ...once]
    } finally {
      if (current === takenOver) current = undefined
    }
  }

  return {
    getUpdates,
    setWebhook: ({ state, faults, restartWebhook }, params) => {
      const url = params.text('url')
      if (!url) return removeWebhook(state, params, restartWebhook)
      checkWebhookUrl(url)
      const secretToken = params.text('secret_token') ?? ''
      if (secretToken !== '' && !SECRET_TOKEN.test(secretToken)) throw badRequest('secret token contains unallowed characters')
      faults.checkWebhookFlood(state.now())
      current?.abort('setWebhook request')
      state.queue.allow(readAllowed(params))
      if (params.flag('drop_pending_updates')) state.queue.clear()
      const maxConnections = Math.min(Math.max(params.integer('max_connections') ?? 40, 1), 100)
      state.webhook.put('webhook', { url, secretToken, maxConnections })
      restartWebhook()
      return true
    },
    deleteWebhook: ({ state, restartWebhook }, params) => removeWebhook(state, params, restartWebhook),
    getWebhookInfo: ({ state, webhookTrouble }) => {
      const webhook = state.webhook.get('webhook')
      const trouble = webhook && webhookTrouble()
      return present({
        url: webhook?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: state.queue.size,
        max_connections: webhook?.maxConnections,
        last_error_date: trouble && Math.floor(trouble.at / 1000),
        last_error_message: trouble?.message,
        allowed_updates: state.queue.allowed.length === 0 ? undefined : state.queue.allowed,
      })
    },
  }
}

function removeWebhook(state: State, params: Params, restartWebhook: () => void): true {
  if (params.flag('drop_pending_updates')) state.queue.clear()
  state.webhook.remove('webhook')
  restartWebhook()
  return true
}

function checkWebhookUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed) throw badRequest('bad webhook: invalid webhook URL specified')
  // This computer may be reached without TLS and on any port, as by a Bot API server of one's own.
  if (parsed.hostname === '127.0.0.1' || parsed.hostname === 'localhost') return
  if (parsed.protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  if (!WEBHOOK_PORTS.has(parsed.port)) throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
}

function readAllowed(params: Params): readonly string[] | undefined {
  const raw = params.json('allowed_updates')
  if (raw === undefined) return undefined
  if (!Array.isArray(raw)) throw badRequest("can't parse allowed_updates JSON object")
  return (raw as readonly unknown[]).filter((kind) => typeof kind === 'string')
}
