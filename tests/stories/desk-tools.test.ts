// Tells of notes, ready answers, and what a helper may know of an owner, and how all of it stays with who helps in the case.
import { describe, expect } from 'vitest'
import { asksForHelp, volunteer } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, hours, type Scene, story } from './support/story.ts'

const coordinator = async ({ person }: Pick<Scene, 'person'>): Promise<Phone> => {
  const rini = person('Rini', { id: COORDINATOR_ID })
  await rini.starts()
  return rini
}

/** Budi has Sari's case, which is the first. */
async function held(scene: Scene, sari = scene.person('Sari')): Promise<{ readonly budi: Phone; readonly sari: Phone }> {
  const budi = await volunteer(scene, 'Budi')
  await asksForHelp(sari, 'Kode QRIS saya tidak bisa dipindai')
  await budi.taps('Saya bantu')
  return { budi, sari }
}

const trail = ({ clinic }: Scene, like: string) =>
  clinic.reads(async (tx) => (await tx.selectFrom('audit').select('action').where('action', 'like', like).orderBy('id').execute()).map(({ action }) => action))

describe('a note', () => {
  story('is written to colleagues, survives a restart, and reaches whoever goes on, never the owner', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await held(scene)
    await budi.says('/catatan')
    expect(budi).toSee('Tulis catatan untuk rekan')
    await clinic.stops()
    await clinic.startsAgain()
    await budi.says('Stiker <lama>, tunggu kabar bank')
    expect(budi).toSee('Catatan untuk kasus 1 sudah disimpan')
    expect(sari.chat().map(({ text }) => text).join('\n')).not.toContain('tunggu kabar bank')
    await budi.says('/catatan')
    expect(budi).toSee('Budi: Stiker <lama>, tunggu kabar bank')
    const tuti = await volunteer(scene, 'Tuti')
    await tuti.forges('case-note:1')
    expect(tuti.toast()).toContain('tidak sedang dengan')
    await sari.forges('case-note:1')
    expect(sari.news()).not.toContain('tunggu kabar bank')

    await budi.forges('case-release:1')
    await budi.says('Ini terlambat')
    expect(budi).toSee('Kasus ini tidak sedang dengan')
    await tuti.taps('Saya bantu')
    expect(tuti).toSee('Budi: Stiker <lama>, tunggu kabar bank')
    expect(await clinic.reads((tx) => tx.selectFrom('case_note').select('body').execute())).toHaveLength(1)
  })

  story('of many long words still fits into one message, for who writes it and who goes on', async (scene) => {
    const { budi } = await held(scene)
    for (let at = 1; at <= 12; at += 1) {
      await budi.says('/catatan')
      await budi.says(`Catatan ${at} ${'panjang '.repeat(120)}`)
    }
    await budi.says('/catatan')
    expect(budi).toSee(/Budi: Catatan 3 panjang[\s\S]*Budi: Catatan 12 panjang/)
    const tuti = await volunteer(scene, 'Tuti')
    await budi.forges('case-release:1')
    await tuti.taps('Saya bantu')
    expect(tuti).toSee(/Budi: Catatan 12 panjang/)
  })

  story('asks which case it is about when there are several, and says so when there is none', async (scene) => {
    const { budi } = await held(scene)
    const wati = scene.person('Wati')
    await asksForHelp(wati, 'Bagaimana memotret kue?')
    await budi.taps('Saya bantu')
    await scene.clinic.reads((tx) => tx.deleteFrom('active_case').execute())
    await budi.says('/catatan')
    expect(budi.buttons()).toEqual(['📋 1: pemilik usaha', '📋 2: pemilik usaha'])
    await budi.taps('2: pemilik usaha')
    await budi.says('Suka kue lapis')
    expect(budi).toSee('Catatan untuk kasus 2')
    const tuti = await volunteer(scene, 'Tuti')
    await tuti.says('/catatan')
    expect(tuti).toSee('Belum ada kasus di meja')
  })
})

describe('a ready answer', () => {
  story('is found by words, shown, and sent once as if it had been written', async (scene) => {
    const { budi, sari } = await held(scene)
    await budi.says('/balas stiker')
    expect(budi.buttons()).toEqual(['QRIS tidak terbaca', '🔍 Cari jawaban'])
    await budi.taps('Cari jawaban')
    await budi.says('foto produk')
    await budi.taps('Foto produk')
    expect(budi).toSee(/Foto di dekat jendela[\s\S]*Kirim ke pemilik usaha\?/)
    expect(sari.news()).not.toContain('dekat jendela')
    await budi.taps('Kirim')
    expect(sari).toSee(/Budi \(permintaan 1\):\nFoto di dekat jendela/)
    await budi.tapsAgain('Kirim')
    expect(budi.toast()).toContain('sudah dikirim')
    expect(await scene.clinic.reads((tx) => tx.selectFrom('case_message').select('id').where('body', 'like', 'Foto di dekat%').execute())).toHaveLength(1)
    await budi.taps('Tarik pesan')
    expect(sari.chat().map(({ text }) => text).join('\n')).not.toContain('dekat jendela')
    await budi.says('/balas sapi terbang')
    expect(budi).toSee('Belum ada jawaban dengan kata itu')
  })

  story('is nobody’s but the helper’s to send, also with a button from before', async (scene) => {
    const { budi, sari } = await held(scene)
    await budi.says('/balas foto')
    await budi.taps('Foto produk')
    const tuti = await volunteer(scene, 'Tuti')
    const rini = await coordinator(scene)
    for (const other of [tuti, rini, sari]) {
      for (const data of ['case-canned:1', 'canned-show:1:1', 'canned-send:1:1', 'canned-search:1']) await other.forges(data)
      expect(other.news()).not.toContain('Kirim ke')
    }
    await budi.forges('case-release:1')
    await budi.tapsAgain('Kirim')
    expect(budi.toast()).toContain('tidak sedang dengan')
    expect(await scene.clinic.reads((tx) => tx.selectFrom('case_message').select('id').execute())).toHaveLength(1)
  })

  story('is looked after by coordinators, who add, change and remove it', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    await rini.says('/balas')
    expect(rini).toSee('Jawaban siap: 8')
    await rini.taps('Tambah')
    await rini.says('Ongkir')
    await clinic.stops()
    await clinic.startsAgain()
    await rini.says('Tulis <ongkir> di awal percakapan, ya')
    await rini.taps('Simpan')
    expect(rini).toSee('Jawaban Ongkir sudah disimpan')
    await rini.says('/balas')
    expect(rini).toSee('Jawaban siap: 9')
    await rini.taps('Ubah')
    await rini.taps('Ongkir')
    expect(rini).toSee('Tulis <ongkir> di awal')
    await rini.taps('Simpan')
    await rini.says('/balas')
    await rini.taps('Hapus')
    await rini.taps('Penutup')
    await rini.taps('Ya, hapus')
    await rini.tapsAgain('Ya, hapus')
    expect(rini.toast()).toContain('sudah tidak ada')
    expect(await trail(scene, 'canned-%')).toEqual(['canned-added', 'canned-changed', 'canned-removed'])

    const { budi } = await held(scene)
    await budi.says('/balas ongkir')
    await budi.taps('Ongkir')
    expect(budi).toSee('Tulis <ongkir> di awal percakapan')
    for (const data of ['canned-add', 'canned-choose:remove', 'canned-change:1', 'canned-remove-now:1']) await budi.forges(data)
    expect(await clinic.reads((tx) => tx.selectFrom('canned_answer').select('id').where('removed_at', 'is', null).execute())).toHaveLength(8)
    await clinic.passes(hours(1))
    await rini.says('/balas penutup')
    expect(rini).toSee('Jawaban siap: 8')
  })
})
