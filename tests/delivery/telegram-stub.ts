// A Telegram of the tests: a local HTTP server that notes every call and answers as the test tells it to.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StubCall {
  readonly method: string
  readonly chatId: number
  readonly payload: Readonly<Record<string, unknown>>
  /** The body as it came, for uploads. */
  readonly raw: Buffer
}

export type StubAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error_code: number; readonly description: string; readonly parameters?: object }
  /** Cut the connection without an answer. */
  | 'cut'
  /** Something a proxy says, not Telegram. */
  | 'bad gateway'

export interface TelegramStub {
  readonly origin: string
  readonly calls: StubCall[]
  /** Texts in the order they arrived, of one chat or all. */
  texts(chatId?: number): unknown[]
  /** What a call meets; undefined: it is accepted. */
  onCall: (call: StubCall) => StubAnswer | undefined | Promise<StubAnswer | undefined>
  close(): Promise<void>
}

export async function startTelegramStub(): Promise<TelegramStub> {
  let messageId = 100
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks)
      const method = request.url!.split('/').at(-1)!
      void answer(response, read(method, raw))
    })
  })
  const answer = async (response: ServerResponse, call: StubCall): Promise<void> => {
    stub.calls.push(call)
    const told = await stub.onCall(call)
    if (told === 'cut') {
      response.destroy()
      return
    }
    if (told === 'bad gateway') {
      response.writeHead(502).end('<html>502</html>')
      return
    }
    const message = () => ({ message_id: (messageId += 1) })
    const media = call.payload['media']
    const result = Array.isArray(media) ? media.map(message) : call.method.startsWith('send') ? message() : true
    const body = told ?? { ok: true, result }
    response.writeHead(body.ok ? 200 : body.error_code, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const stub: TelegramStub = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    texts: (chatId) => stub.calls.filter((call) => chatId === undefined || call.chatId === chatId).map((call) => call.payload['text']),
    onCall: () => undefined,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
  return stub
}

function read(method: string, raw: Buffer): StubCall {
  const text = raw.toString('latin1')
  const payload = (text.startsWith('{') ? JSON.parse(raw.toString()) : {}) as Record<string, unknown>
  const chatId = Number(payload['chat_id'] ?? /name="chat_id"\r\n\r\n(-?\d+)/.exec(text)?.[1] ?? 0)
  return { method, chatId, payload, raw }
}

export function refusal(error_code: number, description: string, parameters: object = {}): StubAnswer {
  return { ok: false, error_code, description, parameters }
}
