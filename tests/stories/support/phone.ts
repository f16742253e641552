// One person's phone in a story: what she does, and what she sees of the chat with the clinic.
import type { CallbackAnswer, MessageKind, SeenMessage, Tap, World } from '../../../src/simulator/world.ts'
import { type AlbumPart, describeMedia, putAlbum, putMedia, type Media } from './media.ts'

export interface Phone {
  readonly id: number
  /** Presses Start, or opens a deep link. */
  starts(payload?: string): Promise<void>
  says(text: string): Promise<void>
  /** Several messages at once, before the clinic can answer any. */
  saysAtOnce(...texts: readonly string[]): Promise<void>
  /** Taps the newest button with this label: under a message, or a large one below. */
  taps(label: string): Promise<void>
  /** Taps a button of any message, also one whose buttons have gone since: what an old screen or a double tap does. */
  tapsAgain(label: string): Promise<void>
  /** Sends callback data that was never offered. */
  forges(data: string): Promise<void>
  repliesTo(text: string | RegExp, answer: string): Promise<void>
  sharesContact(of?: { readonly userId: number | null; readonly phoneNumber?: string }): Promise<void>
  sendsSticker(): Promise<void>
  sendsPhoto(): Promise<void>
  /** A message of any kind: `sends({ photo: 'nota' })` with the words under it, `sends({ voice: 12 })` of so many seconds, `sends({ location: true })`. */
  sends(media: Media): Promise<void>
  /** As `sends`, in reply to a message of the clinic. */
  repliesWith(text: string | RegExp, media: Media): Promise<void>
  /** Files sent together; each part reaches the clinic on its own. */
  sendsAlbum(parts: readonly AlbumPart[]): Promise<void>
  /** Changes a text she wrote, or the words under a file. */
  edits(from: string, to: string): Promise<void>
  /** Takes back what she wrote; nobody tells the clinic. */
  deletes(text: string): Promise<void>
  /** Her settings refuse voice and video notes. */
  refusesVoice(): void
  /** Media the clinic sent since she last did something, of a kind (all when absent), oldest first. */
  received(kind?: MessageKind): readonly SeenMessage[]
  /** What the clinic wrote or changed since she last did something, as plain text with the labels of buttons. */
  news(): string
  /** The whole chat as she sees it now. */
  chat(): readonly SeenMessage[]
  /** The large buttons below the text field. */
  menu(): readonly string[]
  /** Labels of the inline buttons of the newest message that has any. */
  buttons(): readonly string[]
  /** The note over the button tapped last. */
  toast(): string | undefined
  /** No button is left spinning. */
  isSpinning(): boolean
}

interface Options {
  readonly world: World
  readonly person: number
  readonly settled: () => Promise<void>
}

export function createPhone({ world, person, settled }: Options): Phone {
  let seenBefore = new Map<number, string>()
  let lastTap: Tap | undefined
  let lastAnswer: CallbackAnswer | undefined
  const everOffered = new Map<string, { readonly messageId: number; readonly data: string }>()

  const fromBot = () => world.messages(person).filter((message) => message.from === 'bot')

  const remember = () => {
    for (const message of fromBot()) {
      for (const button of (message.inlineKeyboard ?? []).flat()) {
        if ('callback_data' in button) everOffered.set(button.text, { messageId: message.messageId, data: button.callback_data })
      }
    }
  }
  const act = async (deed: () => void) => {
    remember()
    seenBefore = new Map(fromBot().map((message) => [message.messageId, describe(message)]))
    deed()
    await settled()
    remember()
  }
  const remembered = async (answered: Promise<CallbackAnswer>) => {
    lastAnswer = await answered
  }
  const tap = (messageId: number, data: string, forged = false) => {
    lastAnswer = undefined
    lastTap = world.tapButton(person, person, messageId, data, { forged })
    void remembered(lastTap.answered)
  }

  const getFromBot = (text: string | RegExp) => {
    const found = fromBot().toReversed().find((message) => (typeof text === 'string' ? describe(message).includes(text) : text.test(describe(message))))
    if (!found) throw new Error(`No message says ${String(text)}.`)
    return found
  }
  const getOwn = (words: string) => {
    const found = world.messages(person).toReversed().find((message) => message.from === person && (message.text ?? message.caption) === words)
    if (!found) throw new Error(`She never said "${words}".`)
    return found
  }

  return {
    id: person,
    starts: (payload) => act(() => world.start(person, payload)),
    says: (text) => act(() => world.sendText(person, person, text)),
    saysAtOnce: (...texts) => act(() => texts.forEach((text) => world.sendText(person, person, text))),
    taps: (label) =>
      act(() => {
        for (const message of fromBot().toReversed()) {
          const button = (message.inlineKeyboard ?? []).flat().find((one) => matches(one.text, label))
          if (button && 'callback_data' in button) return tap(message.messageId, button.callback_data)
        }
        const large = world.replyKeyboard(person, person)?.buttons.flat().map((one) => (typeof one === 'string' ? { text: one } : one)).find((one) => matches(one.text, label))
        if (!large) throw new Error(`There is no button "${label}" on the phone. Under the newest message: ${labelsOf(fromBot()).join(' | ')}`)
        if ('request_contact' in large) world.sendContact(person, person, { phoneNumber: '6281234567890', userId: person })
        else world.sendText(person, person, large.text)
      }),
    tapsAgain: (label) =>
      act(() => {
        const offered = [...everOffered].toReversed().find(([text]) => matches(text, label))?.[1]
        if (!offered) throw new Error(`A button "${label}" was never offered.`)
        tap(offered.messageId, offered.data)
      }),
    forges: (data) => act(() => tap(fromBot().at(-1)?.messageId ?? 0, data, true)),
    repliesTo: (text, answer) => act(() => world.sendText(person, person, answer, { replyTo: getFromBot(text).messageId })),
    repliesWith: (text, media) => act(() => putMedia(world, person, media, getFromBot(text).messageId)),
    sends: (media) => act(() => putMedia(world, person, media)),
    sendsAlbum: (parts) => act(() => putAlbum(world, person, parts)),
    sharesContact: ({ userId, phoneNumber = '6281234567890' } = { userId: person }) => act(() => world.sendContact(person, person, { phoneNumber, userId })),
    sendsSticker: () => act(() => putMedia(world, person, { sticker: '👍' })),
    sendsPhoto: () => act(() => putMedia(world, person, { photo: true })),
    edits: (from, to) =>
      act(() => {
        world.editText(person, person, getOwn(from).messageId, to)
      }),
    deletes: (text) =>
      act(() => {
        world.deleteMessage(person, person, getOwn(text).messageId)
      }),
    refusesVoice: () => void world.changePerson(person, { refusesVoice: true }),
    received: (kind) =>
      fromBot()
        .filter((message) => !seenBefore.has(message.messageId))
        .filter((message) => (kind === undefined ? message.kind !== 'text' : message.kind === kind)),
    news: () =>
      fromBot()
        .map((message) => ({ message, text: describe(message) }))
        .filter(({ message, text }) => seenBefore.get(message.messageId) !== text)
        .map(({ text }) => text)
        .join('\n\n'),
    chat: () => world.messages(person),
    menu: () => (world.replyKeyboard(person, person)?.buttons ?? []).flat().map((one) => (typeof one === 'string' ? one : one.text)),
    buttons: () => labelsOf(fromBot()),
    toast: () => lastAnswer?.text,
    isSpinning: () => lastTap?.state() === 'spinning',
  }
}

/** A label may be given without its emoji and with only its beginning. */
function matches(shown: string, label: string): boolean {
  const bare = (text: string) => text.replace(/^[^\p{L}\p{N}]+/u, '').trim()
  return shown === label || bare(shown) === bare(label) || bare(shown).startsWith(`${bare(label)} `) || bare(shown).startsWith(`${bare(label)}:`)
}

function describe(message: SeenMessage): string {
  const buttons = (message.inlineKeyboard ?? []).map((row) => row.map((button) => `[${button.text}]`).join(' '))
  return [describeMedia(message) + (message.text ?? message.caption ?? ''), ...buttons].filter(Boolean).join('\n')
}

function labelsOf(messages: readonly SeenMessage[]): string[] {
  const withButtons = messages.toReversed().find((message) => (message.inlineKeyboard ?? []).length > 0)
  return (withButtons?.inlineKeyboard ?? []).flat().map((button) => button.text)
}
