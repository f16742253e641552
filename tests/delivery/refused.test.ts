// What people and operators notice when Telegram refuses, is silent, or asks to wait; on a clock the test moves.
import { Api } from 'grammy'
import { describe, expect, it } from 'vitest'
import { countOutbox } from '../../src/delivery/outbox.ts'
import { type Bench, createBench, pass, START, TOKEN } from './bench.ts'
import { refusal, type StubAnswer } from './telegram-stub.ts'

/** Refuses the first calls in this way and accepts the rest. */
function refuseFirst(bench: Bench, answers: readonly StubAnswer[]): void {
  const left = [...answers]
  bench.telegram.onCall = () => left.shift()
}

async function person(bench: Bench, telegramId: number, lastSeenAt = START): Promise<void> {
  await bench.read((tx) =>
    tx.insertInto('person').values({ telegram_id: telegramId, created_at: START, last_seen_at: lastSeenAt }).execute(),
  )
}

const unreachableAt = (bench: Bench, telegramId: number) =>
  bench.read(async (tx) => {
    const row = await tx.selectFrom('person').select('unreachable_at').where('telegram_id', '=', telegramId).executeTakeFirstOrThrow()
    return row.unreachable_at
  })

const FLOOD = (seconds: number) => refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })

describe('"retry after"', () => {
  it('is obeyed to the second, holds up the chat in every lane, and no other chat', async () => {
    const bench = await createBench()
    refuseFirst(bench, [FLOOD(30)])
    await bench.say(11, 'one')
    await bench.say(11, 'two')
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    await bench.say(11, 'tip', { lane: 'bulk' })
    await bench.say(12, 'other')
    await pass(bench, dispatcher, 30_000)
    expect(bench.telegram.texts()).toEqual(['one', 'other'])
    await pass(bench, dispatcher, 1000)
    expect(bench.telegram.texts(11)).toEqual(['one', 'one', 'tip', 'two'])
  })

  it('stops everything when several chats are told so', async () => {
    const bench = await createBench()
    refuseFirst(bench, [FLOOD(60), FLOOD(60), FLOOD(60)])
    for (const chat of [11, 12, 13]) await bench.say(chat, 'hai')
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    await bench.say(14, 'hai')
    await pass(bench, dispatcher, 60_000, 5000)
    expect(bench.telegram.texts(14)).toEqual([])
    await pass(bench, dispatcher, 5000, 1000)
    for (const chat of [11, 12, 13]) expect(bench.telegram.texts(chat)).toEqual(['hai', 'hai'])
    expect(bench.telegram.texts(14)).toEqual(['hai'])
  })
})

describe('when Telegram is out of order', () => {
  it.each<[string, StubAnswer]>([
    ['500', refusal(500, 'Internal Server Error')],
    ['a proxy error', 'bad gateway'],
    ['a cut connection', 'cut'],
    ['a wrong token', refusal(401, 'Unauthorized')],
  ])('(%s) a reply is tried again after 1, 2 and 4 seconds, and what is behind it waits', async (_, answer) => {
    const bench = await createBench()
    refuseFirst(bench, [answer, answer, answer])
    const id = await bench.say(11, 'one')
    await bench.say(11, 'two')
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    const counts = [bench.telegram.calls.length]
    for (const ms of [1000, 2000, 4000]) {
      await pass(bench, dispatcher, ms - 250)
      counts.push(bench.telegram.calls.length)
      await pass(bench, dispatcher, 250)
      counts.push(bench.telegram.calls.length)
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3, 5])
    expect(bench.telegram.texts()).toEqual(['one', 'one', 'one', 'one', 'two'])
    expect(await bench.row(id)).toMatchObject({ state: 'sent', attempts: 4, error: null })
  })

  it('a broadcast is not used up: one message tests the way, the rest waits', async () => {
    const bench = await createBench()
    let broken = true
    bench.telegram.onCall = () => (broken ? 'cut' : undefined)
    await bench.say(1, 'probe', { lane: 'bulk' })
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    for (let chat = 2; chat <= 60; chat += 1) await bench.say(chat, 'tip', { lane: 'bulk' })
    await pass(bench, dispatcher, 20_000, 1000)
    expect(dispatcher.stats().unknown).toBeLessThanOrEqual(6)
    broken = false
    await pass(bench, dispatcher, 60_000, 1000)
    const { sent, unknown } = dispatcher.stats()
    expect(sent + unknown).toBe(60)
    expect(unknown).toBeLessThanOrEqual(6)
    expect((await bench.read(countOutbox)).unknown).toBe(unknown)
    for (let chat = 1; chat <= 60; chat += 1) expect(bench.telegram.texts(chat)).toHaveLength(1)
  })

  it('a bulk message that never left is sent later', async () => {
    const bench = await createBench()
    const id = await bench.say(11, 'tip', { lane: 'bulk' })
    const nowhere = new Api(TOKEN, { apiRoot: 'http://127.0.0.1:1' })
    const there = new Api(TOKEN, { apiRoot: bench.telegram.origin })
    let api = nowhere
    const dispatcher = bench.dispatcher({
      api: {
        get raw() {
          return api.raw
        },
      },
    })
    await dispatcher.idle()
    expect(await bench.row(id)).toMatchObject({ state: 'queued', error: 'network ECONNREFUSED' })
    api = there
    await pass(bench, dispatcher, 3000)
    expect(bench.telegram.texts()).toEqual(['tip'])
    expect(await bench.row(id)).toMatchObject({ state: 'sent' })
  })

  it('neither the rows nor the log hold the token or what people wrote', async () => {
    const bench = await createBench()
    refuseFirst(bench, ['cut', 'bad gateway', refusal(400, 'Bad Request: message is too long')])
    const id = await bench.say(11, 'Omzet saya 3 juta')
    const dispatcher = bench.dispatcher()
    await pass(bench, dispatcher, 5000)
    const row = await bench.row(id)
    expect(row).toMatchObject({ state: 'dead', error: '400 Bad Request: message is too long' })
    const said = JSON.stringify([bench.logged, row.error])
    expect(bench.logged.length).toBeGreaterThan(2)
    for (const secret of [TOKEN, 'Omzet', '127.0.0.1']) expect(said).not.toContain(secret)
  })
})

describe('a person who can not be reached', () => {
  it.each([
    [403, 'Forbidden: bot was blocked by the user'],
    [403, 'Forbidden: user is deactivated'],
    [400, 'Bad Request: chat not found'],
  ])('(%i %s) is marked, and what waits for the chat is given up, but for setup', async (code, words) => {
    const bench = await createBench()
    await person(bench, 11)
    await person(bench, 12)
    bench.telegram.onCall = (call) => (call.chatId === 11 ? refusal(code, words) : undefined)
    const first = await bench.say(11, 'one')
    const behind = await bench.say(11, 'two')
    const bulk = await bench.say(11, 'tip', { lane: 'bulk', notBefore: START + 1000 })
    const setup = await bench.enqueue({ chatId: 11, method: 'setMyCommands', lane: 'setup', payload: {}, notBefore: START + 9000 })
    await bench.say(12, 'hai')
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    expect(await unreachableAt(bench, 11)).toBe(START)
    expect(await unreachableAt(bench, 12)).toBeNull()
    for (const id of [first, behind, bulk]) expect(await bench.row(id)).toMatchObject({ state: 'dead', error: `${code} ${words}` })
    expect(await bench.row(setup)).toMatchObject({ state: 'queued' })
    expect(dispatcher.stats()).toMatchObject({ dead: 3, sent: 1 })
  })

  it('who came back while the call was on its way stays reachable, and gets the new answer', async () => {
    const bench = await createBench()
    await person(bench, 11)
    let refuse = (): void => {}
    bench.telegram.onCall = (call) =>
      call.payload['text'] === 'old'
        ? new Promise((resolve) => {
            refuse = () => resolve(refusal(403, 'Forbidden: bot was blocked by the user'))
          })
        : undefined
    await bench.say(11, 'old')
    const dispatcher = bench.dispatcher()
    await expect.poll(() => bench.telegram.calls.length).toBe(1)
    bench.clock.advance(500)
    await bench.read((tx) => tx.updateTable('person').set({ last_seen_at: bench.clock.now() }).execute())
    await bench.say(11, 'welcome back')
    refuse()
    await dispatcher.idle()
    expect(bench.telegram.texts()).toEqual(['old', 'welcome back'])
    expect(await unreachableAt(bench, 11)).toBeNull()
  })

  it('gets the commands once the chat exists', async () => {
    const bench = await createBench()
    let started = false
    bench.telegram.onCall = () => (started ? undefined : refusal(400, 'Bad Request: chat not found'))
    const id = await bench.enqueue({ chatId: 11, method: 'setMyCommands', lane: 'setup', payload: {} })
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    await pass(bench, dispatcher, 3 * 3_600_000, 600_000)
    expect(bench.telegram.calls).toHaveLength(4)
    started = true
    await pass(bench, dispatcher, 3_600_000, 600_000)
    expect(await bench.row(id)).toMatchObject({ state: 'sent' })
  })
})

it('a group that became a supergroup is followed, now and later', async () => {
  const bench = await createBench()
  bench.telegram.onCall = (call) =>
    call.chatId === -5
      ? refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1005 })
      : undefined
  await bench.say(-5, 'one')
  await bench.say(-5, 'two')
  const dispatcher = bench.dispatcher()
  await dispatcher.idle()
  await bench.say(-5, 'three')
  await dispatcher.idle()
  expect(bench.telegram.calls.map((call) => [call.chatId, call.payload['text']])).toEqual([
    [-5, 'one'],
    [-1005, 'one'],
    [-1005, 'two'],
    [-1005, 'three'],
  ])
})
