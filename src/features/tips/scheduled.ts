// The tip that comes at the hour she chose. Which one is pick-tip.ts; whether it is said now is for all notices alike.
import type { Facts } from '../../content/facts.ts'
import { currentTips, type Tip } from '../../content/tips.ts'
import { zoneOf } from '../../people/time-zone.ts'
import type { Tx } from '../../storage/database.ts'
import type { NoticeKind } from '../../telegram/notice.ts'
import type { MediaSizes } from './media.ts'
import { pickTip } from './pick-tip.ts'
import { bringSlotsForward, dueSlots, findSchedule, findSchedules, pausesAt, rhythmsAhead, saveSchedule, setNextSlot } from './schedule-store.ts'
import { nextSlot } from './slots.ts'
import { forgetShown, keepShown, tipHistoriesOf } from './store.ts'
import { shortTip, tipKeyboard } from './tip-message.ts'

/** A morning tip is no use in the evening. */
const STALE_AFTER_MS = 6 * 3_600_000

export function createScheduledTips({ tips, facts, mediaSizes }: { tips: readonly Tip[]; facts: Facts; mediaSizes: MediaSizes }): NoticeKind {
  return {
    name: 'tip',
    rank: 'tip',
    staleAfterMs: STALE_AFTER_MS,
    due: dueSlots,
    compose: async (run, planned) => {
      const { now, speaker, tx } = run
      const current = currentTips(tips, facts, now)
      const histories = await tipHistoriesOf(tx, planned.map(({ person }) => person.id))
      const picks = planned.map(({ person }) => ({ person, pick: pickTip(current, histories.get(person.id)!) }))
      await keepShown(tx, ...picks.flatMap(({ person, pick }) => (pick ? [{ person: person.id, tip: pick.tip.id, now }] : [])))
      const words = []
      for (const { person, pick } of picks) {
        const slowsDown = pick?.reason === 'again' && (await slowDown(tx, person.id, now))
        words.push(pick && {
          html: [slowsDown ? speaker.html(person, 'tips.all-seen', {}, now) : '', shortTip({ person, speaker, facts, mediaSizes, now }, pick.tip)].filter(Boolean).join('\n\n'),
          keyboard: tipKeyboard({ person, speaker, mediaSizes }, pick.tip),
          subject: pick.tip.id,
          reason: pick.reason,
        })
      }
      return words
    },
    settle: async (tx, planned, { now }) => {
      const schedules = await findSchedules(tx, planned.map(({ person }) => person.id))
      for (const { person } of planned) {
        const schedule = schedules.get(person.id)
        if (schedule) await setNextSlot(tx, person.id, nextSlot(schedule, zoneOf(person), now))
      }
    },
    postpone: (tx, { person }, until) => setNextSlot(tx, person, until),
    followClock: async (tx, now) => {
      for (const rhythm of await rhythmsAhead(tx, now)) await bringSlotsForward(tx, rhythm, nextSlot(rhythm, zoneOf(rhythm), now), now)
      // Who has paused waits for the end of it, and no longer.
      for (const pause of await pausesAt(tx, now)) await setNextSlot(tx, pause.person, nextSlot(pause, zoneOf(pause), pause.until))
    },
    // She never saw it.
    tookTooLong: async (tx, { person, subject }) => {
      await forgetShown(tx, person, subject)
    },
  }
}

/** When she has seen them all, one a week to read again is enough. Says whether it was more. */
async function slowDown(tx: Tx, person: number, now: number): Promise<boolean> {
  const schedule = await findSchedule(tx, person)
  if (schedule === undefined || schedule.weekdays.length <= 1) return false
  await saveSchedule(tx, person, { ...schedule, weekdays: schedule.weekdays.slice(0, 1) }, now)
  return true
}
