// The append-only trail of who changed what about roles, consents and requests. Ids and codes only, never texts or names.
import type { Tx } from '../storage/database.ts'

export interface AuditEntry {
  readonly at: number
  /** Person id; null when the configuration or a schedule did it. */
  readonly actor: number | null
  readonly action: string
  /** `kind:id`. */
  readonly subject: string
  readonly detail?: string
}

export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit')
    .values({ at: entry.at, actor_id: entry.actor, action: entry.action, subject: entry.subject, detail: entry.detail ?? null })
    .execute()
}
