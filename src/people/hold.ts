// One thing at a time with one person: her updates, and what the clinic does about her of its own accord, in whichever processes.
// On SQLite transactions run one after the other anyway.
import { engineOf, takeLock, type Tx } from '../storage/database.ts'

/** Waits until no other transaction works on this person's behalf, and holds others back until this one ends. @param telegramId hers, or what stands in for it where nobody is known */
export async function lockPerson(tx: Tx, telegramId: number): Promise<void> {
  await takeLock(tx, `queue ${telegramId}`)
}

/**
 * Finds what is due for people, so that no update of theirs changes it any more until this transaction ends.
 * @param find asked once more when everyone is held: what an update has settled meanwhile is left out.
 */
export async function findHeld<T>(tx: Tx, find: () => Promise<readonly T[]>, personOf: (one: T) => number): Promise<readonly T[]> {
  const found = await find()
  if (found.length === 0 || engineOf(tx) === 'sqlite') return found
  const ids = new Set(found.map(personOf))
  // In one order everywhere, so that two who hold several never wait for each other.
  const people = await tx.selectFrom('person').select('telegram_id').where('id', 'in', [...ids]).where('telegram_id', 'is not', null).orderBy('telegram_id').execute()
  for (const { telegram_id } of people) await lockPerson(tx, telegram_id as number)
  return (await find()).filter((one) => ids.has(personOf(one)))
}
