// How busy volunteers are and how soon they answer, for whoever watches over them.
import type { CaseLoad, Load } from '../people/case-load.ts'
import type { Tx } from '../storage/database.ts'
import { loadsOf } from './store.ts'

/** Of each volunteer so many of the latest answered cases make the usual time. */
const LATEST = 30
const NOBODY = 0

export const caseLoad: CaseLoad = {
  loadOf: async (tx, people, now) => {
    const loads = await loadsOf(tx, NOBODY, now)
    const found = new Map<number, Load>()
    for (const person of people) {
      const { open, week } = loads.get(person) ?? { open: 0, week: 0 }
      found.set(person, { open, week, answerMs: await usualAnswer(tx, person) })
    }
    return found
  },
}

/** From taking a case to the first answer, ms: the median of the latest; null when there is none. */
async function usualAnswer(tx: Tx, person: number): Promise<number | null> {
  const rows = await tx
    .selectFrom('help_case')
    .select(['claimed_at', 'answered_at'])
    .where('volunteer_id', '=', person)
    .where('answered_at', 'is not', null)
    .where('claimed_at', 'is not', null)
    .orderBy('answered_at', 'desc')
    .limit(LATEST)
    .execute()
  // Who took a case over after its first answer has none of her own in it.
  const waits = rows.map((row) => (row.answered_at ?? 0) - (row.claimed_at ?? 0)).filter((wait) => wait >= 0).toSorted((a, b) => a - b)
  return waits[Math.floor(waits.length / 2)] ?? null
}
