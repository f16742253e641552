// What one person sends reaches another through the strict simulated Telegram: every kind, under a neutral name, and what becomes of it
// where Telegram refuses.
import type { Message } from 'grammy/types'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addToAlbum } from '../../src/delivery/album.ts'
import type { Dispatcher, SentMessage } from '../../src/delivery/dispatcher.ts'
import { startSimulator } from '../../src/simulator/server.ts'
import type { SeenMessage, Simulator, World } from '../../src/simulator/world.ts'
import { neutralName, type Part, partOf, sendingOf, type SendingOptions } from '../../src/telegram/part.ts'
import { type Bench, createBench, pass, TOKEN } from './bench.ts'

const SARI = 1001
const BUDI = 1002
const bytes = Buffer.from('isi berkas')

interface Stage {
  readonly bench: Bench
  readonly dispatcher: Dispatcher
  readonly telegram: Simulator
  readonly world: World
  /** The parts of the messages she sent last. */
  sent(count?: number): readonly Part[]
  relay(part: Part, options?: SendingOptions): Promise<number>
  /** What Budi sees of it. */
  seen(): readonly SeenMessage[]
}

async function open(onSentHandlers: Readonly<Record<string, (tx: unknown, sent: SentMessage) => Promise<void>>> = {}): Promise<Stage> {
  const bench = await createBench()
  const telegram = await startSimulator({ now: () => bench.clock.now(), token: TOKEN, bot: { firstName: 'Klinik', username: 'klinik_bot' } })
  onTestFinished(() => telegram.close())
  const { world } = telegram
  for (const [id, firstName] of [[SARI, 'Sari'], [BUDI, 'Budi']] as const) {
    world.addPerson({ id, firstName })
    world.start(id)
  }
  return {
    bench, telegram, world,
    dispatcher: bench.dispatcher({ apiRoot: telegram.origin, onSentHandlers }),
    sent: (count = 1) => world.updates().slice(-count).map(({ message }) => partOf(message as Message) as Part),
    relay: (part, options) => {
      const { method, payload } = sendingOf(part, { heading: '<b>Bu Sari</b>', ...options })
      return bench.enqueue({ chatId: BUDI, method, payload })
    },
    seen: () => world.messages(BUDI).filter(({ from }) => from === 'bot'),
  }
}

describe('every kind', () => {
  it.each<[string, (world: World) => unknown, object]>([
    ['text', (world) => world.sendText(SARI, SARI, 'halo @budi_99'), { text: 'Bu Sari\nhalo @\u2060budi_99' }],
    ['photo', (world) => world.sendPhoto(SARI, SARI, { bytes, caption: 'nota <1>' }), { caption: 'Bu Sari\nnota <1>' }],
    ['voice', (world) => world.sendVoice(SARI, SARI, { bytes, duration: 7 }), { caption: 'Bu Sari', file: { duration: 7 } }],
    ['audio', (world) => world.sendAudio(SARI, SARI, { bytes, fileName: 'Curhat Sari.mp3' }), { caption: 'Bu Sari', file: { fileName: 'dokumen.mp3' } }],
    ['video', (world) => world.sendVideo(SARI, SARI, { bytes }), { caption: 'Bu Sari' }],
    ['video_note', (world) => world.sendVideoNote(SARI, SARI, { bytes }), {}],
    ['animation', (world) => world.sendAnimation(SARI, SARI, { bytes }), { caption: 'Bu Sari' }],
    ['document', (world) => world.sendDocument(SARI, SARI, { bytes, fileName: 'Utang Sari.pdf' }), { caption: 'Bu Sari', file: { fileName: 'dokumen.pdf', size: bytes.length } }],
    ['sticker', (world) => world.sendSticker(SARI, SARI, '👍'), { emoji: '👍' }],
    ['location', (world) => world.sendLocation(SARI, SARI, { latitude: -7.8, longitude: 110.4 }), { location: { latitude: -7.8, longitude: 110.4 } }],
    ['contact', (world) => world.sendContact(SARI, SARI, { phoneNumber: '+628123', firstName: 'Toko' }), { contact: { phoneNumber: '+628123', firstName: 'Toko' } }],
  ])('%s arrives as it was sent, protected', async (kind, send, content) => {
    const { dispatcher, relay, seen, sent, world } = await open()
    send(world)
    const [part] = sent()
    await relay(part!, { protect: true, fileName: neutralName(part!, 'dokumen') })
    await dispatcher.idle()
    expect(seen()).toMatchObject([{ kind, protected: true, forwarded: false, ...content }])
    const file = seen()[0]?.file
    if (file) expect(Buffer.from(world.file(file.fileId)?.bytes ?? [])).toEqual(kind === 'sticker' ? Buffer.from('👍') : bytes)
  })

  it('an album arrives as an album, and each copy is known by its part', async () => {
    const copies: (readonly [unknown, number | undefined])[] = []
    const { bench, dispatcher, seen, sent, world } = await open({ copied: async (_tx, { data, messageId }) => void copies.push([data, messageId]) })
    world.sendAlbum(SARI, SARI, [
      { kind: 'document', bytes, fileName: 'Utang Sari.pdf' },
      { kind: 'document', bytes, fileName: 'KTP.jpg' },
    ])
    for (const [at, part] of sent(2).entries()) {
      const item = sendingOf(part, { protect: true, fileName: neutralName(part, 'dokumen') })
      await bench.read((tx) => addToAlbum(tx, { chatId: BUDI, key: `${SARI}:${'album' in part ? part.album : ''}`, item, onSent: { name: 'copied', version: 1, data: at } }, bench.clock.now()))
    }
    await pass(bench, dispatcher, 2000)
    expect(seen().map(({ file }) => file?.fileName)).toEqual(['dokumen.pdf', 'dokumen.jpg'])
    expect(seen().every((one) => one.protected && one.mediaGroupId !== undefined && one.mediaGroupId === seen()[0]?.mediaGroupId)).toBe(true)
    expect(copies).toEqual(seen().map(({ messageId }, at) => [at, messageId]))
  })
})

it('an album is as many messages as it has parts: Telegram never asks to wait', async () => {
  const { bench, dispatcher, seen, sent, telegram, world } = await open()
  telegram.faults.floods(true)
  world.sendAlbum(SARI, SARI, Array.from({ length: 4 }, () => ({ kind: 'photo' as const, bytes })))
  const parts = sent(4)
  for (const album of ['satu', 'dua', 'tiga']) {
    await bench.say(BUDI, album)
    for (const part of parts) await bench.read((tx) => addToAlbum(tx, { chatId: BUDI, key: album, item: sendingOf(part) }, bench.clock.now()))
  }
  await pass(bench, dispatcher, 30_000)
  expect(seen()).toHaveLength(15)
  expect(dispatcher.stats()).toMatchObject({ retried: 0, dead: 0 })
})

describe('someone who refuses voice notes', () => {
  it.each([
    ['a voice note', (world: World) => world.sendVoice(SARI, SARI, { bytes, caption: 'dengar ya' }), { caption: 'Bu Sari\ndengar ya', file: { fileName: 'suara.ogg' } }],
    ['a video note', (world: World) => world.sendVideoNote(SARI, SARI, { bytes }), { file: { fileName: 'video.mp4' } }],
  ])('gets %s as a file in its place, and whoever waits for the message is told', async (_kind, send, content) => {
    const told: SentMessage[] = []
    const { bench, dispatcher, relay, seen, sent, telegram, world } = await open({ copied: async (_tx, message) => void told.push(message) })
    world.changePerson(BUDI, { refusesVoice: true })
    send(world)
    const { method, payload } = sendingOf(sent()[0]!, { heading: 'Bu Sari', protect: true })
    const row = await bench.enqueue({ chatId: BUDI, method, payload, onSent: { name: 'copied', version: 1, data: 'suara' } })
    await relay({ kind: 'text', text: 'sesudahnya' })
    await pass(bench, dispatcher, 2000)
    expect(seen()).toMatchObject([{ kind: 'document', protected: true, ...content }, { text: 'Bu Sari\nsesudahnya' }])
    expect(told).toMatchObject([{ data: 'suara', messageId: seen()[0]?.messageId, messageIds: [seen()[0]?.messageId] }])
    expect(await bench.row(row)).toMatchObject({ state: 'sent', method: 'sendDocument' })
    expect(dispatcher.stats()).toMatchObject({ dead: 0, retried: 1 })
    expect(telegram.world.calls().filter((call) => call.method === method)).toHaveLength(1)
  })

  it('but a recording nobody can name is given up once', async () => {
    const { bench, dispatcher, world } = await open()
    world.changePerson(BUDI, { refusesVoice: true })
    const row = await bench.enqueue({ chatId: BUDI, method: 'sendVoice', payload: {} })
    await pass(bench, dispatcher, 2000)
    expect(await bench.row(row)).toMatchObject({ state: 'dead', attempts: 1 })
  })
})

describe('a file that gets another name', () => {
  it('of more than 20 MB is a dead letter, and what is behind it goes', async () => {
    const { bench, dispatcher, relay, seen, sent, world } = await open()
    world.sendDocument(SARI, SARI, { bytes: Buffer.alloc(20 * 1024 * 1024 + 1), fileName: 'Katalog.pdf' })
    const row = await relay(sent()[0]!, { fileName: 'dokumen.pdf' })
    await relay({ kind: 'text', text: 'sesudahnya' })
    await dispatcher.idle()
    expect(await bench.row(row)).toMatchObject({ state: 'dead', error: '400 Bad Request: file is too big' })
    expect(seen()).toMatchObject([{ text: 'Bu Sari\nsesudahnya' }])
  })

  it.each([
    ['getFile', 'drop-after-apply'],
    ['getFile', { status: 502 }],
    ['getFile', { status: 429, retryAfter: 2 }],
    ['sendDocument', { status: 502 }],
  ] as const)('waits while %s meets %j, and arrives once', async (method, fault) => {
    const { bench, dispatcher, relay, seen, sent, telegram, world } = await open()
    world.sendDocument(SARI, SARI, { bytes, fileName: 'Utang Sari.pdf' })
    const [part] = sent()
    telegram.faults.next(method, fault)
    await relay(part!, { fileName: 'dokumen.pdf' })
    await pass(bench, dispatcher, 4000, 1000)
    expect(seen().map(({ file }) => file?.fileName)).toEqual(['dokumen.pdf'])
  })

  it('never brings the bot\'s token into a row or a log line, whatever goes wrong', async () => {
    const { bench, relay, sent, telegram, world } = await open()
    world.sendDocument(SARI, SARI, { bytes, fileName: 'Utang Sari.pdf' })
    const row = await relay(sent()[0]!, { fileName: 'dokumen.pdf' })
    await bench.dispatcher({ apiRoot: telegram.origin, fetchFile: () => Promise.reject(new Error(`fetch failed: ${telegram.origin}/file/bot${TOKEN}/a`)) }).idle()
    await telegram.close()
    await bench.dispatcher({ apiRoot: telegram.origin }).idle()
    const { attempts, error } = await bench.row(row)
    expect(attempts).toBeGreaterThan(0)
    expect(error).toMatch(/^network [A-Z_]+$/)
    expect(JSON.stringify(bench.logged)).not.toContain(TOKEN.split(':')[1])
  })
})
