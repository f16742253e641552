// Tells how a volunteer who wants one message a day gets it: at their hour, once, and only when something waits that fits them.
import { describe, expect } from 'vitest'
import { asksForHelp, volunteer } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { days, hours, story } from './support/story.ts'

const digests = (phone: Phone) => phone.chat().filter(({ text }) => text?.includes('menunggu bantuan')).length

describe('the message of the day', () => {
  story('comes once at their hour, lists what fits, and leads to it', async (scene) => {
    const { clinic } = scene
    // At nine his is past being late: it comes tomorrow, also when the clinic looks just now.
    const budi = await volunteer(scene, 'Budi', { news: 'digest', digestHour: 6, areas: ['transaksi'] })
    const tuti = await volunteer(scene, 'Tuti', { news: 'digest', digestHour: 12 })
    const sari = scene.person('Sari')
    await asksForHelp(sari, 'Kode QRIS saya tidak bisa dipindai')
    await asksForHelp(scene.person('Wati'), 'Bagaimana memotret produk untuk promosi?')
    expect(budi.news()).not.toContain('QRIS')
    await clinic.passes(hours(3))
    expect(tuti).toSee('Hari ini 2 permintaan menunggu bantuan')
    expect(digests(budi)).toBe(0)
    await clinic.passes(hours(19))
    expect(budi).toSee(/Hari ini 1 permintaan menunggu bantuan[\s\S]*• 1 · QRIS & pembayaran · menunggu 22 jam/)
    await clinic.stops()
    await clinic.startsAgain({ after: hours(1) })
    await clinic.passes(hours(1))
    expect(digests(budi)).toBe(1)
    await budi.taps('Lihat 1')
    expect(budi).toSee('Kode QRIS saya tidak bisa dipindai')
    await budi.taps('Saya bantu')
    expect(sari).toSee('sekarang dibantu Budi')
    await budi.tapsAgain('Lihat 1')
    await clinic.passes(days(1) - hours(2))
    expect(digests(budi)).toBe(1)
  })

  story('does not come when nothing waits, to who is away, at night, or late in the day', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi', { news: 'digest', digestHour: 12 })
    const away = await volunteer(scene, 'Ani', { news: 'digest', digestHour: 12, awayUntil: clinic.now() + days(30) })
    const night = await volunteer(scene, 'Joko', { news: 'digest', digestHour: 3 })
    await clinic.passes(hours(3))
    expect(digests(budi)).toBe(0)
    await asksForHelp(scene.person('Sari'), 'Kode QRIS saya tidak bisa dipindai')
    await clinic.passes(hours(1))
    expect(digests(budi)).toBe(0)
    await clinic.passes(hours(14))
    await clinic.stops()
    await clinic.startsAgain({ after: hours(13) })
    await clinic.passes(hours(1))
    for (const phone of [budi, away, night]) expect(digests(phone)).toBe(0)
  })

  story('names no request that its owner wants to keep from volunteers', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi', { news: 'digest', digestHour: 12 })
    const sari = scene.person('Sari')
    await sari.says('/bantuan')
    await sari.says('Suami saya tidak boleh tahu')
    await sari.taps('Sudah, kirim')
    await sari.taps('Cukup ke koordinator saja')
    await clinic.passes(hours(3))
    expect(digests(budi)).toBe(0)
  })
})
