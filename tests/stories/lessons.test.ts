// Tells how the lesson of a closed case comes to help the next owner who asks the same.
import { describe, expect } from 'vitest'
import { ends, helped, presses, PROBLEM } from './support/ending.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, days, type Scene, story } from './support/story.ts'

const LESSON = 'Ganti stiker QRIS yang pudar, lalu hubungi 0812-3456-7890'

/** Rini coordinates, and a case of Sari was closed with a lesson. */
async function learnt(scene: Scene): Promise<{ readonly rini: Phone; readonly budi: Phone; readonly sari: Phone }> {
  const rini = scene.person('Rini', { id: COORDINATOR_ID })
  await rini.starts()
  const { budi, sari } = await helped(scene)
  await presses(budi, 'case-solved')
  await budi.taps('Masalahnya beres')
  await budi.taps('Tulis jalan keluarnya')
  await budi.says(LESSON)
  await sari.taps('Ya, sudah terbantu')
  return { rini, budi, sari }
}

async function asks(scene: Scene, name: string, problem: string): Promise<Phone> {
  const phone = scene.person(name)
  await phone.says('/bantuan')
  await phone.says(problem)
  await phone.taps('Sudah, kirim')
  return phone
}

describe('a lesson', () => {
  story('is read by a coordinator, published without numbers, and helps who asks the same', async (scene) => {
    const { clinic } = scene
    const { rini } = await learnt(scene)
    expect(rini).toSee('Ada pelajaran baru')
    await rini.taps('Baca pelajaran')
    expect(rini).toSee(/menunggu: 1[\s\S]*❓ Kode QRIS saya di warung[\s\S]*💬 Ganti stiker QRIS yang pudar, lalu hubungi •••/)
    expect(rini).not.toSee('0812')
    await rini.taps('Terbitkan')
    expect(rini).toSee('Sudah terbit')
    expect(rini).not.toSee('Tidak ada pelajaran yang menunggu')
    await rini.tapsAgain('Terbitkan')
    expect(rini.toast()).toContain('sudah diputuskan')
    const trail = await clinic.reads((tx) => tx.selectFrom('audit').select(['action', 'subject']).where('action', 'like', 'lesson-%').execute())
    expect(trail).toEqual([{ action: 'lesson-published', subject: 'question-answer:1' }])

    const dewi = await asks(scene, 'Dewi', 'kode qris di toko gak bisa dipindai pembeli')
    expect(dewi).toSee(/jawaban untuk pertanyaan yang mirip[\s\S]*Ganti stiker QRIS yang pudar[\s\S]*Sudah terbantu/)
    await dewi.taps('Sudah terbantu')
    expect(dewi).toSee('Permintaan nomor 2 kami tutup')

    const tono = await asks(scene, 'Tono', 'Kode QRIS tidak bisa dipindai pembeli lagi')
    await tono.taps('Tetap butuh bantuan')
    expect(tono).toSee('relawan hanya melihat ini')
  })

  story('is changed before it is published, also over a restart', async (scene) => {
    const { clinic } = scene
    const { rini } = await learnt(scene)
    await rini.says('/pelajaran')
    await rini.taps('Ubah, lalu terbitkan')
    expect(rini).toSee(/Mohon dilihat sekali lagi[\s\S]*Kode QRIS saya/)
    await rini.taps('Ubah')
    await rini.taps('Jawaban')
    await clinic.stops()
    await clinic.startsAgain()
    await rini.says('Minta stiker baru ke bank, gratis.')
    expect(rini).toSee('Minta stiker baru ke bank, gratis.')
    await rini.taps('Simpan')
    expect(rini).toSee(/Sudah terbit[\s\S]*Minta stiker baru ke bank, gratis\./)
    const dewi = await asks(scene, 'Dewi', 'kode qris tidak bisa dipindai')
    expect(dewi).toSee('Minta stiker baru ke bank, gratis.')

    await rini.taps('Tarik kembali')
    expect(rini.toast()).toContain('Sudah ditarik')
    const tono = await asks(scene, 'Tono', 'kode qris tidak bisa dipindai')
    expect(tono).not.toSee('Minta stiker baru')
  })

  story('is left unpublished, and does not come again', async (scene) => {
    const { rini } = await learnt(scene)
    await rini.says('/pelajaran')
    await rini.taps('Jangan')
    expect(rini.toast()).toContain('tidak diterbitkan')
    await rini.says('/pelajaran')
    expect(rini).toSee('Tidak ada pelajaran yang menunggu')
    expect(await asks(scene, 'Dewi', PROBLEM)).not.toSee('pertanyaan yang mirip')
  })

  story('waits until its case is closed, and is for coordinators alone', async (scene) => {
    const { clinic } = scene
    const rini = scene.person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    const { budi, sari } = await helped(scene)
    await ends(budi)
    await rini.says('/pelajaran')
    expect(rini).toSee('Tidak ada pelajaran yang menunggu')
    await rini.forges('lesson-publish:1')
    expect(rini.toast()).toContain('sudah diputuskan')
    await budi.says('/pelajaran')
    expect(budi).not.toSee('pelajaran yang menunggu')
    for (const phone of [budi, sari]) {
      for (const forged of ['lesson-next', 'lesson-publish:1', 'lesson-change:1', 'lesson-decline:1', 'lesson-withdraw:1']) await phone.forges(forged)
    }
    await clinic.passes(days(1))
    expect(await clinic.reads((tx) => tx.selectFrom('question_answer').select('id').execute())).toEqual([])
  })
})
