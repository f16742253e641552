// Tells what volunteers see of what they gave: cases, hours by the stated rule, and a letter anyone can check.
import { describe, expect } from 'vitest'
import { asksForHelp, volunteer } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { days, type Scene, story } from './support/story.ts'

/** He takes a request and answers it. */
async function helpsSomeone(scene: Scene, budi: Phone): Promise<void> {
  await asksForHelp(scene.person('Sari'), 'Kode QRIS saya tidak bisa dipindai')
  await budi.taps('Saya bantu')
  await budi.says('Coba bersihkan stikernya dulu')
}

describe('a contribution', () => {
  story('is told of no more by whoever said stop', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    await helpsSomeone(scene, budi)
    await clinic.passes(days(10))
    await budi.taps('Jangan ingatkan lagi')
    await budi.repliesTo(/QRIS/, 'Sudah bisa, Bu?')
    await clinic.passes(days(30))
    await clinic.passes(days(2))
    expect(budi.news()).not.toContain('Surat terima kasih Desember')
  })

  story('is counted a quarter of an hour a day and case, and told in a letter when the month is over', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    await budi.says('/kontribusi')
    expect(budi).toSee('Belum ada kasus')
    await helpsSomeone(scene, budi)
    await budi.says('Lalu pindai dari jarak satu jengkal')
    await budi.says('/kontribusi')
    expect(budi).toSee('Bulan ini: 1 kasus, 0,25 jam')
    await clinic.passes(days(1))
    await budi.repliesTo(/QRIS/, 'Sudah bisa, Bu?')
    await budi.says('/kontribusi')
    expect(budi).toSee(/Bulan ini: 1 kasus, 0,5 jam[\s\S]*dihitung 15 menit/)
    expect(budi.buttons().join()).not.toContain('Surat')

    await clinic.passes(days(9))
    expect(budi).toSee('Surat terima kasih November 2026 sudah siap')
    await budi.taps('Surat November 2026')
    expect(budi).toSee(/Surat terima kasih untuk November 2026[\s\S]*start=surat_/)
    const code = /start=(surat_[\w-]+)/.exec(JSON.stringify(budi.chat()))?.[1] ?? ''
    const employer = scene.person('Dewi')
    await employer.starts(code)
    expect(employer).toSee(/asli dari Klinik Ekonomi Digital. Budi membantu 1 kasus pada November 2026/)
    await employer.starts('surat_tidakada')
    expect(employer).toSee('tidak ada di catatan kami')
    await employer.forges('contribution-letter:2026-11')
    expect(employer.toast()).toContain('hanya untuk petugas')
  })

  story('gives no letter for a month that goes on, and the same one when asked again', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    await helpsSomeone(scene, budi)
    await budi.forges('contribution-letter:2026-11')
    expect(budi.toast()).toContain('bulan yang sudah selesai')
    await clinic.passes(days(10))
    await clinic.stops()
    await clinic.startsAgain()
    for (let time = 0; time < 2; time += 1) {
      await budi.says('/kontribusi')
      await budi.taps('Surat November 2026')
    }
    const codes = new Set([...JSON.stringify(budi.chat()).matchAll(/start=surat_([\w-]+)/g)].map(([, code]) => code))
    expect(codes.size).toBe(1)
  })
})
