// Ten minutes in which Telegram brings what people write and takes nothing from the clinic. In this process, with a clock of its own: the minutes are
// not lived through; tests/faults/telegram-away lives through seconds, in a process of its own.
import { describe, expect } from 'vitest'
import type { Fault } from '../../src/simulator/world.ts'
import type { Phone } from '../stories/support/phone.ts'
import { unfinishedOf } from '../stories/support/records.ts'
import { registersUntil } from '../stories/support/registering.ts'
import { hours, story, type StoryClinic } from '../stories/support/story.ts'
import { WISHES } from './support/wishes.ts'

const MINUTE_MS = 60_000
const OUTAGE_MINUTES = 10
/** Nobody is waited for longer than the longest pause between two attempts. */
const RECOVERY_MINUTES = 5
/** People with an unfinished form, all to be reminded in the middle of the trouble. */
const REMINDED = 30
/** While Telegram is out of order one reminder at a time tests the way, after 1, 2, 4 … 256 s. */
const MOST_UNKNOWN = 10

interface Trouble {
  readonly name: string
  readonly fault: Fault
  /** It may have arrived all the same, so what must not come twice is not tried again. */
  readonly isDoubtful: boolean
}

const TROUBLES: readonly Trouble[] = [
  { name: 'answers 502', fault: { status: 502 }, isDoubtful: true },
  { name: 'asks for a pause of ten minutes', fault: { status: 429, retryAfter: OUTAGE_MINUTES * 60 }, isDoubtful: false },
  { name: 'asks for a pause of a few seconds, again and again', fault: { status: 429, retryAfter: 7 }, isDoubtful: false },
  { name: 'does not know the token', fault: { status: 401 }, isDoubtful: false },
  { name: 'says that somebody else uses the token', fault: { status: 409 }, isDoubtful: false },
]

const told = (phone: Phone) => phone.chat().filter(({ from }) => from === 'bot').map(({ text }) => text ?? '')
const remindersOf = (phone: Phone) => told(phone).filter((text) => text.includes('masih tersimpan. Mau diteruskan')).length
const statesOf = (clinic: StoryClinic, ...states: readonly ('queued' | 'sending' | 'dead' | 'unknown')[]) =>
  clinic.reads((tx) => tx.selectFrom('outbox').select(['state', 'lane', 'chat_id']).where('state', 'in', states).execute())

describe('Telegram, for ten minutes,', () => {
  for (const { name, fault, isDoubtful } of TROUBLES) {
    story(`${name}: afterwards everyone has every answer once, in order`, async ({ clinic, person }) => {
      const { faults } = clinic.simulator
      const reminded = Array.from({ length: REMINDED }, (_, at) => person(`Orang ${at}`))
      for (const phone of reminded) {
        await phone.starts()
        await phone.taps('Daftar sekarang')
      }
      const [ani, tinah] = [person('Ani'), person('Tinah')]
      await ani.starts()
      await registersUntil(tinah, 'name')
      await clinic.passes(hours(24) - 4 * MINUTE_MS)
      const before = { ani: told(ani).length, tinah: told(tinah).length }

      faults.next('*', fault, 1_000_000)
      for (let minute = 0; minute < OUTAGE_MINUTES; minute += 1) {
        const wish = WISHES[minute - 1]
        if (wish) await ani.says(wish[0])
        if (minute === 2) await tinah.says('Kartinah')
        // She sees no next question and asks for the last one anew, three times.
        if (minute > 5 && minute < 9) await tinah.says('/lanjut')
        await clinic.passes(MINUTE_MS)
        expect((await fetch(`${clinic.address()}/healthz`)).status).toBe(200)
      }
      expect(told(ani)).toHaveLength(before.ani)
      expect((await statesOf(clinic, 'queued')).length).toBeGreaterThanOrEqual(WISHES.length)

      faults.clear()
      for (let minute = 0; minute < RECOVERY_MINUTES; minute += 1) await clinic.passes(MINUTE_MS)

      expect(told(ani).slice(before.ani)).toEqual(WISHES.map(([, begin]) => expect.stringContaining(begin)))
      expect(await unfinishedOf(clinic, tinah)).toMatchObject([{ step: 'honorific', answers: { name: 'Kartinah' } }])
      // The newest question stands, with buttons that work; those it replaced never came.
      expect(told(tinah).slice(before.tinah).filter((text) => text.includes('disapa bagaimana'))).toHaveLength(1)
      await tinah.taps('Bu Kartinah')
      expect(tinah).toSee('nama usaha')

      const left = await statesOf(clinic, 'queued', 'sending', 'dead', 'unknown')
      expect(left.filter(({ state, lane }) => state !== 'unknown' || lane !== 'bulk')).toEqual([])
      expect(left.length).toBeLessThanOrEqual(isDoubtful ? MOST_UNKNOWN : 0)
      const unknown = new Set(left.map(({ chat_id }) => chat_id))
      expect(reminded.map(remindersOf)).toEqual(reminded.map(({ id }) => (unknown.has(id) ? 0 : 1)))
    }, { updates: 'webhook' })
  }
})
