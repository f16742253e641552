// Erases a person: everything she told and everything that names her. What stays are keyed hashes only the clinic's secret can match,
// and the audit trail, which knows ids and codes. It decides nothing about when to erase, and says nothing to anyone.
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../storage/database.ts'
import { jsonNumber } from '../storage/json-number.ts'
import { audit } from './audit.ts'
import { endRole } from './roles.ts'
import { getPerson } from './store.ts'

/** That someone was erased, and when (ms UTC). */
export interface Tombstone {
  readonly keyHash: string
  readonly erasedAt: number
}

/** The keyed hash that stands for someone erased: HMAC-SHA-256, in hex. Without the secret nobody can tell whose it is. */
export function tombstoneOf(secret: string, telegramId: number): string {
  return keyed(secret, `telegram:${telegramId}`)
}

/**
 * Erases a person from everything the clinic keeps, in this transaction: her record and all that belongs to it, every message to her
 * (waiting ones never leave), updates of hers that were kept, and what the team was shown of her. Her consents become keyed proof
 * (UU 27/2022 art. 24), her roles end, and a tombstone keeps a restored backup from bringing her back.
 * @param erased `person`: her id. `now`: ms UTC.
 * @throws when there is no such person.
 */
export async function erasePerson(tx: Tx, erased: { person: number; secret: string; now: number }): Promise<void> {
  await erase(tx, { ...erased, erasedAt: erased.now })
}

/** @param erased `erasedAt`: when she was erased for the first time, in ms UTC. */
async function erase(tx: Tx, erased: { person: number; secret: string; now: number; erasedAt: number }): Promise<void> {
  const { erasedAt, now, secret } = erased
  const { id, telegramId, roles } = await getPerson(tx, erased.person)
  // Someone without Telegram is found again in a backup by her id: ids are never given out twice.
  const keyHash = telegramId === null ? keyed(secret, `person:${id}`) : tombstoneOf(secret, telegramId)

  for (const role of roles) await endRole(tx, { person: id, role, by: id, now })
  // A link must not outlive the right to hand it out.
  await tx.updateTable('invite').set({ expires_at: now }).where('created_by', '=', id).where('expires_at', '>', now).execute()
  await keepConsentProof(tx, id, keyHash, now)
  const waiting = await aboutHerCases(tx, id)
  // First her record: it waits for whoever of the team works with it now, so that what they wrote is forgotten too.
  await tx.deleteFrom('person').where('id', '=', id).execute()
  await forgetWhatTheTeamSaw(tx, id, waiting, now)
  if (telegramId !== null) await forgetChat(tx, telegramId)
  await keepTombstone(tx, { keyHash, erasedAt })
  await audit(tx, { at: now, actor: null, action: 'person-erased', subject: `person:${id}` })
}

/** Everyone erased, as keyed hashes. */
export async function readTombstones(tx: Tx): Promise<readonly Tombstone[]> {
  return tx.selectFrom('tombstone').select(['key_hash as keyHash', 'erased_at as erasedAt']).orderBy('erased_at').execute()
}

/**
 * Erases again, in a restored database, everyone who was erased after the backup was made. Whoever came back after her erasure stays.
 * @param again `now`: ms UTC.
 * @returns how many people were erased.
 */
export async function reapplyErasures(tx: Tx, again: { tombstones: readonly Tombstone[]; secret: string; now: number }): Promise<number> {
  const erasedAt = new Map<string, number>()
  for (const one of again.tombstones) erasedAt.set(one.keyHash, Math.max(one.erasedAt, erasedAt.get(one.keyHash) ?? 0))
  const people = await tx.selectFrom('person').select(['id', 'telegram_id', 'created_at']).execute()
  let count = 0
  for (const { id, telegram_id, created_at } of people) {
    const keyHash = telegram_id === null ? keyed(again.secret, `person:${id}`) : tombstoneOf(again.secret, telegram_id)
    const at = erasedAt.get(keyHash) ?? 0
    if (at <= created_at) continue
    await erase(tx, { person: id, secret: again.secret, now: again.now, erasedAt: at })
    count += 1
  }
  // Also of who was not in this backup: an older one may be restored next.
  for (const [keyHash, at] of erasedAt) await keepTombstone(tx, { keyHash, erasedAt: at })
  return count
}

function keyed(secret: string, subject: string): string {
  return createHmac('sha256', secret).update(subject).digest('hex')
}

/** Someone erased twice counts from the later time. */
async function keepTombstone(tx: Tx, { keyHash, erasedAt }: Tombstone): Promise<void> {
  await tx
    .insertInto('tombstone')
    .values({ key_hash: keyHash, erased_at: erasedAt })
    .onConflict((c) => c.column('key_hash').doUpdateSet({ erased_at: sql`case when tombstone.erased_at > excluded.erased_at then tombstone.erased_at else excluded.erased_at end` }))
    .execute()
}

/** A consent not withdrawn before ends with the erasure. */
async function keepConsentProof(tx: Tx, person: number, keyHash: string, now: number): Promise<void> {
  const given = await tx.selectFrom('consent').select(['purpose', 'version', 'text_hash', 'given_at', 'withdrawn_at']).where('person_id', '=', person).execute()
  const proofs = given.map((one) => ({ ...one, key_hash: keyHash, withdrawn_at: one.withdrawn_at ?? now }))
  if (proofs.length > 0) await tx.insertInto('consent_proof').values(proofs).execute()
}

/**
 * The team reads about people in its own chats: what waits there about her or her requests is taken back, and the content of everything
 * already sent there is blanked, since any of it may name her and it is kept only to look into faults.
 */
async function forgetWhatTheTeamSaw(tx: Tx, person: number, about: readonly number[], now: number): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ state: 'superseded', settled_at: now, lease_until: null, payload: null, on_sent: null })
    .where('state', 'in', ['queued', 'sending'])
    // Written since her cases were read: by whoever worked with one of them until her record was gone.
    .where((e) => e.or([e.and([e('on_sent', 'is not', null), e(jsonNumber(tx, 'on_sent', 'data.about'), '=', person)]), ...(about.length > 0 ? [e('id', 'in', about)] : [])]))
    .execute()
  const team = tx.selectFrom('role').innerJoin('person', 'person.id', 'role.person_id').select('person.telegram_id').where('role.role', '!=', 'owner')
  await tx
    .updateTable('outbox')
    .set({ payload: null, on_sent: null })
    .where('payload', 'is not', null)
    .where('settled_at', 'is not', null)
    .where('chat_id', 'in', team)
    .execute()
}

/** The messages to others that show her cases, or that she wrote in theirs. */
async function aboutHerCases(tx: Tx, person: number): Promise<readonly number[]> {
  const rows = await tx
    .selectFrom('case_copy')
    .innerJoin('help_case', 'help_case.id', 'case_copy.case_id')
    .leftJoin('case_message', 'case_message.id', 'case_copy.message')
    .select('case_copy.outbox_id')
    .where('case_copy.outbox_id', 'is not', null)
    .where((e) => e.or([e('help_case.person_id', '=', person), e('case_message.author_id', '=', person)]))
    .execute()
  const cards = await tx
    .selectFrom('case_card')
    .innerJoin('help_case', 'help_case.id', 'case_card.case_id')
    .select('case_card.outbox_id')
    .where('help_case.person_id', '=', person)
    .where('case_card.outbox_id', 'is not', null)
    .execute()
  return [...rows, ...cards].map((row) => row.outbox_id as number)
}

/** A private chat has the id of its person. Rows on their way are gone too: whoever sends them finds nothing to settle. */
async function forgetChat(tx: Tx, telegramId: number): Promise<void> {
  await tx.deleteFrom('outbox').where('chat_id', '=', telegramId).execute()
  await tx.deleteFrom('case_copy').where('chat_id', '=', telegramId).execute()
  const senders = ['message', 'edited_message', 'callback_query', 'my_chat_member'].map((kind) => jsonNumber(tx, 'payload', `${kind}.from.id`))
  const sender = sql<number>`coalesce(${sql.join(senders)})`
  await tx.updateTable('failed_update').set({ payload: null }).where('payload', 'is not', null).where(sender, '=', telegramId).execute()
  await tx.deleteFrom('inbox').where(sender, '=', telegramId).execute()
}
