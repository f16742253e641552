// What there is to know of a person who waited in vain: what she did and saw last, and what the clinic holds of it. It only looks.
import type { Clinic } from './clinic.ts'

const LAST = 8

/** One line for each thing, oldest first in each kind; then what the clinic printed last. */
export function whatBecameOf({ printed, rows, simulator: { world } }: Pick<Clinic, 'simulator' | 'printed' | 'rows'>, person: number): string {
  const taps = world.taps().filter((tap) => tap.person === person)
  const answers = new Map(world.calls().filter(({ method }) => method === 'answerCallbackQuery').map(({ outcome, params }) => [params['callback_query_id'], params['text'] ?? outcome.type]))
  const lines = {
    message: world.messages(person).slice(-LAST).map(({ date, editDate, from, inlineKeyboard = [], messageId, text }) => ({ messageId, from, date, editDate, text, buttons: inlineKeyboard.flat().map((button) => button.text) })),
    tap: taps.slice(-LAST).map(({ at, data, id, messageId }) => ({ messageId, at, data, answer: answers.get(id) })),
    pending: world.updates().map((update) => update.update_id),
    conversation: rows(`select c.id, step, revision, active, prompt_id, updated_at from conversation as c join person as p on p.id = c.person_id where telegram_id = ${person}`),
    outbox: rows(`select id, method, target_id, state, attempts, next_at, lease_until, message_id, error, created_at from outbox where chat_id = ${person} order by id desc limit ${LAST}`).toReversed(),
    attempt: rows('select * from update_attempt'),
    failure: rows('select update_id, outcome, reference, error, failed_at from failed_update'),
  }
  const told = Object.entries(lines).flatMap(([kind, them]) => them.map((one) => `${kind} ${JSON.stringify(one)}`))
  return [...told, printed().slice(-2000)].join('\n')
}
