// Reads what the end of a case needs beside the case itself.
import type { Tx } from '../../storage/database.ts'

/** The message in someone's chat that an outbox row brought; `createdAt` in ms UTC. */
export async function copyIn(tx: Tx, outboxId: number): Promise<{ readonly chatId: number; readonly createdAt: number } | undefined> {
  return tx.selectFrom('case_copy').select(['chat_id as chatId', 'created_at as createdAt']).where('outbox_id', '=', outboxId).executeTakeFirst()
}
