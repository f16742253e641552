import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStage, TOKEN } from './fixture.ts'
import type { Stage } from './fixture.ts'

let stage: Stage
let chat: number
beforeEach(async () => {
  stage = await openStage()
  chat = stage.sari.id
})
afterEach(() => stage.simulator.close())

const say = (to = chat) => stage.call('sendMessage', { chat_id: to, text: 'halo' })
const sent = () => stage.simulator.world.messages(chat).filter(({ from }) => from === 'bot').length

describe('a fault', () => {
  it.each([
    [{ status: 429, retryAfter: 7 } as const, { ok: false, error_code: 429, description: 'Too Many Requests: retry after 7', parameters: { retry_after: 7 } }],
    [{ status: 500 } as const, { ok: false, error_code: 500, description: 'Internal Server Error' }],
    [{ status: 502 } as const, { ok: false, error_code: 502, description: 'Bad Gateway' }],
    [{ status: 401 } as const, { ok: false, error_code: 401, description: 'Unauthorized' }],
    [{ status: 403 } as const, { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' }],
    [{ status: 409 } as const, expect.objectContaining({ ok: false, error_code: 409, description: expect.stringMatching(/^Conflict: terminated by other getUpdates/) })],
  ])('%o meets the next calls of its method, as often as asked, and nothing is applied', async (fault, answer) => {
    stage.simulator.faults.next('sendMessage', fault, 2)
    expect(await stage.call('getMe')).toMatchObject({ ok: true })
    expect([await say(), await say()]).toEqual([answer, answer])
    expect(sent()).toBe(0)
    expect(await say()).toMatchObject({ ok: true })
  })

  it('for any method spares polling', async () => {
    stage.simulator.faults.next('*', { status: 500 })
    expect(await stage.call('getUpdates')).toMatchObject({ ok: true })
    expect(await stage.call('getMe')).toMatchObject({ ok: false })
  })

  it('of a dropped connection applies the call all the same', async () => {
    stage.simulator.faults.next('sendMessage', 'drop-after-apply')
    await expect(say()).rejects.toThrow('fetch failed')
    expect(sent()).toBe(1)
    expect(stage.simulator.world.calls().at(-1)).toMatchObject({ method: 'sendMessage', outcome: { type: 'no-answer', applied: true } })
  })

  it('of a time-out neither applies nor answers', async () => {
    stage.simulator.faults.next('sendMessage', 'timeout')
    const patience = AbortSignal.timeout(50)
    const url = `${stage.simulator.origin}/bot${TOKEN}/sendMessage?chat_id=${chat}&text=halo`
    await expect(fetch(url, { signal: patience })).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(sent()).toBe(0)
  })
})

describe('an outage', () => {
  it('cuts every connection, a waiting poll too, until it ends', async () => {
    const polling = stage.call('getUpdates', { timeout: 20 }).catch(() => 'cut')
    await stage.call('getMe')
    stage.simulator.faults.outage(true)
    expect(await polling).toBe('cut')
    await expect(say()).rejects.toThrow('fetch failed')
    stage.simulator.faults.outage(false)
    expect(await say()).toMatchObject({ ok: true })
    expect(sent()).toBe(1)
  })
})

it('doubled updates arrive twice in one batch', async () => {
  stage.simulator.faults.duplicateUpdates(true)
  stage.simulator.world.sendText(chat, chat, 'satu')
  stage.simulator.world.sendText(chat, chat, 'dua')
  const updates = await stage.result<{ message: { text: string } }[]>('getUpdates')
  expect(updates.map(({ message }) => message.text)).toEqual(['satu', 'dua', 'satu', 'dua'])
})

it('a delay is waited out before the answer', async () => {
  stage.simulator.faults.delay(60)
  const start = performance.now()
  await say()
  expect(performance.now() - start).toBeGreaterThan(55)
})

describe('flood limits', () => {
  it('are off at first', async () => {
    for (let n = 0; n < 40; n += 1) expect(await say()).toMatchObject({ ok: true })
  })

  it('let a small burst through to one person, then one message a second', async () => {
    stage.simulator.faults.floods(true)
    for (let n = 0; n < 5; n += 1) expect(await say()).toMatchObject({ ok: true })
    const refused = await say()
    expect(refused).toMatchObject({ error_code: 429, parameters: { retry_after: 5 } })
    stage.clock.now += 5000
    expect(await say()).toMatchObject({ ok: true })
  })

  it('let 20 messages a minute into a group and 30 a second out in all', async () => {
    const { world, faults } = stage.simulator
    const group = world.addGroup({ title: 'Warga', type: 'group', members: [chat] }).id
    const people = Array.from({ length: 31 }, (_, n) => world.addPerson({ firstName: `P${n}` }).id)
    for (const person of people) world.start(person)
    faults.floods(true)
    for (let n = 0; n < 20; n += 1) expect(await say(group)).toMatchObject({ ok: true })
    expect(await say(group)).toMatchObject({ parameters: { retry_after: 60 } })
    stage.clock.now += 2000
    const answers = []
    for (const person of people) answers.push((await say(person)).ok)
    expect(answers.lastIndexOf(true)).toBe(29)
    expect(answers[30]).toBe(false)
  })

  it('refuse setWebhook twice in a second', async () => {
    stage.simulator.faults.floods(true)
    const set = () => stage.call('setWebhook', { url: 'https://klinik.id/hook' })
    expect(await set()).toMatchObject({ ok: true })
    expect(await set()).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } })
    await stage.call('deleteWebhook')
  })
})

it('clear ends all of it, and the state tells what is on', async () => {
  const { faults } = stage.simulator
  faults.next('sendMessage', 'timeout', 3)
  faults.floods(true)
  faults.delay(5)
  expect(faults.state()).toEqual({
    outage: false, duplicateUpdates: false, floods: true, delayMs: 5, waiting: [{ method: 'sendMessage', fault: 'timeout', times: 3 }],
  })
  faults.clear()
  expect(faults.state()).toEqual({ outage: false, duplicateUpdates: false, floods: false, delayMs: 0, waiting: [] })
  expect(await say()).toMatchObject({ ok: true })
})
