// What reaches Telegram, in which order and how often, through a real client from a real database file.
import { describe, expect, it } from 'vitest'
import { countOutbox, enqueue } from '../../src/delivery/outbox.ts'
import { createBench, pass, START } from './bench.ts'

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

  it('lets nothing leave that would come too late, and what is behind it goes', async () => {
    const bench = await createBench()
    const late = await bench.say(11, 'tadi', { notBefore: START + 60_000, notAfter: START + 59_999 })
    await bench.say(11, 'nanti', { notBefore: START + 60_000, notAfter: START + 60_000 })
    const dispatcher = bench.dispatcher()
    await pass(bench, dispatcher, 120_000, 60_000)
    expect(bench.telegram.texts()).toEqual(['nanti'])
    expect(bench.telegram.calls.every(({ payload }) => !('notAfter' in payload))).toBe(true)
    expect(await bench.row(late)).toMatchObject({ state: 'superseded', settled_at: START + 60_000 })
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
    const photo = { picture: 'card', params: { name: 'Sari' } }
    await bench.enqueue({ chatId: 11, method: 'sendPhoto', payload: { photo, caption: 'Kartu' } })
    const drawPicture = async (name: string, params: unknown) => Buffer.from(`PNG ${name} ${JSON.stringify(params)}`)
    await bench.dispatcher({ drawPicture }).idle()
    expect(bench.telegram.calls[0]).toMatchObject({ method: 'sendPhoto', chatId: 11 })
    expect(bench.telegram.calls[0]!.raw.toString()).toContain('PNG card {"name":"Sari"}')
  })

  it('has its named document written', async () => {
    const bench = await createBench()
    const document = { document: 'my-data', params: { person: 7 } }
    await bench.enqueue({ chatId: 11, method: 'sendDocument', payload: { document, caption: 'Data' } })
    const drawDocument = async (name: string, params: unknown) => ({ fileName: 'data.json', content: `${name} ${JSON.stringify(params)}` })
    await bench.dispatcher({ drawDocument }).idle()
    expect(bench.telegram.calls[0]).toMatchObject({ method: 'sendDocument', chatId: 11 })
    expect(bench.telegram.calls[0]!.raw.toString()).toMatch(/filename="?data\.json[\s\S]*my-data {"person":7}/)
  })

  it.each([
    ['a picture', { method: 'sendPhoto', payload: { photo: { media: 'hal.png' } } }],
    ['a voice note', { method: 'sendVoice', payload: { voice: { media: 'hal.ogg' } } }],
  ] as const)('has %s that stands ready read', async (_, call) => {
    const bench = await createBench()
    await bench.enqueue({ chatId: 11, ...call })
    await bench.dispatcher({ readMedia: async (file) => Buffer.from(`bytes of ${file}`) }).idle()
    expect(bench.telegram.calls[0]).toMatchObject({ method: call.method, chatId: 11 })
    expect(bench.telegram.calls[0]!.raw.toString()).toMatch(/filename="?hal\.(png|ogg)[\s\S]*bytes of hal\.(png|ogg)/)
  })

  it.each([
    ['a file that is not there', { method: 'sendPhoto', payload: JSON.stringify({ photo: { media: 'hilang.png' } }) }],
    ['an unknown document', { method: 'sendDocument', payload: JSON.stringify({ document: { document: 'nowhere' } }) }],
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

describe('work after sending', () => {
  const onSent = { name: 'delivered', version: 2, data: { request: 7 } }

  it('runs in the settling transaction and knows the message', async () => {
    const bench = await createBench()
    const id = await bench.say(11, 'hai', { onSent })
    await bench
      .dispatcher({
        onSentHandlers: {
          delivered: async (tx, { data, version, chatId, messageId, now }) => {
            const value = JSON.stringify({ data, version, chatId, messageId, now })
            await tx.insertInto('meta').values({ key: 'told', value }).execute()
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
