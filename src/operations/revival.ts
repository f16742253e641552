// Makes a copy of a backup fit to be the clinic's database again: up to date, without the people erased since, and without repeating what
// was already said. It works on that copy alone.
import SqliteFile from 'better-sqlite3'
import { audit } from '../people/audit.ts'
import { reapplyErasures, type Tombstone } from '../people/erasure.ts'
import { openDatabase, type Tx } from '../storage/database.ts'

export interface Contents {
  readonly people: number
  readonly businesses: number
  /** Answers in forms that are not finished. */
  readonly answers: number
  /** How many people were erased again. */
  readonly erased: number
  /** Messages that waited when the backup was made, and are not sent now. */
  readonly notSent: number
}

/**
 * @param how `tombstones`: everyone erased since, from wherever it is still known. `now`: ms UTC.
 * @throws when a migration or an erasure does not run.
 */
export async function revive(
  file: string,
  how: { readonly tombstones: readonly Tombstone[]; readonly clinicSecret: string; readonly now: number },
): Promise<Contents> {
  const { tombstones, clinicSecret, now } = how
  const database = await openDatabase(`sqlite:${file}`)
  let contents: Contents
  try {
    contents = await database.transaction(async (tx) => {
      const erased = await reapplyErasures(tx, { tombstones, secret: clinicSecret, now })
      const notSent = await leaveUnsent(tx, now)
      await forgetWhatTelegramShows(tx)
      await audit(tx, { at: now, actor: null, action: 'database-restored', subject: 'database:clinic' })
      return { ...(await countContents(tx)), erased, notSent }
    })
  } finally {
    await database.close()
  }
  // One file without a journal beside it, whole by itself when it is moved or copied.
  const closed = new SqliteFile(file)
  closed.pragma('journal_mode = DELETE')
  closed.close()
  return contents
}

/** What waited when the backup was made has long been sent, almost surely: it counts as perhaps sent, and is not said twice. */
async function leaveUnsent(tx: Tx, now: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox')
    .set({ state: 'unknown', settled_at: now, lease_until: null, error: 'waiting when the backup was made' })
    .where('state', 'in', ['queued', 'sending'])
    .where('lane', '!=', 'setup')
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Menus and commands may have changed since: everyone is shown theirs again. Leases and attempts belonged to a process of that time. */
async function forgetWhatTelegramShows(tx: Tx): Promise<void> {
  await tx.updateTable('person').set({ menu_shown: null, commands_shown: null }).execute()
  await tx.deleteFrom('meta').where('key', '=', 'presented').execute()
  await tx.updateTable('job').set({ lease_until: null, lease_owner: null }).execute()
  await tx.deleteFrom('update_attempt').execute()
}

async function countContents(tx: Tx): Promise<Pick<Contents, 'people' | 'businesses' | 'answers'>> {
  const count = (table: 'person' | 'business') => tx.selectFrom(table).select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  const forms = await tx.selectFrom('conversation').select('answers').execute()
  return {
    people: (await count('person')).count,
    businesses: (await count('business')).count,
    answers: forms.reduce((sum, { answers }) => sum + Object.keys(JSON.parse(answers) as object).length, 0),
  }
}
