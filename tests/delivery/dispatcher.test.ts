// What reaches Telegram, in which order and how often, through a real client from a real database file.
import { describe, expect, it } from 'vitest'
import { countOutbox, enqueue } from '../../src/delivery/outbox.ts'
import { createBench, pass, START } from './bench.ts'
import { refusal } from './telegram-stub.ts'

describe('order', () => {
  it('is kept within a chat, while chats do not wait for each other', async () => {
    const bench = await createBench()
    const letGo: (() => void)[] = []
    bench.telegram.onCall = (call) =>
      call.payload['text'] === 'a1'
        ? new Promise((resolve) => {
            letGo.push(() => resolve(undefined))
          })
        : undefined
    for (const text of ['a1', 'a2', 'a3']) await bench.say(11, text)
    for (const text of ['b1', 'b2']) await bench.say(12, text)
    const dispatcher = bench.dispatcher()
    await expect.poll(() => bench.telegram.texts(12)).toEqual(['b1', 'b2'])
    expect(bench.telegram.texts(11)).toEqual(['a1'])
    letGo[0]!()
    await dispatcher.idle()
    expect(bench.telegram.texts(11)).toEqual(['a1', 'a2', 'a3'])
    expect(dispatcher.stats()).toMatchObject({ sent: 5, inFlight: 0 })
  })

  it('puts replies before bulk and bulk before setup', async () => {
    const bench = await createBench()
    await bench.enqueue({ chatId: 13, method: 'setMyCommands', lane: 'setup', payload: { commands: [] } })
    await bench.say(12, 'bulk', { lane: 'bulk' })
    await bench.say(11, 'reply')
    await bench.dispatcher({ mostInFlight: 1 }).idle()
    expect(bench.telegram.calls.map((call) => call.payload['text'] ?? call.method)).toEqual(['reply', 'bulk', 'setMyCommands'])
  })

  it('lets a message that was put off hold up nothing', async () => {
    const bench = await createBench()
    await bench.say(11, 'besok', { notBefore: START + 3_600_000 })
    await bench.say(11, 'sekarang')
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    expect(bench.telegram.texts()).toEqual(['sekarang'])
    await pass(bench, dispatcher, 3_600_000, 600_000)
    expect(bench.telegram.texts()).toEqual(['sekarang', 'besok'])
  })

  it('gets through a backlog behind chats that have to wait', async () => {
    const bench = await createBench()
    for (let chat = 1; chat <= 8; chat += 1) for (let i = 0; i < 9; i += 1) await bench.say(chat, `${chat}.${i}`)
    await bench.say(99, 'last in line')
    const dispatcher = bench.dispatcher({ mostInFlight: 4 })
    await pass(bench, dispatcher, 1500)
    expect(bench.telegram.texts(99)).toEqual(['last in line'])
    await pass(bench, dispatcher, 8000)
    for (let chat = 1; chat <= 8; chat += 1) {
      expect(bench.telegram.texts(chat)).toEqual(Array.from({ length: 9 }, (_, i) => `${chat}.${i}`))
    }
  })
})

describe('what is sent', () => {
  it('carries the chat, and the row keeps the message id', async () => {
    const bench = await createBench()
    const id = await bench.say(11, 'hai')
    await bench.dispatcher().idle()
    expect(bench.telegram.calls[0]).toMatchObject({ method: 'sendMessage', payload: { chat_id: 11, text: 'hai' } })
    expect(await bench.row(id)).toMatchObject({ state: 'sent', message_id: 101, settled_at: START, attempts: 1, lease_until: null })
  })

  it('adds no chat to setup', async () => {
    const bench = await createBench()
    const payload = { commands: [{ command: 'daftar', description: 'Daftar' }], scope: { type: 'chat', chat_id: 11 } }
    await bench.enqueue({ chatId: 11, method: 'setMyCommands', lane: 'setup', payload })
    await bench.dispatcher().idle()
    expect(bench.telegram.calls[0]!.payload).toEqual(payload)
  })

  it('has its named picture drawn', async () => {
    const bench = await createBench()
    await bench.enqueue({ chatId: 11, method: 'sendPhoto', payload: { photo: { picture: 'card', params: { name: 'Sari' } }, caption: 'Kartu' } })
    await bench.dispatcher({ drawPicture: async (name, params) => Buffer.from(`PNG ${name} ${JSON.stringify(params)}`) }).idle()
    expect(bench.telegram.calls[0]).toMatchObject({ method: 'sendPhoto', chatId: 11 })
    expect(bench.telegram.calls[0]!.raw.toString()).toContain('PNG card {"name":"Sari"}')
  })

  it.each([
    ['an unknown picture', { method: 'sendPhoto', payload: JSON.stringify({ photo: { picture: 'nowhere' } }) }],
    ['an unreadable payload', { payload: '{"text":' }],
    ['a blanked payload', { payload: null }],
    ['an unknown method', { method: 'sendDice' }],
  ])('%s is a dead letter and does not block the lane', async (_, change) => {
    const bench = await createBench()
    const id = await bench.say(11, 'first')
    await bench.say(11, 'second')
    await bench.read((tx) => tx.updateTable('outbox').set(change).where('id', '=', id).execute())
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    expect(bench.telegram.texts()).toEqual(['second'])
    expect(dispatcher.stats()).toMatchObject({ dead: 1, sent: 1 })
    expect(await bench.read(countOutbox)).toMatchObject({ dead: 1, queued: 0 })
    expect(bench.logged.map((line) => line.event)).toContain('delivery.dead')
  })
})

describe('an edit', () => {
  it('finds the message of its target once that was sent', async () => {
    const bench = await createBench()
    const question = await bench.say(11, 'Nama?')
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    const edit = await bench.enqueue({ chatId: 11, method: 'editMessageText', targetId: question, payload: { text: 'Nama: Sari' } })
    await dispatcher.idle()
    expect(bench.telegram.calls[1]).toMatchObject({ method: 'editMessageText', payload: { message_id: 101, text: 'Nama: Sari' } })
    expect(await bench.row(edit)).toMatchObject({ state: 'sent', message_id: 101 })
  })

  it('waits for a target that is on its way', async () => {
    const bench = await createBench()
    let arrive = (): void => {}
    bench.telegram.onCall = (call) =>
      call.method === 'sendMessage'
        ? new Promise((resolve) => {
            arrive = () => resolve(undefined)
          })
        : undefined
    const question = await bench.say(11, 'Nama?')
    const dispatcher = bench.dispatcher()
    await expect.poll(() => bench.telegram.calls.length).toBe(1)
    await bench.enqueue({ chatId: 11, method: 'editMessageText', targetId: question, payload: { text: 'Nama: Sari' } })
    dispatcher.nudge()
    arrive()
    await dispatcher.idle()
    expect(bench.telegram.calls.map((call) => call.method)).toEqual(['sendMessage', 'editMessageText'])
    expect(bench.telegram.calls[1]!.payload['message_id']).toBe(101)
  })

  it('of a message that was refused is dropped quietly, and the next message goes out', async () => {
    const bench = await createBench()
    bench.telegram.onCall = (call) => (call.method === 'sendPhoto' ? refusal(400, 'Bad Request: IMAGE_PROCESS_FAILED') : undefined)
    const photo = await bench.enqueue({ chatId: 11, method: 'sendPhoto', payload: { photo: 'file-id' } })
    const edit = await bench.enqueue({ chatId: 11, method: 'editMessageCaption', targetId: photo, payload: { caption: 'x' } })
    await bench.say(11, 'after')
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    expect(await bench.row(edit)).toMatchObject({ state: 'superseded' })
    expect(bench.telegram.texts().at(-1)).toBe('after')
    expect(dispatcher.stats()).toMatchObject({ dead: 1, superseded: 1, sent: 1 })
  })

  it.each(['message to edit not found', 'message is not modified'])('that meets "%s" is no dead letter', async (words) => {
    const bench = await createBench()
    bench.telegram.onCall = () => refusal(400, `Bad Request: ${words}`)
    await bench.enqueue({ chatId: 11, method: 'editMessageText', payload: { message_id: 5, text: 'x' } })
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    expect(dispatcher.stats()).toMatchObject({ dead: 0 })
    expect(await bench.read(countOutbox)).toEqual({ queued: 0, sending: 0, dead: 0, unknown: 0 })
  })
})

describe('"edit or send"', () => {
  const changed = { method: 'editMessageText', payload: { text: 'Sektor?' }, editOrSend: true } as const

  it('edits the newest message of the chat', async () => {
    const bench = await createBench()
    const question = await bench.say(11, 'Nama?')
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    await bench.enqueue({ chatId: 11, ...changed, targetId: question, newestIncoming: 90 })
    await dispatcher.idle()
    expect(bench.telegram.calls[1]).toMatchObject({ method: 'editMessageText' })
    expect(bench.telegram.calls[1]!.payload).toEqual({ chat_id: 11, message_id: 101, text: 'Sektor?' })
  })

  it.each([
    ['we said something since', true, 90],
    ['the person said something since', false, 500],
  ])('sends anew when %s', async (_, more, newestIncoming) => {
    const bench = await createBench()
    const question = await bench.say(11, 'Nama?')
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    if (more) await bench.say(11, 'Satu lagi')
    const id = await bench.enqueue({ chatId: 11, ...changed, targetId: question, newestIncoming })
    await dispatcher.idle()
    expect(bench.telegram.calls.at(-1)).toMatchObject({ method: 'sendMessage' })
    expect(bench.telegram.calls.at(-1)!.payload).toEqual({ chat_id: 11, text: 'Sektor?' })
    expect((await bench.row(id)).message_id).toBeGreaterThan(101)
  })

  it('sends anew when the message is gone', async () => {
    const bench = await createBench()
    bench.telegram.onCall = (call) => (call.method === 'editMessageText' ? refusal(400, 'Bad Request: message to edit not found') : undefined)
    const id = await bench.enqueue({ chatId: 11, ...changed, payload: { message_id: 44, text: 'Sektor?' }, newestIncoming: 40 })
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    expect(bench.telegram.calls.map((call) => call.method)).toEqual(['editMessageText', 'sendMessage'])
    expect(bench.telegram.calls[1]!.payload).toEqual({ chat_id: 11, text: 'Sektor?' })
    expect(await bench.row(id)).toMatchObject({ state: 'sent' })
  })

  it('comes at the end when something waits behind the old question', async () => {
    const bench = await createBench()
    const question = await bench.say(11, 'Nama?')
    await bench.say(11, 'Satu lagi')
    await bench.enqueue({ chatId: 11, ...changed, targetId: question })
    await bench.dispatcher().idle()
    expect(bench.telegram.texts()).toEqual(['Nama?', 'Satu lagi', 'Sektor?'])
  })
})

describe('work after sending', () => {
  const onSent = { name: 'delivered', version: 2, data: { request: 7 } }

  it('runs in the settling transaction and knows the message', async () => {
    const bench = await createBench()
    const id = await bench.say(11, 'hai', { onSent })
    await bench
      .dispatcher({
        onSentHandlers: {
          delivered: async (tx, { data, version, chatId, messageId, now }) => {
            await tx.insertInto('meta').values({ key: 'told', value: JSON.stringify({ data, version, chatId, messageId, now }) }).execute()
          },
        },
      })
      .idle()
    const told = await bench.read((tx) => tx.selectFrom('meta').select('value').where('key', '=', 'told').executeTakeFirstOrThrow())
    expect(JSON.parse(told.value)).toEqual({ data: { request: 7 }, version: 2, chatId: 11, messageId: 101, now: START })
    expect(await bench.row(id)).toMatchObject({ state: 'sent' })
  })

  it('may say something more, which leaves at once', async () => {
    const bench = await createBench()
    await bench.say(11, 'hai', { onSent })
    const more = { chatId: 12, method: 'sendMessage', payload: { text: 'sudah sampai' } } as const
    await bench.dispatcher({ onSentHandlers: { delivered: async (tx, { now }) => void (await enqueue(tx, more, now)) } }).idle()
    expect(bench.telegram.texts()).toEqual(['hai', 'sudah sampai'])
  })

  it.each([
    ['throws', { delivered: async () => Promise.reject(new Error('bug')) }],
    ['is not there', {}],
  ])('that %s is logged, and the message stays sent', async (_, onSentHandlers) => {
    const bench = await createBench()
    const id = await bench.say(11, 'hai', { onSent })
    const dispatcher = bench.dispatcher({ onSentHandlers })
    await dispatcher.idle()
    await pass(bench, dispatcher, 10_000, 5000)
    expect(await bench.row(id)).toMatchObject({ state: 'sent', message_id: 101 })
    expect(bench.telegram.calls).toHaveLength(1)
    expect(bench.logged).toEqual([expect.objectContaining({ level: 'error', event: 'delivery.on-sent-threw' })])
  })

  it('leaves nothing behind of what it wrote before it threw', async () => {
    const bench = await createBench()
    await bench.say(11, 'hai', { onSent })
    await bench
      .dispatcher({
        onSentHandlers: {
          delivered: async (tx) => {
            await tx.insertInto('meta').values({ key: 'half', value: 'done' }).execute()
            throw new Error('bug')
          },
        },
      })
      .idle()
    expect(await bench.read((tx) => tx.selectFrom('meta').selectAll().where('key', '=', 'half').execute())).toEqual([])
  })
})

describe('stopping', () => {
  it('lets what is in flight end, settles it and claims nothing more', async () => {
    const bench = await createBench()
    let arrive = (): void => {}
    bench.telegram.onCall = () =>
      new Promise((resolve) => {
        arrive = () => resolve(undefined)
      })
    const first = await bench.say(11, 'one')
    const second = await bench.say(11, 'two')
    const dispatcher = bench.dispatcher()
    await expect.poll(() => bench.telegram.calls.length).toBe(1)
    const stopped = dispatcher.stop(10_000)
    arrive()
    await stopped
    expect(await bench.row(first)).toMatchObject({ state: 'sent' })
    expect(await bench.row(second)).toMatchObject({ state: 'queued' })
    expect(bench.telegram.texts()).toEqual(['one'])
  })

  it('does not wait longer than told', async () => {
    const bench = await createBench()
    bench.telegram.onCall = () => new Promise(() => {})
    const id = await bench.say(11, 'one')
    const dispatcher = bench.dispatcher()
    await expect.poll(() => bench.telegram.calls.length).toBe(1)
    const stopped = dispatcher.stop(10_000)
    bench.clock.advance(10_000)
    await stopped
    expect(await bench.row(id)).toMatchObject({ state: 'sending' })
  })

  it('is quick when nothing is in flight', async () => {
    const bench = await createBench()
    const dispatcher = bench.dispatcher()
    await dispatcher.idle()
    await dispatcher.stop(10_000)
    await dispatcher.idle()
    expect(dispatcher.stats().inFlight).toBe(0)
  })
})
