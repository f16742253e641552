// Keeps what is said in a case, and which Telegram message shows which of it to whom: replies, edits and withdrawals find their way by that.
import { z } from 'zod'
import { enqueue, type OnSent } from '../delivery/outbox.ts'
import type { OnSentHandler } from '../delivery/settlement.ts'
import type { Tx } from '../storage/database.ts'
import { type Part, wordsOf } from '../telegram/part.ts'

/** Something said in a case. Instants in ms UTC. */
export interface CaseMessage {
  readonly id: number
  readonly caseId: number
  readonly author: number
  readonly part: Part
  readonly createdAt: number
  readonly withdrawnAt: number | null
}

interface Row {
  readonly id: number
  readonly case_id: number
  readonly author_id: number
  readonly body: string
  readonly part: string | null
  readonly created_at: number
  readonly withdrawn_at: number | null
}

const toMessage = (row: Row): CaseMessage => ({
  id: row.id,
  caseId: row.case_id,
  author: row.author_id,
  part: row.part === null ? { kind: 'text', text: row.body } : (JSON.parse(row.part) as Part),
  createdAt: row.created_at,
  withdrawnAt: row.withdrawn_at,
})

export async function addMessage(
  tx: Tx,
  said: { caseId: number; author: number; part: Part; source: { readonly chat: number; readonly message: number } | undefined; now: number },
): Promise<CaseMessage> {
  const row = await tx
    .insertInto('case_message')
    .values({
      case_id: said.caseId,
      author_id: said.author,
      body: wordsOf(said.part) ?? '',
      part: said.part.kind === 'text' ? null : JSON.stringify(said.part),
      source_chat: said.source?.chat ?? null,
      source_message: said.source?.message ?? null,
      created_at: said.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toMessage(row)
}

/** Everything said in a case, oldest first. */
export async function messagesOf(tx: Tx, caseId: number): Promise<readonly CaseMessage[]> {
  return (await tx.selectFrom('case_message').selectAll().where('case_id', '=', caseId).orderBy('id').execute()).map(toMessage)
}

export async function findMessage(tx: Tx, id: number): Promise<CaseMessage | undefined> {
  const row = await tx.selectFrom('case_message').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toMessage(row)
}

/** What someone said with a message of theirs. */
export async function findMessageSaid(tx: Tx, source: { readonly chat: number; readonly message: number }): Promise<CaseMessage | undefined> {
  const row = await tx.selectFrom('case_message').selectAll().where('source_chat', '=', source.chat).where('source_message', '=', source.message).executeTakeFirst()
  return row && toMessage(row)
}

/** A message and, when it is part of an album, the others of it that still stand: for whoever sent it they are one. */
export async function sentTogether(tx: Tx, said: CaseMessage): Promise<readonly CaseMessage[]> {
  const album = albumOf(said)
  if (album === undefined) return [said]
  return (await messagesOf(tx, said.caseId)).filter((one) => one.author === said.author && one.withdrawnAt === null && albumOf(one) === album)
}

const albumOf = ({ part }: CaseMessage): string | undefined => ('album' in part ? part.album : undefined)

/** New words for what was said. */
export async function rewordMessage(tx: Tx, id: number, part: Part, now: number): Promise<void> {
  await tx
    .updateTable('case_message')
    .set({ body: wordsOf(part) ?? '', part: part.kind === 'text' ? null : JSON.stringify(part), edited_at: now })
    .where('id', '=', id)
    .execute()
}

/** Takes back what was said: its content is gone, that it was said stays. */
export async function withdrawMessage(tx: Tx, id: number, now: number): Promise<void> {
  await tx.updateTable('case_message').set({ body: '', part: null, withdrawn_at: now }).where('id', '=', id).execute()
}

/** A message in someone's chat that shows a case. */
export interface CaseCopy {
  readonly id: number
  readonly caseId: number
  /** What it shows of it; null for cards and notices. */
  readonly message: number | null
  readonly chatId: number
  readonly outboxId: number | null
  /** Null until Telegram took it. */
  readonly telegramId: number | null
  readonly createdAt: number
}

const copies = (tx: Tx) =>
  tx.selectFrom('case_copy').select(['id', 'case_id as caseId', 'message', 'chat_id as chatId', 'outbox_id as outboxId', 'telegram_id as telegramId', 'created_at as createdAt'])

export async function copiesOf(tx: Tx, message: number): Promise<readonly CaseCopy[]> {
  return copies(tx).where('message', '=', message).orderBy('id').execute()
}

export async function forgetCopy(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('case_copy').where('id', '=', id).execute()
}

/** What the message in this chat shows; undefined when it shows no case. */
export async function findShown(tx: Tx, shown: { readonly chatId: number; readonly telegramId: number }): Promise<CaseCopy | undefined> {
  return copies(tx).where('chat_id', '=', shown.chatId).where('telegram_id', '=', shown.telegramId).orderBy('id', 'desc').executeTakeFirst()
}

const COPY = 'case-copy'
const COPY_VERSION = 1
const CopyData = z.object({ copy: z.number().int().positive() })

/**
 * Notes that a message about to be written to a chat shows a case. Pass what it gives on with the outbox row, then `linkCopy` with the row's id.
 */
export async function noteCopy(tx: Tx, copy: { caseId: number; message?: number; chatId: number; now: number }): Promise<{ readonly copy: number; readonly onSent: OnSent }> {
  const { id, about } = await tx
    .insertInto('case_copy')
    .values({ case_id: copy.caseId, message: copy.message ?? null, chat_id: copy.chatId, created_at: copy.now })
    .returning((e) => ['id', e.selectFrom('help_case').select('person_id').where('help_case.id', '=', copy.caseId).as('about')])
    .executeTakeFirstOrThrow()
  // `about` is read when she is erased (people/erasure.ts): what waits then never leaves.
  return { copy: id, onSent: { name: COPY, version: COPY_VERSION, data: { copy: id, about } } }
}

export async function linkCopy(tx: Tx, copy: number, outboxId: number): Promise<void> {
  await tx.updateTable('case_copy').set({ outbox_id: outboxId }).where('id', '=', copy).execute()
}

const rememberCopy: OnSentHandler = async (tx, { data, version, chatId, messageId, now }) => {
  if (version !== COPY_VERSION) throw new Error(`A case copy of version ${version} can't be read: keep reading the versions that may still wait.`)
  if (messageId === undefined) return
  const { copy } = CopyData.parse(data)
  // While the message was on its way its case may have been erased: then there is no row to change.
  await tx.updateTable('case_copy').set({ telegram_id: messageId }).where('id', '=', copy).execute()
  const withdrawn = await tx
    .selectFrom('case_copy')
    .innerJoin('case_message', 'case_message.id', 'case_copy.message')
    .select('case_message.id')
    .where('case_copy.id', '=', copy)
    .where('case_message.withdrawn_at', 'is not', null)
    .executeTakeFirst()
  // It was taken back while it waited in an album with others.
  if (withdrawn) await enqueue(tx, { chatId, method: 'deleteMessage', payload: { message_id: messageId } }, now)
}

/** Requests of before a volunteer could hold them may still wait to be settled. */
const HelpCopyData = z.object({ request: z.number().int().positive() })
const rememberHelpCopy: OnSentHandler = async (tx, { data, chatId, messageId, now }) => {
  const { request } = HelpCopyData.parse(data)
  const isThere = await tx.selectFrom('help_case').select('id').where('id', '=', request).executeTakeFirst()
  if (messageId !== undefined && isThere) await tx.insertInto('case_copy').values({ case_id: request, chat_id: chatId, telegram_id: messageId, created_at: now }).execute()
}

export const caseCopiesSent = { [COPY]: rememberCopy, 'help-copy': rememberHelpCopy }
