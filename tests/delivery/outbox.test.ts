// What a transaction asks for waits in the outbox, and what was not sent yet is changed there instead of being sent twice.
import { describe, expect, it } from 'vitest'
import { blankOldPayloads } from '../../src/delivery/housekeeping.ts'
import { countOutbox, enqueue, isNewestSent, supersedePrompts } from '../../src/delivery/outbox.ts'
import { createBench, START } from './bench.ts'

const keyboard = (text: string) => ({ inline_keyboard: [[{ text, callback_data: text }]] })
const payloadOf = (row: { payload: string | null }): unknown => JSON.parse(row.payload!)

it('a call is only there when its transaction is kept', async () => {
  const bench = await createBench()
  await expect(
    bench.read(async (tx) => {
      await enqueue(tx, { chatId: 11, method: 'sendMessage', payload: { text: 'hai' } }, START)
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect(await bench.read(countOutbox)).toEqual({ queued: 0, sending: 0, dead: 0, unknown: 0 })
  await bench.say(11, 'hai')
  expect(await bench.read(countOutbox)).toEqual({ queued: 1, sending: 0, dead: 0, unknown: 0 })
})

describe('an edit of a message that waits', () => {
  it('changes text and buttons in the waiting row', async () => {
    const bench = await createBench()
    const first = await bench.say(11, 'Nama <b>Ibu</b>?', {
      payload: { parse_mode: 'HTML', disable_notification: true, reply_markup: keyboard('Lewati') },
    })
    const second = await bench.enqueue({ chatId: 11, method: 'editMessageText', targetId: first, payload: { text: 'Terima kasih' } })
    expect(second).toBe(first)
    expect(payloadOf(await bench.row(first))).toEqual({ text: 'Terima kasih', disable_notification: true })
    expect((await bench.read(countOutbox)).queued).toBe(1)
  })

  it('changes only the buttons when only they are edited, under a picture too', async () => {
    const bench = await createBench()
    const photo = { picture: 'card', params: {} }
    const id = await bench.enqueue({ chatId: 11, method: 'sendPhoto', payload: { photo, caption: 'Kartu', reply_markup: keyboard('A') } })
    await bench.enqueue({ chatId: 11, method: 'editMessageReplyMarkup', targetId: id, payload: { reply_markup: keyboard('B') } })
    await bench.enqueue({ chatId: 11, method: 'editMessageReplyMarkup', targetId: id, payload: {} })
    expect(payloadOf(await bench.row(id))).toEqual({ photo, caption: 'Kartu' })
  })

  it('waits behind it when a text can not take the place of a picture, or work follows the edit', async () => {
    const bench = await createBench()
    const photo = await bench.enqueue({ chatId: 11, method: 'sendPhoto', payload: { photo: 'id' } })
    const text = await bench.say(11, 'hai')
    const onSent = { name: 'noted', version: 1, data: null }
    const behindPhoto = await bench.enqueue({ chatId: 11, method: 'editMessageText', targetId: photo, payload: { text: 'x' } })
    const withWork = await bench.enqueue({ chatId: 11, method: 'editMessageText', targetId: text, payload: { text: 'x' }, onSent })
    expect(new Set([photo, text, behindPhoto, withWork]).size).toBe(4)
  })

  it('goes in the lane of its target and not before it', async () => {
    const bench = await createBench()
    const photo = await bench.enqueue({ chatId: 11, method: 'sendPhoto', payload: {}, lane: 'bulk', notBefore: START + 5000 })
    const edit = await bench.enqueue({ chatId: 11, method: 'editMessageText', targetId: photo, payload: { text: 'x' } })
    expect(await bench.row(edit)).toMatchObject({ lane: 'bulk', next_at: START + 5000, state: 'queued' })
  })

  it('has nothing left to do when the message was taken back', async () => {
    const bench = await createBench()
    const id = await bench.say(11, 'Nama?', { promptKey: 'registration' })
    await bench.read((tx) => supersedePrompts(tx, 11, 'registration', START))
    const edit = await bench.enqueue({ chatId: 11, method: 'editMessageText', targetId: id, payload: { text: 'x' } })
    expect(await bench.row(edit)).toMatchObject({ state: 'superseded', settled_at: START })
  })

  it('tells the developer when the target is not there', async () => {
    const bench = await createBench()
    await expect(bench.enqueue({ chatId: 11, method: 'editMessageText', targetId: 999, payload: { text: 'x' } })).rejects.toThrow(
      'pass the id that enqueue returned',
    )
  })
})

it('new words under a file that waits stand under it from the start', async () => {
  const bench = await createBench()
  const video = await bench.enqueue({ chatId: 11, method: 'sendVideo', payload: { video: 'F', caption: 'satu', parse_mode: 'HTML', protect_content: true } })
  const payload = { caption: 'dua', parse_mode: 'HTML' }
  expect(await bench.enqueue({ chatId: 11, method: 'editMessageCaption', targetId: video, payload })).toBe(video)
  await bench.dispatcher().idle()
  expect(bench.telegram.calls.map(({ method, payload: sent }) => [method, sent])).toEqual([['sendVideo', { chat_id: 11, video: 'F', caption: 'dua', parse_mode: 'HTML', protect_content: true }]])
})

it.each(['sendVideo', 'sendVoice', 'sendMediaGroup'] as const)('%s is a newer message too, waiting or sent, and can be taken back while it waits', async (method) => {
  const bench = await createBench()
  const first = await bench.say(11, 'hai')
  const dispatcher = bench.dispatcher()
  await dispatcher.idle()
  const { message_id: messageId } = await bench.row(first)
  const isNewest = () => bench.read((tx) => isNewestSent(tx, 11, messageId ?? 0))
  expect(await isNewest()).toBe(true)
  const payload = { album: [{ method: 'sendPhoto', payload: { photo: 'F' } }] }
  const gone = await bench.enqueue({ chatId: 11, method, payload })
  expect(await isNewest()).toBe(false)
  await bench.enqueue({ chatId: 11, method: 'deleteMessage', targetId: gone, payload: {} })
  expect(await bench.row(gone)).toMatchObject({ state: 'superseded' })
  expect(await isNewest()).toBe(true)
  await bench.enqueue({ chatId: 11, method, payload })
  await dispatcher.idle()
  expect(await isNewest()).toBe(false)
})

it('a deletion of a message that waits takes it back', async () => {
  const bench = await createBench()
  const id = await bench.say(11, 'hai')
  expect(await bench.enqueue({ chatId: 11, method: 'deleteMessage', targetId: id, payload: {} })).toBe(id)
  expect(await bench.row(id)).toMatchObject({ state: 'superseded' })
})

it('a newer question takes back waiting ones with its key, of its chat alone', async () => {
  const bench = await createBench()
  const [old, otherKey, otherChat, plain, setup] = [
    await bench.say(11, 'Nama?', { promptKey: 'registration' }),
    await bench.say(11, 'Bahasa?', { promptKey: 'language' }),
    await bench.say(12, 'Nama?', { promptKey: 'registration' }),
    await bench.say(11, 'Terima kasih'),
    await bench.enqueue({ chatId: 11, method: 'setMyCommands', lane: 'setup', promptKey: 'registration', payload: {} }),
  ]
  await bench.read((tx) => supersedePrompts(tx, 11, 'registration', START))
  const states = await Promise.all([old, otherKey, otherChat, plain, setup].map((id) => bench.row(id)))
  expect(states.map((row) => row.state)).toEqual(['superseded', 'queued', 'queued', 'queued', 'superseded'])
})

it('what was settled is forgotten after its time, and what waits is kept', async () => {
  const bench = await createBench()
  const day = 86_400_000
  const settled = await bench.say(11, 'Omzet saya 3 juta', { onSent: { name: 'noted', version: 1, data: 'Sari' } })
  const recent = await bench.say(12, 'baru')
  const waiting = await bench.say(13, 'menunggu')
  await bench.read(async (tx) => {
    for (const [id, at] of [[settled, START], [recent, START + day]] as const) {
      await tx.updateTable('outbox').set({ state: 'sent', settled_at: at }).where('id', '=', id).execute()
    }
  })
  expect(await bench.read((tx) => blankOldPayloads(tx, START, 100))).toBe(1)
  expect(await bench.read((tx) => blankOldPayloads(tx, START, 100))).toBe(0)
  expect(await bench.row(settled)).toMatchObject({ state: 'sent', payload: null, on_sent: null })
  expect((await bench.row(recent)).payload).toContain('baru')
  expect((await bench.row(waiting)).payload).toContain('menunggu')
  expect(await bench.read((tx) => blankOldPayloads(tx, START + day, 100))).toBe(1)
})
