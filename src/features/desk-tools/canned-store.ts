// Reads and writes canned answers. Every change is in the audit trail, by number.
import type { CannedText } from '../../content/canned-answers.ts'
import { audit } from '../../people/audit.ts'
import { takeLock, type Tx } from '../../storage/database.ts'

export interface CannedAnswer extends CannedText {
  readonly id: number
}

/** All that are there, by title. A clinic that never had any begins with the shipped ones: changed or removed there, they do not come back. */
export async function cannedAnswers(tx: Tx, shipped: readonly CannedText[], now: number): Promise<readonly CannedAnswer[]> {
  if (!(await hasAny(tx))) {
    // Of two helpers who look first at the same moment one puts them in.
    await takeLock(tx, 'canned-answers')
    if (!(await hasAny(tx)) && shipped.length > 0) await tx.insertInto('canned_answer').values(shipped.map((one) => ({ ...one, updated_by: null, updated_at: now }))).execute()
  }
  return tx.selectFrom('canned_answer').select(['id', 'title', 'body']).where('removed_at', 'is', null).orderBy('title').orderBy('id').execute()
}

const hasAny = async (tx: Tx) => (await tx.selectFrom('canned_answer').select('id').limit(1).executeTakeFirst()) !== undefined

export async function findCannedAnswer(tx: Tx, id: number): Promise<CannedAnswer | undefined> {
  return tx.selectFrom('canned_answer').select(['id', 'title', 'body']).where('id', '=', id).where('removed_at', 'is', null).executeTakeFirst()
}

interface Change {
  readonly by: number
  /** ms UTC. */
  readonly now: number
}

export async function addCannedAnswer(tx: Tx, text: CannedText, { by, now }: Change): Promise<void> {
  const { id } = await tx.insertInto('canned_answer').values({ ...text, updated_by: by, updated_at: now }).returning('id').executeTakeFirstOrThrow()
  await audit(tx, { at: now, actor: by, action: 'canned-added', subject: `canned-answer:${id}` })
}

/** Says whether it was still there. */
export async function changeCannedAnswer(tx: Tx, id: number, text: CannedText, { by, now }: Change): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('canned_answer').set({ ...text, updated_by: by, updated_at: now }).where('id', '=', id).where('removed_at', 'is', null).executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return false
  await audit(tx, { at: now, actor: by, action: 'canned-changed', subject: `canned-answer:${id}` })
  return true
}

/** Says whether it was still there. */
export async function removeCannedAnswer(tx: Tx, id: number, { by, now }: Change): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('canned_answer').set({ removed_at: now, updated_by: by, updated_at: now }).where('id', '=', id).where('removed_at', 'is', null).executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return false
  await audit(tx, { at: now, actor: by, action: 'canned-removed', subject: `canned-answer:${id}` })
  return true
}
