// Carries messages of help between the person who asked and the coordinators, each in the reader's own language.
// It decides nothing and keeps no request; it only writes what is to be sent.
import { z } from 'zod'
import type { OnSent } from '../../delivery/outbox.ts'
import type { OnSentHandler } from '../../delivery/settlement.ts'
import { noteAccess } from '../../people/access.ts'
import { addressOf, isOpenToNotices, type Person } from '../../people/person.ts'
import { holdersOf } from '../../people/roles.ts'
import { getPerson } from '../../people/store.ts'
import { isQuiet, type QuietRules } from '../../schedule/quiet.ts'
import type { Tx } from '../../storage/database.ts'
import { type ButtonData, packButton } from '../../telegram/callback-data.ts'
import type { InlineButton } from '../../telegram/keyboards.ts'
import type { Reader, Speaker } from '../../telegram/speaker.ts'
import type { HelpRequest } from './request.ts'
import { findRequest, keepCopy } from './store.ts'

/** What every button about one request carries. */
export const RequestData = z.object({ request: z.coerce.number().int().positive() })

const COPY = 'help-copy'
const COPY_VERSION = 1
const CopyData = z.object({ request: z.number().int().positive() })

/** What is to be sent, and when it was decided (ms UTC). */
export interface Sending {
  readonly tx: Tx
  readonly now: number
}

export interface Post {
  /** How a reader is told whom a request is from. */
  nameOf(owner: Person, reader: Reader): string
  /** Brings what the owner wrote to the coordinators. Says how many there are. */
  toCoordinators(sending: Sending, owner: Person, request: HelpRequest, written: { readonly body: string; readonly isNew: boolean }): Promise<number>
  /** Tells the group of volunteers, without anything personal. */
  toGroup(sending: Sending, request: HelpRequest): Promise<void>
  /** Brings an answer to the owner. */
  toOwner(sending: Sending, owner: Person, request: HelpRequest, body: string): Promise<void>
  /** Tells the other coordinators that a request has its answer. */
  tellAnswered(sending: Sending, by: Person, request: HelpRequest): Promise<void>
}

export interface PostDeps {
  readonly speaker: Speaker
  readonly volunteerChatId: number | undefined
  readonly quiet: QuietRules
}

export function createPost({ speaker, volunteerChatId, quiet }: PostDeps): Post {
  const button = (reader: Reader, key: string, name: string, data: ButtonData): InlineButton => ({
    text: speaker.plain(reader, key),
    callback_data: packButton(name, RequestData, data),
  })
  const nameOf = (owner: Person, reader: Reader) =>
    owner.givenName === null ? speaker.plain(reader, 'help.someone') : owner.honorific === null ? owner.givenName : addressOf(owner)

  /** Coordinators who may be written to, but for those who know already. */
  async function coordinatorsBut(tx: Tx, knowing: readonly number[]): Promise<readonly Person[]> {
    const holders = (await holdersOf(tx, 'coordinator')).filter(({ id }) => !knowing.includes(id))
    const people = await Promise.all(holders.map(({ id }) => getPerson(tx, id)))
    return people.filter(isOpenToNotices)
  }

  return {
    nameOf,
    toCoordinators: async ({ tx, now }, owner, request, { body, isNew }) => {
      const readers = await coordinatorsBut(tx, [owner.id])
      for (const reader of readers) {
        const keyboard = [[button(reader, 'help.answer.button', 'help-answer', { request: request.id })]]
        const params = { number: request.number, who: nameOf(owner, reader), body }
        await noteAccess(tx, { person: owner.id, by: reader.id, what: 'help-request', now })
        await speaker.say(tx, reader, isNew ? 'help.incoming' : 'help.incoming-more', params, { keyboard, onSent: copyOf(request) }, now)
      }
      return readers.length
    },
    toGroup: async ({ tx, now }, request) => {
      if (volunteerChatId === undefined) return
      const group: Reader = { telegramId: volunteerChatId, language: 'id', givenName: null, honorific: null }
      await speaker.say(tx, group, 'help.group', { number: request.number }, {}, now)
    },
    toOwner: async ({ tx, now }, owner, request, body) => {
      const keyboard = [
        [button(owner, 'help.done.button', 'help-done', { request: request.id })],
        [button(owner, 'help.again.button', 'help-more', { request: request.id })],
      ]
      // She waits for it, so it comes at night too, but does not wake her.
      const silent = isQuiet(now, owner.timeZone ?? 'Asia/Jakarta', quiet)
      await speaker.say(tx, owner, 'help.answered', { number: request.number, body }, { keyboard, silent, onSent: copyOf(request) }, now)
    },
    tellAnswered: async ({ tx, now }, by, request) => {
      for (const reader of await coordinatorsBut(tx, [by.id, request.personId])) {
        const who = by.givenName ?? speaker.plain(reader, 'help.colleague')
        await speaker.say(tx, reader, 'help.answered-by', { number: request.number, who }, {}, now)
      }
    },
  }
}

/** Asks that the message, once sent, be remembered as showing this request. */
export function copyOf(request: HelpRequest): OnSent {
  return { name: COPY, version: COPY_VERSION, data: { request: request.id } }
}

const rememberCopy: OnSentHandler = async (tx, { data, version, chatId, messageId }) => {
  if (version !== COPY_VERSION) throw new Error(`A help copy of version ${version} can't be read: keep reading the versions that may still wait.`)
  const { request } = CopyData.parse(data)
  // While the message was on its way its request may have been erased.
  if (messageId !== undefined && (await findRequest(tx, request))) await keepCopy(tx, { chatId, messageId, request })
}

export const onSent = { [COPY]: rememberCopy }
