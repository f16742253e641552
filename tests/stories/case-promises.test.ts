// Tells of promises around a case: a consent taken back counts at once, coordinators move cases in hand and hear of lessons, and warnings
// follow changed words.
import { describe, expect } from 'vitest'
import { withdrawConsent } from '../../src/people/consent.ts'
import { helped, ends } from './support/ending.ts'
import { personIdOf, volunteer } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, days, hours, type Scene, story } from './support/story.ts'

const screen = (phone: Phone) => phone.chat().filter(({ deleted }) => !deleted).map(({ text, caption }) => text ?? caption ?? '').join('\n')
async function coordinator({ person }: Scene): Promise<Phone> {
  const rini = person('Rini', { id: COORDINATOR_ID })
  await rini.starts()
  return rini
}
const LESSON = 'Bersihkan stiker lalu cetak ulang'
async function writesLesson(budi: Phone) {
  await budi.taps('Tulis jalan keluarnya')
  await budi.says(LESSON)
}

describe('a consent to be written to that is taken back', () => {
  story('ends the talk with a volunteer at once, and coordinators go on', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const { budi, sari } = await helped(scene)
    const person = await personIdOf(clinic, sari)
    await clinic.reads((tx) => withdrawConsent(tx, { person, purpose: 'contact', now: clinic.now() }))
    await budi.says('Bagaimana, Bu?')
    expect(screen(sari)).not.toContain('Bagaimana, Bu?')
    await sari.says('Masih belum bisa')
    expect(screen(budi)).not.toContain('Masih belum bisa')
    await clinic.passes(hours(0.2))
    expect(rini).toSee('Permintaan 1')
    await rini.taps('Saya bantu')
    expect(screen(rini)).toContain('Masih belum bisa')
  })
})

describe('a case in hand', () => {
  story('is seen by coordinators without a word of it, and given to someone else', async (scene) => {
    const rini = await coordinator(scene)
    const { budi, sari } = await helped(scene)
    const tuti = await volunteer(scene, 'Tuti')
    await sari.says('Belum berhasil')
    await rini.says('/permintaan')
    expect(rini).toSee(/1[\s\S]*Budi/)
    expect(screen(rini)).not.toMatch(/QRIS saya|Belum berhasil|Sari/)
    await rini.taps('Pindahkan 1')
    await rini.taps('Tuti')
    expect(tuti).toSee('Belum berhasil')
    expect(budi).toSee('sekarang dipegang rekan lain')
  })
})

describe('a lesson', () => {
  story('written after her yes is told to coordinators', async (scene) => {
    const rini = await coordinator(scene)
    const { budi, sari } = await helped(scene)
    await ends(budi)
    await sari.taps('Ya, sudah terbantu')
    await writesLesson(budi)
    expect(rini).toSee('Baca')
    await rini.says('/pelajaran')
    expect(rini).toSee(LESSON)
  })

  story('of a case that closed by itself is told to coordinators', async (scene) => {
    const rini = await coordinator(scene)
    const { budi } = await helped(scene)
    await ends(budi)
    await writesLesson(budi)
    rini.news()
    await scene.clinic.passes(days(3.1))
    expect(screen(rini)).toMatch(/[Pp]elajaran|jalan keluar/)
  })
})

describe('words changed later', () => {
  story('to ask for a code warn both sides', async (scene) => {
    const { budi, sari } = await helped(scene)
    await budi.edits('Coba bersihkan dulu stikernya, Bu', 'Kirim kode OTP-nya, Bu')
    expect(sari).toSee('Hati-hati')
    expect(budi).toSee('jangan meminta kode OTP')
  })
})
