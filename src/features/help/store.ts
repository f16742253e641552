// Reads and writes requests for help, their messages, and which Telegram message showed which request.
import { sql } from 'kysely'
import { nextNumber } from '../../people/store.ts'
import { rowLock, type Tx } from '../../storage/database.ts'
import type { HelpMessage, HelpRequest } from './request.ts'

/** Whoever has found a request works on one that is neither forgotten nor erased meanwhile. */
const requests = (tx: Tx) =>
  tx
    .selectFrom('help_request')
    .innerJoin('person', 'person.id', 'help_request.person_id')
    .select([
      'help_request.id', 'help_request.number', 'help_request.person_id as personId', 'help_request.state', 'help_request.created_at as createdAt',
    ])
    .modifyEnd(rowLock(tx, 'key share', 'help_request', 'person'))

export async function findRequest(tx: Tx, id: number): Promise<HelpRequest | undefined> {
  return requests(tx).where('help_request.id', '=', id).executeTakeFirst()
}

/** The request that a message in a chat showed. */
export async function findRequestShown(tx: Tx, shown: { chatId: number; messageId: number }): Promise<HelpRequest | undefined> {
  return requests(tx)
    .innerJoin('help_copy', 'help_copy.request_id', 'help_request.id')
    .where('help_copy.chat_id', '=', shown.chatId)
    .where('help_copy.message_id', '=', shown.messageId)
    .executeTakeFirst()
}

/** A person's newest request that nobody answered yet. */
export async function findWaitingRequest(tx: Tx, person: number): Promise<HelpRequest | undefined> {
  return requests(tx).where('person_id', '=', person).where('state', '=', 'open').orderBy('help_request.id', 'desc').executeTakeFirst()
}

/** Keeps a new request under the next number, with its first message. */
export async function createRequest(tx: Tx, asked: { person: number; body: string; now: number }): Promise<HelpRequest> {
  const number = await nextNumber(tx, 'help-request')
  const { id } = await tx
    .insertInto('help_request')
    .values({ number, person_id: asked.person, state: 'open', created_at: asked.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertMessage(tx, { request: id, author: asked.person, body: asked.body, now: asked.now })
  return { id, number, personId: asked.person, state: 'open', createdAt: asked.now }
}

/** Adds what the person who asked wrote later: the request waits for an answer again. */
export async function addQuestion(tx: Tx, added: { request: HelpRequest; body: string; now: number }): Promise<void> {
  await setState(tx, added.request.id, 'open')
  await insertMessage(tx, { request: added.request.id, author: added.request.personId, body: added.body, now: added.now })
}

/** Adds an answer; a request that was closed meanwhile counts as answered again. */
export async function addAnswer(tx: Tx, answer: { request: HelpRequest; author: number; body: string; now: number }): Promise<void> {
  await setState(tx, answer.request.id, 'answered')
  await insertMessage(tx, { request: answer.request.id, author: answer.author, body: answer.body, now: answer.now })
}

/** Comes before the message it goes with: of two who write at once the second waits here, so that the last message and the state agree. */
async function setState(tx: Tx, id: number, state: 'open' | 'answered'): Promise<void> {
  await tx.updateTable('help_request').set({ state, closed_at: null }).where('id', '=', id).execute()
}

/** Closes a request. Says whether there was something to close. */
export async function closeRequest(tx: Tx, closed: { id: number; now: number }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('help_request')
    .set({ state: 'closed', closed_at: closed.now })
    .where('id', '=', closed.id)
    .where('state', '!=', 'closed')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** All messages of a request, oldest first. */
export async function messagesOf(tx: Tx, request: number): Promise<readonly HelpMessage[]> {
  return tx.selectFrom('help_message').select(['author_id as authorId', 'body']).where('request_id', '=', request).orderBy('id').execute()
}

/** The requests that wait longest, at most `limit`, each with its first message. */
export async function longestWaiting(tx: Tx, limit: number): Promise<readonly (HelpRequest & { readonly body: string })[]> {
  return requests(tx)
    .innerJoin('help_message', 'help_message.request_id', 'help_request.id')
    .select('help_message.body')
    .where('help_request.state', '=', 'open')
    .where('help_message.id', '=', (e) =>
      e.selectFrom('help_message as first').select(sql<number>`min(first.id)`.as('id')).whereRef('first.request_id', '=', 'help_request.id'),
    )
    .orderBy('help_request.created_at')
    .orderBy('help_request.id')
    .limit(limit)
    .execute()
}

export async function countWaiting(tx: Tx): Promise<number> {
  const { count } = await tx
    .selectFrom('help_request')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return count
}

/** Remembers that a message shows a request, so that a reply to it finds its way back. */
export async function keepCopy(tx: Tx, copy: { chatId: number; messageId: number; request: number }): Promise<void> {
  await tx
    .insertInto('help_copy')
    .values({ chat_id: copy.chatId, message_id: copy.messageId, request_id: copy.request })
    .onConflict((c) => c.columns(['chat_id', 'message_id']).doUpdateSet({ request_id: copy.request }))
    .execute()
}

async function insertMessage(tx: Tx, message: { request: number; author: number; body: string; now: number }): Promise<void> {
  await tx
    .insertInto('help_message')
    .values({ request_id: message.request, author_id: message.author, body: message.body, created_at: message.now })
    .execute()
}
