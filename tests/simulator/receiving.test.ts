import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStage, TOKEN } from './fixture.ts'
import type { Stage } from './fixture.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ firstUpdateId: 1000 })
})
afterEach(() => stage.simulator.close())

interface Arrived {
  readonly update_id: number
  readonly message?: { readonly text?: string }
}
const poll = (params: object = {}) => stage.result<Arrived[]>('getUpdates', params)
const say = (text: string) => stage.simulator.world.sendText(stage.sari.id, stage.sari.id, text)
const texts = (updates: readonly Arrived[]) => updates.map(({ message }) => message?.text)

describe('long polling', () => {
  it('brings an update again and again until an offset beyond it confirms it', async () => {
    say('satu')
    say('dua')
    const first = await poll()
    expect(first).toMatchObject([{ update_id: 1001, message: { text: 'satu' } }, { update_id: 1002, message: { text: 'dua' } }])
    expect(await poll({ offset: 1001 })).toEqual(first)
    expect(texts(await poll({ offset: 1002 }))).toEqual(['dua'])
    expect(stage.simulator.world.pendingUpdates()).toBe(1)
    expect(await poll({ offset: 1003 })).toEqual([])
    expect(stage.simulator.world.pendingUpdates()).toBe(0)
  })

  it('waits for the next update, and takes no more than the limit', async () => {
    const waiting = poll({ timeout: 20 })
    say('satu')
    expect(texts(await waiting)).toEqual(['satu'])
    say('dua')
    expect(texts(await poll({ limit: 1 }))).toEqual(['satu'])
    expect(texts(await poll({ offset: -1 }))).toEqual(['dua'])
  })

  it('of a second receiver ends the first one with 409', async () => {
    const first = stage.call('getUpdates', { timeout: 20 })
    await expect.poll(() => stage.simulator.world.calls().length).toBeGreaterThan(0)
    const second = stage.call('getUpdates', { timeout: 20 })
    expect(await first).toEqual({
      ok: false,
      error_code: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
    say('halo')
    expect(texts((await second).result as Arrived[])).toEqual(['halo'])
  })

  it('leaves out kinds that were not asked for, and remembers what was', async () => {
    const { world } = stage.simulator
    await poll({ allowed_updates: ['callback_query', 'message'] })
    world.blockBot(stage.sari.id)
    world.unblockBot(stage.sari.id)
    say('halo')
    expect((await poll()).map((update) => Object.keys(update))).toEqual([['update_id', 'message']])
    await poll({ allowed_updates: [] })
    world.blockBot(stage.sari.id)
    expect((await poll()).at(-1)).toMatchObject({ my_chat_member: { new_chat_member: { status: 'kicked' } } })
  })

  it('brings raw updates, old ids included, once', async () => {
    stage.simulator.world.rawUpdate({ future_kind: { a: 1 } })
    stage.simulator.world.rawUpdate({ update_id: 1000, message: { text: 'lagi' } })
    expect(await poll({ offset: 1001 })).toEqual([{ update_id: 1000, message: { text: 'lagi' } }, { update_id: 1001, future_kind: { a: 1 } }])
    expect(await poll({ offset: 1002 })).toEqual([])
  })
})

describe('a webhook', () => {
  let door: Server
  let url: string
  let taken: { headers: IncomingMessage['headers']; update: Arrived }[]
  let answers: { status: number; body?: object }[]
  beforeEach(async () => {
    taken = []
    answers = []
    door = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        taken.push({ headers: request.headers, update: JSON.parse(Buffer.concat(chunks).toString()) as Arrived })
        const { status, body } = answers.shift() ?? { status: 200 }
        response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body))
      })
    })
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/hook`
  })
  afterEach(() => {
    door.closeAllConnections()
    door.close()
  })

  it('gets updates in order with the secret token, again until it takes them, and may answer with a method', async () => {
    await stage.result('setWebhook', { url, secret_token: 'rahasia_1' })
    answers.push({ status: 500 }, { status: 200, body: { method: 'sendMessage', chat_id: stage.sari.id, text: 'balasan' } })
    say('satu')
    say('dua')
    await expect.poll(() => texts(taken.map(({ update }) => update))).toEqual(['satu', 'satu', 'dua'])
    expect(taken[0]!.headers['x-telegram-bot-api-secret-token']).toBe('rahasia_1')
    await expect.poll(() => stage.simulator.world.pendingUpdates()).toBe(0)
    expect(stage.simulator.world.messages(stage.sari.id).map(({ text }) => text)).toContain('balasan')
    expect(await stage.result('getWebhookInfo')).toMatchObject({
      url, pending_update_count: 0, last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    })
  })

  it('shuts out polling until it is removed', async () => {
    await stage.result('setWebhook', { url })
    expect(await stage.call('getUpdates')).toEqual({
      ok: false,
      error_code: 409,
      description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    })
    await stage.result('deleteWebhook')
    say('halo')
    expect(texts(await poll())).toEqual(['halo'])
  })

  it.each([
    [{ url: 'halo' }, 'bad webhook: invalid webhook URL specified'],
    [{ url: 'http://klinik.id/hook' }, 'bad webhook: An HTTPS URL must be provided for webhook'],
    [{ url: 'https://klinik.id:3000/hook' }, 'bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443'],
    [{ url: 'https://klinik.id/hook', secret_token: 'a b' }, 'secret token contains unallowed characters'],
  ])('%o is refused', async (params, reason) => {
    expect(await stage.refusal('setWebhook', params)).toBe(`Bad Request: ${reason}`)
  })
})

it('a caller who hangs up takes no update along', async () => {
  const caller = new AbortController()
  const gone = fetch(`${stage.simulator.origin}/bot${TOKEN}/getUpdates?timeout=20`, { signal: caller.signal }).catch(() => 'gone')
  await expect.poll(() => stage.simulator.world.calls().length).toBeGreaterThan(0)
  caller.abort()
  expect(await gone).toBe('gone')
  say('halo')
  expect(texts(await poll())).toEqual(['halo'])
})
