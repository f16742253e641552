// A host clock that is set back or ahead while people answer and while reminders, leases and pauses are pending: nothing comes twice, nobody is flooded,
// and nothing waits for the length of the jump. In this process: the clock is an argument.
import { describe, expect } from 'vitest'
import { becomesMember, checks } from '../stories/support/member.ts'
import type { Phone } from '../stories/support/phone.ts'
import { personOf } from '../stories/support/records.ts'
import { registering, registers, registersUntil } from '../stories/support/registering.ts'
import { COORDINATOR_ID, days, hours, story, type StoryClinic } from '../stories/support/story.ts'

const minutes = (count: number) => hours(count / 60)

const JUMPS = [
  { name: 'back an hour', ms: -hours(1) },
  { name: 'back a day', ms: -days(1) },
  { name: 'ahead a day', ms: days(1) },
  { name: 'ahead a month', ms: days(31) },
] as const
const BACK = JUMPS.filter(({ ms }) => ms < 0)

const told = (phone: Phone) => phone.chat().filter(({ from }) => from === 'bot').map(({ text }) => text ?? '')
const REMINDER = /masih tersimpan\. Mau diteruskan|masih kami simpan/
const remindersOf = (phone: Phone) => told(phone).filter((text) => REMINDER.test(text)).length
const heartbeatsOf = (phone: Phone) => told(phone).filter((text) => /^(🟢|📋)/u.test(text)).length

/** Lets a stretch of time pass in steps, as it does. */
async function passes(clinic: StoryClinic, ms: number, step: number): Promise<void> {
  for (let past = 0; past < ms; past += step) await clinic.passes(step)
}

describe('the clock goes', () => {
  for (const { name, ms } of JUMPS) {
    story(`${name} between any two answers of a registration: each counts once, and each question comes once`, async ({ clinic, person }) => {
      const [sari, tinah] = [person('Sari'), person('Tinah')]
      await registers(sari)
      let steps = 0
      for await (const _ of registering(tinah)) {
        // Set right again at the next one. A day ahead is a day in which she said nothing: she may be reminded.
        steps += 1
        await clinic.passes(steps % 2 === 1 ? ms : -ms)
      }
      await tinah.taps('Simpan')
      expect(tinah).toSee('Nomor anggota')
      expect(await personOf(clinic, tinah)).toMatchObject({ member_number: 2, given_name: 'Sari', phone: '+6281234567890' })
      const questions = told(tinah).filter((text) => !REMINDER.test(text))
      expect(questions.filter((text, at) => questions.indexOf(text) !== at)).toEqual([])
    })

    story(`${name} while a message is on its way: it comes once`, async ({ clinic, person }) => {
      const sari = person('Sari')
      await sari.starts()
      clinic.simulator.faults.delay(200)
      clinic.simulator.world.sendText(sari.id, sari.id, '/panduan')
      await expect.poll(() => told(sari).filter((text) => text.includes('Panduan singkat')).length).toBe(1)
      await clinic.passes(ms)
      await passes(clinic, minutes(5), minutes(1))
      expect(told(sari).filter((text) => text.includes('Panduan singkat'))).toHaveLength(1)
      await sari.says('/tips')
      expect(sari).toSee('Coba hari ini')
    })

    story(`${name} around reminders: two in all, never two on one day`, async ({ clinic, person }) => {
      const sari = person('Sari')
      await registersUntil(sari, 'name')
      await passes(clinic, hours(12), hours(6))
      const seen: number[] = []
      const look = async (step: number) => {
        await clinic.passes(step)
        seen.push(remindersOf(sari))
      }
      await look(ms)
      for (let minute = 0; minute < 10; minute += 1) await look(minutes(1))
      expect(seen.at(-1)).toBeLessThanOrEqual(1)
      for (let step = 0; step < 8 * 4; step += 1) await look(hours(6))
      expect(seen.at(-1)).toBe(2)
      const [first, second] = [1, 2].map((count) => seen.indexOf(count))
      expect((second! - first!) * 6).toBeGreaterThanOrEqual(24)
    })
  }

  for (const { name, ms } of BACK) {
    const KINDS = [
      { kind: 'an answer that Telegram could not take', fault: { status: 502 }, times: 6 },
      { kind: 'an answer that Telegram asked to hold back', fault: { status: 429, retryAfter: 20 }, times: 1 },
    ] as const
    for (const { kind, fault, times } of KINDS) {
      story(`${name} while ${kind} waits: it comes within minutes, and so does the next`, async ({ clinic, person }) => {
        const sari = person('Sari')
        await sari.starts()
        clinic.simulator.faults.next('sendMessage', fault, times)
        await sari.says('/panduan')
        for (let attempt = 1; attempt < times; attempt += 1) await clinic.passes(minutes(1))
        expect(sari.news()).toBe('')
        await clinic.passes(ms)
        await passes(clinic, minutes(5), minutes(1))
        expect(told(sari).filter((text) => text.includes('Panduan singkat'))).toHaveLength(1)
        await sari.says('/tips')
        expect(sari).toSee('Coba hari ini')
      })
    }

    story(`${name} while a whole round of reminders waits behind a pause: everyone has one, within minutes`, async ({ clinic, person }) => {
      const people = Array.from({ length: 12 }, (_, at) => person(`Orang ${at}`))
      for (const phone of people) await registersUntil(phone, 'name')
      await clinic.passes(hours(24) - minutes(1))
      clinic.simulator.faults.next('sendMessage', { status: 429, retryAfter: 60 }, 4)
      await clinic.passes(minutes(1))
      await clinic.passes(ms)
      await passes(clinic, minutes(5), minutes(1))
      expect(people.map(remindersOf)).toEqual(people.map(() => 1))
    })

    story(`${name} over a restart: what waited comes within minutes`, async ({ clinic, person }) => {
      const sari = person('Sari')
      await registersUntil(sari, 'name')
      clinic.simulator.faults.next('sendMessage', { status: 502 }, 1)
      await sari.says('Sari')
      await clinic.stops()
      await clinic.startsAgain({ after: ms })
      await passes(clinic, minutes(5), minutes(1))
      expect(told(sari).filter((text) => text.includes('disapa bagaimana'))).toHaveLength(1)
    })
  }

  for (const isLeft of [false, true]) {
    story(`back three days${isLeft ? ' after a process died with every job in hand' : ''}: what the jobs do goes on`, async ({ clinic, person }) => {
      const sari = person('Sari')
      await clinic.passes(minutes(1))
      if (isLeft) await clinic.reads((tx) => tx.updateTable('job').set({ lease_owner: 'one that died', lease_until: clinic.now() + minutes(5) }).execute())
      await clinic.passes(-days(3))
      await registersUntil(sari, 'name')
      await passes(clinic, hours(26), hours(2))
      expect(remindersOf(sari)).toBe(1)
    })
  }

  const TIPS = [
    { often: 'Setiap hari', wait: 1 },
    { often: 'Seminggu sekali', wait: 7 },
  ] as const
  for (const { often, wait } of TIPS) {
    for (const isClosed of [false, true]) {
      story(`ahead ten days and right again${isClosed ? ' while the clinic is closed' : ''}: the tip of ${often} comes when it would have come`, async ({ clinic, person }) => {
        const sari = person('Sari')
        await becomesMember(clinic, sari)
        await sari.says('/jadwal')
        await sari.taps(often)
        if (often === 'Seminggu sekali') await sari.taps('Lewati')
        await sari.taps('07.00')
        await clinic.passes(days(10))
        await passes(clinic, minutes(3), minutes(1))
        if (isClosed) {
          await clinic.stops()
          await clinic.startsAgain({ after: -days(10) })
        } else await clinic.passes(-days(10))
        await passes(clinic, minutes(3), minutes(1))
        const before = told(sari).filter((text) => text.startsWith('💡')).length
        // Tuesday, or the Monday after, at seven.
        await passes(clinic, days(wait) - hours(3), hours(1))
        expect(told(sari).filter((text) => text.startsWith('💡')).length - before).toBe(0)
        await passes(clinic, hours(2), hours(1))
        expect(told(sari).filter((text) => text.startsWith('💡')).length - before).toBe(1)
      })
    }
  }

  story('ahead ten days and right again while she has paused her tips: they begin when she said', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/jadwal')
    await sari.taps('Setiap hari')
    await sari.taps('07.00')
    await sari.taps('Jeda sebulan')
    const next = () => clinic.reads(async (tx) => (await tx.selectFrom('tip_schedule').select('next_at').executeTakeFirstOrThrow()).next_at)
    const before = await next()
    await clinic.passes(days(10))
    await clinic.passes(-days(10))
    await passes(clinic, minutes(3), minutes(1))
    expect(await next()).toBe(before)
  })

  story('ahead forty days and right again: what was to be asked meanwhile waits for the length of its own pause, not of the jump', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await checks(sari, 'DDDD DDDD AA BBBC DDDD')
    await sari.taps('Lihat rencana')
    await clinic.passes(days(40))
    await passes(clinic, days(2), hours(12))
    await clinic.passes(-days(42))
    await passes(clinic, minutes(3), minutes(1))
    const latest = await clinic.reads((tx) => tx.selectFrom('nudge').select(['kind', 'next_at']).where('next_at', 'is not', null).execute())
    for (const { next_at } of latest) expect(next_at).toBeLessThanOrEqual(clinic.now() + days(30))
    const plan = latest.find(({ kind }) => kind === 'plan')
    expect(plan?.next_at ?? 0).toBeLessThanOrEqual(clinic.now() + days(7))
  })

  story('ahead a month and right again: reminders, the morning line and the backups go on, and nobody is flooded', async ({ clinic, person }) => {
    const [rini, sari, tinah] = [person('Rini', { id: COORDINATOR_ID }), person('Sari'), person('Tinah')]
    await rini.starts()
    await registersUntil(sari, 'name')
    await passes(clinic, hours(26), hours(2))
    const before = heartbeatsOf(rini)
    await clinic.passes(days(31))
    await passes(clinic, minutes(10), minutes(1))
    await clinic.passes(-days(31))
    await registersUntil(tinah, 'name')
    await passes(clinic, days(3), hours(2))
    expect(remindersOf(tinah)).toBe(1)
    expect(remindersOf(sari)).toBeLessThanOrEqual(2)
    // One at most for the wrong month, then one every morning, the first perhaps spared.
    const mornings = heartbeatsOf(rini) - before
    expect(mornings).toBeGreaterThanOrEqual(2)
    expect(mornings).toBeLessThanOrEqual(4)
    const { last } = await clinic.reads((tx) => tx.selectFrom('job').select('next_at as last').where('name', '=', 'backup').executeTakeFirstOrThrow())
    expect(last).toBeLessThanOrEqual(clinic.now() + days(1))
  }, { engine: 'sqlite' })
})
