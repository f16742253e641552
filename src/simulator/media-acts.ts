// What people send besides text: files of every kind, albums, places, contacts, stickers. What an app would not send throws.

import { findEntities, tidyText } from './entities.ts'
import { putFile } from './files.ts'
import { getPerson } from './people.ts'
import type { Content, FileKind, State, StoredMessage } from './state.ts'
import type { ChatId, FileToSend, MessageId, PersonId, World } from './world.ts'

type MediaActs = Pick<
  World,
  | 'sendContact' | 'sendLocation' | 'sendPhoto' | 'sendVoice' | 'sendAudio' | 'sendVideo' | 'sendVideoNote' | 'sendAnimation'
  | 'sendDocument' | 'sendSticker' | 'sendAlbum'
>

/** Puts a person's message in a chat and tells the bot. */
export type Send = (from: PersonId, chatId: ChatId, content: Content, extra?: Partial<StoredMessage>) => MessageId

/** What a file is when its sender does not say. */
const USUAL: Readonly<Record<Exclude<FileKind, 'sticker'>, Pick<FileToSend, 'mimeType' | 'duration' | 'width' | 'height'>>> = {
  photo: { mimeType: 'image/jpeg', width: 1, height: 1 },
  document: { mimeType: 'application/octet-stream' },
  voice: { mimeType: 'audio/ogg', duration: 1 },
  audio: { mimeType: 'audio/mpeg', duration: 1 },
  video: { mimeType: 'video/mp4', duration: 1, width: 240, height: 240 },
  video_note: { mimeType: 'video/mp4', duration: 1, width: 240, height: 240 },
  animation: { mimeType: 'video/mp4', duration: 1, width: 240, height: 240 },
}
const MOST_IN_ALBUM = 10

export function createMediaActs(state: State, send: Send): MediaActs {
  const sendFile = (kind: Exclude<FileKind, 'sticker'>) => (from: PersonId, chatId: ChatId, sent: FileToSend): MessageId => (
    state.store.atomically(() => {
      const { caption: raw = '', mediaGroupId, replyTo, ...file } = sent
      const { text: caption } = tidyText(raw)
      if (kind === 'video_note' && caption !== '') throw new Error('An app lets nobody write under a video note')
      const record = putFile(state, { ...USUAL[kind], ...file, mimeType: file.mimeType ?? USUAL[kind].mimeType!, kind })
      const extra = { ...(mediaGroupId !== undefined && { mediaGroupId }), ...(replyTo !== undefined && { replyTo }) }
      return send(from, chatId, { kind, file: record, caption, captionEntities: findEntities(caption) }, extra)
    })
  )

  return {
    sendContact: (person, chat, { phoneNumber, firstName, userId }, options) => {
      const owner = userId === undefined ? person : userId
      return send(person, chat, {
        kind: 'contact',
        phoneNumber,
        firstName: firstName ?? getPerson(state, owner ?? person).firstName,
        ...(owner === null ? {} : { userId: owner }),
      }, options)
    },
    sendLocation: (person, chat, place, options) => send(person, chat, { kind: 'location', ...place }, options),
    sendPhoto: sendFile('photo'),
    sendVoice: sendFile('voice'),
    sendAudio: sendFile('audio'),
    sendVideo: sendFile('video'),
    sendVideoNote: sendFile('video_note'),
    sendAnimation: sendFile('animation'),
    sendDocument: sendFile('document'),
    sendSticker: (person, chat, emoji, options) => state.store.atomically(() => {
      const file = putFile(state, { kind: 'sticker', bytes: Buffer.from(emoji), mimeType: 'image/webp', width: 512, height: 512, emoji })
      return send(person, chat, { kind: 'sticker', file, caption: '', captionEntities: [] }, options)
    }),
    sendAlbum: (person, chat, items) => state.store.atomically(() => {
      if (items.length < 2 || items.length > MOST_IN_ALBUM) throw new Error(`An app puts 2 to ${MOST_IN_ALBUM} files in an album, not ${items.length}`)
      const kinds = new Set(items.map(({ kind }) => kind))
      if (kinds.size > 1 && (kinds.has('document') || kinds.has('audio'))) throw new Error(`An app makes no album of ${[...kinds].join(' and ')}`)
      const mediaGroupId = String(14_000_000_000_000_000 + state.nextId('album', 1))
      return items.map(({ kind, ...file }) => sendFile(kind)(person, chat, { ...file, mediaGroupId }))
    }),
  }
}
