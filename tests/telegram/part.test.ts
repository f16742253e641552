// What of a message can be sent on, and the call that does it: for every kind, and for words that are too long or name an account.
import { assert, constantFrom, property, string } from 'fast-check'
import type { Message } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { visibleText } from '../../src/content/telegram-html.ts'
import { findEntities } from '../../src/simulator/entities.ts'
import { editingOf, isTooLargeToRename, neutralName, type Part, partOf, sendingOf, wordsOf } from '../../src/telegram/part.ts'
import { unlinked } from '../../src/telegram/unlinked.ts'

const SARI = { id: 7, is_bot: false, first_name: 'Sari' }
const message = (content: object) => ({ message_id: 1, date: 0, chat: { id: 7, type: 'private', first_name: 'Sari' }, from: SARI, ...content }) as Message
const file = { file_id: 'F', file_unique_id: 'u', file_size: 9 }

const KINDS: readonly (readonly [string, object, Part | undefined])[] = [
  ['text', { text: 'halo', entities: [{ type: 'bold', offset: 0, length: 4 }] }, { kind: 'text', text: 'halo' }],
  ['photo', { photo: [{ file_id: 'small' }, file], caption: 'nota', media_group_id: 'g' }, { kind: 'photo', fileId: 'F', fileSize: 9, album: 'g', caption: 'nota' }],
  ['voice', { voice: file }, { kind: 'voice', fileId: 'F', fileSize: 9 }],
  ['audio', { audio: { ...file, file_name: 'a.mp3', mime_type: 'audio/mpeg' } }, { kind: 'audio', fileId: 'F', fileSize: 9, fileName: 'a.mp3', mime: 'audio/mpeg' }],
  ['video', { video: file, caption: 'dapur' }, { kind: 'video', fileId: 'F', fileSize: 9, caption: 'dapur' }],
  ['video note', { video_note: file }, { kind: 'video-note', fileId: 'F', fileSize: 9 }],
  ['animation, told as a document too', { animation: file, document: file }, { kind: 'animation', fileId: 'F', fileSize: 9 }],
  ['document', { document: { ...file, file_name: 'Utang Sari.PDF' } }, { kind: 'document', fileId: 'F', fileSize: 9, fileName: 'Utang Sari.PDF' }],
  ['sticker', { sticker: { file_id: 'F' } }, { kind: 'sticker', fileId: 'F' }],
  ['location', { location: { latitude: -7.8, longitude: 110.4, horizontal_accuracy: 5 } }, { kind: 'location', latitude: -7.8, longitude: 110.4 }],
  ['place with a name', { venue: { title: 'Pasar' }, location: { latitude: 1, longitude: 2 } }, { kind: 'location', latitude: 1, longitude: 2 }],
  ['own contact', { contact: { phone_number: '62812', first_name: 'Sari', last_name: 'R', user_id: 7 } }, { kind: 'contact', phone: '62812', name: 'Sari R', own: true }],
  ["someone else's contact", { contact: { phone_number: '62812', first_name: 'Budi', user_id: 8 } }, { kind: 'contact', phone: '62812', name: 'Budi', own: false }],
  ['poll', { poll: { id: '1' } }, undefined],
  ['dice', { dice: { emoji: '🎲', value: 1 } }, undefined],
]

describe('a part', () => {
  it.each(KINDS)('%s', (_kind, content, part) => expect(partOf(message(content))).toEqual(part))

  it.each(KINDS.flatMap(([kind, , part]) => (part ? [[kind, part] as const] : [])))('of the kind %s survives being stored', (_kind, part) => {
    expect(JSON.parse(JSON.stringify(part))).toEqual(part)
  })
})

describe('sending it on', () => {
  it.each<[Part, string, object]>([
    [{ kind: 'text', text: 'a < b' }, 'sendMessage', { text: '<b>Bu Sari</b>\na &lt; b' }],
    [{ kind: 'photo', fileId: 'F', caption: 'nota' }, 'sendPhoto', { photo: 'F', caption: '<b>Bu Sari</b>\nnota' }],
    [{ kind: 'voice', fileId: 'F' }, 'sendVoice', { voice: 'F', caption: '<b>Bu Sari</b>' }],
    [{ kind: 'audio', fileId: 'F' }, 'sendAudio', { audio: { refile: 'F', fileName: 'dokumen.pdf' }, caption: '<b>Bu Sari</b>' }],
    [{ kind: 'video', fileId: 'F' }, 'sendVideo', { video: 'F', caption: '<b>Bu Sari</b>' }],
    [{ kind: 'animation', fileId: 'F' }, 'sendAnimation', { animation: 'F', caption: '<b>Bu Sari</b>' }],
    [{ kind: 'document', fileId: 'F' }, 'sendDocument', { document: { refile: 'F', fileName: 'dokumen.pdf' }, caption: '<b>Bu Sari</b>' }],
  ])('%j with its heading', (part, method, payload) => {
    const sending = sendingOf(part, { heading: '<b>Bu Sari</b>', protect: true, silent: true, replyTo: 5, fileName: 'dokumen.pdf' })
    expect(sending).toMatchObject({ method, payload: { ...payload, parse_mode: 'HTML', protect_content: true, disable_notification: true, reply_parameters: { message_id: 5 } }, rest: [], headingLeft: false })
  })

  it.each<[Part, string, object]>([
    [{ kind: 'video-note', fileId: 'F' }, 'sendVideoNote', { video_note: 'F' }],
    [{ kind: 'sticker', fileId: 'F' }, 'sendSticker', { sticker: 'F' }],
    [{ kind: 'location', latitude: 1, longitude: 2 }, 'sendLocation', { latitude: 1, longitude: 2 }],
    [{ kind: 'contact', phone: '62812', name: 'Budi', own: false }, 'sendContact', { phone_number: '62812', first_name: 'Budi' }],
  ])('%j leaves its heading to be said before', (part, method, payload) => {
    expect(sendingOf(part, { heading: 'Bu Sari' })).toEqual({ method, payload, rest: [], headingLeft: true })
    expect(sendingOf(part)).toMatchObject({ headingLeft: false })
  })

  it('says words that do not fit under a photo after it, and the buttons hang on the last message', () => {
    const caption = 'kata '.repeat(900).trim()
    const { payload, rest } = sendingOf({ kind: 'photo', fileId: 'F', caption }, { heading: 'Bu Sari', replyMarkup: 'buttons', replyTo: 5, protect: true })
    expect(payload).toEqual({ photo: 'F', caption: 'Bu Sari', parse_mode: 'HTML', protect_content: true, reply_parameters: { message_id: 5, allow_sending_without_reply: true } })
    expect(rest.map((one) => one.payload['text']).join(' ')).toBe(caption)
    expect(rest.map((one) => one.payload['reply_markup'])).toEqual([undefined, 'buttons'])
    expect(rest.every((one) => one.payload['protect_content'])).toBe(true)
  })

  it('cuts any long text into messages Telegram takes, and no word is lost', () => {
    assert(
      property(string({ unit: constantFrom('a', ' ', '\n', '<', '&', '😀', '@'), minLength: 4000, maxLength: 9000 }), (text) => {
        const { payload, rest } = sendingOf({ kind: 'text', text }, { heading: '<b>Bu Sari</b>' })
        const texts = [payload, ...rest.map((one) => one.payload)].map((one) => visibleText(String(one['text'])))
        expect(texts.every((one) => one.length <= 4096 && !/\p{Surrogate}/u.test(one))).toBe(true)
        expect(texts.join('').replace('Bu Sari', '').replaceAll(/\s/g, '')).toBe(unlinked(text).replaceAll(/\s/g, ''))
      }),
      { numRuns: 30 },
    )
  })

  it('tells an edit apart from what has to be announced', () => {
    expect(editingOf({ kind: 'text', text: 'baru' }, 9, { heading: 'Bu Sari' })).toMatchObject({ method: 'editMessageText', payload: { message_id: 9, text: 'Bu Sari\nbaru' } })
    expect(editingOf({ kind: 'photo', fileId: 'F', caption: 'baru' }, 9)).toMatchObject({ method: 'editMessageCaption', payload: { message_id: 9, caption: 'baru' } })
    expect(editingOf({ kind: 'photo', fileId: 'F', caption: 'x'.repeat(1025) }, 9)).toBeUndefined()
    expect(editingOf({ kind: 'sticker', fileId: 'F' }, 9)).toBeUndefined()
  })
})

describe('a neutral name', () => {
  it.each([
    ['Utang Sari.PDF', undefined, 'dokumen.pdf'],
    ['Undangan.apk', undefined, 'dokumen.apk'],
    [undefined, 'application/pdf', 'dokumen.pdf'],
    ['tanpa ujung', undefined, 'dokumen'],
    ['a.exe\u202Efdp', undefined, 'dokumen'],
  ])('%s %s -> %s', (fileName, mime, name) => {
    expect(neutralName({ kind: 'document', fileId: 'F', ...(fileName && { fileName }), ...(mime && { mime }) }, 'dokumen')).toBe(name)
  })

  it('is not given to a file that no bot can fetch', () => {
    expect(isTooLargeToRename({ kind: 'document', fileId: 'F', fileSize: 20 * 1024 * 1024 })).toBe(false)
    expect(isTooLargeToRename({ kind: 'document', fileId: 'F', fileSize: 20 * 1024 * 1024 + 1 })).toBe(true)
    expect(isTooLargeToRename({ kind: 'video', fileId: 'F', fileSize: 30 * 1024 * 1024 })).toBe(false)
  })
})

describe('names of accounts', () => {
  it.each(['hubungi @budi_99 ya', '@budi_99', 'https://t.me/budi_99', 'T.me/+abc', 'budi.t.me', 'telegram.me/budi', 'tg://user?id=7', '(@budi)'])('are no link any more in "%s"', (text) => {
    const plain = unlinked(text)
    expect(plain.replaceAll('\u2060', '')).toBe(text)
    expect(findEntities(plain).filter(({ type }) => type === 'mention' || type === 'url')).toEqual([])
    expect(plain).not.toContain('tg://')
  })

  it.each(['sari@gmail.com', 'https://oss.go.id/a', 'art.me', '5 @ 2000', 'harga@'])('leave "%s" alone', (text) => expect(unlinked(text)).toBe(text))

  it('are in nobody else\'s words either: what is kept stays as she wrote it', () => {
    expect(wordsOf({ kind: 'photo', fileId: 'F', caption: '@budi' })).toBe('@budi')
    expect(wordsOf({ kind: 'sticker', fileId: 'F' })).toBeUndefined()
  })
})
