// Forgetting in time: who is silent for long is to be asked (asking.ts), and erased when silence is the answer; old requests and old proof go by themselves.
// The durations are the clinic file's, and stand in the text people agreed to.
import type { Clinic } from '../../content/clinic.ts'
import { findHeld } from '../../people/hold.ts'
import { setNudge } from '../../people/nudge.ts'
import { changePerson, getPerson } from '../../people/store.ts'
import type { TimeZone } from '../../people/time-zone.ts'
import type { Database, Tx } from '../../storage/database.ts'
import type { Job, JobRun } from '../../schedule/job.ts'
import { isQuiet } from '../../schedule/quiet.ts'
import { daysBefore, monthsBefore } from './age.ts'
import type { Leaving } from './leaving.ts'
import { askedInVain, pruneChatsOfNobody, pruneHelp, pruneProof, silentSince } from './store.ts'

const HOUR_MS = 3_600_000
const BITE = 50
const ZONES: readonly TimeZone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']

export function createRetention({ clinic, database, leaving }: { clinic: Clinic; database: Pick<Database, 'emptyLog'>; leaving: Leaving }): readonly Job[] {
  const { limits } = clinic

  async function ask({ tx, now }: JobRun, id: number): Promise<void> {
    // Counted from now for who can't be reached, and for the others again from the moment the question is out.
    await changePerson(tx, id, { retention_asked_at: now })
    const person = await getPerson(tx, id)
    if (person.unreachableAt === null) await setNudge(tx, id, 'retention', { nextAt: now, since: now })
  }

  /** Whoever gives a sign of life at this very moment is not among them. */
  const held = (tx: Tx, find: () => Promise<readonly number[]>) => findHeld(tx, find, (id) => id)

  return [
    {
      name: 'ask-the-silent',
      everyMs: HOUR_MS,
      run: async (run) => {
        const zones = ZONES.filter((zone) => !isQuiet(run.now, zone, clinic))
        if (zones.length === 0) return false
        const inVain = await held(run.tx, () => askedInVain(run.tx, { before: daysBefore(run.now, limits.retentionEraseAfterDays), zones, limit: BITE }))
        for (const id of inVain) await leaving.eraseAndTell(run, await getPerson(run.tx, id), 'privacy.retention.erased')
        const silent = await held(run.tx, () => silentSince(run.tx, { before: monthsBefore(run.now, limits.retentionAskAfterMonths), zones, limit: BITE }))
        for (const id of silent) await ask(run, id)
        return inVain.length === BITE || silent.length === BITE
      },
    },
    {
      name: 'forget-the-old',
      everyMs: HOUR_MS,
      run: async ({ tx, now }) => {
        const messages = await pruneHelp(tx, { before: monthsBefore(now, limits.helpKeptMonths), limit: BITE, now })
        await pruneProof(tx, monthsBefore(now, 12 * limits.consentProofKeptYears))
        await pruneChatsOfNobody(tx)
        return messages === BITE
      },
    },
    { name: 'empty-the-log', everyMs: HOUR_MS, outside: database.emptyLog },
  ]
}
