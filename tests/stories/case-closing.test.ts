// Tells how a case ends: the helper says how it came out, the owner agrees or not, rates, and may send a word of thanks.
import { describe, expect } from 'vitest'
import { findCase } from '../../src/cases/store.ts'
import { asksForHelp, volunteer } from './support/helper.ts'
import { closed, ends, helped, presses, PROBLEM } from './support/ending.ts'
import { days, hours, story, type StoryClinic } from './support/story.ts'

const caseIn = async (clinic: StoryClinic, id = 1) => clinic.reads((tx) => findCase(tx, id))

describe('a case ends', () => {
  story('with a lesson, a yes, a rating and a word of thanks', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    await presses(budi, 'case-solved')
    expect(budi).toSee('Bagaimana hasil kasus 1?')
    await budi.taps('Masalahnya beres')
    expect(sari).toSee(/Budi merasa permintaan nomor 1 sudah beres[\s\S]*Ya, sudah terbantu[\s\S]*Belum/)
    expect(budi).toSee(/Pemilik usaha kami tanya[\s\S]*Tulis jalan keluarnya/)
    await budi.taps('Tulis jalan keluarnya')
    expect(budi).toSee('Apa jalan keluarnya, dalam satu kalimat?')
    await budi.says('Ganti stiker QRIS yang sudah pudar')
    expect(budi).toSee('Koordinator membacanya dulu')

    await sari.taps('Ya, sudah terbantu')
    expect(budi).toSee('Kasus 1 selesai: pemilik usaha sudah terbantu')
    expect(sari).toSee(/Seberapa terbantu Bapak\/Ibu oleh Budi\?[\s\S]*5 · Sangat terbantu[\s\S]*1 · Tidak terbantu/)
    await sari.taps('5 · Sangat terbantu')
    expect(sari).toSee(/titipkan juga ucapan untuk Budi[\s\S]*Titip ucapan/)
    await sari.taps('Titip ucapan')
    expect(sari).toSee('Mau titip ucapan')
    await sari.says('Terima kasih <3 sekarang bisa dipindai')
    expect(sari).toSee('sudah sampai ke Budi')
    expect(budi).toSee(/Ucapan dari pemilik usaha \(kasus 1\):\nTerima kasih <3 sekarang bisa dipindai/)
    expect(await caseIn(clinic)).toMatchObject({ state: 'closed', outcome: 'solved', lesson: 'Ganti stiker QRIS yang sudah pudar', rating: 5, thanks: 'Terima kasih <3 sekarang bisa dipindai' })
  })

  story('not when she says no: whoever helps her is told, and goes on', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    await ends(budi)
    await sari.taps('Belum')
    expect(sari).toSee('Budi tetap membantu')
    expect(budi).toSee('Di kasus 1, pemilik usaha masih butuh bantuan')
    await sari.tapsAgain('Belum')
    expect(sari.toast()).toContain('masih berjalan')
    await sari.says('Masih tidak bisa dipindai')
    expect(budi).toSee('Masih tidak bisa dipindai')
    expect(await caseIn(clinic)).toMatchObject({ state: 'claimed', outcome: null })
  })

  story('as referred', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    await ends(budi, 'Diarahkan ke pihak lain')
    expect(sari).toSee('menunjukkan ke mana')
    await presses(sari, 'case-confirm')
    expect(sari).toSee('Seberapa terbantu')
    expect(await caseIn(clinic)).toMatchObject({ state: 'closed', outcome: 'referred' })
  })

  story('without an answer of hers: she is told, has three days, and may go on afterwards', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    await ends(budi, 'Pemilik usaha tidak menjawab')
    expect(budi).not.toSee('jalan keluarnya')
    expect(sari).toSee(/Masih butuh bantuan\?[\s\S]*tutup dalam tiga hari/)
    await clinic.passes(days(3) + hours(1))
    expect(sari).toSee(/kami tutup dulu[\s\S]*Lanjutkan lagi/)
    expect(budi).toSee('Kasus 1 sudah ditutup')
    expect(await caseIn(clinic)).toMatchObject({ state: 'closed', outcome: 'no-answer' })
    await sari.taps('Lanjutkan lagi')
    expect(budi).toSee('Kasus 1 dilanjutkan')
  })

  story('by her own word, before anybody proposed it or took it', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    await presses(sari, 'case-confirm')
    expect(sari).toSee('Seberapa terbantu Bapak/Ibu oleh Budi')
    expect(budi).toSee('Kasus 1 selesai')
    expect(await caseIn(clinic)).toMatchObject({ state: 'closed', outcome: 'solved' })

    const dewi = scene.person('Dewi')
    await asksForHelp(dewi, 'Foto produk saya gelap terus')
    for (const passed of [2, 3, 40, 4]) await clinic.passes(hours(passed))
    expect(dewi).toSee('belum ada yang mengambil')
    await dewi.taps('Sudah terbantu')
    expect(dewi).toSee('Permintaan nomor 2 kami tutup')
    expect(dewi).not.toSee('Seberapa terbantu')
    expect(budi).toSee('Permintaan 2 sudah selesai')
    expect(await caseIn(clinic, 2)).toMatchObject({ state: 'closed', outcome: 'self-help' })
  })

  story('as solved when she says so though nobody waited for it', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    await ends(budi, 'Pemilik usaha tidak menjawab')
    await sari.taps('Sudah terbantu')
    expect(sari).toSee('Seberapa terbantu')
    expect(await caseIn(clinic)).toMatchObject({ state: 'closed', outcome: 'solved' })
  })

  story('once, however often the buttons are tapped and whoever restarts in between', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    await presses(budi, 'case-solved')
    await clinic.stops()
    await clinic.startsAgain()
    await budi.taps('Masalahnya beres')
    await budi.tapsAgain('Masalahnya beres')
    expect(budi.toast()).toContain('belum menjawab')
    expect(sari.chat().filter(({ text }) => text?.includes('sudah beres'))).toHaveLength(1)
    await clinic.stops()
    await clinic.startsAgain()
    await budi.taps('Tulis jalan keluarnya')
    await budi.taps('Lewati')
    await sari.taps('Ya, sudah terbantu')
    await sari.tapsAgain('Ya, sudah terbantu')
    expect(sari.toast()).toContain('sudah selesai')
    await sari.taps('4 · Terbantu')
    await sari.taps('Titip ucapan')
    await sari.tapsAgain('Titip ucapan')
    await clinic.stops()
    await clinic.startsAgain()
    await sari.says('Terima kasih banyak Pak Budi')
    expect(budi.chat().filter(({ text }) => text?.includes('Terima kasih banyak Pak Budi'))).toHaveLength(1)
    expect(budi.chat().filter(({ text }) => text?.includes('Kasus 1 selesai'))).toHaveLength(1)
    await sari.tapsAgain('Titip ucapan')
    expect(sari.toast()).toContain('sudah terkirim')
  })

  story('only by who has it: others and strangers change nothing', async (scene) => {
    const { clinic, person } = scene
    const { budi, sari } = await helped(scene)
    const tuti = await volunteer(scene, 'Tuti')
    const dewi = person('Dewi')
    await dewi.starts()
    await presses(tuti, 'case-solved')
    expect(tuti.toast()).toContain('tidak sedang dengan')
    await tuti.forges('case-outcome:1:solved')
    expect(tuti.toast()).toContain('tidak sedang dengan')
    await sari.forges('case-outcome:1:solved')
    await presses(tuti, 'case-lesson')
    expect(tuti.toast()).toContain('tidak sedang dengan')
    for (const name of ['case-confirm', 'case-deny', 'case-reopen', 'case-transcript', 'case-thanks', 'case-thanks-withdraw']) {
      await presses(dewi, name)
      expect(dewi.toast()).toContain('tidak tersedia')
      await presses(budi, name)
      expect(budi.toast()).toContain('tidak tersedia')
    }
    await dewi.forges('case-rate:1:1')
    expect(dewi.toast()).toContain('tidak tersedia')
    expect(await caseIn(clinic)).toMatchObject({ state: 'claimed', rating: null })
  })
})

describe('a rating', () => {
  story('ignored does not stand in the way of the next problem', async (scene) => {
    const { budi, sari } = await closed(scene)
    await sari.taps('5 · Sangat terbantu')
    await sari.says('Kodenya rusak lagi')
    expect(sari).toSee(/Lanjut nomor 1/)
    await sari.taps('Lanjut nomor 1')
    expect(budi).toSee(/Kasus 1 dilanjutkan[\s\S]*Kodenya rusak lagi/)
  })

  story('may be changed while it is fresh, and is final afterwards', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await closed(scene)
    await sari.taps('2 · Kurang')
    expect(sari).toSee(/Maaf bantuannya belum sesuai harapan[\s\S]*Lanjutkan lagi/)
    await sari.tapsAgain('2 · Kurang')
    expect(sari.toast()).toContain('sudah kami catat')
    await sari.taps('4 · Terbantu')
    expect(await caseIn(clinic)).toMatchObject({ rating: 4 })
    await sari.taps('Titip ucapan')
    await sari.taps('Lewati')
    expect(budi.chat().some(({ text }) => text?.includes('Ucapan dari'))).toBe(false)
    await clinic.passes(days(3))
    await sari.taps('1 · Tidak terbantu')
    expect(sari.toast()).toContain('sudah tersimpan')
    expect(await caseIn(clinic)).toMatchObject({ rating: 4 })
  })

  story('the word of thanks can be taken back', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await closed(scene)
    await sari.taps('5 · Sangat terbantu')
    await sari.taps('Titip ucapan')
    await sari.says('Pak Budi sabar sekali')
    expect(budi).toSee('Pak Budi sabar sekali')
    await sari.taps('Tarik ucapan')
    expect(sari).toSee('Ucapan sudah ditarik')
    expect(budi.chat().some(({ text }) => text?.includes('Pak Budi sabar sekali'))).toBe(false)
    await sari.tapsAgain('Tarik ucapan')
    expect(sari.toast()).toContain('sudah ditarik')
    expect(await caseIn(clinic)).toMatchObject({ thanks: null, rating: 5 })
  })

  story('the word of thanks is gone from the clinic also when the other phone keeps it', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await closed(scene)
    await sari.taps('5 · Sangat terbantu')
    await sari.taps('Titip ucapan')
    await sari.says('Pak Budi sabar sekali')
    await clinic.passes(days(3))
    await sari.taps('Tarik ucapan')
    expect(sari).toSee('tetap ada di HP penerima')
    expect(budi.chat().some(({ text }) => text?.includes('Pak Budi sabar sekali'))).toBe(true)
    expect(await caseIn(clinic)).toMatchObject({ thanks: null })
  })
})

describe('when Telegram reaches one of them no more', () => {
  story('the helper is told honestly that the owner can not be asked', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    clinic.simulator.world.blockBot(sari.id)
    await clinic.settled()
    await presses(budi, 'case-solved')
    await budi.taps('Masalahnya beres')
    expect(budi).toSee('sedang tidak bisa dihubungi')
    await clinic.passes(days(3) + hours(1))
    expect(await caseIn(clinic)).toMatchObject({ state: 'closed' })
  })

  story('a case of a helper who left goes to others as soon as she says that it is not solved', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    const tuti = await volunteer(scene, 'Tuti')
    await ends(budi)
    clinic.simulator.world.blockBot(budi.id)
    await clinic.settled()
    await sari.taps('Belum')
    expect(sari).toSee('kami carikan relawan lain')
    expect(tuti).toSee(/Permintaan 1[\s\S]*sempat dibantu/)
    expect(tuti).toSee(PROBLEM)
  })
})
