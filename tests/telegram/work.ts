// The unit of work as its tests see it: what it applied, answered, logged and apologised for.
import type { Update } from 'grammy/types'
import { nextNumber } from '../../src/people/store.ts'
import type { Database, Tx } from '../../src/storage/database.ts'
import { createUnitOfWork, type TapAnswer, type UnitOfWorkDeps } from '../../src/telegram/unit-of-work.ts'
import { createRecordedLog } from './recorded-log.ts'

export const NOW = Date.UTC(2026, 10, 23, 2)
export const BOT_ID = 7_000_000_001

export const update = (id: number, text = `teks ${id}`) => ({ update_id: id, message: { text } }) as Update
export const tap = (id: number, callbackId: string) => ({ update_id: id, callback_query: { id: callbackId } }) as Update

/** What an update does in these tests: one more in the count under its id. */
export const take = (tx: Tx, id: number) => nextNumber(tx, `update ${id}`)

export function createWork(database: Database, deps: Partial<UnitOfWorkDeps> = {}) {
  const taps: TapAnswer[][] = []
  const apologies: { readonly id: number; readonly reference: string }[] = []
  const log = createRecordedLog()
  let commits = 0
  const work = createUnitOfWork({
    database,
    botId: BOT_ID,
    now: () => NOW,
    log,
    handle: async (tx, { update_id }) => void (await take(tx, update_id)),
    apologise: async (tx, { update_id }, reference) => {
      apologies.push({ id: update_id, reference })
      await nextNumber(tx, `apology ${update_id}`)
    },
    answerTaps: (answers) => void taps.push([...answers]),
    committed: () => {
      commits += 1
    },
    ...deps,
  })
  return { ...work, taps, apologies, log, commits: () => commits }
}

/** Everything that took effect: `{ 'update 1': 1 }`. */
export const effects = (database: Database) =>
  database.transaction(async (tx) => {
    const rows = await tx.selectFrom('counter').selectAll().execute()
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  })
export const failures = (database: Database) => database.transaction((tx) => tx.selectFrom('failed_update').selectAll().execute())
