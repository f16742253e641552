// Edits find their message, wait for it, or become a new message; a message that is gone is no trouble to anyone.
import { describe, expect, it } from 'vitest'
import { countOutbox } from '../../src/delivery/outbox.ts'
import { createBench } from './bench.ts'
import { refusal } from './telegram-stub.ts'

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
    const edit = await bench.enqueue({ chatId: 11, method: 'editMessageText', targetId: photo, payload: { text: 'x' } })
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
    const gone = refusal(400, 'Bad Request: message to edit not found')
    bench.telegram.onCall = (call) => (call.method === 'editMessageText' ? gone : undefined)
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
