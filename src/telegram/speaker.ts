// Turns a text key and a person into an outbox row in her language. Used inside transactions only; nothing is sent here.
import type { ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types'
import { fillFacts } from '../content/fact-text.ts'
import type { Facts } from '../content/facts.ts'
import type { MediaKind } from '../content/media.ts'
import { enqueue, type OutgoingCall } from '../delivery/outbox.ts'
import type { Params, Translator } from '../i18n/translator.ts'
import { addressOf, type Person } from '../people/person.ts'
import type { Tx } from '../storage/database.ts'
import { type InlineKeyboard, inlineMarkup } from './keyboards.ts'

export interface SayOptions {
  /** Buttons under the message. */
  readonly keyboard?: InlineKeyboard
  /** Large buttons instead of the menu, or none at all. */
  readonly replyKeyboard?: ReplyKeyboardMarkup | ReplyKeyboardRemove
  readonly lane?: OutgoingCall['lane']
  readonly promptKey?: string
  /** It arrives without a sound. */
  readonly silent?: boolean
  readonly onSent?: OutgoingCall['onSent']
  readonly notAfter?: OutgoingCall['notAfter']
  readonly notBefore?: OutgoingCall['notBefore']
  /** Answer in this chat instead of the private one, as a reply to this message. */
  readonly inChat?: { readonly chatId: number; readonly replyTo: number }
  /** A picture above the text, rendered when sent. */
  readonly picture?: NamedFile
  /** A file above the text, written when sent. */
  readonly document?: NamedFile
  /** A picture or voice note of `data/media/` above the text. */
  readonly media?: { readonly kind: MediaKind; readonly file: string }
}

/** What a feature declares under `pictures` or `documents`. */
export interface NamedFile {
  readonly name: string
  readonly params: Readonly<Record<string, unknown>>
}

/** The reader of a text. */
export type Reader = Pick<Person, 'telegramId' | 'language' | 'givenName' | 'honorific'>

export interface Speaker {
  /** Ready for a message: parameters escaped, `{{you}}` filled in, expired facts left out. */
  html(reader: Reader, key: string, params: Params | undefined, now: number): string
  /** For buttons and command lists. */
  plain(reader: Reader, key: string, params?: Params): string
  say(tx: Tx, reader: Reader, key: string, params: Params | undefined, options: SayOptions, now: number): Promise<number>
  sayHtml(tx: Tx, reader: Reader, html: string, options: SayOptions, now: number): Promise<number>
}

export function createSpeaker({ translator, facts }: { translator: Translator; facts: Facts }): Speaker {
  const withYou = (reader: Reader, params: Params = {}): Params => ({ you: addressOf(reader), ...params })
  const html = (reader: Reader, key: string, params: Params | undefined, now: number) =>
    translator.html(reader.language, key, withYou(reader, params), (template) => fillFacts(template, facts, reader.language, now))

  const sayHtml: Speaker['sayHtml'] = (tx, reader, text, options, now) => {
    const chatId = options.inChat?.chatId ?? reader.telegramId
    // A person without Telegram is reached by other means; a reply to nobody is a mistake of the caller.
    if (chatId === null) throw new Error('This person has no Telegram chat: check `telegramId` before speaking to her.')
    const { method, content } = carry(text, options)
    return enqueue(
      tx,
      {
        chatId,
        method,
        payload: {
          ...content,
          parse_mode: 'HTML',
          ...markup(options),
          ...(options.silent && { disable_notification: true }),
          ...(options.inChat && { reply_parameters: { message_id: options.inChat.replyTo, allow_sending_without_reply: true } }),
        },
        ...(options.lane && { lane: options.lane }),
        ...(options.promptKey && { promptKey: options.promptKey }),
        ...(options.onSent && { onSent: options.onSent }),
        ...(options.notAfter !== undefined && { notAfter: options.notAfter }),
        ...(options.notBefore !== undefined && { notBefore: options.notBefore }),
      },
      now,
    )
  }

  return {
    html,
    plain: (reader, key, params) => translator.plain(reader.language, key, withYou(reader, params)),
    say: (tx, reader, key, params, options, now) => sayHtml(tx, reader, html(reader, key, params, now), options, now),
    sayHtml,
  }
}

/** A text alone, or as the caption of a file. */
function carry(text: string, { picture, document, media }: SayOptions): { readonly method: OutgoingCall['method']; readonly content: object } {
  if (picture) return { method: 'sendPhoto', content: { photo: { picture: picture.name, params: picture.params }, caption: text } }
  if (document) return { method: 'sendDocument', content: { document: { document: document.name, params: document.params }, caption: text } }
  if (media?.kind === 'picture') return { method: 'sendPhoto', content: { photo: { media: media.file }, caption: text } }
  if (media?.kind === 'voice') return { method: 'sendVoice', content: { voice: { media: media.file }, caption: text } }
  return { method: 'sendMessage', content: { text, link_preview_options: { is_disabled: true } } }
}

function markup({ keyboard, replyKeyboard }: SayOptions): { reply_markup?: unknown } {
  if (keyboard) return { reply_markup: inlineMarkup(keyboard) }
  return replyKeyboard ? { reply_markup: replyKeyboard } : {}
}
