// Asks, some months after a result, whether someone wants to check again: a few times at a fitting hour, then never again by itself.
import type { Clinic } from '../../content/clinic.ts'
import type { Instrument } from '../../content/assessment.ts'
import { findHeld } from '../../people/hold.ts'
import { isOpenToNotices } from '../../people/person.ts'
import { findPerson } from '../../people/store.ts'
import type { Job } from '../../schedule/job.ts'
import { afterQuiet } from '../../schedule/quiet.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { NO_DATA } from '../../telegram/feature.ts'
import { offerAfter } from './reassessment.ts'
import { dueOffers, setOffer } from './store.ts'

const MINUTE_MS = 60_000
const BITE = 50

export function createOffering({ clinic, instrument }: { clinic: Clinic; instrument: Instrument }): Job {
  return {
    name: 'offer-reassessment',
    everyMs: MINUTE_MS,
    run: async ({ tx, now, speaker }) => {
      const due = await findHeld(tx, () => dueOffers(tx, now, BITE), ({ person }) => person)
      for (const { id, person: personId, finishedAt, offersMade } of due) {
        const person = await findPerson(tx, personId)
        const isOpen = person !== undefined && isOpenToNotices(person)
        const allowedAt = isOpen ? afterQuiet(now, person.timeZone ?? 'Asia/Jakarta', clinic) : now
        if (allowedAt > now) {
          await setOffer(tx, id, allowedAt, offersMade)
          continue
        }
        // Who cannot hear it now is asked at the next time. After a long standstill several are due: those gone by are left out.
        let made = offersMade + 1
        let next = offerAfter(finishedAt, made, instrument)
        while (next !== null && next <= now) next = offerAfter(finishedAt, (made += 1), instrument)
        await setOffer(tx, id, next, made)
        if (!isOpen) continue
        const button = (key: string, name: string) => [{ text: speaker.plain(person, key), callback_data: packButton(name, NO_DATA, {}) }]
        const keyboard = [button('assessment.begin.button', 'check'), button('assessment.offer.no.button', 'no-check')]
        await speaker.say(tx, person, offersMade === 0 ? 'assessment.offer.first' : 'assessment.offer.again', {}, { lane: 'bulk', keyboard }, now)
      }
      return due.length === BITE
    },
  }
}
