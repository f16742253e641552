// Reads and writes what helpers note about a case for each other; owners never see it.
import type { Tx } from '../storage/database.ts'

export interface Note {
  readonly author: number
  readonly body: string
  /** ms UTC. */
  readonly createdAt: number
}

export async function addNote(tx: Tx, note: { caseId: number; author: number; body: string; now: number }): Promise<void> {
  await tx.insertInto('case_note').values({ case_id: note.caseId, author_id: note.author, body: note.body, created_at: note.now }).execute()
}

/** The notes of a case, oldest first. */
export async function notesOf(tx: Tx, caseId: number): Promise<readonly Note[]> {
  return tx.selectFrom('case_note').select(['author_id as author', 'body', 'created_at as createdAt']).where('case_id', '=', caseId).orderBy('id').execute()
}
