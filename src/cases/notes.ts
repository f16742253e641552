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
async function notesOf(tx: Tx, caseId: number): Promise<readonly Note[]> {
  return tx.selectFrom('case_note').select(['author_id as author', 'body', 'created_at as createdAt']).where('case_id', '=', caseId).orderBy('id').execute()
}

/** So much of them fits into one message beside everything else. */
const SHOWN = 10
const SHOWN_CHARS = 300

/** The newest notes of a case, oldest first, long ones cut: for one message. */
export async function shownNotesOf(tx: Tx, caseId: number): Promise<readonly Note[]> {
  return (await notesOf(tx, caseId)).slice(-SHOWN).map((note) => ({ ...note, body: cut(note.body) }))
}

function cut(body: string): string {
  const characters = Array.from(body)
  return characters.length > SHOWN_CHARS ? `${characters.slice(0, SHOWN_CHARS - 1).join('').trimEnd()}…` : body
}
