// Tapped inline buttons: each spins until the bot answers it, once, within 15 s. They do not outlive the process.

import { badRequest } from './refusal.ts'
import type { State } from './state.ts'
import type { CallbackAnswer, Tap } from './world.ts'

const ANSWER_WITHIN_MS = 15_000
const TAPS_KEPT = 1000

/** A new tap, spinning. */
export function createTap(state: State, tapped: Pick<Tap, 'person' | 'chatId' | 'messageId' | 'data'>): Tap {
  const id = String(4_000_000_000_000_000 + state.nextId('tap', 1))
  let settle: (answer: CallbackAnswer) => void = () => undefined
  const answered = new Promise<CallbackAnswer>((resolve) => {
    settle = resolve
  })
  const at = state.now()
  const tap: Tap = {
    ...tapped,
    id,
    at,
    answered,
    state: () => (state.taps.get(id)?.answer ? 'answered' : state.now() - at > ANSWER_WITHIN_MS ? 'expired' : 'spinning'),
  }
  state.taps.set(id, { id, tap, settle })
  const oldest = state.taps.keys().next().value
  if (state.taps.size > TAPS_KEPT && oldest !== undefined) state.taps.delete(oldest)
  state.changed({ type: 'tap', chatId: tap.chatId, tapId: id })
  return tap
}

/** The bot's answer. Throws Telegram's refusal when it comes too late, twice, or for no tap at all. */
export function answerTap(state: State, id: string, answer: CallbackAnswer): void {
  const record = state.taps.get(id)
  if (record?.tap.state() !== 'spinning') {
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  record.answer = answer
  record.settle(answer)
  state.changed({ type: 'tap', chatId: record.tap.chatId, tapId: id })
}
