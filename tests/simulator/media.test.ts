// Every kind of message over the wire, both ways, and how strictly the simulated Telegram takes what a bot sends.
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { World } from '../../src/simulator/world.ts'
import { HOUR, openStage, type Stage, TOKEN } from './fixture.ts'

let stage: Stage
let world: World
let sari: number
beforeEach(async () => {
  stage = await openStage()
  world = stage.simulator.world
  sari = stage.sari.id
})
afterEach(() => stage.simulator.close())

const bytes = Buffer.from('isi')
const heard = () => world.updates().at(-1)?.message
/** The id of the newest file she sent, as the bot knows it. */
const fileIdOf = (field: string) => (heard() as unknown as Record<string, { file_id: string }>)[field]?.file_id ?? ''

describe('a person sends', () => {
  it.each([
    ['audio', () => world.sendAudio(sari, sari, { bytes, fileName: 'jingle.mp3', caption: 'lagu' }), { audio: { file_name: 'jingle.mp3', mime_type: 'audio/mpeg', duration: 1, file_size: 3 }, caption: 'lagu' }],
    ['a video', () => world.sendVideo(sari, sari, { bytes, duration: 4 }), { video: { width: 240, height: 240, duration: 4, mime_type: 'video/mp4' } }],
    ['a video note', () => world.sendVideoNote(sari, sari, { bytes }), { video_note: { length: 240, duration: 1 } }],
    ['an animation', () => world.sendAnimation(sari, sari, { bytes }), { animation: { mime_type: 'video/mp4' }, document: { mime_type: 'video/mp4' } }],
    ['a sticker in reply', () => world.sendSticker(sari, sari, '👍', { replyTo: 1 }), { sticker: { emoji: '👍' }, reply_to_message: { message_id: 1 } }],
    ['a photo in reply', () => world.sendPhoto(sari, sari, { bytes, replyTo: 1 }), { photo: [{ file_size: 3 }], reply_to_message: { message_id: 1 } }],
  ])('%s', (_kind, send, message) => {
    send()
    expect(heard()).toMatchObject(message)
  })

  it('an album, which reaches the bot part by part', () => {
    const ids = world.sendAlbum(sari, sari, [{ kind: 'photo', bytes, caption: 'toko' }, { kind: 'video', bytes }])
    const [first, second] = world.updates().slice(-2).map(({ message }) => message)
    expect([first?.message_id, second?.message_id]).toEqual(ids)
    expect(first).toMatchObject({ caption: 'toko', photo: [{}] })
    expect(first?.media_group_id).toBe(second?.media_group_id)
    expect(() => world.sendAlbum(sari, sari, [{ kind: 'photo', bytes }])).toThrow(/2 to 10/)
    expect(() => world.sendAlbum(sari, sari, [{ kind: 'photo', bytes }, { kind: 'document', bytes }])).toThrow(/no album of photo and document/)
  })

  it('other words under a photo, which the bot hears', () => {
    const id = world.sendPhoto(sari, sari, { bytes, caption: 'toko' })
    world.editText(sari, sari, id, 'dapur')
    expect(world.updates().at(-1)).toMatchObject({ edited_message: { message_id: id, caption: 'dapur', photo: [{}] } })
    expect(() => world.editText(sari, sari, world.sendSticker(sari, sari, '👍'), 'a')).toThrow(/no text/)
  })
})

describe('a bot sends on by its id', () => {
  it.each([
    ['photo', 'sendPhoto', () => world.sendPhoto(sari, sari, { bytes })],
    ['voice', 'sendVoice', () => world.sendVoice(sari, sari, { bytes })],
    ['audio', 'sendAudio', () => world.sendAudio(sari, sari, { bytes })],
    ['video', 'sendVideo', () => world.sendVideo(sari, sari, { bytes })],
    ['video_note', 'sendVideoNote', () => world.sendVideoNote(sari, sari, { bytes })],
    ['animation', 'sendAnimation', () => world.sendAnimation(sari, sari, { bytes })],
    ['document', 'sendDocument', () => world.sendDocument(sari, sari, { bytes })],
    ['sticker', 'sendSticker', () => world.sendSticker(sari, sari, '👍')],
  ] as const)('a %s, protected, and not one it never saw or one of another kind', async (field, method, send) => {
    send()
    const message = heard() as unknown as Record<string, unknown>
    const file = (field === 'photo' ? heard()?.photo?.at(-1) : message[field]) as { file_id: string }
    await stage.result(method, { chat_id: sari, [field]: file.file_id, caption: 'lihat', protect_content: true })
    const seen = world.messages(sari).at(-1)
    expect(seen).toMatchObject({ from: 'bot', kind: field, protected: true })
    expect(seen?.caption).toBe(field === 'sticker' || field === 'video_note' ? undefined : 'lihat')
    const refused = 'Bad Request: wrong file identifier/HTTP URL specified'
    expect(await stage.refusal(method, { chat_id: sari, [field]: 'AgACunknown' })).toBe(refused)
    world[field === 'document' ? 'sendPhoto' : 'sendDocument'](sari, sari, { bytes })
    const other = heard()?.photo?.at(-1)?.file_id ?? fileIdOf('document')
    expect(await stage.refusal(method, { chat_id: sari, [field]: other })).toBe(refused)
    expect(await stage.refusal('forwardMessage', { chat_id: sari, from_chat_id: sari, message_id: seen?.messageId })).toBe("Bad Request: message can't be forwarded")
    expect(await stage.refusal('copyMessage', { chat_id: sari, from_chat_id: sari, message_id: seen?.messageId })).toBe("Bad Request: message can't be copied")
  })

  it('a caption it changes later', async () => {
    world.sendVideo(sari, sari, { bytes })
    const { message_id: id } = await stage.result('sendVideo', { chat_id: sari, video: fileIdOf('video'), caption: 'satu' })
    await stage.result('editMessageCaption', { chat_id: sari, message_id: id, caption: 'dua' })
    expect(world.message(sari, id)).toMatchObject({ caption: 'dua', editDate: stage.clock.now })
    stage.clock.now += 49 * HOUR
    expect(await stage.refusal('deleteMessage', { chat_id: sari, message_id: id })).toBe("Bad Request: message can't be deleted for everyone")
  })

  it.each(['sendVoice', 'sendVideoNote'])('but %s not to someone who refuses voice notes', async (method) => {
    world.sendVoice(sari, sari, { bytes })
    const voice = fileIdOf('voice')
    world.sendVideoNote(sari, sari, { bytes })
    const note = fileIdOf('video_note')
    world.changePerson(sari, { refusesVoice: true })
    expect(await stage.refusal(method, { chat_id: sari, voice, video_note: note })).toBe('Bad Request: VOICE_MESSAGES_FORBIDDEN')
  })
})

describe('an album of a bot', () => {
  const photo = async () => (await stage.result<{ photo: readonly { file_id: string }[] }>('sendPhoto', { chat_id: sari, photo: sentPhoto() })).photo[0]?.file_id
  const sentPhoto = () => {
    world.sendPhoto(sari, sari, { bytes })
    return heard()?.photo?.at(-1)?.file_id
  }
  const item = (type: string, media: unknown) => ({ type, media })

  it('is answered with all its messages, which share an album and the protection', async () => {
    const id = await photo()
    const sent = await stage.result<readonly { message_id: number; media_group_id: string }[]>('sendMediaGroup', {
      chat_id: sari, protect_content: true, media: [{ ...item('photo', id), caption: 'satu' }, item('photo', id), item('photo', id)],
    })
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map((one) => one.media_group_id)).size).toBe(1)
    expect(world.messages(sari).slice(-3)).toMatchObject([{ caption: 'satu', protected: true }, { protected: true }, { protected: true }])
  })

  it.each<[string, (id: unknown) => readonly object[], string]>([
    ['one item', (id) => [item('photo', id)], 'too few messages to send as an album'],
    ['eleven items', (id) => Array.from({ length: 11 }, () => item('photo', id)), 'too many messages to send as an album'],
    ['a document among photos', (id) => [item('photo', id), item('document', id)], "document can't be mixed with other media types"],
    ['audio among photos', (id) => [item('photo', id), item('audio', id)], "audio can't be mixed with other media types"],
    ['voice notes', (id) => [item('voice', id), item('voice', id)], "can't parse InputMedia: type must be specified"],
    ['an unknown file', (id) => [item('photo', id), item('photo', 'AgACunknown')], 'wrong file identifier/HTTP URL specified'],
    ['a long caption', (id) => [item('photo', id), { ...item('photo', id), caption: 'a'.repeat(1025) }], 'message caption is too long'],
  ])('of %s is refused whole', async (_name, media, reason) => {
    const id = await photo()
    const before = world.messages(sari).length
    expect(await stage.refusal('sendMediaGroup', { chat_id: sari, media: media(id) })).toBe(`Bad Request: ${reason}`)
    expect(world.messages(sari)).toHaveLength(before)
  })
})

describe('a file', () => {
  it('is fetched by its path with the bot\'s token, up to 20 MB', async () => {
    world.sendDocument(sari, sari, { bytes, fileName: 'utang.pdf', mimeType: 'application/pdf' })
    const { file_path: path } = await stage.result<{ file_path: string }>('getFile', { file_id: fileIdOf('document') })
    const at = (token: string) => fetch(`${stage.simulator.origin}/file/bot${token}/${path}`)
    expect(Buffer.from(await (await at(TOKEN)).arrayBuffer())).toEqual(bytes)
    expect((await at('700000001:other')).status).toBe(404)
    world.sendDocument(sari, sari, { bytes: Buffer.alloc(20 * 1024 * 1024 + 1) })
    expect(await stage.refusal('getFile', { file_id: fileIdOf('document') })).toBe('Bad Request: file is too big')
  })

  it('uploaded anew has the name the bot gives it', async () => {
    const form = new FormData()
    form.set('chat_id', String(sari))
    form.set('document', new Blob([await sharp({ create: { width: 2, height: 2, channels: 3, background: '#fff' } }).png().toBuffer()]), 'dokumen.png')
    await fetch(`${stage.simulator.origin}/bot${TOKEN}/sendDocument`, { method: 'POST', body: form })
    expect(world.messages(sari).at(-1)).toMatchObject({ kind: 'document', file: { fileName: 'dokumen.png', mimeType: 'image/png' } })
  })
})
