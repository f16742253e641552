// An album, told part by part, arrives as one: in order, with every message known by its part, and no part lost or sent twice.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addToAlbum, type AlbumCall, closeAlbums } from '../../src/delivery/album.ts'
import type { SentMessage } from '../../src/delivery/dispatcher.ts'
import type { OutgoingMethod } from '../../src/delivery/outgoing.ts'
import { FAULT_CHANNEL } from '../../src/fault-point.ts'
import { type Bench, createBench, pass, START } from './bench.ts'
import { refusal } from './telegram-stub.ts'

const FIELDS: Partial<Record<OutgoingMethod, string>> = { sendPhoto: 'photo', sendVideo: 'video', sendDocument: 'document', sendAudio: 'audio', sendSticker: 'sticker' }

const add = (bench: Bench, file: string, method: OutgoingMethod = 'sendPhoto', more: Partial<AlbumCall> = {}) =>
  bench.read((tx) =>
    addToAlbum(
      tx,
      { chatId: 11, key: 'sari:1', item: { method, payload: { [FIELDS[method] ?? '']: file } }, onSent: { name: 'copied', version: 1, data: file }, ...more },
      bench.clock.now(),
    ),
  )

/** What was sent, each call as the files it carried. */
const sent = (bench: Bench) =>
  bench.telegram.calls.map(({ method, payload }) => {
    const media = payload['media'] as readonly { media: string }[] | undefined
    return media ? media.map((item) => item.media) : [String(payload[FIELDS[method as OutgoingMethod] ?? 'text'])]
  })

/** Notes which message each part became. */
function copies() {
  const known: (readonly [unknown, number | undefined])[] = []
  const onSentHandlers = { copied: async (_tx: unknown, { data, messageId }: SentMessage) => void known.push([data, messageId]) }
  return { known, onSentHandlers }
}

describe('an album', () => {
  it('leaves when no further part came for a second and a half, as one call, and every part knows its message', async () => {
    const bench = await createBench()
    const { known, onSentHandlers } = copies()
    const dispatcher = bench.dispatcher({ onSentHandlers })
    const { row, opened } = await add(bench, 'a', 'sendPhoto', { opening: { method: 'sendPhoto', payload: { photo: 'a', caption: 'Bu Sari', parse_mode: 'HTML', protect_content: true } } })
    expect(opened).toBe(true)
    await pass(bench, dispatcher, 1000)
    expect(await add(bench, 'b', 'sendVideo')).toEqual({ row, opened: false })
    await pass(bench, dispatcher, 1250)
    expect(bench.telegram.calls).toEqual([])
    await pass(bench, dispatcher, 250)
    expect(bench.telegram.calls).toMatchObject([
      {
        method: 'sendMediaGroup',
        payload: { chat_id: 11, protect_content: true, media: [{ type: 'photo', media: 'a', caption: 'Bu Sari', parse_mode: 'HTML' }, { type: 'video', media: 'b' }] },
      },
    ])
    expect(known).toEqual([['a', 101], ['b', 102]])
    expect(await bench.row(row)).toMatchObject({ state: 'sent', message_id: 102 })
  })

  it('of one part goes out as what it is', async () => {
    const bench = await createBench()
    const { known, onSentHandlers } = copies()
    const dispatcher = bench.dispatcher({ onSentHandlers })
    await add(bench, 'a')
    await pass(bench, dispatcher, 2000)
    expect(bench.telegram.calls).toMatchObject([{ method: 'sendPhoto', payload: { chat_id: 11, photo: 'a' } }])
    expect(known).toEqual([['a', 101]])
  })

  it('makes nobody wait longer than five seconds for its first part', async () => {
    const bench = await createBench()
    const dispatcher = bench.dispatcher()
    for (let at = 0; at < 6; at += 1) {
      await add(bench, String(at))
      await pass(bench, dispatcher, 1000)
    }
    await pass(bench, dispatcher, 6000)
    expect(sent(bench)).toEqual([['0', '1', '2', '3', '4'], ['5']])
  })

  it('of eleven parts becomes two, in order', async () => {
    const bench = await createBench()
    const { known, onSentHandlers } = copies()
    const dispatcher = bench.dispatcher({ onSentHandlers })
    const names = Array.from({ length: 11 }, (_, at) => `p${at}`)
    for (const name of names) await add(bench, name)
    await pass(bench, dispatcher, 20_000)
    expect(sent(bench)).toEqual([names.slice(0, 10), ['p10']])
    expect(known).toEqual(names.map((name, at) => [name, 101 + at]))
  })

  it.each<[readonly OutgoingMethod[], number]>([
    [['sendPhoto', 'sendVideo', 'sendPhoto'], 1],
    [['sendDocument', 'sendDocument'], 1],
    [['sendAudio', 'sendAudio'], 1],
    [['sendPhoto', 'sendDocument'], 2],
    [['sendDocument', 'sendAudio'], 2],
    [['sendPhoto', 'sendDocument', 'sendPhoto'], 3],
    [['sendSticker', 'sendSticker'], 2],
  ])('of %j goes out in %i calls, as Telegram lets them stand together', async (methods, calls) => {
    const bench = await createBench()
    const dispatcher = bench.dispatcher()
    for (const [at, method] of methods.entries()) await add(bench, String(at), method)
    await pass(bench, dispatcher, 10_000, 500)
    expect(sent(bench)).toHaveLength(calls)
    expect(sent(bench).flat()).toEqual(methods.map((_, at) => String(at)))
  })

  it('of someone else, or for someone else, is another album', async () => {
    const bench = await createBench()
    const dispatcher = bench.dispatcher()
    await add(bench, 'a')
    await add(bench, 'b', 'sendPhoto', { key: 'budi:1' })
    await add(bench, 'c', 'sendPhoto', { chatId: 12 })
    await pass(bench, dispatcher, 3000)
    expect(new Set(sent(bench).flat())).toEqual(new Set(['a', 'b', 'c']))
    expect(sent(bench)).toHaveLength(3)
  })

  it('leaves at once, ahead of what is said next, when it is closed', async () => {
    const bench = await createBench()
    await add(bench, 'a')
    await add(bench, 'b')
    await bench.read((tx) => closeAlbums(tx, 11, START))
    await bench.say(11, 'sudah itu saja')
    await bench.dispatcher().idle()
    expect(sent(bench)).toEqual([['a', 'b'], ['sudah itu saja']])
  })
})

describe('when something goes wrong between its parts', () => {
  it('and the program ends, the album goes on where it was', async () => {
    const before = await createBench()
    await add(before, 'a')
    const first = before.dispatcher()
    await first.stop(0)
    const after = await createBench({ at: before.url })
    const { known, onSentHandlers } = copies()
    const second = after.dispatcher({ onSentHandlers })
    await second.idle()
    await add(after, 'b')
    await pass(after, second, 2000)
    expect(sent(after)).toEqual([['a', 'b']])
    expect(known).toEqual([['a', 101], ['b', 102]])
  })

  it('and the first part has left already, the late one goes alone', async () => {
    const bench = await createBench()
    const dispatcher = bench.dispatcher()
    await add(bench, 'a')
    await pass(bench, dispatcher, 2000)
    await add(bench, 'b')
    await pass(bench, dispatcher, 2000)
    expect(sent(bench)).toEqual([['a'], ['b']])
  })

  it('and the part comes while the others are on their way, it is in neither call twice', async () => {
    const bench = await createBench()
    const dispatcher = bench.dispatcher()
    await add(bench, 'a')
    let late: Promise<unknown> | undefined
    const onPoint = (passed: unknown) => {
      if ((passed as { point: string }).point === 'delivery.sending') late ??= add(bench, 'b')
    }
    subscribe(FAULT_CHANNEL, onPoint)
    onTestFinished(() => void unsubscribe(FAULT_CHANNEL, onPoint))
    await pass(bench, dispatcher, 2000)
    await late
    await pass(bench, dispatcher, 3000)
    expect(sent(bench)).toEqual([['a'], ['b']])
  })

  it('and Telegram asks to wait, it is sent whole after that, and takes no further part', async () => {
    const bench = await createBench()
    const dispatcher = bench.dispatcher()
    const refusals = [refusal(429, 'Too Many Requests: retry after 3', { retry_after: 3 })]
    bench.telegram.onCall = () => refusals.shift()
    await add(bench, 'a')
    await add(bench, 'b')
    await pass(bench, dispatcher, 2000)
    await add(bench, 'c')
    await pass(bench, dispatcher, 10_000)
    expect(sent(bench)).toEqual([['a', 'b'], ['a', 'b'], ['c']])
  })

  it('and Telegram refuses one of its files, the others arrive one by one and only that one is given up', async () => {
    const bench = await createBench()
    const { known, onSentHandlers } = copies()
    const dispatcher = bench.dispatcher({ onSentHandlers })
    bench.telegram.onCall = ({ method, payload }) =>
      method === 'sendMediaGroup' || payload['photo'] === 'b' ? refusal(400, 'Bad Request: wrong file identifier/HTTP URL specified') : undefined
    for (const name of ['a', 'b', 'c']) await add(bench, name)
    await pass(bench, dispatcher, 10_000)
    expect(known.map(([file]) => file)).toEqual(['a', 'c'])
    expect(dispatcher.stats()).toMatchObject({ sent: 2, dead: 1, superseded: 1 })
  })

  it('a part that must not be passed on protects all of them', async () => {
    const bench = await createBench()
    const dispatcher = bench.dispatcher()
    await add(bench, 'a')
    await add(bench, 'b', 'sendPhoto', { item: { method: 'sendPhoto', payload: { photo: 'b', protect_content: true } } })
    await pass(bench, dispatcher, 2000)
    expect(bench.telegram.calls).toMatchObject([{ payload: { protect_content: true } }])
  })
})
