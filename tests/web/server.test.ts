// The HTTP door as a load balancer, Telegram and a stranger see it.

import { connect } from 'node:net'
import type { Update } from 'grammy/types'
import { afterEach, describe, expect, it } from 'vitest'
import { createLogger } from '../../src/logging.ts'
import { createServer, WEBHOOK_PATH } from '../../src/web/server.ts'
import type { Health } from '../../src/web/server.ts'

const SECRET = 'rahasia_2026'
const UPDATE = { update_id: 7, message: { text: 'halo' } }

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close()
})

interface Setup {
  readonly ready?: Health['ready']
  readonly accept?: (update: Update) => Promise<void>
}

function open({ ready = async () => ({ ok: true }), accept }: Setup = {}) {
  const logged: string[] = []
  const log = createLogger({ level: 'debug', destination: { write: (line) => void logged.push(line) } })
  const server = createServer({ health: { ready }, log, ...(accept === undefined ? {} : { webhook: { secret: SECRET, accept } }) })
  opened.push(server)
  const call = (payload: string | object, headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': SECRET }) =>
    server.inject({ method: 'POST', url: WEBHOOK_PATH, headers: { 'content-type': 'application/json', ...headers }, payload })
  return { server, call, logged: () => logged.join('') }
}

/** Keeps what was accepted. */
function inbox() {
  const updates: Update[] = []
  return { updates, accept: async (update: Update) => void updates.push(update) }
}

describe('health', () => {
  it('says that the process is alive, even when it is not ready', async () => {
    const { server } = open({ ready: async () => ({ ok: false, reason: 'database' }) })
    const answer = await server.inject('/healthz')
    expect([answer.statusCode, answer.json()]).toEqual([200, { ok: true }])
  })

  it('says that the clinic is ready', async () => {
    const answer = await open().server.inject('/readyz')
    expect([answer.statusCode, answer.json()]).toEqual([200, { ok: true }])
  })

  it('says why it is not', async () => {
    const answer = await open({ ready: async () => ({ ok: false, reason: 'updates' }) }).server.inject('/readyz')
    expect([answer.statusCode, answer.json()]).toEqual([503, { ok: false, reason: 'updates' }])
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('disk /srv/klinik.db is gone'))],
    ['throws', () => { throw new Error('disk /srv/klinik.db is gone') }],
  ])('is not ready when the check %s, and only the log knows more', async (_how, ready) => {
    const { server, logged } = open({ ready })
    const answer = await server.inject('/readyz')
    expect([answer.statusCode, answer.json()]).toEqual([503, { ok: false, reason: 'unknown' }])
    expect(logged()).toContain('is gone')
  })
})

describe('webhook', () => {
  it('hands the update over and answers 200 only when it is stored', async () => {
    const order: string[] = []
    const accept = async () => {
      order.push('arrived')
      await new Promise((resolve) => { setImmediate(resolve) })
      order.push('stored')
    }
    const answer = await open({ accept }).call(UPDATE)
    order.push('answered')
    expect(answer.statusCode).toBe(200)
    expect(order).toEqual(['arrived', 'stored', 'answered'])
  })

  it('passes the update on whole', async () => {
    const { updates, accept } = inbox()
    await open({ accept }).call(UPDATE)
    expect(updates).toEqual([UPDATE])
  })

  it('answers 500 when the update could not be stored, so that Telegram brings it again', async () => {
    const { call, logged } = open({ accept: () => Promise.reject(new Error('disk full')) })
    const answer = await call(UPDATE)
    expect([answer.statusCode, answer.json()]).toEqual([500, { error: 'internal' }])
    expect(logged()).toMatch(/"event":"web.failed".*disk full/)
  })

  it.each([
    ['no secret', {}],
    ['an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
    ['another secret', { 'x-telegram-bot-api-secret-token': 'rahasia_2027' }],
    ['a longer secret', { 'x-telegram-bot-api-secret-token': `${SECRET}_` }],
  ])('refuses a call with %s', async (_what, headers) => {
    const { updates, accept } = inbox()
    const answer = await open({ accept }).call(UPDATE, headers)
    expect([answer.statusCode, answer.json(), updates]).toEqual([401, { error: 'unauthorized' }, []])
  })

  it('refuses a stranger before reading what he sends', async () => {
    expect((await open(inbox()).call('{broken', {})).statusCode).toBe(401)
  })

  it.each([
    ['broken JSON', '{"update_id":', 400, 'bad-request'],
    ['nothing', '', 400, 'bad-request'],
    ['a list', [UPDATE], 400, 'bad-request'],
    ['no update id', { message: {} }, 400, 'bad-request'],
    ['an update id in words', { update_id: '7' }, 400, 'bad-request'],
    ['more than 1 MB', { update_id: 7, text: 'a'.repeat(1024 * 1024) }, 413, 'too-large'],
  ])('refuses %s', async (_what, payload, status, error) => {
    const { updates, accept } = inbox()
    const answer = await open({ accept }).call(payload)
    expect([answer.statusCode, answer.json(), updates]).toEqual([status, { error }, []])
  })

  it('takes an update of almost 1 MB', async () => {
    const { updates, accept } = inbox()
    expect((await open({ accept }).call({ update_id: 7, text: 'a'.repeat(1024 * 1000) })).statusCode).toBe(200)
    expect(updates).toHaveLength(1)
  })

  it('refuses another content type', async () => {
    const answer = await open(inbox()).call('<a/>', { 'x-telegram-bot-api-secret-token': SECRET, 'content-type': 'text/xml' })
    expect([answer.statusCode, answer.json()]).toEqual([415, { error: 'unsupported-media-type' }])
  })

  it('has no route when updates are polled', async () => {
    expect((await open().call(UPDATE)).statusCode).toBe(404)
  })
})

describe('a stranger', () => {
  it.each([
    ['GET', '/', 404, 'not-found'],
    ['GET', '/.env', 404, 'not-found'],
    ['GET', WEBHOOK_PATH, 404, 'not-found'],
    ['DELETE', '/healthz', 404, 'not-found'],
    ['GET', '/%zz', 400, 'bad-request'],
  ] as const)('learns nothing from %s %s', async (method, url, status, error) => {
    const answer = await open(inbox()).server.inject({ method, url })
    expect([answer.statusCode, answer.json()]).toEqual([status, { error }])
  })

  it('does not keep a closing server open with an idle connection', async () => {
    const { server } = open()
    const origin = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))
    const socket = connect(Number(origin.port), origin.hostname)
    await new Promise<void>((resolve) => { socket.once('data', () => resolve()); socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n') })
    const ended = new Promise<string>((resolve) => { socket.once('close', () => resolve('closed')) })
    await server.close()
    expect(await ended).toBe('closed')
  })
})
