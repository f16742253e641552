// The clinic's HTTP door: health checks, Telegram's webhook, and measurements for who knows the token.
// It decides nothing about updates and tells a stranger nothing: every refusal is a code of one word.

import { createHash, timingSafeEqual } from 'node:crypto'
import { fastify } from 'fastify'
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { Update } from 'grammy/types'
import { z } from 'zod'
import type { Log } from '../logging.ts'

/** The path Telegram is told to call, below the clinic's public address. */
export const WEBHOOK_PATH = '/telegram/webhook'

const BODY_LIMIT_BYTES = 1024 * 1024
/** A client that sends its request slower than this is cut off, in ms. */
const REQUEST_TIMEOUT_MS = 30_000

export interface Health {
  /** Whether the database answers and updates are flowing; `reason` is a short code such as `database`. */
  ready(): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>
}

export interface Webhook {
  /** The secret that Telegram was given with the webhook and repeats with every call. */
  readonly secret: string
  /** Resolves once the update is safely stored; only then is Telegram told that it may forget it. */
  accept(update: Update): Promise<void>
}

export interface MetricsPage {
  /** What a reader shows as `Authorization: Bearer …`. */
  readonly token: string
  read(): Promise<{ readonly contentType: string; readonly text: string }>
}

const REFUSALS: Readonly<Record<number, string>> = {
  400: 'bad-request',
  401: 'unauthorized',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
}

const updateEnvelope = z.looseObject({ update_id: z.int().nonnegative() })

export interface ServerDeps {
  readonly health: Health
  readonly webhook?: Webhook | undefined
  readonly metrics?: MetricsPage | undefined
  readonly log: Log
}

/** Builds the server; the caller listens and closes. Webhook calls and `/metrics` have a route only when they are given. */
export function createServer({ health, webhook, metrics, log }: ServerDeps): FastifyInstance {
  const server = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    frameworkErrors: (_error, _request, reply) => {
      void refuse(reply, 400)
    },
  })

  server.setNotFoundHandler((_request, reply) => refuse(reply, 404))
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status in REFUSALS) return refuse(reply, status)
    log.error('web.failed', { method: request.method, err: error })
    return reply.code(500).send({ error: 'internal' })
  })

  server.get('/healthz', () => ({ ok: true }))
  server.get('/readyz', async (_request, reply) => {
    try {
      const state = await health.ready()
      return await reply.code(state.ok ? 200 : 503).send(state)
    } catch (error) {
      log.error('web.readiness-failed', { err: error })
      return reply.code(503).send({ ok: false, reason: 'unknown' })
    }
  })
  if (webhook !== undefined) addWebhook(server, webhook)
  if (metrics !== undefined) addMetrics(server, metrics)
  return server
}

function addWebhook(server: FastifyInstance, webhook: Webhook): void {
  server.post(
    WEBHOOK_PATH,
    {
      // Before the body is read: a stranger costs us no parsing.
      onRequest: async (request, reply) => {
        if (!isSame(String(request.headers['x-telegram-bot-api-secret-token'] ?? ''), webhook.secret)) await refuse(reply, 401)
      },
    },
    async (request, reply) => {
      const update = updateEnvelope.safeParse(request.body)
      if (!update.success) return refuse(reply, 400)
      await webhook.accept(request.body as Update)
      return reply.code(200).send({ ok: true })
    },
  )
}

function addMetrics(server: FastifyInstance, metrics: MetricsPage): void {
  server.get(
    '/metrics',
    {
      onRequest: async (request, reply) => {
        const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? []
        if (!isSame(token, metrics.token)) await refuse(reply.header('www-authenticate', 'Bearer'), 401)
      },
    },
    async (_request, reply) => {
      const { contentType, text } = await metrics.read()
      return reply.header('content-type', contentType).header('cache-control', 'no-store').send(text)
    },
  )
}

function refuse(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).send({ error: REFUSALS[status] })
}

/** Compares in a time that tells nothing about the secret: digests have one length and are compared whole. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}
