// Says what is due to people of the clinic's own accord: one a day at most, the strongest first, at hours they can be written to.
// What is due and its words are the kinds'; whether it is said now is decide.ts. Every decision is written down.
import type { Clinic } from '../../content/clinic.ts'
import { findHeld } from '../../people/hold.ts'
import type { Log } from '../../logging.ts'
import { isOpenToNotices, type Person } from '../../people/person.ts'
import { findPerson } from '../../people/store.ts'
import { zoneOf } from '../../people/time-zone.ts'
import { findVolunteer } from '../../people/volunteer-store.ts'
import { nextQuiet, type QuietRules, withOwnHours } from '../../schedule/quiet.ts'
import type { Job, JobRun } from '../../schedule/job.ts'
import { savepoint, TransactionLostError, type Tx } from '../../storage/database.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { type DueNotice, type NoticeKind, RANKS } from '../../telegram/notice.ts'
import { dayOf, decide, endOfDay, type SkipReason } from './decide.ts'
import { DeliveryData } from './why.ts'
import { addDelivery, addSkipped, isKnown, setOutbox, wasSaidOn } from './store.ts'

const MINUTE_MS = 60_000
/** Small enough that nobody who writes meanwhile waits for it. */
const BITE = 5

export function createDelivering({ clinic, kinds, log }: { clinic: Clinic; kinds: () => readonly NoticeKind[]; log: Log }): Job {
  const strongestFirst = () => kinds().toSorted((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank))

  /** A volunteer says herself when it is quiet for her. */
  async function quietOf(tx: Tx, person: Person): Promise<QuietRules> {
    const volunteer = person.roles.includes('volunteer') ? await findVolunteer(tx, person.id) : undefined
    return volunteer ? withOwnHours(clinic, volunteer) : clinic
  }

  async function handle(run: JobRun, kind: NoticeKind, due: DueNotice): Promise<void> {
    const { now, tx } = run
    const person = await findPerson(tx, due.person)
    if (!person) return
    const timeZone = zoneOf(person)
    const decision = decide({
      now, dueAt: due.dueAt, staleAfterMs: kind.staleAfterMs, timeZone, quiet: await quietOf(tx, person),
      paused: person.pausedAt !== null && !kind.reachesPaused, reachable: isOpenToNotices({ ...person, pausedAt: null }),
      saidToday: await wasSaidOn(tx, person.id, dayOf(now, timeZone)), hasSlots: kind.rank === 'tip', person: person.id,
    })
    if (decision.type === 'postpone') return kind.postpone(tx, due, decision.until)
    if (decision.type === 'skip') return skip(run, kind, due, decision.reason)
    const stronger = await findStronger(tx, kind, person, endOfDay(now, timeZone))
    if (!stronger) return say(run, kind, due, person)
    // She chose this hour, so the stronger one takes it, even when it was meant for later today.
    await say(run, stronger.kind, stronger.due, person)
    const wasSaid = await wasSaidOn(tx, person.id, dayOf(now, timeZone))
    if (wasSaid && kind.rank === 'tip') await skip(run, kind, due, 'gave-way')
    // What has no slot of its own moves to another day; and when there was nothing to say, its turn has come after all.
    else await handle(run, kind, due)
  }

  /** One notice that can't be made must not hold up those of everybody else. */
  async function handleAlone(run: JobRun, kind: NoticeKind, due: DueNotice): Promise<void> {
    try {
      await savepoint(run.tx, () => handle(run, kind, due))
    } catch (error) {
      if (error instanceof TransactionLostError) throw error
      log.error('notice.failed', { kind: kind.name, personId: due.person, err: error })
      await skip(run, kind, due, 'failed')
    }
  }

  async function findStronger(tx: Tx, kind: NoticeKind, person: Person, by: number): Promise<{ kind: NoticeKind; due: DueNotice } | undefined> {
    for (const other of strongestFirst()) {
      if (RANKS.indexOf(other.rank) >= RANKS.indexOf(kind.rank)) return undefined
      const [due] = await other.due(tx, { by, limit: 1, person: person.id })
      if (due) return { kind: other, due }
    }
    return undefined
  }

  async function say({ now, speaker, tx }: JobRun, kind: NoticeKind, due: DueNotice, person: Person): Promise<void> {
    const words = await kind.compose({ tx, now, person, speaker }, due)
    if (!words) return skip({ now, speaker, tx }, kind, due, 'moot')
    const timeZone = zoneOf(person)
    const day = dayOf(now, timeZone)
    const planned = { person: person.id, kind: kind.name, subject: words.subject ?? due.subject, dueAt: due.dueAt, now }
    const id = await addDelivery(tx, planned, day, words.reason ?? null)
    const why = { text: speaker.plain(person, 'notices.why.button'), callback_data: packButton('why', DeliveryData, { delivery: id }) }
    // Telegram may hold it up, or the clinic be closed before it leaves: then it must not come in the night, or in the evening instead of the morning.
    const notAfter = Math.min(nextQuiet(now, timeZone, await quietOf(tx, person)) - 1, due.dueAt + kind.staleAfterMs)
    const outboxId = await speaker.sayHtml(
      tx, person, words.html,
      { lane: 'bulk', notAfter, keyboard: [...(words.keyboard ?? []), [why]], onSent: { name: 'notice', version: 1, data: { delivery: id } } },
      now,
    )
    await setOutbox(tx, id, outboxId)
    await kind.settle(tx, due, { said: true, now })
  }

  async function skip({ now, tx }: JobRun, kind: NoticeKind, due: DueNotice, reason: SkipReason | 'failed'): Promise<void> {
    const skipped = { person: due.person, kind: kind.name, subject: due.subject, dueAt: due.dueAt, now }
    // When the clock was set back, the same slot comes once more: the ledger knows it already.
    if (!(await isKnown(tx, skipped))) await addSkipped(tx, skipped, reason)
    await kind.settle(tx, due, { said: false, now })
  }

  return {
    name: 'notices',
    everyMs: MINUTE_MS,
    run: async (run) => {
      if (run.clockSetBack) for (const kind of kinds()) await kind.followClock(run.tx, run.now)
      for (const kind of strongestFirst()) {
        const due = await findHeld(run.tx, () => kind.due(run.tx, { by: run.now, limit: BITE }), ({ person }) => person)
        for (const one of due) await handleAlone(run, kind, one)
        if (due.length === BITE) return true
      }
      return false
    },
  }
}
