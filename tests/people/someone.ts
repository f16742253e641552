// Someone the clinic knows everything about that it can know of anyone, for the tests that erase her.
import { giveConsent, withdrawConsent } from '../../src/people/consent.ts'
import { grantRole } from '../../src/people/roles.ts'
import { createPerson } from '../../src/people/store.ts'
import type { Tx } from '../../src/storage/database.ts'

export const SECRET = 'a secret of at least thirty-two characters'
export const NOW = Date.UTC(2026, 10, 23, 2)
export const SARI = 7_310_555_001
export const RINI = 7_310_555_002
/** Long enough to lie on pages of its own. */
const LONG_QUESTION = 'Bagaimana supaya untungnya cukup? '.repeat(200)

/** A person with something of hers in every place the clinic keeps things. Every word of hers holds `mark`. */
export async function fillIn(tx: Tx, telegramId: number, mark: string, coordinator: number): Promise<number> {
  const { id } = await createPerson(tx, telegramId, NOW)
  await tx.updateTable('person').set({ given_name: `Nama${mark}`, phone: `+62${mark}` }).where('id', '=', id).execute()
  await grantRole(tx, { person: id, role: 'owner', by: id, now: NOW })
  await giveConsent(tx, { person: id, purpose: 'clinic', text: `Setuju ${mark}`, messageId: 5, now: NOW })
  await giveConsent(tx, { person: id, purpose: 'research', text: `Setuju ${mark}`, messageId: 6, now: NOW })
  await withdrawConsent(tx, { person: id, purpose: 'research', now: NOW + 1 })
  await tx.insertInto('business').values({ person_id: id, name: `Warung ${mark}`, sector: 'kuliner', village_code: '35.07.26.2003', product: `pecel ${mark}`, licences: '{}', created_at: NOW, updated_at: NOW }).execute()
  await tx.insertInto('conversation').values({ person_id: id, form: 'business', version: 1, step: 'product', revision: 1, answers: JSON.stringify({ 'business-name': `Kedai ${mark}` }), memo: '{}', active: 1, started_at: NOW, updated_at: NOW }).execute()
  await tx.insertInto('tip_shown').values({ person_id: id, tip: 'info-t1', shown_at: NOW }).execute()
  await tx.insertInto('instrument').values({ version: '0.2-pilot', content: '{}', first_used_at: NOW }).onConflict((c) => c.doNothing()).execute()
  const check = await tx.insertInto('assessment').values({ person_id: id, instrument: '0.2-pilot', kind: 'check', finished_at: NOW, total: 60, level: 'pemula' }).returning('id').executeTakeFirstOrThrow()
  await tx.insertInto('assessment_area').values({ assessment_id: check.id, area: 'info', score: 12, level: 'pemula', priority: 1 }).execute()
  await tx.insertInto('assessment_answer').values({ assessment_id: check.id, item: 'info-1', answer: '1' }).execute()
  await tx.insertInto('plan_step').values({ person_id: id, assessment_id: check.id, area: 'info', round: 1, tip: 'info-t1', is_review: 0, state: 'done', created_at: NOW, proof_kind: 'words', proof: `Sudah ${mark}` }).execute()
  const request = await tx.insertInto('help_case').values({ number: id, person_id: id, state: 'waiting', created_at: NOW }).returning('id').executeTakeFirstOrThrow()
  await tx.insertInto('case_message').values({ case_id: request.id, author_id: id, body: `${mark} ${LONG_QUESTION} ${mark}`, created_at: NOW }).execute()
  await tx.insertInto('case_copy').values({ case_id: request.id, chat_id: coordinator, telegram_id: id, created_at: NOW }).execute()
  await tx.insertInto('access_log').values({ person_id: id, by_person: 1, at: NOW, what: 'help-request' }).execute()
  const row = async (chat_id: number, state: 'queued' | 'sending' | 'sent', text: string, shows?: number) => {
    const sent = await tx
      .insertInto('outbox')
      .values({ chat_id, lane: 'reply', method: 'sendMessage', payload: JSON.stringify({ text }), state, next_at: NOW, created_at: NOW, settled_at: state === 'sent' ? NOW : null })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (shows !== undefined) await tx.insertInto('case_copy').values({ case_id: shows, chat_id, outbox_id: sent.id, created_at: NOW }).execute()
  }
  for (const state of ['queued', 'sending', 'sent'] as const) {
    await row(telegramId, state, `Halo, ${mark}!`)
    await row(coordinator, state, `Permintaan dari ${mark}`, request.id)
  }
  const updates = [{ message: { from: { id: telegramId, first_name: mark }, text: mark } }, { edited_message: { from: { id: telegramId }, text: mark } }, { callback_query: { from: { id: telegramId }, message: { text: mark } } }]
  for (const [at, update] of updates.entries()) {
    const payload = JSON.stringify({ update_id: telegramId + at, ...update })
    await tx.insertInto('failed_update').values({ update_id: telegramId + at, outcome: 'failed', reference: 'A1', error: 'Error', payload, failed_at: NOW }).execute()
    await tx.insertInto('inbox').values({ update_id: telegramId + at, payload, received_at: NOW }).execute()
  }
  return id
}
