// Reads and writes unfinished forms. The row is the whole state: it survives restarts, deploys and weeks of silence.
import type { Conversation, Memo } from '../conversation/conversation.ts'
import type { Answers } from '../conversation/form.ts'
import type { Tx } from '../storage/database.ts'
import { prepare } from '../storage/prepared.ts'
import type { ConversationRow, OutboxState } from '../storage/schema.ts'

/** An unfinished form, and what became of the message that asked its current question first. */
export interface OpenConversation extends ConversationRow {
  readonly asked_state: OutboxState | null
  readonly asked_message_id: number | null
  readonly asked_lease_until: number | null
  /** When this question was asked first, ms UTC. */
  readonly asked_at: number | null
}

const selectOfPerson = prepare<{ person: number }, OpenConversation>((db, value) =>
  db
    .selectFrom('conversation')
    .leftJoin('outbox', 'outbox.id', 'conversation.first_prompt_id')
    .selectAll('conversation')
    .select(['outbox.state as asked_state', 'outbox.message_id as asked_message_id', 'outbox.lease_until as asked_lease_until', 'outbox.created_at as asked_at'])
    .where('person_id', '=', value('person'))
    .orderBy('active', 'desc')
    .orderBy('updated_at', 'desc'),
)

/** A person's unfinished forms, the one that typed answers go to first, then newest first. */
export async function conversationsOf(tx: Tx, person: number): Promise<OpenConversation[]> {
  const { rows } = await selectOfPerson(tx, { person })
  return rows
}

export function toConversation(row: ConversationRow): Conversation {
  return {
    form: row.form,
    version: row.version,
    step: row.step,
    revision: row.revision,
    answers: JSON.parse(row.answers) as Answers,
    memo: JSON.parse(row.memo) as Memo,
  }
}

const columns = (conversation: Conversation) => ({
  version: conversation.version,
  step: conversation.step,
  revision: conversation.revision,
  answers: JSON.stringify(conversation.answers),
  memo: JSON.stringify(conversation.memo),
})

/** Opens a conversation; every other one of the person waits. `remindAt` is ms UTC. */
export async function insertConversation(
  tx: Tx,
  opened: { person: number; conversation: Conversation; subject: string | null; now: number; remindAt: number },
): Promise<ConversationRow> {
  await deactivateAll(tx, opened.person)
  return tx
    .insertInto('conversation')
    .values({
      ...columns(opened.conversation),
      person_id: opened.person,
      form: opened.conversation.form,
      subject: opened.subject,
      active: 1,
      started_at: opened.now,
      updated_at: opened.now,
      remind_at: opened.remindAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

const update = prepare<ReturnType<typeof columns> & { id: number; now: number; remindAt: number }, unknown>((db, value) =>
  db
    .updateTable('conversation')
    .set({
      version: value('version'),
      step: value('step'),
      revision: value('revision'),
      answers: value('answers'),
      memo: value('memo'),
      updated_at: value('now'),
      remind_at: value('remindAt'),
      reminders_sent: 0,
    })
    .where('id', '=', value('id')),
)

export async function saveConversation(tx: Tx, id: number, conversation: Conversation, saved: { now: number; remindAt: number }): Promise<void> {
  await update(tx, { ...columns(conversation), ...saved, id })
}

/** Makes this the conversation that typed answers go to. */
export async function activateConversation(tx: Tx, person: number, id: number): Promise<void> {
  await deactivateAll(tx, person)
  await tx.updateTable('conversation').set({ active: 1 }).where('id', '=', id).execute()
}

export async function deactivateAll(tx: Tx, person: number): Promise<void> {
  await tx.updateTable('conversation').set({ active: 0 }).where('person_id', '=', person).where('active', '=', 1).execute()
}

const updatePrompt = prepare<{ id: number; promptId: number | null }, unknown>((db, value) =>
  db.updateTable('conversation').set({ prompt_id: value('promptId') }).where('id', '=', value('id')),
)
const updateFirstPrompt = prepare<{ id: number; promptId: number | null }, unknown>((db, value) =>
  db.updateTable('conversation').set({ prompt_id: value('promptId'), first_prompt_id: value('promptId') }).where('id', '=', value('id')),
)

/** Names the message that asks the current question; a new question was first asked by it. */
export async function setPrompt(tx: Tx, id: number, promptId: number | null, isNewQuestion = false): Promise<void> {
  await (isNewQuestion ? updateFirstPrompt : updatePrompt)(tx, { id, promptId })
}

/** The form is about something else from now on; its answers stay. */
export async function changeSubject(tx: Tx, id: number, subject: string): Promise<void> {
  await tx.updateTable('conversation').set({ subject }).where('id', '=', id).execute()
}

export async function deleteConversation(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('conversation').where('id', '=', id).execute()
}
