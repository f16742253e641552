// The first thing that happens to an update: who sent it, can she be reached, what is she in the middle of; then the router has it.
import type { Composer } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import { grantRole } from '../people/roles.ts'
import { changePerson, createPerson, findPerson, findPersonByTelegramId, getPerson } from '../people/store.ts'
import type { Person } from '../people/person.ts'
import type { Tx } from '../storage/database.ts'
import { isAddressed } from './addressed.ts'
import type { Ctx } from './context.ts'
import { conversationsOf } from './conversation-store.ts'
import type { Arrival } from './desk.ts'
import type { Menu } from './menu.ts'
import { chatOf, senderOf } from './origin.ts'
import type { Speaker } from './speaker.ts'

export interface ReceptionDeps {
  readonly botInfo: UserFromGetMe
  readonly createDesk: (arrival: Arrival) => Ctx
  readonly router: Composer<Ctx>
  readonly menu: Menu
  readonly speaker: Speaker
  /** Telegram ids that the configuration makes coordinators. */
  readonly coordinatorIds: readonly number[]
}

export interface Reception {
  handle(tx: Tx, update: Update, now: number, answerTap: (note: { text: string }) => void): Promise<void>
  apologise(tx: Tx, update: Update, reference: string, now: number): Promise<void>
}

const DAY_MS = 86_400_000

export function createReception({ botInfo, createDesk, router, menu, speaker, coordinatorIds }: ReceptionDeps): Reception {
  const middleware = router.middleware()

  async function handle(tx: Tx, update: Update, now: number, answerTap: (note: { text: string }) => void): Promise<void> {
    if (update.my_chat_member) {
      await noteReachability(tx, update.my_chat_member, now)
      return
    }
    const from = senderOf(update)
    if (!from || from.is_bot) return
    if (update.message && update.message.chat.type !== 'private' && !isAddressed(update.message, botInfo)) return
    let person = (await findPersonByTelegramId(tx, from.id)) ?? (await createPerson(tx, from.id, now))
    person = await welcomeBack(tx, person, now)
    const conversations = await conversationsOf(tx, person.id)
    const ctx = createDesk({ update, tx, now, person, conversations, answerTap })
    await middleware(ctx, async () => {})
    if (chatOf(update)?.type !== 'private' || menu.listsCommandsOf(ctx.person)) return
    // She may just have been erased; then her chat has the commands of a stranger.
    const known = await findPerson(tx, person.id)
    if (known) await menu.registerCommands(tx, known, now)
  }

  /** What a sign of life changes: she is reachable again, and holds the roles the configuration gives. */
  async function welcomeBack(tx: Tx, person: Person, now: number): Promise<Person> {
    const appointed = coordinatorIds.includes(person.telegramId ?? 0) && !person.roles.includes('coordinator')
    const sleptIn = now - person.lastSeenAt >= DAY_MS
    if (!appointed && !sleptIn && person.unreachableAt === null) return person
    if (appointed) await grantRole(tx, { person: person.id, role: 'coordinator', by: null, now })
    await changePerson(tx, person.id, { last_seen_at: now, unreachable_at: null, retention_asked_at: null })
    return getPerson(tx, person.id)
  }

  async function noteReachability(tx: Tx, change: NonNullable<Update['my_chat_member']>, now: number): Promise<void> {
    if (change.chat.type !== 'private') return
    const person = await findPersonByTelegramId(tx, change.chat.id)
    if (person) await changePerson(tx, person.id, { unreachable_at: change.new_chat_member.status === 'kicked' ? now : null })
  }

  async function apologise(tx: Tx, update: Update, reference: string, now: number): Promise<void> {
    const from = senderOf(update)
    if (!from || chatOf(update)?.type !== 'private') return
    const person = await findPersonByTelegramId(tx, from.id)
    const reader = person ?? { telegramId: from.id, language: 'id' as const, givenName: null, honorific: null }
    const unfinished = person ? (await conversationsOf(tx, person.id)).length : 0
    const menuKeyboard = person ? { replyKeyboard: menu.keyboard(person, unfinished) } : {}
    await speaker.say(tx, reader, 'home.sorry', { reference }, menuKeyboard, now)
  }

  return { handle, apologise }
}

/** The kinds of update the clinic asks Telegram for. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const
