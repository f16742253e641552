// What a person can send in one message, as it is kept and sent on to someone else: by file id and kind, with her plain words.
// It knows no case and stores nothing; who may see what is decided elsewhere.
import type { Message } from 'grammy/types'
import { visibleText } from '../content/telegram-html.ts'
import type { OutgoingMethod } from '../delivery/outgoing.ts'
import { escapeHtml } from '../i18n/translator.ts'
import { unlinked } from './unlinked.ts'

interface File {
  readonly fileId: string
  /** Bytes, where Telegram tells them. */
  readonly fileSize?: number
  /** Parts of one album share it; Telegram says nowhere how many there are. */
  readonly album?: string
}

interface Captioned extends File {
  readonly caption?: string
}

/** Values of JSON alone: it may be kept in a row. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | (Captioned & { readonly kind: 'photo' | 'voice' | 'video' | 'animation' })
  | (Captioned & { readonly kind: 'audio' | 'document'; readonly fileName?: string; readonly mime?: string })
  | (File & { readonly kind: 'video-note' | 'sticker' })
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  /** `phone` as Telegram gives it; `own`: it is the sender's. */
  | { readonly kind: 'contact'; readonly phone: string; readonly name: string; readonly own: boolean }

export type PartKind = Part['kind']

/** The part a message holds; undefined when nothing in it can be sent on (a poll, a dice, a story, something newer than this). */
export function partOf(message: Message): Part | undefined {
  const { animation, audio, contact, document, location, photo, sticker, text, video, video_note: videoNote, voice } = message
  if (text !== undefined) return { kind: 'text', text }
  // An animation is told as a document too, and a place with a name as a location (Bot API, Message).
  if (animation) return { kind: 'animation', ...captioned(message, animation) }
  // The last size is the largest (Bot API, PhotoSize).
  const largest = photo?.at(-1)
  if (largest) return { kind: 'photo', ...captioned(message, largest) }
  if (voice) return { kind: 'voice', ...captioned(message, voice) }
  if (video) return { kind: 'video', ...captioned(message, video) }
  if (audio) return { kind: 'audio', ...captioned(message, audio), ...described(audio) }
  if (document) return { kind: 'document', ...captioned(message, document), ...described(document) }
  if (videoNote) return { kind: 'video-note', ...fileOf(message, videoNote) }
  if (sticker) return { kind: 'sticker', ...fileOf(message, sticker) }
  if (location) return { kind: 'location', latitude: location.latitude, longitude: location.longitude }
  if (!contact) return undefined
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ')
  return { kind: 'contact', phone: contact.phone_number, name, own: contact.user_id !== undefined && contact.user_id === message.from?.id }
}

/** What she wrote in it or under it; undefined when there are no words. */
export function wordsOf(part: Part): string | undefined {
  if (part.kind === 'text') return part.text
  return 'caption' in part ? part.caption : undefined
}

/** Telegram gives no bot a larger file, so that it can't be sent on under another name. Bytes; source: Bot API, getFile. */
export const LARGEST_FETCHED = 20 * 1024 * 1024

/** Whether the file is known to be too large to get a neutral name: say so to its sender instead of sending it on. */
export function isTooLargeToRename(part: Part): boolean {
  return (part.kind === 'document' || part.kind === 'audio') && (part.fileSize ?? 0) > LARGEST_FETCHED
}

/** A name that tells only what kind of file it is: "dokumen.pdf". The ending stays, for programs and for whoever is wary of an .apk. */
export function neutralName(part: Part, word: string): string {
  const given = 'fileName' in part ? /\.([a-z0-9]{1,5})$/i.exec(part.fileName ?? '')?.[1] : undefined
  const ending = given?.toLowerCase() ?? ('mime' in part ? ENDINGS.get(part.mime ?? '') : undefined)
  return ending === undefined ? word : `${word}.${ending}`
}

const ENDINGS = new Map([
  ['application/pdf', 'pdf'], ['image/jpeg', 'jpg'], ['image/png', 'png'], ['text/plain', 'txt'], ['text/csv', 'csv'], ['audio/mpeg', 'mp3'],
  ['audio/mp4', 'm4a'], ['video/mp4', 'mp4'], ['application/zip', 'zip'], ['application/vnd.android.package-archive', 'apk'],
])

/** One call for the outbox. */
export interface Sending {
  readonly method: OutgoingMethod
  readonly payload: Readonly<Record<string, unknown>>
}

export interface SendingOptions {
  /** HTML put above the words, such as who says it. At most some hundred characters. */
  readonly heading?: string
  /** The reader can neither forward nor save it. */
  readonly protect?: boolean
  readonly silent?: boolean
  /** The reader's message it answers; it goes out without when that is gone. */
  readonly replyTo?: number
  readonly replyMarkup?: unknown
  /** What a document or audio file is called for its reader: see `neutralName`. Without it the sender's own name stays. */
  readonly fileName?: string
}

/** The call that carries a part. */
export interface PartSending extends Sending {
  /** Words that did not fit, to be sent after it, in order; `replyMarkup` hangs on the last one. */
  readonly rest: readonly Sending[]
  /** The kind carries no words: the heading has to be said before. */
  readonly headingLeft: boolean
}

/** Limits after entities are parsed. Source: Bot API, sendMessage and sendPhoto. */
const LONGEST_TEXT = 4096
const LONGEST_CAPTION = 1024

/** How a part is sent to someone else. What its sender wrote is escaped, and names no account. */
export function sendingOf(part: Part, options: SendingOptions = {}): PartSending {
  const { heading, replyTo, replyMarkup } = options
  const common = { ...(options.protect && { protect_content: true }), ...(options.silent && { disable_notification: true }) }
  const reply = replyTo !== undefined && { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }
  const markup = replyMarkup !== undefined && { reply_markup: replyMarkup }
  const text = (html: string) => ({ method: 'sendMessage' as const, payload: { ...asText(html), ...common } })
  const hung = ({ method, payload }: Sending): Sending => ({ method, payload: { ...payload, ...markup } })
  const joined = (first: Sending, rest: readonly Sending[], headingLeft = false): PartSending => {
    const last = rest.at(-1)
    const { method, payload } = last ? first : hung(first)
    return { method, payload: { ...payload, ...reply }, rest: last ? [...rest.slice(0, -1), hung(last)] : [], headingLeft }
  }

  if (part.kind === 'text') {
    const [first = '', ...rest] = pieces(part.text, LONGEST_TEXT, heading)
    return joined(text(first), rest.map(text))
  }
  const file = { method: METHODS[part.kind], payload: { ...contentOf(part, options.fileName), ...common } }
  if (!CAPTIONED.has(part.kind)) return joined(file, [], heading !== undefined)
  const caption = under(heading, wordsOf(part))
  if (visibleText(caption).length <= LONGEST_CAPTION) return joined(withCaption(file, caption), [])
  return joined(withCaption(file, heading ?? ''), pieces(wordsOf(part) ?? '', LONGEST_TEXT).map(text))
}

/**
 * The change that shows new words in a copy sent before; undefined when they can't stand there and have to be announced.
 * @param messageId undefined while it is not known: the call then names the copy's outbox row as its `targetId`.
 */
export function editingOf(part: Part, messageId: number | undefined, { heading, replyMarkup }: Pick<SendingOptions, 'heading' | 'replyMarkup'> = {}): Sending | undefined {
  const html = under(heading, wordsOf(part))
  const more = { ...(messageId !== undefined && { message_id: messageId }), ...(replyMarkup !== undefined && { reply_markup: replyMarkup }) }
  if (part.kind === 'text') return visibleText(html).length > LONGEST_TEXT ? undefined : { method: 'editMessageText', payload: { ...asText(html), ...more } }
  if (!CAPTIONED.has(part.kind) || visibleText(html).length > LONGEST_CAPTION) return undefined
  return { method: 'editMessageCaption', payload: { caption: html, parse_mode: 'HTML', ...more } }
}

const METHODS = {
  photo: 'sendPhoto', voice: 'sendVoice', video: 'sendVideo', animation: 'sendAnimation', audio: 'sendAudio', document: 'sendDocument',
  'video-note': 'sendVideoNote', sticker: 'sendSticker', location: 'sendLocation', contact: 'sendContact',
} as const satisfies Record<Exclude<PartKind, 'text'>, OutgoingMethod>

const CAPTIONED: ReadonlySet<PartKind> = new Set(['photo', 'voice', 'video', 'animation', 'audio', 'document'])

function contentOf(part: Exclude<Part, { kind: 'text' }>, fileName: string | undefined): Record<string, unknown> {
  switch (part.kind) {
    case 'location':
      return { latitude: part.latitude, longitude: part.longitude }
    case 'contact':
      return { phone_number: part.phone, first_name: part.name || part.phone }
    case 'video-note':
      return { video_note: part.fileId }
    case 'document':
    case 'audio':
      if (fileName === undefined) return { [part.kind]: part.fileId }
      // What she sent as a file stays one, whatever Telegram finds in it when it is uploaded anew.
      return { [part.kind]: { refile: part.fileId, fileName }, ...(part.kind === 'document' && { disable_content_type_detection: true }) }
    default:
      return { [part.kind]: part.fileId }
  }
}

const asText = (html: string) => ({ text: html, parse_mode: 'HTML', link_preview_options: { is_disabled: true } })

function withCaption({ method, payload }: Sending, caption: string): Sending {
  return { method, payload: caption === '' ? payload : { ...payload, caption, parse_mode: 'HTML' } }
}

function under(heading: string | undefined, words: string | undefined): string {
  return [heading, words === undefined ? undefined : escapeHtml(unlinked(words))].filter(Boolean).join('\n')
}

/** Words as HTML in messages of at most `limit` visible characters (UTF-16 units: never fewer than Telegram counts), cut between words where it can be. */
function pieces(words: string, limit: number, heading?: string): readonly string[] {
  const found: string[] = []
  let left = unlinked(words)
  let above = heading
  do {
    const room = limit - (above === undefined ? 0 : visibleText(above).length + 1)
    const cut = left.length <= room ? left.length : cutBefore(left, room)
    found.push([above, escapeHtml(left.slice(0, cut).trimEnd())].filter(Boolean).join('\n'))
    left = left.slice(cut).trimStart()
    above = undefined
  } while (left !== '')
  return found
}

function cutBefore(text: string, room: number): number {
  const start = text.slice(0, room + 1)
  const gap = Math.max(start.lastIndexOf('\n'), start.lastIndexOf(' '))
  if (gap > room / 2) return gap
  // Not between the halves of one character.
  return /[\uD800-\uDBFF]/.test(text[room - 1] ?? '') ? room - 1 : room
}

function fileOf(message: Message, { file_id: fileId, file_size: fileSize }: { file_id: string; file_size?: number | undefined }): File {
  const { media_group_id: album } = message
  return { fileId, ...(fileSize !== undefined && { fileSize }), ...(album !== undefined && { album }) }
}

function captioned(message: Message, file: { file_id: string; file_size?: number | undefined }): Captioned {
  return { ...fileOf(message, file), ...(message.caption !== undefined && { caption: message.caption }) }
}

function described({ file_name: fileName, mime_type: mime }: { file_name?: string | undefined; mime_type?: string | undefined }) {
  return { ...(fileName !== undefined && { fileName }), ...(mime !== undefined && { mime }) }
}
