// Requests to Telegram over kept connections: what grammY sends arrives, and every way it can go wrong comes back as grammY's own error.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Api, GrammyError, HttpError, InputFile } from 'grammy'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTransport } from '../../src/telegram/transport.ts'

const TOKEN = '7000000001:AAabcdefghijklmnopqrstuvwxyz0123456'

interface Arrived {
  readonly path: string
  readonly type: string
  readonly body: string
  readonly port: number
}

/** A server that answers every request with `answer`, or never when there is none. */
async function openServer(answer?: string) {
  const arrived: Arrived[] = []
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request)
    arrived.push({ path: request.url ?? '', type: request.headers['content-type'] ?? '', body, port: request.socket.remotePort ?? 0 })
    if (answer !== undefined) response.end(answer)
  }
  const server = createServer((request, response) => void receive(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const transport = createTransport(apiRoot)
  onTestFinished(async () => {
    await transport.close()
    server.closeAllConnections()
    server.close()
  })
  return { arrived, apiRoot, transport, server, api: new Api(TOKEN, { apiRoot, fetch: transport.fetch, timeoutSeconds: 5 }) }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('latin1')
}

const failureOf = (call: Promise<unknown>) => call.then(() => expect.unreachable('it was answered'), (error: unknown) => error)

describe('a request', () => {
  it('carries a message as JSON, over a connection that was used before', async () => {
    const { api, arrived } = await openServer('{"ok":true,"result":{"message_id":5}}')
    expect(await api.sendMessage(42, 'Halo')).toEqual({ message_id: 5 })
    for (let more = 0; more < 9; more += 1) await api.sendMessage(42, 'lagi')
    expect(arrived[0]).toMatchObject({ path: `/bot${TOKEN}/sendMessage`, type: 'application/json', body: '{"chat_id":42,"text":"Halo"}' })
    expect(arrived).toHaveLength(10)
    expect(new Set(arrived.map(({ port }) => port)).size).toBeLessThan(5)
  })

  it('carries a file', async () => {
    const { api, arrived } = await openServer('{"ok":true,"result":{}}')
    await api.sendDocument(42, new InputFile(Buffer.from('isi berkas'), 'data.json'))
    expect(arrived[0]?.type).toContain('multipart/form-data')
    expect(arrived[0]?.body).toContain('isi berkas')
  })

  it('that Telegram refuses is told as its refusal', async () => {
    const { api } = await openServer('{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}')
    const error = await failureOf(api.sendMessage(42, 'Halo'))
    expect(error).toBeInstanceOf(GrammyError)
    expect(error).toMatchObject({ error_code: 403 })
  })

  it('that gets no JSON, or reaches nobody, is a network error', async () => {
    const { api, server } = await openServer('<html>Bad Gateway</html>')
    expect(await failureOf(api.getMe())).toBeInstanceOf(HttpError)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect(await failureOf(api.getMe())).toMatchObject({ error: { code: 'ECONNREFUSED' } })
  })

  it('under way ends when it is called off, or when the transport closes', async () => {
    const { api, arrived, transport } = await openServer()
    const calledOff = new AbortController()
    const first = failureOf(api.getMe(calledOff.signal as never))
    const second = failureOf(api.getMe())
    await expect.poll(() => arrived.length).toBe(2)
    calledOff.abort()
    expect(await first).toBeInstanceOf(HttpError)
    await transport.close()
    expect(await second).toBeInstanceOf(HttpError)
  })
})

describe('a file', () => {
  it('is fetched as it is', async () => {
    const { apiRoot, arrived, transport } = await openServer('isi berkas')
    expect(Buffer.from(await transport.download(`${apiRoot}/file/bot${TOKEN}/documents/file_1.pdf`)).toString()).toBe('isi berkas')
    expect(arrived[0]?.path).toBe(`/file/bot${TOKEN}/documents/file_1.pdf`)
  })

  it('that is not given, or not reachable, fails without a word of the token', async () => {
    const { apiRoot, server, transport } = await openServer()
    server.removeAllListeners('request')
    server.on('request', (_request, response: ServerResponse) => void response.writeHead(404).end('no'))
    const refused = await failureOf(transport.download(`${apiRoot}/file/bot${TOKEN}/a`))
    server.closeAllConnections()
    server.close()
    const unreachable = await failureOf(transport.download(`${apiRoot}/file/bot${TOKEN}/a`))
    for (const error of [refused, unreachable]) {
      expect(error).toBeInstanceOf(Error)
      expect(`${String(error)} ${(error as Error).stack ?? ''}`).not.toContain(TOKEN.split(':')[1])
    }
    expect(String(refused)).toContain('HTTP 404')
  })
})
