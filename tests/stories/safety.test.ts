// Tells how a conversation is reported, stands still, and is looked into by a coordinator, and how nobody else gets in.
import { describe, expect } from 'vitest'
import { endRole } from '../../src/people/roles.ts'
import { asksForHelp, personIdOf, volunteer } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, hours, type Scene, story } from './support/story.ts'

interface Cast {
  readonly rini: Phone
  readonly budi: Phone
  readonly sari: Phone
}

/** Budi helps Sari, and they have written to each other. */
async function inTalk(scene: Scene): Promise<Cast> {
  const rini = scene.person('Rini', { id: COORDINATOR_ID })
  await rini.starts()
  const budi = await volunteer(scene, 'Budi')
  const sari = scene.person('Sari')
  await asksForHelp(sari, 'Kode QRIS saya tidak bisa dipindai')
  await budi.taps('Saya bantu')
  await budi.says('Kirim fotonya, Bu')
  await sari.sendsPhoto()
  return { rini, budi, sari }
}

/** Whoever is in it reports it with a button of theirs. */
async function reports(sari: Phone): Promise<void> {
  await sari.forges('case-report:1')
  await sari.taps('Meminta kode, KTP, atau uang')
}

const stateOf = ({ clinic }: Scene) => clinic.reads(async (tx) => (await tx.selectFrom('help_case').select('state').where('number', '=', 1).executeTakeFirstOrThrow()).state)
const trail = ({ clinic }: Scene, action: string) =>
  clinic.reads(async (tx) => (await tx.selectFrom('audit').select('detail').where('action', '=', action).execute()).map(({ detail }) => detail))

describe('a report', () => {
  story('stops the conversation, is told kindly to both, and goes on with the same helper when a coordinator says so', async (scene) => {
    const { rini, budi, sari } = await inTalk(scene)
    await reports(sari)
    expect(sari).toSee('Terima kasih sudah memberi tahu')
    expect(budi).toSee('Percakapan nomor 1 berhenti dulu karena sedang diperiksa')
    expect(rini).toSee(/Kasus 1 dilaporkan oleh pemilik usaha: Meminta kode, KTP, atau uang/)
    await budi.says('Halo Bu?')
    expect(budi).toSee('Percakapan nomor 1 sedang diperiksa koordinator, jadi pesan ini tidak diteruskan')
    expect(sari.news()).not.toContain('Halo Bu?')
    await sari.says('masih di sana?')
    expect(sari).toSee('sedang diperiksa koordinator')
    expect(budi.news()).not.toContain('masih di sana')
    await budi.tapsAgain('Tarik pesan')
    expect(budi.toast()).toContain('bisa ditarik setelah itu')

    await rini.taps('Buka kasus ini 24 jam')
    expect(rini).toSee('Kasus 1 terbuka untuk Bapak/Ibu sampai Selasa, 24 November 2026')
    await rini.taps('Baca percakapan')
    expect(rini).toSee(/pemilik usaha · Senin[\s\S]*Kode QRIS saya tidak bisa dipindai[\s\S]*Budi · Senin[\s\S]*Kirim fotonya, Bu/)
    const [picture] = rini.received('photo')
    expect(picture?.protected).toBe(true)
    await rini.taps('Lanjutkan')
    await rini.tapsAgain('Lanjutkan')
    expect(rini.toast()).toContain('sudah diputuskan')
    expect(await trail(scene, 'case-settle-report')).toEqual(['go-on'])
    expect(await trail(scene, 'case-report')).toEqual(['secret'])
    expect(await trail(scene, 'case-opened')).toHaveLength(1)
    await budi.says('Sudah saya lihat')
    expect(sari).toSee('Sudah saya lihat')
    await rini.tapsAgain('Baca percakapan')
    expect(rini.toast()).toContain('sudah diputuskan')
    expect(rini.news()).not.toContain('Kirim fotonya')
  })

  story('in own words survives a restart, gives the case to someone else, and not to who was in it', async (scene) => {
    const { clinic } = scene
    const { rini, budi, sari } = await inTalk(scene)
    await sari.forges('case-report:1')
    await sari.taps('Tulis sendiri')
    await clinic.stops()
    await clinic.startsAgain()
    await sari.says('Dia minta pulsa <dulu>')
    expect(rini).toSee(/ceritanya di bawah[\s\S]*Dia minta pulsa <dulu>/)
    await sari.tapsAgain('Meminta kode, KTP, atau uang')
    expect(sari.toast()).toContain('sudah dilaporkan')
    await rini.taps('Buka kasus ini 24 jam')
    const tuti = await volunteer(scene, 'Tuti')
    await rini.taps('Kembalikan ke antrean')
    expect(sari).toSee('Kami carikan relawan lain')
    expect(budi).toSee('dilanjutkan rekan lain')
    expect(tuti).toSee(/Permintaan 1[\s\S]*sempat dibantu/)
    await budi.forges('case-claim:1')
    expect(await stateOf(scene)).toBe('waiting')
    await tuti.taps('Saya bantu')
    expect(sari).toSee('sekarang dibantu Tuti')
    expect(await clinic.reads(async (tx) => (await tx.selectFrom('help_case').select('report_words').executeTakeFirst())?.report_words)).toBeNull()
  })

  story('is never followed by an offer of the same case to whoever it is about, also when nobody else is on duty', async (scene) => {
    const { rini, budi, sari } = await inTalk(scene)
    await reports(sari)
    await rini.taps('Buka kasus ini 24 jam')
    budi.news()
    await rini.taps('Kembalikan ke antrean')
    expect(budi).toSee('dilanjutkan rekan lain')
    expect(budi).not.toSee('Saya bantu')
    expect(rini).toSee(/Permintaan ini menunggu koordinator[\s\S]*Permintaan 1/)
    await budi.says('/meja')
    if (budi.buttons().some((label) => label.includes('Ambil yang terdepan'))) await budi.taps('Ambil yang terdepan')
    expect(budi).not.toSee('Kode QRIS')
    await budi.forges('case-look:1')
    expect(budi).not.toSee('Kode QRIS')
  })

  story('nobody decides on is brought up once more after a day, and may be opened again', async (scene) => {
    const { clinic } = scene
    const { rini, budi } = await inTalk(scene)
    await budi.forges('case-report:1')
    await budi.taps('Terasa janggal')
    expect(rini).toSee('dilaporkan oleh Budi: Terasa janggal')
    await rini.taps('Buka kasus ini 24 jam')
    await clinic.passes(hours(25))
    expect(rini).toSee('Laporan kasus 1 dari Budi masih menunggu')
    await rini.tapsAgain('Tutup')
    expect(rini.toast()).toContain('24 jamnya sudah lewat')
    expect(await stateOf(scene)).toBe('frozen')
    await clinic.passes(hours(25))
    expect(rini.news()).not.toContain('masih menunggu')
    await rini.taps('Buka kasus ini 24 jam')
    await rini.taps('Tutup')
    expect(budi).toSee('Kasus 1 sudah diperiksa dan ditutup')
    expect(await stateOf(scene)).toBe('closed')
  })

  story('is read in pieces, every kind of message as a copy nobody can pass on, and without what was taken back', async (scene) => {
    const { clinic } = scene
    const { rini, budi, sari } = await inTalk(scene)
    await sari.sends({ voice: 7 })
    await budi.says('Ini saya tarik lagi')
    await budi.taps('Tarik pesan')
    for (let at = 1; at <= 9; at += 1) await sari.says(`Pesan ke-${at}`)
    await budi.forges('case-report:1')
    await budi.taps('Bicara kasar')
    await rini.taps('Buka kasus ini 24 jam')
    await clinic.stops()
    await clinic.startsAgain()
    await rini.taps('Baca percakapan')
    expect(rini).toSee('pesan ini sudah ditarik')
    expect(rini.news()).not.toContain('Ini saya tarik lagi')
    expect(rini.received('voice').map((one) => one.protected)).toEqual([true])
    expect(rini).toSee('Masih ada 4 pesan lagi')
    expect(rini.news()).not.toContain('Pesan ke-9')
    await rini.taps('Lanjut baca')
    expect(rini).toSee(/Pesan ke-9[\s\S]*Itu seluruh percakapan nomor 1/)
    await clinic.passes(hours(25))
    await rini.tapsAgain('Lanjut baca')
    expect(rini.toast()).toContain('24 jamnya sudah lewat')
    const looks = await clinic.reads((tx) => tx.selectFrom('access_log').select('what').where('what', '=', 'reported-case').execute())
    expect(looks).toHaveLength(1)
  })

  story('brings back the expert who had joined, too', async (scene) => {
    const { rini, budi, sari } = await inTalk(scene)
    const tuti = await volunteer(scene, 'Tuti')
    await budi.forges(`case-join:1:${await personIdOf(scene.clinic, tuti)}`)
    await reports(sari)
    expect(tuti).toSee('Percakapan nomor 1 berhenti dulu')
    await tuti.says('Boleh saya tambahkan?')
    expect(sari.news()).not.toContain('Boleh saya')
    await rini.taps('Buka kasus ini 24 jam')
    await rini.taps('Lanjutkan')
    expect(tuti).toSee('dibuka lagi')
    await sari.says('Bagaimana stikernya?')
    expect(tuti).toSee('Bagaimana stikernya?')
    expect(budi).toSee('Bagaimana stikernya?')
    const held = await scene.clinic.reads((tx) => tx.selectFrom('case_assignment').select('role').where('until', 'is', null).orderBy('id').execute())
    expect(held).toEqual([{ role: 'lead' }, { role: 'expert' }])
  })

  story('goes back to the queue when the helper has left the team meanwhile', async (scene) => {
    const { rini, budi, sari } = await inTalk(scene)
    await reports(sari)
    const id = await personIdOf(scene.clinic, budi)
    await scene.clinic.reads((tx) => endRole(tx, { person: id, role: 'volunteer', by: null, now: scene.clinic.now() }))
    await rini.taps('Buka kasus ini 24 jam')
    await rini.taps('Lanjutkan')
    expect(rini).toSee('kembali ke antrean')
    expect(sari).toSee('Kami carikan relawan lain')
  })
})

describe('whose part it is not', () => {
  story('can neither report, open, read nor decide, whatever the button says', async (scene) => {
    const { rini, budi, sari } = await inTalk(scene)
    const tuti = await volunteer(scene, 'Tuti')
    const wati = scene.person('Wati')
    await wati.starts()
    for (const stranger of [tuti, wati, rini]) {
      await stranger.forges('case-report-for:1:rude')
      await stranger.forges('case-report-words:1')
      expect(await stateOf(scene)).toBe('claimed')
    }
    await reports(sari)
    for (const other of [tuti, wati, sari, budi]) {
      for (const data of ['case-open:1', 'case-read:1:0', 'case-settle:1:close', 'case-settle:1:go-on']) await other.forges(data)
      expect(other.news()).not.toContain('Kirim fotonya')
    }
    for (const data of ['case-read:1:0', 'case-settle:1:close']) await rini.forges(data)
    expect(rini.toast()).toContain('belum dibuka')
    expect(rini.news()).not.toContain('Kirim fotonya')
    expect(await stateOf(scene)).toBe('frozen')
    expect(await trail(scene, 'case-opened')).toEqual([])
  })

  story('is decided by another coordinator than the one it is about', async (scene) => {
    const rini = scene.person('Rini', { id: COORDINATOR_ID })
    const dewi = scene.person('Dewi', { id: 3002 })
    await rini.starts()
    await dewi.starts()
    const sari = scene.person('Sari')
    await asksForHelp(sari, 'Kode QRIS saya tidak bisa dipindai')
    await rini.taps('Saya bantu')
    await reports(sari)
    expect(rini).toSee('sedang diperiksa koordinator')
    await rini.forges('case-open:1')
    expect(rini.toast()).toContain('Biar koordinator lain')
    expect(dewi).toSee('dilaporkan oleh pemilik usaha')
    await dewi.taps('Buka kasus ini 24 jam')
    await dewi.taps('Lanjutkan')
    expect(rini).toSee('dibuka lagi')
  }, { coordinatorIds: [COORDINATOR_ID, 3002] })
})
