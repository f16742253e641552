// One message a day for volunteers who want it so: the waiting cases that fit them, at their hour; none when nothing waits.
import { CaseData } from '../../cases/case-data.ts'
import { type CardWords, readCard } from '../../cases/card.ts'
import { rankVolunteers, type Wanted } from '../../cases/match.ts'
import type { CasePost, Sending } from '../../cases/post.ts'
import { mayVolunteersHelp } from '../../cases/audience.ts'
import { type CaseRecord, loadsOf, queue } from '../../cases/store.ts'
import { getPerson } from '../../people/store.ts'
import { isoDay, localTime } from '../../people/time-zone.ts'
import { volunteersOnDuty } from '../../people/volunteer-store.ts'
import { isInQuietHours, type Volunteer } from '../../people/volunteer.ts'
import type { Job } from '../../schedule/job.ts'
import type { Tx } from '../../storage/database.ts'

const MINUTE_MS = 60_000
/** After an outage it still comes for so many hours; later in the day nobody expects it. */
const LATE_HOURS = 3
const LISTED = 5
/** So far down the queue fitting cases are looked for. */
const LOOKED_THROUGH = 50
/** So many volunteers in one transaction. */
const BITE = 20
const NOBODY = 0

interface Waiting {
  readonly of: CaseRecord
  readonly wanted: Wanted
}

/** The volunteer's day when their digest is due now: the same day is told once. */
export function digestDay(volunteer: Pick<Volunteer, 'timeZone' | 'digestHour' | 'quietFrom' | 'quietUntil'>, now: number): string | undefined {
  const local = localTime(now, volunteer.timeZone)
  const { hour } = local
  const isDue = hour >= volunteer.digestHour && hour < volunteer.digestHour + LATE_HOURS && !isInQuietHours(volunteer, now)
  return isDue ? isoDay(local) : undefined
}

export function createDigest({ post, words }: { post: CasePost; words: CardWords }): Job {
  /** Waiting cases that volunteers may be shown, the head of the queue first. */
  async function readWaiting(tx: Tx): Promise<readonly Waiting[]> {
    const found: Waiting[] = []
    for (const of of await queue(tx, LOOKED_THROUGH)) {
      if (of.circle < 0 || !(await mayVolunteersHelp(tx, of))) continue
      const { sector, village, language } = await readCard(tx, of)
      found.push({ of, wanted: { owner: of.personId, area: of.area, sector, village, language, urgent: of.urgent } })
    }
    return found
  }

  /** Those this volunteer could take. */
  async function fitting({ tx, now }: Sending, volunteer: Volunteer, waiting: readonly Waiting[]): Promise<readonly CaseRecord[]> {
    // Whom they helped before decides who is asked first, not who fits.
    const loads = await loadsOf(tx, NOBODY, now)
    return waiting.filter(({ wanted }) => rankVolunteers(wanted, [volunteer], loads, 'fitting', now).length > 0).slice(0, LISTED).map(({ of }) => of)
  }

  async function tell(sending: Sending, volunteer: Volunteer, cases: readonly CaseRecord[]): Promise<void> {
    const { tx, now } = sending
    const reader = await getPerson(tx, volunteer.person)
    if (reader.telegramId === null) return
    const lines = cases.map((of) => post.speaker.html(reader, of.urgent ? 'desk-tools.digest.urgent' : 'desk-tools.digest.line', { number: of.number, topic: words.topic(reader, of), waited: words.span(reader, now - of.createdAt) }, now))
    const keyboard = cases.map((of) => [post.button(reader, 'desk-tools.digest.look.button', 'case-look', CaseData, { case: of.id }, { number: of.number })])
    await post.speaker.sayHtml(tx, reader, [post.speaker.html(reader, 'desk-tools.digest.title', { count: cases.length }, now), lines.join('\n')].join('\n\n'), { keyboard }, now)
  }

  return {
    name: 'case-digest',
    everyMs: 5 * MINUTE_MS,
    run: async ({ tx, now }) => {
      const wanting = (await volunteersOnDuty(tx, now)).filter(({ news }) => news === 'digest')
      let waiting: readonly Waiting[] | undefined
      let taken = 0
      for (const volunteer of wanting) {
        if (taken === BITE) return true
        const day = digestDay(volunteer, now)
        // Of two processes one writes the day, and with it sends the message.
        if (day === undefined || !(await takeDay(tx, volunteer.person, day))) continue
        taken += 1
        waiting ??= await readWaiting(tx)
        const cases = await fitting({ tx, now }, volunteer, waiting)
        if (cases.length > 0) await tell({ tx, now }, volunteer, cases)
      }
      return false
    },
  }
}

/** Marks a day of theirs as told. False when it was. */
async function takeDay(tx: Tx, person: number, day: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteer')
    .set({ digest_day: day })
    .where('person_id', '=', person)
    .where((e) => e.or([e('digest_day', 'is', null), e('digest_day', '!=', day)]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
