// Tells how a case goes from a question to an answer between an owner and volunteers, as it happens on their phones.
import { describe, expect } from 'vitest'
import { erasePerson } from '../../src/people/erasure.ts'
import { endRole } from '../../src/people/roles.ts'
import { asksForHelp, personIdOf, volunteer } from './support/helper.ts'
import { CLINIC_SECRET, hours, story } from './support/story.ts'

const minutes = (count: number) => count * 60_000

const PROBLEM = 'Kode QRIS saya di warung tidak bisa dipindai pembeli'

describe('a case', () => {
  story('is offered to volunteers, taken by the first, and talked about both ways', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const tuti = await volunteer(scene, 'Tuti')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    expect(sari).toSee('sudah dikirim ke 2 relawan')
    expect(budi).toSee(/Permintaan 1[\s\S]*QRIS & pembayaran[\s\S]*Kode QRIS saya/)
    await tuti.taps('Lihat')
    expect(sari.chat().map(({ text }) => text).join('\n')).toContain('2 relawan, 1 sudah membuka')
    await budi.taps('Saya bantu')
    expect(budi).toSee(/Permintaan 1 dari pemilik usaha sekarang dengan Bapak\/Ibu/)
    expect(budi).toSee(PROBLEM)
    expect(sari).toSee('sekarang dibantu Budi')
    await tuti.taps('Saya bantu')
    expect(tuti.toast()).toContain('Rekan lain sudah lebih dulu')

    await budi.says('Coba bersihkan dulu stikernya, Bu')
    expect(sari).toSee(/Budi \(permintaan 1\):\nCoba bersihkan dulu stikernya/)
    await sari.says('Sudah, tetap tidak bisa')
    expect(budi).toSee('Sudah, tetap tidak bisa')
    expect(tuti.news()).not.toContain('tetap tidak bisa')
  })

  story('left lying goes back to the front of the queue, and she is told', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await budi.taps('Saya bantu')
    await clinic.passes(hours(6))
    expect(budi).toSee('menunggu jawaban Bapak/Ibu di kasus 1')
    const tuti = await volunteer(scene, 'Tuti')
    await clinic.passes(hours(5))
    expect(budi).toSee(/hampir habis[^\n]*\n\[↩️ Lepas kasus\]\n\[☰ Pilihan lain\]/)
    await clinic.passes(hours(16))
    expect(budi).toSee('kami carikan rekan lain')
    expect(sari).toSee('kami carikan relawan lain')
    expect(tuti).toSee(/Permintaan 1[\s\S]*sempat dibantu/)
  })
})

describe('a case whose volunteer leaves the team', () => {
  story('goes to the next one, and its owner is told', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await budi.taps('Saya bantu')
    await budi.says('Coba bersihkan dulu stikernya')
    const tuti = await volunteer(scene, 'Tuti')
    const left = await personIdOf(clinic, budi)
    await clinic.reads((tx) => endRole(tx, { person: left, role: 'volunteer', by: null, now: clinic.now() }))
    await clinic.passes(minutes(6))
    expect(sari).toSee('kami carikan relawan lain')
    expect(tuti).toSee(/Permintaan 1[\s\S]*sempat dibantu/)
    await tuti.taps('Saya bantu')
    expect(sari).toSee('sekarang dibantu Tuti')
    await budi.says('Sudah bisa, Bu?')
    expect(sari.news()).not.toContain('Sudah bisa')
  })

  story('goes to the next one too when all about that volunteer was erased', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await budi.taps('Saya bantu')
    const tuti = await volunteer(scene, 'Tuti')
    const left = await personIdOf(clinic, budi)
    await clinic.reads((tx) => erasePerson(tx, { person: left, secret: CLINIC_SECRET, now: clinic.now() }))
    await clinic.passes(minutes(6))
    expect(sari).toSee('kami carikan relawan lain')
    expect(tuti).toSee(/Permintaan 1[\s\S]*Kode QRIS/)
  })
})

describe('a case that is over', () => {
  story('says how long it is kept, and what can not be taken back', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await budi.taps('Saya bantu')
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    await sari.taps('Sudah terbantu')
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    expect(sari).toSee(/dihapus dari klinik setelah 6 bulan\. Salinan yang sudah sampai di HP relawan tidak bisa kami tarik/)
  })
})
