// The HTTP routes of the simulator's page, with who may use them. It must not know the Bot API or how the world works.

import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Simulator } from '../world.ts'
import { parseAct, performAct } from './act.ts'
import { addCast } from './cast.ts'
import { findAsset, pageLanguage, renderCodeForm, renderPage } from './document.ts'
import { createEventStreams } from './events.ts'
import { createAccessGate, isAllowedHost, isLoopback, isOwnOrigin } from './guard.ts'
import { createPageView } from './view.ts'

/** The largest picture or file a person can send, with its JSON around it. */
const ACT_BODY_BYTES = 16 * 1024 * 1024
/** Files a browser may show in place; all others are downloaded. */
const SHOWN_TYPES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'audio/ogg', 'audio/mpeg', 'video/mp4', 'video/webm'])

const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; connect-src 'self'; "
    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

/**
 * Adds the page to the simulator's server: '/', '/assets/:name', '/sim/code', '/sim/state', '/sim/events', '/sim/act'
 * and '/sim/file/:id'. Throws when the server is open to other computers and no access code guards the page.
 */
export function registerPage(server: FastifyInstance, simulator: Simulator): void {
  const { host = '127.0.0.1', accessCode } = simulator.options
  if (!isLoopback(host) && accessCode === undefined) {
    throw new Error(`The simulator's page on ${host} can be reached by other computers: give startSimulator an accessCode`)
  }
  const gate = createAccessGate(accessCode)
  const view = createPageView(simulator)
  const streams = createEventStreams(view)

  const html = (reply: FastifyReply, document: string): FastifyReply => reply.type('text/html; charset=utf-8').send(document)

  void server.register(async (scope) => {
    // Parsers of the server around serve the Bot API; the page takes exactly these two kinds of body.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, scope.getDefaultJsonParser('error', 'error'))
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 2048 },
      (_request, body, done) => { done(null, Object.fromEntries(new URLSearchParams(String(body)))) })

    scope.addHook('onRequest', async (request, reply) => {
      void reply.headers(SAFETY_HEADERS)
      if (!isAllowedHost(request.headers.host, host)) return reply.code(403).send({ refused: 'host' })
      if (request.method === 'POST' && !isOwnOrigin(request.headers.origin, request.headers.host)) {
        return reply.code(403).send({ refused: 'origin' })
      }
      const isGuarded = request.url.startsWith('/sim/') && request.routeOptions.url !== '/sim/code'
      if (isGuarded && !gate.isOpenFor(request.headers.cookie)) return reply.code(401).send({ refused: 'code' })
      return undefined
    })
    scope.addHook('preClose', async () => {
      streams.close()
      view.close()
    })

    scope.get<{ Querystring: { lang?: unknown; code?: unknown } }>('/', async (request, reply) => {
      const language = pageLanguage(request.query.lang)
      if (!gate.isOpenFor(request.headers.cookie)) {
        const { code } = request.query
        const admission = typeof code === 'string' ? await gate.admit(code) : undefined
        if (admission !== 'admitted') return html(reply.code(admission === undefined ? 200 : 403), await renderCodeForm(language, admission))
        void reply.header('set-cookie', gate.cookie)
      }
      addCast(simulator.world)
      return html(reply, await renderPage(language))
    })

    scope.post<{ Body: { code?: unknown; lang?: unknown } | null }>('/sim/code', async (request, reply) => {
      const language = pageLanguage(request.body?.lang)
      const code = request.body?.code
      const admission = await gate.admit(typeof code === 'string' ? code : '')
      if (admission !== 'admitted') return html(reply.code(403), await renderCodeForm(language, admission))
      return reply.header('set-cookie', gate.cookie).redirect(`/?lang=${language}`, 303)
    })

    scope.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
      const asset = await findAsset(request.params.name)
      return asset === undefined ? reply.code(404).send({ refused: 'unknown' }) : reply.type(asset.type).send(asset.bytes)
    })

    scope.get<{ Querystring: { since?: string } }>('/sim/state', (request, reply) => {
      void reply.send(view.state(Number(request.query.since) || 0))
    })

    scope.get('/sim/events', (_request, reply) => {
      reply.hijack()
      streams.open(reply.raw, SAFETY_HEADERS)
    })

    scope.post('/sim/act', { bodyLimit: ACT_BODY_BYTES }, async (request, reply) => {
      const act = parseAct(request.body)
      if (act === undefined) return reply.code(400).send({ type: 'refused', reason: 'not-understood' })
      const outcome = await performAct(simulator, act)
      if (outcome.type === 'refused') return reply.code(409).send(outcome)
      if (act.do === 'tap') view.followTap(String(outcome.made))
      view.touch()
      return outcome
    })

    scope.get<{ Params: { id: string } }>('/sim/file/:id', async (request, reply) => {
      const file = simulator.world.file(request.params.id)
      if (file === undefined) return reply.code(404).send({ refused: 'unknown' })
      const shown = SHOWN_TYPES.has(file.mimeType)
      return reply
        .type(shown ? file.mimeType : 'application/octet-stream')
        .header('content-disposition', `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.fileName ?? 'file')}`)
        .header('cache-control', 'private, max-age=3600')
        .send(Buffer.from(file.bytes))
    })
  })
}
