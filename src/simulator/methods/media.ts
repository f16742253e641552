// Methods that send files, alone or in albums, and that fetch a file again.

import sharp from 'sharp'
import { findFile, putFile } from '../files.ts'
import { badRequest } from '../refusal.ts'
import { readCaption } from './formatted-text.ts'
import { place, post, readEnvelope } from './outgoing.ts'
import type { Params, Upload } from '../params.ts'
import type { Content, FileKind, FileRecord, State } from '../state.ts'
import type { Method, Methods } from './method.ts'

/** Limits in bytes. Source: Bot API, "Sending files" and getFile. */
const MAX_PHOTO = 10 * 1024 * 1024
const MAX_UPLOAD = 50 * 1024 * 1024
const MAX_DOWNLOAD = 20 * 1024 * 1024
/** Pixels. Source: Bot API, sendPhoto. */
const MAX_SIDES = 10_000
const MAX_RATIO = 20

const MIME_TYPES = new Map([
  ['png', 'image/png'], ['jpg', 'image/jpeg'], ['jpeg', 'image/jpeg'], ['webp', 'image/webp'], ['pdf', 'application/pdf'],
  ['csv', 'text/csv'], ['txt', 'text/plain'], ['html', 'text/html'], ['json', 'application/json'], ['zip', 'application/zip'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'], ['oga', 'audio/ogg'], ['ogg', 'audio/ogg'],
  ['mp3', 'audio/mpeg'], ['mp4', 'video/mp4'], ['vcf', 'text/vcard'],
])

/** Source: Bot API, sendMediaGroup and InputMedia. */
const ALBUM_KINDS = ['photo', 'video', 'document', 'audio'] as const
const EDIT_KINDS = [...ALBUM_KINDS, 'animation'] as const

const WITHOUT_CAPTION: ReadonlySet<FileKind> = new Set(['sticker', 'video_note'])
const NO_CAPTION = { text: '', entities: [] }
/** Kinds that last for a time. */
const PLAYED: ReadonlySet<FileKind> = new Set(['voice', 'audio', 'video', 'video_note', 'animation'])
/** Kinds with sides; a video note is as high as it is wide. */
const SEEN: ReadonlySet<FileKind> = new Set(['video', 'video_note', 'animation'])
const USUAL_SIDE = 240

export const mediaMethods: Methods = {
  sendPhoto: sendFile('photo'),
  sendDocument: sendFile('document'),
  sendVoice: sendFile('voice'),
  sendAudio: sendFile('audio'),
  sendVideo: sendFile('video'),
  sendVideoNote: sendFile('video_note'),
  sendAnimation: sendFile('animation'),
  sendSticker: sendFile('sticker'),

  sendMediaGroup: async (bot, params) => {
    const items = params.json('media')
    if (!Array.isArray(items) || items.length < 2) throw badRequest('too few messages to send as an album')
    if (items.length > 10) throw badRequest('too many messages to send as an album')
    const kinds = new Set((items as readonly { type?: unknown }[]).map((item) => item.type))
    for (const alone of ['document', 'audio']) {
      if (kinds.has(alone) && kinds.size > 1) throw badRequest(`${alone} can't be mixed with other media types`)
    }
    // An album carries no keyboard: reply_markup is no parameter of this method.
    const envelope = { ...readEnvelope(bot.state, params, String([...kinds][0])), markup: undefined }
    const contents: Content[] = []
    for (const item of items as readonly Record<string, unknown>[]) {
      contents.push(await readInputMedia(bot.state, params.within(item), ALBUM_KINDS))
    }
    bot.faults.checkFlood(envelope.chatId, bot.state.now(), contents.length)
    const mediaGroupId = String(13_000_000_000_000_000 + bot.state.nextId('album', 1))
    return contents.map((content) => place(bot, envelope, content, { mediaGroupId }))
  },

  getFile: ({ state }, params) => {
    const file = findFile(state, params.text('file_id') ?? '')
    if (!file) throw badRequest('invalid file_id')
    if (file.size > MAX_DOWNLOAD) throw badRequest('file is too big')
    return { file_id: file.fileId, file_unique_id: `u${file.fileId}`, file_size: file.size, file_path: file.path }
  },
}

function sendFile(kind: FileKind): Method {
  return async (bot, params) => {
    const { text, entities } = WITHOUT_CAPTION.has(kind) ? NO_CAPTION : readCaption(bot.state, params, 'message caption is too long')
    const envelope = readEnvelope(bot.state, params, kind)
    const file = await readFile(bot.state, params, kind, kind)
    return post(bot, envelope, { kind, file, caption: text, captionEntities: entities })
  }
}

/** An InputMedia object: what an album holds, or what an edit puts in a message. */
export async function readInputMedia(state: State, params: Params, kinds: readonly FileKind[] = EDIT_KINDS): Promise<Content> {
  const kind = kinds.find((one) => one === params.text('type'))
  if (kind === undefined) throw badRequest("can't parse InputMedia: type must be specified")
  const { text, entities } = readCaption(state, params, 'message caption is too long')
  return { kind, file: await readFile(state, params, 'media', kind), caption: text, captionEntities: entities }
}

async function readFile(state: State, params: Params, name: string, kind: FileKind): Promise<FileRecord> {
  const upload = params.upload(name)
  if (upload) return takeUpload(state, upload, kind, params)
  const given = params.text(name)
  if (given === undefined) throw badRequest(`there is no ${kind.replace('_', ' ')} in the request`)
  const known = findFile(state, given)
  // A photo can't be sent as a document by its id, nor the other way round.
  if (known?.kind === kind) return known
  // Telegram would fetch an address itself; this world reaches no other computer.
  if (/^https?:\/\//.test(given)) throw badRequest('failed to get HTTP URL content')
  throw badRequest('wrong file identifier/HTTP URL specified')
}

async function takeUpload(state: State, upload: Upload, kind: FileKind, params: Params): Promise<FileRecord> {
  const { bytes, fileName } = upload
  if (bytes.length === 0) throw badRequest('file must be non-empty')
  if (bytes.length > MAX_UPLOAD) throw badRequest('file is too big')
  if (kind === 'photo') return putFile(state, { kind, bytes, ...(await readPicture(bytes)) })
  const byName = MIME_TYPES.get(fileName.split('.').at(-1)?.toLowerCase() ?? '')
  const side = SEEN.has(kind) ? params.integer('length') ?? USUAL_SIDE : undefined
  return putFile(state, {
    kind, bytes, fileName, mimeType: byName ?? upload.mimeType,
    duration: PLAYED.has(kind) ? params.integer('duration') ?? 0 : undefined,
    width: params.integer('width') ?? side,
    height: params.integer('height') ?? side,
    // Source: Bot API, sendSticker: only of one just uploaded.
    emoji: kind === 'sticker' ? params.text('emoji') : undefined,
  })
}

async function readPicture(bytes: Uint8Array): Promise<{ mimeType: string; width: number; height: number }> {
  const metadata = await sharp(bytes).metadata().catch(() => undefined)
  if (!metadata?.width || !metadata.height || !['png', 'jpeg', 'webp'].includes(metadata.format)) {
    throw badRequest('IMAGE_PROCESS_FAILED')
  }
  const { width, height, format } = metadata
  if (width + height > MAX_SIDES || Math.max(width / height, height / width) > MAX_RATIO) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS')
  }
  if (bytes.length > MAX_PHOTO) throw badRequest('file is too big')
  return { mimeType: `image/${format}`, width, height }
}
