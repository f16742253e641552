// The HTTP door of the simulated Telegram: /bot<token>/<method> and /file/bot<token>/<path>, with the faults on the way.
// What a method does is in methods/.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findFileByPath } from './files.ts'
import { createMethodTable } from './methods/methods.ts'
import { createParams, readParams } from './params.ts'
import { Refusal } from './refusal.ts'
import { logCall } from './state.ts'
import { createWebhookDelivery } from './webhook.ts'
import type { FaultDesk } from './faults.ts'
import type { BotSide } from './methods/method.ts'
import type { Params } from './params.ts'
import type { State } from './state.ts'
import type { ApiOutcome, Fault } from './world.ts'

/** Bytes; the largest upload of 50 MB with its form around it. */
const BODY_LIMIT = 55 * 1024 * 1024

type Answer = { readonly status: number; readonly body: object }

/** Adds the Bot API to a server. `close` stops deliveries; connections are closed by the server. */
export function registerBotApi(server: FastifyInstance, state: State, faults: FaultDesk): { close(): void } {
  const methods = createMethodTable()
  const webhook = createWebhookDelivery(state, faults, async (method, fields) => {
    const params = createParams(fields)
    log(method, params, (await run(method, params, new AbortController().signal)).outcome)
  })
  const bot: BotSide = { state, faults, restartWebhook: () => webhook.restart(), webhookTrouble: () => webhook.trouble() }
  const open = new Set<FastifyRequest>()
  const stopListening = faults.onOutage(() => {
    for (const request of open) request.raw.socket.destroy()
  })

  const run = async (name: string, params: Params, hungUp: AbortSignal): Promise<{ answer: Answer; outcome: ApiOutcome }> => {
    try {
      const method = methods.find(name)
      if (!method) throw new Refusal(404, 'Not Found')
      const result = await method.run(bot, params, hungUp)
      return { answer: { status: 200, body: { ok: true, result } }, outcome: { type: 'ok', result } }
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, `Internal Server Error: ${String(error)}`)
      return refused(refusal)
    }
  }

  const log = (name: string, params: Params | undefined, outcome: ApiOutcome) => {
    logCall(state, { method: methods.find(name)?.name ?? name, params: params?.raw ?? {}, at: state.now(), outcome })
  }

  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { token, method } = request.params as { token: string; method: string }
    if (token !== state.options.token) return reply.code(401).send(refused(new Refusal(401, 'Unauthorized')).answer.body)
    const isPolling = method.toLowerCase() === 'getupdates'
    const fault = faults.state().outage ? 'outage' : faults.take(method)
    const params = tryReadParams(request)
    if (params instanceof Refusal) return reply.code(params.code).send(refused(params).answer.body)

    if (fault === 'outage' || fault === 'timeout') {
      log(method, params, { type: 'no-answer', applied: false })
      return hangUp(request, reply, fault === 'outage')
    }
    const refusal = fault && refusalOf(fault)
    const hungUp = new AbortController()
    reply.raw.on('close', () => hungUp.abort())
    const { answer, outcome } = refusal ? refused(refusal) : await run(method, params, hungUp.signal)
    if (fault === 'drop-after-apply') {
      log(method, params, { type: 'no-answer', applied: outcome.type === 'ok' })
      return hangUp(request, reply, true)
    }
    log(method, params, outcome)
    const { delayMs } = faults.state()
    if (delayMs > 0 && !isPolling) await new Promise((resolve) => setTimeout(resolve, delayMs))
    return reply.code(answer.status).send(answer.body)
  }

  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) => done(null, body))
    scope.addHook('onRequest', async (request) => void open.add(request))
    scope.addHook('onResponse', async (request) => void open.delete(request))
    scope.addHook('onRequestAbort', async (request) => void open.delete(request))
    scope.route({ method: ['GET', 'POST'], url: '/bot:token/:method', handler: serve })
    scope.get('/file/bot:token/*', async (request, reply) => {
      const { token, '*': path } = request.params as { token: string; '*': string }
      const file = token === state.options.token ? findFileByPath(state, path) : undefined
      const bytes = file && state.store.findBytes(file.fileId)
      if (!file || !bytes) return reply.code(404).send(refused(new Refusal(404, 'Not Found')).answer.body)
      return reply.type('application/octet-stream').send(Buffer.from(bytes))
    })
  })

  return {
    close: () => {
      stopListening()
      webhook.close()
    },
  }
}

function tryReadParams({ query, headers, body }: FastifyRequest): Params | Refusal {
  try {
    return readParams(query as Record<string, unknown>, headers['content-type'], body as Buffer | undefined)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function refused({ code, message, parameters }: Refusal): { answer: Answer; outcome: ApiOutcome } {
  const body = { ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) }
  return { answer: { status: code, body }, outcome: { type: 'refused', code, description: message } }
}

function refusalOf(fault: Fault): Refusal | undefined {
  if (typeof fault === 'string') return undefined
  if (fault.status === 429) {
    return new Refusal(429, `Too Many Requests: retry after ${fault.retryAfter}`, { retry_after: fault.retryAfter })
  }
  return new Refusal(fault.status, SAID[fault.status])
}

/** In Telegram's own words. */
const SAID = {
  400: 'Bad Request: chat not found',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
} as const

/** No answer: the connection is cut, or stays open until the caller loses patience. */
function hangUp(request: FastifyRequest, reply: FastifyReply, cut: boolean): FastifyReply {
  reply.hijack()
  if (cut) request.raw.socket.destroy()
  return reply
}
