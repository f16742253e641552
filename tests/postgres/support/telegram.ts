// A Telegram for several clinic processes: each talks to it through a door of its own, and it brings each update to any that is alive,
// those of one person one after the other and again until one confirms it, as Telegram does. It checks nothing; the simulator does.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Update } from 'grammy/types'

export interface Sent {
  readonly door: number
  readonly chatId: number
  readonly text: string
  /** Labels and data of its buttons. */
  readonly buttons: readonly { readonly text: string; readonly data: string }[]
  /** ms, on a clock that never goes back. */
  readonly at: number
}

export interface FakeTelegram {
  /** The API root of each process. */
  readonly doors: readonly string[]
  readonly sent: readonly Sent[]
  /** Calls the listener for each message as it is sent. */
  onSent(listener: (sent: Sent) => void): void
  /** Resolves when a process confirmed it. */
  deliver(update: Update, addresses: readonly string[]): Promise<void>
  close(): Promise<void>
}

const BOT = { id: 4242424242, is_bot: true, first_name: 'Klinik', username: 'klinik_bot', can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false }

interface Call {
  readonly chat_id?: number
  readonly text?: string
  readonly reply_markup?: { readonly inline_keyboard?: readonly (readonly { text: string; callback_data?: string }[])[] }
}

export async function startTelegram({ doorCount, secret }: { readonly doorCount: number; readonly secret: string }): Promise<FakeTelegram> {
  const sent: Sent[] = []
  const listeners: ((one: Sent) => void)[] = []
  let messageId = 0
  let turn = 0

  const answer = (door: number, method: string, call: Call): unknown => {
    if (method === 'getMe') return BOT
    if (method !== 'sendMessage') return true
    const buttons = (call.reply_markup?.inline_keyboard ?? []).flat().map(({ callback_data, text }) => ({ text, data: callback_data ?? '' }))
    const one: Sent = { door, chatId: call.chat_id ?? 0, text: call.text ?? '', buttons, at: performance.now() }
    sent.push(one)
    for (const listener of listeners) listener(one)
    return { message_id: (messageId += 1), date: 0, chat: { id: one.chatId, type: 'private' }, text: one.text }
  }

  const servers: Server[] = []
  for (let door = 0; door < doorCount; door += 1) {
    const server = createServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (part: string) => void (body += part))
      request.on('end', () => {
        const method = request.url?.split('/').at(-1) ?? ''
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ ok: true, result: answer(door, method, body === '' ? {} : (JSON.parse(body) as Call)) }))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push(server)
  }

  return {
    doors: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    sent,
    onSent: (listener) => void listeners.push(listener),
    deliver: async (update, addresses) => {
      for (;;) {
        const address = addresses[(turn += 1) % addresses.length]!
        const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret }
        const response = await fetch(`${address}/telegram/webhook`, { method: 'POST', headers, body: JSON.stringify(update) }).catch(() => undefined)
        await response?.arrayBuffer().catch(() => undefined)
        if (response?.ok) return
      }
    },
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}
