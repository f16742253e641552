// Forgetting in time: who is silent for long is asked, and erased when silence is the answer; old requests and old proof go by themselves.
// The durations are the clinic file's, and stand in the text people agreed to.
import { z } from 'zod'
import type { Clinic } from '../../content/clinic.ts'
import type { OnSentHandler } from '../../delivery/dispatcher.ts'
import { findHeld } from '../../people/hold.ts'
import { changePerson, getPerson } from '../../people/store.ts'
import { formatLocal, type TimeZone } from '../../people/time-zone.ts'
import type { Database, Tx } from '../../storage/database.ts'
import type { Job, JobRun } from '../../schedule/job.ts'
import { isQuiet } from '../../schedule/quiet.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { NO_DATA } from '../../telegram/feature.ts'
import { daysAfter, daysBefore, monthsBefore } from './age.ts'
import type { Leaving } from './leaving.ts'
import { askedInVain, pruneChatsOfNobody, pruneHelp, pruneProof, silentSince } from './store.ts'

const HOUR_MS = 3_600_000
const BITE = 50
const ZONES: readonly TimeZone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']
const ASKED = 'retention-asked'
const AskedData = z.object({ person: z.number().int().positive() })

export function createRetention({ clinic, database, leaving }: { clinic: Clinic; database: Pick<Database, 'emptyLog'>; leaving: Leaving }): readonly Job[] {
  const { limits } = clinic

  async function ask({ tx, now, speaker }: JobRun, id: number): Promise<void> {
    const person = await getPerson(tx, id)
    // Counted from now for who can't be reached, and for the others again from the moment the question is out.
    await changePerson(tx, id, { retention_asked_at: now })
    if (person.unreachableAt !== null) return
    const until = formatLocal(daysAfter(now, limits.retentionEraseAfterDays), person.timeZone ?? 'Asia/Jakarta', person.language).split(/, (?:pukul|at) /)[0] ?? ''
    const button = (key: string, name: string) => [{ text: speaker.plain(person, key), callback_data: packButton(name, NO_DATA, {}) }]
    await speaker.say(
      tx,
      person,
      'privacy.retention.ask',
      { months: limits.retentionAskAfterMonths, until },
      {
        lane: 'bulk',
        keyboard: [button('privacy.retention.stay.button', 'stay'), button('privacy.retention.erase.button', 'erase-go-on')],
        onSent: { name: ASKED, version: 1, data: { person: id } },
      },
      now,
    )
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

/** The time to answer begins when the question is out, however long the way. */
export const onSent: Readonly<Record<string, OnSentHandler>> = {
  [ASKED]: async (tx, { data, now }) => {
    const { person } = AskedData.parse(data)
    await tx.updateTable('person').set({ retention_asked_at: now }).where('id', '=', person).where('retention_asked_at', 'is not', null).execute()
  },
}
