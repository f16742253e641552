// Asks, some months after a result, whether someone wants to check again: a few times, then never again by itself.
import type { Instrument } from '../../content/assessment.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { NO_DATA } from '../../telegram/feature.ts'
import { composeEach, type NoticeKind, settleEach } from '../../telegram/notice.ts'
import { offerAfter } from './reassessment.ts'
import { bringOffersForward, dueOffers, findOffer, setOffer } from './store.ts'

const DAY_MS = 86_400_000
/** The next time it is asked comes a week later. */
const STALE_AFTER_MS = 6 * DAY_MS

export function createOffering(instrument: Instrument): NoticeKind {
  return {
    name: 'reassessment',
    rank: 'reassessment',
    staleAfterMs: STALE_AFTER_MS,
    due: dueOffers,
    compose: composeEach(async ({ tx, person, speaker, now }, { subject }) => {
      const offer = await findOffer(tx, Number(subject))
      if (!offer) return undefined
      const button = (key: string, name: string) => [{ text: speaker.plain(person, key), callback_data: packButton(name, NO_DATA, {}) }]
      return {
        html: speaker.html(person, offer.made === 0 ? 'assessment.offer.first' : 'assessment.offer.again', {}, now),
        keyboard: [button('assessment.begin.button', 'check'), button('assessment.offer.no.button', 'no-check')],
      }
    }),
    // Who could not hear it is asked at the next time. After a long standstill several are due: those gone by are left out.
    settle: settleEach(async (tx, { subject }, { now }) => {
      const offer = await findOffer(tx, Number(subject))
      if (!offer) return
      let made = offer.made + 1
      while ((offerAfter(offer.finishedAt, made, instrument) ?? now + 1) <= now) made += 1
      await setOffer(tx, Number(subject), offerAfter(offer.finishedAt, made, instrument), made)
    }),
    followClock: (tx, now) => bringOffersForward(tx, now + Math.max(...instrument.reassessment.offerDays) * DAY_MS),
    postpone: async (tx, { subject }, until) => {
      const offer = await findOffer(tx, Number(subject))
      if (offer) await setOffer(tx, Number(subject), until, offer.made)
    },
  }
}
