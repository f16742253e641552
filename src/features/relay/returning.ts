// Brings what was said to someone while Telegram could not reach them, as soon as they are back.
import { keptForReturned, takeKept } from '../../cases/kept.ts'
import type { Relaying } from '../../cases/relaying.ts'
import { helpersOf, holdCase } from '../../cases/store.ts'
import { findHeld } from '../../people/hold.ts'
import { getPerson } from '../../people/store.ts'
import type { Job } from '../../schedule/job.ts'

const MINUTE_MS = 60_000
const BITE = 20

export function createReturning({ relaying }: { relaying: Relaying }): Job {
  return {
    name: 'kept-words',
    everyMs: MINUTE_MS,
    run: async ({ tx, now }) => {
      const waiting = await findHeld(tx, () => keptForReturned(tx, BITE), ({ personId }) => personId)
      for (const { id, caseId, reader } of waiting) {
        const of = await holdCase(tx, caseId)
        const isIn = of && (of.personId === reader || (await helpersOf(tx, caseId)).some(({ person }) => person === reader))
        if (isIn) await relaying.bringKept({ tx, now }, of, await getPerson(tx, reader))
        // Whoever is no longer in it does not get it.
        else await takeKept(tx, id)
      }
      return waiting.length === BITE
    },
  }
}
