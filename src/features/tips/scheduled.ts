// The tip that comes at the hour she chose. Which one is pick-tip.ts; whether it is said now is for all notices alike.
import type { Facts } from '../../content/facts.ts'
import { currentTips, type Tip } from '../../content/tips.ts'
import { findPerson } from '../../people/store.ts'
import { zoneOf } from '../../people/time-zone.ts'
import type { NoticeKind } from '../../telegram/notice.ts'
import type { MediaSizes } from './media.ts'
import { pickTip } from './pick-tip.ts'
import { bringSlotsForward, dueSlots, findSchedule, rhythmsAhead, saveSchedule, setNextSlot } from './schedule-store.ts'
import { nextSlot } from './slots.ts'
import { forgetShown, keepShown, tipHistoryOf } from './store.ts'
import { shortTip, tipKeyboard } from './tip-message.ts'

/** A morning tip is no use in the evening. */
const STALE_AFTER_MS = 6 * 3_600_000

export function createScheduledTips({ tips, facts, mediaSizes }: { tips: readonly Tip[]; facts: Facts; mediaSizes: MediaSizes }): NoticeKind {
  return {
    name: 'tip',
    rank: 'tip',
    staleAfterMs: STALE_AFTER_MS,
    due: dueSlots,
    compose: async ({ tx, now, person, speaker }) => {
      const pick = pickTip(currentTips(tips, facts, now), await tipHistoryOf(tx, person.id))
      if (!pick) return undefined
      const { reason, tip } = pick
      await keepShown(tx, { person: person.id, tip: tip.id, now })
      const schedule = await findSchedule(tx, person.id)
      const slowsDown = reason === 'again' && schedule !== undefined && schedule.weekdays.length > 1
      // When she has seen them all, one a week to read again is enough.
      if (slowsDown) await saveSchedule(tx, person.id, { ...schedule, weekdays: schedule.weekdays.slice(0, 1) }, now)
      return {
        html: [slowsDown ? speaker.html(person, 'tips.all-seen', {}, now) : '', shortTip({ person, speaker, facts, mediaSizes, now }, tip)].filter(Boolean).join('\n\n'),
        keyboard: tipKeyboard({ person, speaker, mediaSizes }, tip),
        subject: tip.id,
        reason,
      }
    },
    settle: async (tx, { person: id }, { now }) => {
      const schedule = await findSchedule(tx, id)
      const person = await findPerson(tx, id)
      if (schedule && person) await setNextSlot(tx, id, nextSlot(schedule, zoneOf(person), now))
    },
    postpone: (tx, { person }, until) => setNextSlot(tx, person, until),
    followClock: async (tx, now) => {
      for (const rhythm of await rhythmsAhead(tx, now)) await bringSlotsForward(tx, rhythm, nextSlot(rhythm, zoneOf(rhythm), now), now)
    },
    // She never saw it.
    tookTooLong: (tx, { person, subject }) => forgetShown(tx, person, subject),
  }
}
