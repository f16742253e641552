// Tells what coordinators hear of the clinic itself: every morning in short, and when nothing has come in for unusually long.
import { describe, expect } from 'vitest'
import type { Phone } from './support/phone.ts'
import { asksForHelp } from './support/helper.ts'
import { registersUntil } from './support/registering.ts'
import { COORDINATOR_ID, days, hours, MONDAY_MORNING, story, type StoryClinic } from './support/story.ts'

const minutes = (count: number) => hours(count / 60)

/** What the clinic told her of itself, with the hours since the story began. */
const told = (phone: Phone) =>
  phone.chat().flatMap(({ date, from, text }) => (from === 'bot' && /^(🟢|📋|🔕|🔔)/u.test(text ?? '') ? [{ hour: (date - MONDAY_MORNING) / hours(1), text: text ?? '' }] : []))

/** Lets hours pass one by one, as the clock does. */
const passes = async (clinic: StoryClinic, count: number) => {
  for (let hour = 0; hour < count; hour += 1) await clinic.passes(hours(1))
}

const livesIn = (clinic: StoryClinic, phone: Phone, time_zone: string) =>
  clinic.reads((tx) => tx.updateTable('person').set({ time_zone }).where('telegram_id', '=', phone.id).execute())

describe('every morning', () => {
  story('a coordinator hears in one line that all is well, from the day after she began', async ({ clinic, person }) => {
    const [rini, sari] = [person('Rini', { id: COORDINATOR_ID }), person('Sari')]
    await rini.starts()
    await sari.starts()
    await passes(clinic, 22)
    expect(told(rini)).toEqual([])
    await clinic.passes(hours(1))
    expect(told(rini)).toEqual([{ hour: 23, text: '🟢 Klinik berjalan baik: 2 pesan masuk sejak kemarin, cadangan data terakhir 22 jam lalu.' }])
    await passes(clinic, 24)
    expect(told(rini).map(({ hour }) => hour)).toEqual([23, 47])
    expect(told(sari)).toEqual([])
  }, { engine: 'sqlite' })

  story('on PostgreSQL the line is silent about backups, which the clinic does not make there', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    await passes(clinic, 23)
    expect(told(rini).map(({ text }) => text)).toEqual(['🟢 Klinik berjalan baik: 1 pesan masuk sejak kemarin.'])
  }, { engine: 'postgres' })

  story('it is eight o’clock where she lives', async ({ clinic, person }) => {
    const [rini, tina] = [person('Rini', { id: COORDINATOR_ID }), person('Tina', { id: COORDINATOR_ID + 1 })]
    for (const phone of [rini, tina]) await phone.starts()
    await livesIn(clinic, tina, 'Asia/Jayapura')
    await passes(clinic, 24)
    expect(told(rini).map(({ hour }) => hour)).toEqual([23])
    expect(told(tina).map(({ hour }) => hour)).toEqual([21])
  }, { coordinatorIds: [COORDINATOR_ID, COORDINATOR_ID + 1] })

  story('she hears what there is to know', async ({ clinic, person }) => {
    const [rini, sari] = [person('Rini', { id: COORDINATOR_ID }), person('Sari')]
    await rini.starts()
    await clinic.passes(minutes(1))
    await clinic.passes(hours(12))
    await asksForHelp(sari, 'Saya mau urus izin usaha, mulai dari mana?')
    await clinic.reads(async (tx) => {
      const at = clinic.now()
      await tx.insertInto('failed_update').values({ update_id: 1, outcome: 'failed', reference: 'A1B2C', error: 'Error', payload: null, failed_at: at }).execute()
      const row = { chat_id: sari.id, lane: 'bulk', method: 'sendMessage', next_at: at, created_at: at, settled_at: at } as const
      await tx.insertInto('outbox').values([{ ...row, state: 'unknown' }, { ...row, state: 'dead', error: '400 Bad Request: message is too long' }]).execute()
      // Who left is no breakdown.
      await tx.insertInto('outbox').values({ ...row, state: 'dead', error: '403 Forbidden: bot was blocked by the user' }).execute()
    })
    await clinic.passes(hours(11))
    expect(told(rini)[0]?.text.split('\n')).toEqual([
      '📋 Kabar klinik hari ini',
      // Rini's start, and the request: asking, telling, that is all, still wanted, sent.
      'Pesan masuk sejak kemarin: 6',
      '• 1 orang menunggu jawaban, paling lama 11 jam. Lihat di /permintaan.',
      '• 1 pesan belum bisa diolah, kode: A1B2C. Mohon sampaikan kodenya kepada pengelola klinik.',
      '• 1 pesan ditolak Telegram dan tidak dikirim lagi.',
      '• 1 pesan belum tentu sampai dan tidak dikirim ulang.',
      '• Cadangan data terakhir: 23 jam lalu.',
    ])
    await clinic.passes(days(1))
    expect(told(rini)[1]?.text).not.toContain('A1B2C')
  }, { engine: 'sqlite' })

  story('it stays quiet on a holiday, while she pauses, and with who never opened the chat', async ({ clinic, person }) => {
    const { world } = clinic.simulator
    const [rini, tina] = [person('Rini', { id: COORDINATOR_ID }), person('Tina', { id: COORDINATOR_ID + 1 })]
    await clinic.passes(Date.UTC(2026, 11, 23, 2, 0) - MONDAY_MORNING)
    for (const phone of [rini, tina]) await phone.starts()
    await tina.says('/jeda')
    await passes(clinic, 24)
    expect(told(rini)).toHaveLength(1)
    await passes(clinic, 24)
    expect(told(rini)).toHaveLength(1)
    await passes(clinic, 24)
    expect(told(rini)).toHaveLength(2)
    expect(told(tina)).toEqual([])
    expect(world.calls().filter(({ outcome }) => outcome.type === 'refused')).toEqual([])
  }, { coordinatorIds: [COORDINATOR_ID, COORDINATOR_ID + 1, COORDINATOR_ID + 2] })

  story('it speaks English with who reads English', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.says('/bahasa')
    await rini.taps('English')
    await passes(clinic, 23)
    expect(told(rini).at(-1)?.text).toBe('🟢 The clinic runs well: 2 messages since yesterday, the last backup was made 22 hours ago.')
  }, { engine: 'sqlite' })
})

describe('a silence', () => {
  /** Four weeks in which something came in every quarter of an hour from 06.00 to 21.00, as the table of counts has it. */
  const wasBusy = (clinic: StoryClinic) =>
    clinic.reads(async (tx) => {
      const rows = []
      for (let day = -28; day <= 0; day += 1) {
        for (let quarter = 0; quarter < 60; quarter += 1) {
          const slot_at = MONDAY_MORNING + days(day) - hours(3) + quarter * minutes(15)
          if (slot_at < MONDAY_MORNING) rows.push({ slot_at, updates: 4 })
        }
      }
      await tx.insertInto('activity').values(rows).execute()
    })

  story('that is unusual is told once, and its end too', async ({ clinic, person }) => {
    const [rini, sari] = [person('Rini', { id: COORDINATOR_ID }), person('Sari')]
    await wasBusy(clinic)
    await rini.starts()
    await clinic.passes(minutes(1))
    await clinic.passes(minutes(118))
    expect(told(rini)).toEqual([])
    await clinic.passes(minutes(1))
    expect(rini).toSee('🔕 Sudah 2 jam tidak ada pesan masuk ke klinik, padahal biasanya ada. Mohon coba kirim /start di sini.')
    await passes(clinic, 8)
    expect(told(rini)).toHaveLength(1)
    await clinic.passes(minutes(1))
    await sari.starts()
    await clinic.passes(minutes(1))
    expect(rini).toSee('🔔 Pesan sudah masuk lagi ke klinik, setelah 10 jam sepi.')
    await clinic.passes(minutes(1))
    expect(told(rini)).toHaveLength(2)
  })

  story('at night waits for the end of the night', async ({ clinic, person }) => {
    const [rini, sari] = [person('Rini', { id: COORDINATOR_ID }), person('Sari')]
    await wasBusy(clinic)
    await rini.starts()
    // She writes every hour until 18.59; people usually write until 21.00, and from then on it would be told.
    for (let hour = 0; hour < 10; hour += 1) {
      await clinic.passes(hour === 0 ? minutes(59) : hours(1))
      await sari.starts()
    }
    await passes(clinic, 10)
    await clinic.passes(minutes(60))
    expect(told(rini)).toEqual([])
    await clinic.passes(minutes(1))
    expect(rini).toSee('🔕')
  })

  story('of a clinic that was closed is not told: nobody could write', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await wasBusy(clinic)
    await rini.starts()
    await clinic.passes(minutes(1))
    await clinic.stops()
    await clinic.startsAgain({ after: hours(6) })
    await clinic.passes(minutes(1))
    await clinic.passes(minutes(118))
    expect(told(rini)).toEqual([])
    await clinic.passes(minutes(15))
    expect(rini).toSee('🔕')
  })

  story('in a new clinic is nothing special', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    await passes(clinic, 12)
    expect(told(rini)).toEqual([])
  })

  story('of which the counts come from what came in', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await clinic.passes(minutes(14))
    const counts = () => clinic.reads((tx) => tx.selectFrom('activity').selectAll().orderBy('slot_at').execute())
    expect(await counts()).toEqual([])
    await clinic.passes(minutes(1))
    expect(await counts()).toEqual([{ slot_at: MONDAY_MORNING, updates: 3 }])
    await sari.says('Sari')
    await clinic.passes(minutes(30))
    await clinic.passes(minutes(30))
    expect(await counts()).toEqual([{ slot_at: MONDAY_MORNING, updates: 3 }, { slot_at: MONDAY_MORNING + minutes(15), updates: 1 }])
    await clinic.passes(days(30))
    await sari.says('/start')
    await clinic.passes(minutes(15))
    expect(await counts()).toHaveLength(1)
  })
})

story('measurements tell nothing of anyone', async ({ clinic, person }) => {
  const sari = person('Sari', { id: 7_310_555_001 })
  await registersUntil(sari, 'product')
  const answer = await fetch(`${clinic.address()}/metrics`, { headers: { authorization: 'Bearer kunci-prometheus_2026' } })
  const page = await answer.text()
  expect(page).toMatch(/klinik_updates_total\{outcome="applied"\} [1-9]/)
  expect(page).toMatch(/klinik_sends_total\{lane="reply",outcome="sent"\} [1-9]/)
  expect(page).not.toMatch(/Sari|Pujon|7310555001/i)
}, { metricsToken: 'kunci-prometheus_2026' })
