// What a person agreed to: each purpose on its own, with version, hash of the text shown and time as proof (UU 27/2022 art. 22 and 24).
import { createHash } from 'node:crypto'
import type { Tx } from '../storage/database.ts'
import { audit } from './audit.ts'

/** `clinic` is needed for the service itself; the others are off until given and can be withdrawn alone. */
export const PURPOSES = ['clinic', 'directory', 'contact', 'research'] as const
/** `volunteer`: the code of conduct of who helps, and what is kept of her for that. */
export type Purpose = (typeof PURPOSES)[number] | 'volunteer'

/** Raised whenever a consent text changes its meaning. */
export const CONSENT_VERSION = '2026-11-29'

export interface ConsentProof {
  readonly person: number
  readonly purpose: Purpose
  /** The text as the person saw it. */
  readonly text: string
  /** Telegram's id of the message that asked. */
  readonly messageId: number | null
  readonly now: number
}

/** Records a consent; one already given stays as it is. */
export async function giveConsent(tx: Tx, proof: ConsentProof): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('consent')
    .values({
      person_id: proof.person,
      purpose: proof.purpose,
      version: CONSENT_VERSION,
      text_hash: createHash('sha256').update(proof.text).digest('hex'),
      given_at: proof.now,
      message_id: proof.messageId,
    })
    .onConflict((c) => c.columns(['person_id', 'purpose']).where('withdrawn_at', 'is', null).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows) await audit(tx, { at: proof.now, actor: proof.person, action: 'consent-given', subject: `person:${proof.person}`, detail: proof.purpose })
}

/** Withdraws a consent; without one nothing happens. */
export async function withdrawConsent(tx: Tx, withdrawal: { person: number; purpose: Purpose; now: number }): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('consent')
    .set({ withdrawn_at: withdrawal.now })
    .where('person_id', '=', withdrawal.person)
    .where('purpose', '=', withdrawal.purpose)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows) {
    await audit(tx, { at: withdrawal.now, actor: withdrawal.person, action: 'consent-withdrawn', subject: `person:${withdrawal.person}`, detail: withdrawal.purpose })
  }
}

/** The purposes a person agrees to now. */
export async function consentsOf(tx: Tx, person: number): Promise<ReadonlySet<Purpose>> {
  const rows = await tx.selectFrom('consent').select('purpose').where('person_id', '=', person).where('withdrawn_at', 'is', null).execute()
  return new Set(rows.map((row) => row.purpose as Purpose))
}
