// People who ask for help through webhook updates, each waiting for what she should see before she goes on, and how each is told from her replies.
import type { Update } from 'grammy/types'
import { expect } from 'vitest'
import type { FakeTelegram, Sent } from './telegram.ts'

/** What each person sees, in order; she answers each but the last. */
const SEES = ['Silakan ceritakan', 'pesan sudah kami simpan', 'Kirim sekarang?', 'sudah dicatat', 'Ditambahkan ke permintaan'] as const
const USE_IT = 'Pakai untuk ini'
export const question = (person: number) => `Pertanyaan dari orang ${person}`
export const addition = (person: number) => `Tambahan dari orang ${person}`

export interface Talk {
  readonly telegram: Pick<FakeTelegram, 'deliver' | 'onSent'>
  /** Of the processes; read anew for each update. */
  readonly addresses: readonly string[]
  readonly people: readonly number[]
  /** So many talk at the same time. */
  readonly atOnce: number
  /** Called whenever somebody is through. */
  readonly finished: () => void
}

/** Everybody's conversation. Resolves when all are through. */
export async function talk({ addresses, atOnce, finished, people, telegram }: Talk): Promise<void> {
  const waiting = new Map<number, (sent: Sent) => void>()
  let lastUpdateId = 0
  const says = (person: number, text: string): Update => writes((lastUpdateId += 1), person, text)
  const taps = (person: number, sent: Sent, label: string): Update => presses((lastUpdateId += 1), person, sent, label)
  telegram.onSent((sent) => waiting.get(sent.chatId)?.(sent))
  const converse = async (person: number) => {
    const step = async (update: Update, sees: string): Promise<Sent> => {
      const seen = new Promise<Sent>((resolve) => {
        waiting.set(person, (sent) => {
          // Her answer came before the clinic knew that its question had arrived: it asks back.
          if (sent.buttons.some(({ text }) => text.includes(USE_IT))) void telegram.deliver(taps(person, sent, USE_IT), addresses)
          if (sent.text.includes(sees)) resolve(sent)
        })
      })
      await telegram.deliver(update, addresses)
      return seen
    }
    await step(says(person, '/bantuan'), SEES[0])
    const told = await step(says(person, question(person)), SEES[1])
    const shown = await step(taps(person, told, 'Sudah, kirim'), SEES[2])
    await step(taps(person, shown, 'Setuju, kirim'), SEES[3])
    await step(says(person, addition(person)), SEES[4])
    waiting.delete(person)
    finished()
  }
  const queue = people.values()
  const someone = async () => {
    for (const person of queue) await converse(person)
  }
  await Promise.all(Array.from({ length: atOnce }, someone))
}

/** Each person got every reply once and in order, but for one that a death repeats. */
export function expectRepliesInOrder(sent: readonly Sent[], people: readonly number[], deaths: number): void {
  for (const person of people) {
    const hers = sent.filter(({ chatId }) => chatId === person)
    const seen = hers.flatMap(({ text }) => SEES.find((words) => text.includes(words)) ?? [])
    const once = seen.filter((words, at) => words !== seen[at - 1])
    expect(once, `replies to ${person}`).toEqual(SEES)
    // Asking back shows the question once more; that is no repeat.
    const askedBackCount = hers.filter(({ buttons }) => buttons.some(({ text }) => text.includes(USE_IT))).length
    expect(seen.length - once.length - askedBackCount, `repeats to ${person}`).toBeLessThanOrEqual(deaths)
  }
}

export function writes(updateId: number, person: number, text: string): Update {
  const from = { id: person, is_bot: false, first_name: 'Sari', language_code: 'id' }
  const command = text.startsWith('/') ? { entities: [{ type: 'bot_command' as const, offset: 0, length: text.length }] } : {}
  return { update_id: updateId, message: { message_id: updateId, date: 0, text, from, chat: { id: person, type: 'private', first_name: 'Sari' }, ...command } }
}

function presses(updateId: number, person: number, { buttons }: Sent, label: string): Update {
  const button = buttons.find(({ text }) => text.includes(label))
  if (!button) throw new Error(`There is no button ${label}.`)
  const from = { id: person, is_bot: false, first_name: 'Sari', language_code: 'id' }
  const message = { message_id: 1, date: 0, chat: { id: person, type: 'private' as const, first_name: 'Sari' } }
  return { update_id: updateId, callback_query: { id: String(updateId), from, chat_instance: '1', data: button.data, message } }
}
