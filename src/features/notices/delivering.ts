// Says what is due to people of the clinic's own accord: one a day at most, the strongest first, at hours they can be written to.
// What is due and its words are the kinds'; whether it is said now is decide.ts. Every decision is written down. Many are due at the
// same hour, so what decides is read for a whole bite at once.
import type { Clinic } from '../../content/clinic.ts'
import type { Log } from '../../logging.ts'
import { findHeld } from '../../people/hold.ts'
import { isOpenToNotices, type Person } from '../../people/person.ts'
import { findPeople } from '../../people/store.ts'
import { dayThere, zoneOf } from '../../people/time-zone.ts'
import { findVolunteers } from '../../people/volunteer-store.ts'
import type { Job, JobRun } from '../../schedule/job.ts'
import { nextQuiet, type QuietRules, withOwnHours } from '../../schedule/quiet.ts'
import { savepoint, TransactionLostError, type Tx } from '../../storage/database.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { type DueNotice, type NoticeKind, type NoticeWords, type Planned, RANKS } from '../../telegram/notice.ts'
import { nextBite } from './bite.ts'
import { decide, endOfDay, type SkipReason } from './decide.ts'
import { addDeliveries, addSkipped, findSaid, isKnown, setOutbox } from './store.ts'
import { DeliveryData } from './why.ts'

const MINUTE_MS = 60_000
/** So many of one stronger kind are looked through for each person of a bite. */
const STRONGER_EACH = 3

export function createDelivering({ clinic, kinds, log }: { clinic: Clinic; kinds: () => readonly NoticeKind[]; log: Log }): Job {
  const strongestFirst = () => kinds().toSorted((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank))
  let bite: number | undefined

  /** A volunteer says herself when it is quiet for her. */
  async function quietOf(tx: Tx, people: readonly Person[]): Promise<(person: Person) => QuietRules> {
    const helpers = people.filter(({ roles }) => roles.includes('volunteer')).map(({ id }) => id)
    const volunteers = helpers.length > 0 ? await findVolunteers(tx, helpers) : new Map<never, never>()
    return ({ id }) => {
      const own = volunteers.get(id)
      return own ? withOwnHours(clinic, own) : clinic
    }
  }

  /** One notice that can't be made must not hold up those of everybody else: then each is made alone. */
  async function handleSafely(run: JobRun, kind: NoticeKind, due: readonly DueNotice[]): Promise<void> {
    try {
      await savepoint(run.tx, () => handle(run, kind, due))
    } catch (error) {
      if (error instanceof TransactionLostError) throw error
      const [only] = due
      if (due.length > 1) for (const one of due) await handleSafely(run, kind, [one])
      else if (only) {
        log.error('notice.failed', { kind: kind.name, personId: only.person, err: error })
        await leaveOut(run, kind, await withPeople(run.tx, [only]), 'failed')
      }
    }
  }

  async function handle(run: JobRun, kind: NoticeKind, due: readonly DueNotice[]): Promise<void> {
    const { now, tx } = run
    // What was said to her for the first one decides about her second.
    const firsts = [...new Map(due.toReversed().map((one) => [one.person, one])).values()].toReversed()
    const planned = await withPeople(tx, firsts)
    const said = await findSaid(tx, planned.map(({ person }) => ({ person: person.id, day: dayThere(now, zoneOf(person)) })))
    const quiet = await quietOf(tx, planned.map(({ person }) => person))
    const ready: Planned[] = []
    for (const one of planned) {
      const { person, due: { dueAt } } = one
      const decision = decide({
        now, dueAt, staleAfterMs: kind.staleAfterMs, timeZone: zoneOf(person), quiet: quiet(person),
        paused: person.pausedAt !== null && !kind.reachesPaused, reachable: isOpenToNotices({ ...person, pausedAt: null }),
        saidToday: said.has(person.id), hasSlots: kind.rank === 'tip', person: person.id,
      })
      if (decision.type === 'say') ready.push(one)
      else if (decision.type === 'postpone') await kind.postpone(tx, one.due, decision.until)
      else await leaveOut(run, kind, [one], decision.reason)
    }
    const stronger = await findStronger(tx, kind, ready, now)
    await say(run, kind, ready.filter(({ person }) => !stronger.has(person.id)))
    for (const one of ready) {
      const instead = stronger.get(one.person.id)
      if (instead) await sayInstead(run, instead, kind, one)
    }
    const seconds = due.filter((one) => !firsts.includes(one))
    if (seconds.length > 0) await handle(run, kind, seconds)
  }

  /** She chose this hour, so the stronger one takes it, even when it was meant for later today. */
  async function sayInstead(run: JobRun, stronger: { readonly kind: NoticeKind; readonly due: DueNotice }, kind: NoticeKind, { due, person }: Planned): Promise<void> {
    await say(run, stronger.kind, [{ due: stronger.due, person }])
    const said = await findSaid(run.tx, [{ person: person.id, day: dayThere(run.now, zoneOf(person)) }])
    if (said.has(person.id) && kind.rank === 'tip') await leaveOut(run, kind, [{ due, person }], 'gave-way')
    // What has no slot of its own moves to another day; and when there was nothing to say, its turn has come after all.
    else await handle(run, kind, [due])
  }

  /** For whom something stronger is due before her day ends, by her id. */
  async function findStronger(tx: Tx, kind: NoticeKind, planned: readonly Planned[], now: number): Promise<ReadonlyMap<number, { kind: NoticeKind; due: DueNotice }>> {
    const ends = new Map(planned.map(({ person }) => [person.id, endOfDay(now, zoneOf(person))]))
    const found = new Map<number, { kind: NoticeKind; due: DueNotice }>()
    for (const other of strongestFirst()) {
      if (ends.size === 0 || RANKS.indexOf(other.rank) >= RANKS.indexOf(kind.rank)) break
      for (const due of await other.due(tx, { by: Math.max(...ends.values()), limit: ends.size * STRONGER_EACH, people: [...ends.keys()] })) {
        if (!found.has(due.person) && due.dueAt <= (ends.get(due.person) ?? 0)) found.set(due.person, { kind: other, due })
      }
    }
    return found
  }

  async function say(run: JobRun, kind: NoticeKind, planned: readonly Planned[]): Promise<void> {
    const { now, tx } = run
    const all = planned.length === 0 ? [] : await kind.compose(run, planned)
    await leaveOut(run, kind, planned.filter((_, at) => !all[at]), 'moot')
    const worded = planned.flatMap((one, at) => (all[at] ? [{ ...one, words: all[at] }] : []))
    if (worded.length === 0) return
    const ids = await addDeliveries(tx, worded.map(({ due, person, words }) => ({
      person: person.id, kind: kind.name, subject: words.subject ?? due.subject, dueAt: due.dueAt, now, day: dayThere(now, zoneOf(person)), reason: words.reason ?? null,
    })))
    const quiet = await quietOf(tx, worded.map(({ person }) => person))
    for (const one of worded) await send(run, kind, one, { delivery: ids.get(one.person.id)!, quiet: quiet(one.person) })
    await kind.settle(tx, worded, { said: true, now })
  }

  async function send({ now, speaker, tx }: JobRun, kind: NoticeKind, { due, person, words }: Planned & { readonly words: NoticeWords }, { delivery, quiet }: { readonly delivery: number; readonly quiet: QuietRules }): Promise<void> {
    const why = { text: speaker.plain(person, 'notices.why.button'), callback_data: packButton('why', DeliveryData, { delivery }) }
    // Telegram may hold it up, or the clinic be closed before it leaves: then it must not come in the night, or in the evening instead of the morning.
    const notAfter = Math.min(nextQuiet(now, zoneOf(person), quiet) - 1, due.dueAt + kind.staleAfterMs)
    const options = { lane: 'bulk', notAfter, keyboard: [...(words.keyboard ?? []), [why]], onSent: { name: 'notice', version: 1, data: { delivery } } } as const
    await setOutbox(tx, { delivery, outbox: await speaker.sayHtml(tx, person, words.html, options, now) })
  }

  async function leaveOut({ now, tx }: JobRun, kind: NoticeKind, planned: readonly Planned[], reason: SkipReason | 'failed'): Promise<void> {
    for (const { due } of planned) {
      const skipped = { person: due.person, kind: kind.name, subject: due.subject, dueAt: due.dueAt, now }
      // When the clock was set back, the same slot comes once more: the ledger knows it already.
      if (!(await isKnown(tx, skipped))) await addSkipped(tx, skipped, reason)
    }
    if (planned.length > 0) await kind.settle(tx, planned, { said: false, now })
  }

  return {
    name: 'notices',
    everyMs: MINUTE_MS,
    run: async (run) => {
      if (run.clockSetBack) for (const kind of kinds()) await kind.followClock(run.tx, run.now)
      bite = nextBite(bite, run.lastBiteMs)
      for (const kind of strongestFirst()) {
        const limit = bite
        const due = await findHeld(run.tx, () => kind.due(run.tx, { by: run.now, limit }), ({ person }) => person)
        if (due.length > 0) await handleSafely(run, kind, due)
        if (due.length === limit) return true
      }
      return false
    },
  }
}

async function withPeople(tx: Tx, due: readonly DueNotice[]): Promise<readonly Planned[]> {
  const people = await findPeople(tx, due.map(({ person }) => person))
  return due.flatMap((one) => {
    const person = people.get(one.person)
    return person ? [{ due: one, person }] : []
  })
}
