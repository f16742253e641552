// Tells how unfinished forms are mentioned: twice, gently, at a fitting hour, and never once it is settled.
import { describe, expect } from 'vitest'
import type { Phone } from './support/phone.ts'
import { registers, registersUntil } from './support/registering.ts'
import { days, hours, MONDAY_MORNING, story, type StoryClinic } from './support/story.ts'

/** When the clinic reminded her, in hours after the story began. */
const reminders = (phone: Phone) => {
  const reminding = phone.chat().filter(({ from, text }) => from === 'bot' && /masih tersimpan\. Mau diteruskan|masih kami simpan/.test(text ?? ''))
  return reminding.map(({ date }) => Math.round((date - MONDAY_MORNING) / hours(1)))
}

/** Lets hours pass one by one, as the clock does. */
const passes = async (clinic: StoryClinic, count: number) => {
  for (let hour = 0; hour < count; hour += 1) await clinic.passes(hours(1))
}

describe('a reminder', () => {
  story('comes after a day, and after five days once more, then never again', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await clinic.passes(hours(23))
    expect(reminders(sari)).toEqual([])
    await clinic.passes(hours(1))
    expect(sari).toSee('Halo, Bapak/Ibu. Isian pendaftaran belum selesai, dan jawabannya masih tersimpan. Mau diteruskan?')
    await passes(clinic, 24 * 6)
    await clinic.passes(days(60))
    expect(reminders(sari)).toEqual([24, 24 * 5])
    await sari.taps('Lanjutkan')
    expect(sari).toSee('Siapa nama panggilan')
    await sari.says('Sari')
    expect(sari).toSee('disapa bagaimana')
  })

  story('starts anew when she goes on and stops again', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await clinic.passes(hours(24))
    await sari.says('Sari')
    await clinic.passes(hours(24))
    expect(reminders(sari)).toEqual([24, 48])
  })

  story('is the last one for her who says so, also when she says it twice; nobody says it for another', async ({ clinic, person }) => {
    const [sari, tini] = [person('Sari'), person('Tini')]
    for (const one of [sari, tini]) await registersUntil(one, 'name')
    await clinic.passes(hours(24))
    await sari.taps('Jangan ingatkan lagi')
    expect(sari).toSee('Soal ini tidak kami ingatkan lagi.')
    await sari.tapsAgain('Jangan ingatkan lagi')
    for (let id = 1; id <= 5; id += 1) await sari.forges(`stop-form:${id}`)
    await clinic.stops()
    await clinic.startsAgain()
    await passes(clinic, 24 * 6)
    expect([reminders(sari), reminders(tini)]).toEqual([[24], [24, 24 * 5]])
    await sari.says('/lanjut')
    expect(sari).toSee('Siapa nama panggilan')
  })

  story('waits for the end of the night where she lives', async ({ clinic, person }) => {
    const [sari, made] = [person('Sari'), person('Made')]
    await registers(sari)
    await registers(made)
    await made.says('/usaha')
    await made.taps('Warung Bu Sari')
    await made.taps('Desa/kelurahan')
    await made.says('Sanur, denpasar selatan')
    await made.taps('Kel. Sanur, Kec. Denpasar Selatan, Kota Denpasar')
    // At 22.00 WIB, 23.00 WITA, both leave a form open.
    await clinic.passes(hours(13))
    for (const phone of [sari, made]) {
      await phone.says('/usaha')
      await phone.taps('Tambah usaha')
    }
    await passes(clinic, 24 + 12)
    // The first full hour after 06.00 in the morning after, WIB and WITA: what waited for the night is spread over half an hour.
    expect(reminders(sari)).toEqual([13 + 24 + 9])
    expect(reminders(made)).toEqual([13 + 24 + 8])
    expect(sari.chat().findLast(({ from }) => from === 'bot')?.text).toContain('Isian data usaha belum selesai')
  })

  story('does not come on a holiday', async ({ clinic, person }) => {
    const sari = person('Sari')
    await clinic.passes(Date.UTC(2026, 11, 24, 2, 0) - MONDAY_MORNING)
    await registersUntil(sari, 'name')
    await clinic.passes(hours(24))
    expect(reminders(sari)).toEqual([])
    await passes(clinic, 24)
    // Within half an hour after six on the day after.
    expect(reminders(sari)).toEqual([(Date.UTC(2026, 11, 26, 0, 0) - MONDAY_MORNING) / hours(1)])
  })

  story('does not come for a form thrown away, a finished one, or to who can’t be reached', async ({ clinic, person }) => {
    const { world } = clinic.simulator
    const [sari, joko, budi] = [person('Sari'), person('Joko'), person('Budi')]
    await registersUntil(sari, 'name')
    await sari.says('/batal')
    await sari.taps('Hapus isian ini')
    await registers(joko)
    await registersUntil(budi, 'name')
    world.blockBot(budi.id)
    await clinic.settled()
    await clinic.passes(hours(25))
    await clinic.passes(days(6))
    for (const phone of [sari, joko, budi]) expect(reminders(phone)).toEqual([])
    expect(world.calls().filter(({ outcome }) => outcome.type === 'refused')).toEqual([])
  })

  story('comes also for a form that was saved for later', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await sari.says('/batal')
    await sari.taps('Simpan, lanjut nanti')
    await clinic.passes(hours(24))
    expect(reminders(sari)).toEqual([24])
    await sari.taps('Lanjutkan')
    expect(sari).toSee('Siapa nama panggilan')
  })
})
