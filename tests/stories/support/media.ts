// Files, places, contacts and stickers as people in stories send them, and how they read on a phone. It asserts nothing.
import type { SeenMessage, World } from '../../../src/simulator/world.ts'

/** What is sent, named by its kind. `true`, or the words under it where the kind takes any. */
export type Media =
  /** `album`: one part of an album whose others come at another time; usually `sendsAlbum` says it better. */
  | { readonly photo: true | string; readonly album?: string }
  /** Seconds. */
  | { readonly voice: number; readonly caption?: string }
  | { readonly audio: true | string; readonly fileName?: string }
  | { readonly video: true | string }
  | { readonly videoNote: true }
  | { readonly animation: true | string }
  /** Its name. `bytes`: its size; a few when absent. */
  | { readonly document: string; readonly caption?: string; readonly bytes?: number }
  | { readonly sticker: string }
  /** In Yogyakarta, or somewhere else. */
  | { readonly location: true | { readonly latitude: number; readonly longitude: number } }
  /** Someone's number from the address book, or her own. */
  | { readonly contact: { readonly name: string; readonly phone: string } | 'own' }

/** A photo or video with the words under it, or a document by its name. */
export type AlbumPart = Extract<Media, { photo: unknown } | { video: unknown } | { document: unknown }>

/** A one-pixel PNG. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const BYTES = Buffer.from('isi')
const YOGYAKARTA = { latitude: -7.7986, longitude: 110.3658 }
const OWN_PHONE = '6281234567890'

export function putMedia(world: World, person: number, media: Media, replyTo?: number): void {
  const reply = replyTo === undefined ? {} : { replyTo }
  if ('sticker' in media) world.sendSticker(person, person, media.sticker, reply)
  else if ('location' in media) world.sendLocation(person, person, media.location === true ? YOGYAKARTA : media.location, reply)
  else if ('contact' in media) {
    const { contact } = media
    const card = contact === 'own' ? { phoneNumber: OWN_PHONE, userId: person } : { phoneNumber: contact.phone, firstName: contact.name, userId: null }
    world.sendContact(person, person, card, reply)
  } else if ('photo' in media) world.sendPhoto(person, person, { bytes: PIXEL, ...under(media.photo), ...reply, ...(media.album !== undefined && { mediaGroupId: media.album }) })
  else if ('voice' in media) world.sendVoice(person, person, { bytes: BYTES, duration: media.voice, ...under(media.caption), ...reply })
  else if ('audio' in media) world.sendAudio(person, person, { bytes: BYTES, fileName: media.fileName ?? 'lagu.mp3', ...under(media.audio), ...reply })
  else if ('video' in media) world.sendVideo(person, person, { bytes: BYTES, ...under(media.video), ...reply })
  else if ('videoNote' in media) world.sendVideoNote(person, person, { bytes: BYTES, ...reply })
  else if ('animation' in media) world.sendAnimation(person, person, { bytes: BYTES, ...under(media.animation), ...reply })
  else world.sendDocument(person, person, { ...documentOf(media), ...reply })
}

export function putAlbum(world: World, person: number, parts: readonly AlbumPart[]): void {
  world.sendAlbum(
    person,
    person,
    parts.map((part) => {
      if ('photo' in part) return { kind: 'photo', bytes: PIXEL, ...under(part.photo) }
      return 'video' in part ? { kind: 'video', bytes: BYTES, ...under(part.video) } : { kind: 'document', ...documentOf(part) }
    }),
  )
}

/** What stands before the words of a message on a phone: "[picture] ", "[document dokumen.pdf] ". */
export function describeMedia({ kind, file, emoji, contact }: SeenMessage): string {
  switch (kind) {
    case 'text':
    case 'service':
      return ''
    case 'photo':
      return '[picture] '
    case 'contact':
      return `[contact ${contact?.firstName} ${contact?.phoneNumber}] `
    case 'sticker':
      return `[sticker ${emoji}] `
    default:
      return `[${[kind, file?.fileName].filter(Boolean).join(' ')}] `
  }
}

function under(words: true | string | undefined): { readonly caption?: string } {
  return typeof words === 'string' ? { caption: words } : {}
}

function documentOf({ document, caption, bytes }: Extract<Media, { document: unknown }>) {
  return { bytes: bytes === undefined ? BYTES : Buffer.alloc(bytes), fileName: document, ...under(caption) }
}
