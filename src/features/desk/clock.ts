// What time does to cases: offers them, asks more people, reminds who holds one, takes back what was left lying, and asks owners whether they
// still need it.
import { CaseData } from '../../cases/case-data.ts'
import { letHappen, nextStepOf, reschedule } from '../../cases/happening.ts'
import { tellLessonWaits } from '../../cases/lesson-news.ts'
import type { Offering } from '../../cases/offering.ts'
import type { CasePost, Sending } from '../../cases/post.ts'
import { tellCoordinators } from '../../cases/reported.ts'
import { type CaseRecord, deserted, dueCases, holdCase } from '../../cases/store.ts'
import { findHeld } from '../../people/hold.ts'
import { findPerson, getPerson } from '../../people/store.ts'
import type { Job } from '../../schedule/job.ts'

const MINUTE_MS = 60_000
const BITE = 20

export function createCaseClock({ post, offering }: { post: CasePost; offering: Offering }): readonly Job[] {
  async function step(sending: Sending, of: CaseRecord): Promise<void> {
    const { tx, now } = sending
    const next = await nextStepOf(tx, of)
    if (!next || next.at > now) return reschedule(tx, of)
    const data = { case: of.id }
    switch (next.step) {
      case 'offer':
        await offering.offer(sending, of)
        return offering.tellStanding(sending, of)
      case 'widen':
        await offering.offer(sending, of, 1)
        return offering.updateStanding(sending, of)
      case 'tell-coordinators':
        if ((await offering.offer(sending, of, 2)) === 0) return
        await post.tell(sending, await getPerson(tx, of.personId), of.id, 'cases.told.coordinators', { number: of.number })
        return
      case 'tell-coordinators-again':
        await offering.offer(sending, of, 3)
        return
      case 'ask-still-needed': {
        await reschedule(tx, { ...of, stillAskedAt: now })
        const owner = await getPerson(tx, of.personId)
        await post.tell(sending, owner, of.id, of.state === 'waiting' ? 'cases.still.waiting' : 'cases.still.claimed', { number: of.number }, [
          [post.button(owner, 'cases.still.yes.button', 'case-still', CaseData, data)],
          [post.button(owner, 'cases.solved.button', 'case-confirm', CaseData, data)],
          [post.button(owner, 'cases.still.no.button', 'case-cancel', CaseData, data)],
        ])
        return
      }
      case 'remind-half':
      case 'remind-late': {
        await reschedule(tx, { ...of, reminded: of.reminded + 1 })
        if (of.volunteerId === null) return
        const helper = await getPerson(tx, of.volunteerId)
        const owner = await getPerson(tx, of.personId)
        await post.tell(sending, helper, of.id, `desk.${next.step}`, { number: of.number, who: post.ownerName(owner, helper) }, [
          next.step === 'remind-late' ? [post.button(helper, 'desk.ask-release.button', 'case-ask-release', CaseData, data)] : [],
          [post.button(helper, 'desk.menu.button', 'case-menu', CaseData, data)],
        ].filter((row) => row.length > 0))
        return
      }
      case 'lapse': {
        const happened = await letHappen(tx, { caseId: of.id, event: { type: 'lapse' }, by: 'clock', now })
        if (happened.type !== 'happened') return
        for (const { person } of happened.helpers) await post.tell(sending, await getPerson(tx, person), of.id, person === of.volunteerId ? 'desk.lapsed' : 'cases.told.given-back', { number: of.number })
        await post.tell(sending, await getPerson(tx, of.personId), of.id, 'cases.told.released', { number: of.number })
        await offering.offer(sending, happened.after)
        return
      }
      case 'remind-frozen':
        await reschedule(tx, { ...of, reminded: of.reminded + 1 })
        return tellCoordinators(post, sending, of, true)
      case 'close-silent':
      case 'expire': {
        const happened = await letHappen(tx, { caseId: of.id, event: { type: 'expire' }, by: 'clock', now })
        if (happened.type !== 'happened') return
        if (happened.after.lesson !== null) await tellLessonWaits(post, sending)
        const owner = await getPerson(tx, of.personId)
        await post.tell(sending, owner, of.id, 'cases.told.expired', { number: of.number }, [[post.button(owner, 'cases.reopen.button', 'case-reopen', CaseData, data)]])
        for (const { person } of happened.helpers) await post.tell(sending, await getPerson(tx, person), of.id, 'cases.told.closed', { number: of.number })
        return
      }
    }
  }

  const clock: Job = {
    name: 'cases',
    everyMs: MINUTE_MS,
    run: async ({ tx, now }) => {
      // Whoever writes just now comes first: her case may then no longer be due.
      const due = await findHeld(tx, () => dueCases(tx, now, BITE), ({ personId }) => personId)
      for (const { id } of due) {
        const of = await holdCase(tx, id)
        if (of) await step({ tx, now }, of)
      }
      return due.length === BITE
    },
  }
  /** Whoever left the team left her cases too. */
  const takeBack: Job = {
    name: 'cases-left',
    everyMs: 5 * MINUTE_MS,
    run: async ({ tx, now }) => {
      const left = await findHeld(tx, () => deserted(tx, BITE), ({ personId }) => personId)
      for (const { id: caseId } of left) {
        const happened = await letHappen(tx, { caseId, event: { type: 'leave' }, by: 'clock', now })
        if (happened.type !== 'happened') continue
        const { after, before } = happened
        // Whose owner wants volunteers no longer has left it without leaving the team.
        const lead = before.volunteerId === null ? undefined : await findPerson(tx, before.volunteerId)
        if (lead?.roles.includes('volunteer')) await post.tell({ tx, now }, lead, caseId, 'cases.told.moved', { number: after.number })
        for (const { person } of happened.helpers) await post.tell({ tx, now }, await getPerson(tx, person), caseId, 'cases.told.given-back', { number: after.number })
        await post.tell({ tx, now }, await getPerson(tx, after.personId), caseId, 'cases.told.released', { number: after.number })
        await offering.offer({ tx, now }, after)
      }
      return left.length === BITE
    },
  }
  return [clock, takeBack]
}
