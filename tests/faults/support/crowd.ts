// People who converse with one clinic at the same time, each at her own pace and whatever becomes of it meanwhile. What each of them sent and what
// her phone showed is written down here, apart from the clinic.
import { setTimeout as pause } from 'node:timers/promises'
import { createPhone, type Phone } from '../../stories/support/phone.ts'
import type { Clinic } from './clinic.ts'
import type { Deed } from './registration.ts'
import { whatBecameOf } from './waited-in-vain.ts'

/** The most that anyone thinks before she goes on, ms. */
const THINKS_MS = 60
/** How long she waits for an answer: a clinic that dies and starts again and again takes its time. */
const PATIENCE_MS = 600_000
const APOLOGY = 'Maaf, ada gangguan di sisi kami'
/** Her answer came before the clinic knew that its question had arrived: it asks back. */
const USE_IT = 'Pakai untuk ini'

/** A message as it first showed. */
export interface Shown {
  readonly text: string
  /** Which process sent it, counted from 1. */
  readonly life: number
}

export interface Account {
  /** Words by which the replies to all she sent are known, in order. */
  readonly wanted: readonly string[]
  readonly shown: readonly Shown[]
  /** References she was given when something could not be read. */
  readonly references: ReadonlySet<string>
}

export interface Member extends Account {
  readonly phone: Phone
  /** Does it and waits until she sees what it leads to; when the clinic could not read it she does it again. */
  does(deed: Deed): Promise<void>
  /** Writes all of it at once, and waits for what the last of it brings. */
  doesAtOnce(texts: readonly string[], sees: readonly string[]): Promise<void>
}

export interface Crowd {
  joins(firstName: string): Member
  /** How many processes there were. */
  lives(): number
}

export function openCrowd(clinic: Pick<Clinic, 'simulator' | 'printed' | 'rows'>, chance: () => number): Crowd {
  const { world } = clinic.simulator
  const listeners = new Map<number, (messageId: number) => void>()
  let lives = 0
  world.onChange((change) => {
    // The first thing a process asks of Telegram.
    if (change.type === 'calls' && world.calls().at(-1)?.method === 'getMe') lives += 1
    if (change.type === 'message') listeners.get(change.chatId)?.(change.messageId)
  })

  function joins(firstName: string): Member {
    const { id } = world.addPerson({ firstName, languageCode: 'id' })
    const shown: Shown[] = []
    /** Each message as it stands on her phone now. */
    const screen = new Map<number, string>()
    const references = new Set<string>()
    const wanted: string[] = []
    let awaited: { readonly words: string; readonly resolve: (isRead: boolean) => void } | undefined
    let answered: Promise<boolean> = Promise.resolve(true)
    const phone = createPhone({ world, person: id, settled: async () => void (await answered) })

    listeners.set(id, (messageId) => {
      const message = world.message(id, messageId)
      if (message.from !== 'bot') return
      const before = screen.get(messageId)
      const isNew = before === undefined
      const labels = (message.inlineKeyboard ?? []).flat().map((button) => button.text)
      const text = [message.text ?? message.caption, ...labels].join('\n')
      screen.set(messageId, text)
      if (isNew) shown.push({ text, life: lives })
      if (isNew && text.includes(USE_IT)) void phone.taps(USE_IT)
      // An earlier message that said it all along has only changed its buttons, or shows what she answered.
      if (awaited && text.includes(awaited.words) && !before?.includes(awaited.words)) awaited.resolve(true)
      const [, reference] = isNew && text.includes(APOLOGY) ? (/kode (\w+)/.exec(text) ?? []) : []
      if (reference === undefined || references.has(reference)) return
      references.add(reference)
      awaited?.resolve(false)
    })

    const awaits = (words: string) => {
      answered = new Promise((resolve, reject) => {
        const patience = setTimeout(() => reject(new Error(`${firstName} did not see "${words}".\n${whatBecameOf(clinic, id)}`)), PATIENCE_MS)
        awaited = {
          words,
          resolve: (isRead) => {
            clearTimeout(patience)
            resolve(isRead)
          },
        }
      })
      return answered
    }

    return {
      phone,
      wanted,
      references,
      shown,
      does: async ({ does, replies, sees }) => {
        await pause(chance() * THINKS_MS)
        for (let isRead = false; !isRead; ) {
          const seen = awaits(sees)
          await does(phone)
          isRead = await seen
          wanted.push(...(isRead ? (replies ?? [sees]) : [APOLOGY]))
        }
      },
      doesAtOnce: async (texts, sees) => {
        await pause(chance() * THINKS_MS)
        wanted.push(...sees)
        void awaits(sees.at(-1)!)
        await phone.saysAtOnce(...texts)
      },
    }
  }

  return { joins, lives: () => lives }
}

/** What she was told, message by message, as the words by which each is known; what repeats the one before is left out. */
export function toldOnce(member: Account): readonly string[] {
  return recognise(member).filter(({ isRepeat }) => !isRepeat).map(({ words }) => words)
}

/** What she should have been told: the replies to all she sent, but for an apology in the place of one. */
export function expectedOf(member: Account): readonly string[] {
  const told = toldOnce(member)
  return member.wanted.map((words, at) => (told[at] === APOLOGY ? APOLOGY : words))
}

/** For each repeated message the life in which it was sent first; NaN when the same life repeated it. */
export function repeats(member: Account): readonly number[] {
  const messages = recognise(member)
  return messages.flatMap(({ isRepeat, life }, at) => (isRepeat ? [messages[at - 1]!.life < life ? messages[at - 1]!.life : Number.NaN] : []))
}

interface Recognised {
  readonly words: string
  readonly life: number
  readonly isRepeat: boolean
}

/** The messages that are known by words: a text may hold those of several, then the one that is due counts. */
function recognise({ shown, wanted }: Account): readonly Recognised[] {
  const known = [APOLOGY, ...new Set(wanted)]
  const told: Recognised[] = []
  let due = 0
  let before = ''
  for (const { life, text } of shown) {
    // What asks back shows its question once more: that is no message of its own.
    if (text.includes(USE_IT) || !known.some((words) => text.includes(words))) continue
    const last = told.at(-1)?.words ?? APOLOGY
    const isDue = text !== before && text.includes(wanted[due] ?? APOLOGY)
    // A question may come again with the answer that was given to it meanwhile.
    const isRepeat = !isDue && text.includes(last)
    told.push({ words: isDue ? wanted[due]! : isRepeat ? last : known.find((words) => text.includes(words))!, life, isRepeat })
    if (!isRepeat) due += 1
    before = text
  }
  return told
}
