// What was said to someone Telegram could not reach: it waits as a copy without a message, until they are back.
import type { Tx } from '../storage/database.ts'

export interface Kept {
  readonly id: number
  readonly caseId: number
  readonly message: number
  readonly chatId: number
}

const kept = (tx: Tx) =>
  tx
    .selectFrom('case_copy')
    .select((e) => ['case_copy.id', 'case_copy.case_id as caseId', 'case_copy.chat_id as chatId', e.ref('case_copy.message').$notNull().as('message')])
    .where('case_copy.outbox_id', 'is', null)
    .where('case_copy.telegram_id', 'is', null)
    .where('case_copy.message', 'is not', null)
    .orderBy('case_copy.id')

/** Keeps a message for a chat. `now`: ms UTC. */
export async function keepFor(tx: Tx, words: { caseId: number; message: number; chatId: number; now: number }): Promise<void> {
  await tx.insertInto('case_copy').values({ case_id: words.caseId, message: words.message, chat_id: words.chatId, created_at: words.now }).execute()
}

/** What waits in a case for a chat, the oldest first. */
export async function keptFor(tx: Tx, waiting: { caseId: number; chatId: number }): Promise<readonly Kept[]> {
  return kept(tx).where('case_copy.case_id', '=', waiting.caseId).where('case_copy.chat_id', '=', waiting.chatId).execute()
}

/** What waits for people who can be reached again, but for cases a report holds. */
export async function keptForReturned(tx: Tx, limit: number): Promise<readonly (Kept & { readonly reader: number; readonly personId: number })[]> {
  return kept(tx)
    .innerJoin('person', 'person.telegram_id', 'case_copy.chat_id')
    .innerJoin('help_case', 'help_case.id', 'case_copy.case_id')
    .select(['person.id as reader', 'help_case.person_id as personId'])
    .where('person.unreachable_at', 'is', null)
    .where('help_case.state', '!=', 'frozen')
    .limit(limit)
    .execute()
}

/** Takes it out to bring it; false when somebody else did. */
export async function takeKept(tx: Tx, id: number): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('case_copy').where('id', '=', id).where('outbox_id', 'is', null).where('telegram_id', 'is', null).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
