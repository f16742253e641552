// Tells what a helper may know of the owner, how one thing is asked of her, and that both end with the case.
import { describe, expect } from 'vitest'
import { asksForHelp, volunteer } from './support/helper.ts'
import { becomesMember, checks } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, type Scene, story } from './support/story.ts'

/** Budi helps Bu Sari, a member. */
async function held(scene: Scene, before: (sari: Phone) => Promise<void> = async () => undefined): Promise<{ readonly budi: Phone; readonly sari: Phone }> {
  const sari = scene.person('Sari')
  await becomesMember(scene.clinic, sari)
  await before(sari)
  const budi = await volunteer(scene, 'Budi')
  await asksForHelp(sari, 'Kode QRIS saya tidak bisa dipindai')
  await budi.taps('Saya bantu')
  return { budi, sari }
}

const accesses = ({ clinic }: Scene) => clinic.reads(async (tx) => (await tx.selectFrom('access_log').select('what').where('what', '=', 'owner-card').execute()).length)
const business = ({ clinic }: Scene) => clinic.reads((tx) => tx.selectFrom('business').select(['product', 'workers']).executeTakeFirstOrThrow())

describe('the owner’s card', () => {
  story('shows her business, level, plan and proofs to who helps her, and nothing to reach her by', async (scene) => {
    const { budi } = await held(scene, async (sari) => {
      await checks(sari, 'AA DDDD DDDD DDDD BBBB')
      await sari.says('/rencana')
      await sari.taps('Buka langkah berikutnya')
      await sari.taps('Kirim bukti')
      await sari.sendsPhoto()
      await scene.clinic.reads((tx) => tx.updateTable('person').set({ phone: '+6281234567890' }).where('telegram_id', '=', sari.id).execute())
    })
    await budi.forges('case-owner-card:1')
    expect(budi).toSee(/Kartu pemilik, kasus 1\nBu Sari/)
    expect(budi).toSee(/Warung Bu Sari · [^\n]*\n📍 Kec\. Pujon, Kab\. Malang/)
    expect(budi).toSee(/Hasil cek 23 Nov 2026[\s\S]*Rencana belajar[\s\S]*Fotonya di bawah/)
    expect(budi.news()).not.toMatch(/Pujon Kidul|0?812|62812/)
    const [proof] = budi.received('photo')
    expect(proof?.protected).toBe(true)
    expect(await accesses(scene)).toBe(1)
  })

  story('is closed to everyone else, and to who helped before', async (scene) => {
    const { budi, sari } = await held(scene)
    const tuti = await volunteer(scene, 'Tuti')
    const rini = scene.person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    await budi.forges('case-release:1')
    for (const other of [budi, tuti, rini, sari]) {
      for (const data of ['case-owner-card:1', 'case-ask-field:1', 'case-ask-this:1:product', 'case-owner-card:99']) await other.forges(data)
      expect(other.news()).not.toContain('Kartu pemilik')
    }
    expect(await accesses(scene)).toBe(0)
    expect(sari.news()).not.toContain('ingin tahu')
  })
})

describe('one thing left open', () => {
  story('is asked of her, answered in the form she knows, and told to who helps', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await held(scene)
    await budi.forges('case-owner-card:1')
    expect(budi).toSee(/Belum diisi: Produk paling laris, Lama usaha, [\s\S]*\[❓ Tanya data\]/)
    expect(budi.news()).not.toMatch(/: -$/m)
    await budi.taps('Tanya data')
    await budi.taps('Produk')
    expect(sari).toSee('Budi ingin tahu satu hal')
    await budi.forges('case-ask-this:1:product')
    expect(budi.toast()).toContain('Sudah ditanyakan')
    expect(sari.chat().filter(({ text }) => text?.includes('ingin tahu'))).toHaveLength(1)
    await sari.taps('Jawab')
    await clinic.stops()
    await clinic.startsAgain()
    await sari.says('keripik <pisang>')
    expect(sari).toSee('Jawabannya sudah sampai ke Budi')
    expect(sari).not.toSee(/Perubahan sudah disimpan|Hapus usaha ini/)
    expect(budi).toSee(/Bu Sari \(kasus 1\) menjawab .*: keripik <pisang>/)
    expect(await business(scene)).toMatchObject({ product: 'keripik <pisang>' })
    await sari.tapsAgain('Jawab')
    expect(sari.toast()).toContain('sudah dijawab')
    await budi.forges('case-ask-this:1:product')
    expect(budi.toast()).toContain('Data itu sudah ada')
    await budi.forges('case-ask-this:1:phone')
    expect(sari.chat().filter(({ text }) => text?.includes('ingin tahu'))).toHaveLength(1)
  })

  story('put off by her is told when she comes back to it, and somebody else can’t answer for her', async (scene) => {
    const { budi, sari } = await held(scene)
    await budi.forges('case-ask-this:1:workers')
    const wati = scene.person('Wati')
    await becomesMember(scene.clinic, wati, 'fesyen')
    await wati.forges('field-answer:1')
    await wati.forges('field-answered:1')
    expect(wati.news()).not.toContain('Berapa orang')
    await sari.taps('Jawab')
    expect(budi.news()).not.toContain('menjawab Orang')
    await sari.tapsAgain('Jawab')
    await sari.taps('2-4 orang')
    expect(budi).toSee(/menjawab Orang yang bekerja: 2-4 orang/)
  })

  story('is not asked of who has no business here', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    await asksForHelp(scene.person('Sari'), 'Kode QRIS saya tidak bisa dipindai')
    await budi.taps('Saya bantu')
    await budi.forges('case-ask-field:1')
    expect(budi).toSee('belum mendaftarkan usahanya')
    await budi.forges('case-owner-card:1')
    expect(budi).toSee('Usahanya belum didaftarkan')
  })
})
