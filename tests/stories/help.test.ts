// Tells how people ask for help: what they tell is kept, shown to them as others will see it, and goes nowhere without their yes.
import { describe, expect } from 'vitest'
import { asksForHelp, volunteer } from './support/helper.ts'
import { becomesMember } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { consentsOf } from './support/records.ts'
import { COORDINATOR_ID, days, hours, type Scene, story, type StoryClinic } from './support/story.ts'

const PROBLEM = 'Mesin jahit saya rusak'
const MINUTE_MS = 60_000

const coordinator = async ({ person }: Scene): Promise<Phone> => {
  const rini = person('Rini', { id: COORDINATOR_ID })
  await rini.starts()
  return rini
}
const tells = async (phone: Phone, ...messages: readonly string[]) => {
  await phone.says('/bantuan')
  for (const message of messages) await phone.says(message)
  await phone.taps('Sudah, kirim')
}
const cases = (clinic: StoryClinic) => clinic.reads((tx) => tx.selectFrom('help_case').select(['number', 'state', 'outcome', 'topic']).orderBy('id').execute())
const kept = async (clinic: StoryClinic) => (await clinic.reads((tx) => tx.selectFrom('case_message').select('body').orderBy('id').execute())).map(({ body }) => body)
/** Everything that was ever written to her, as it stands now. */
const screen = (phone: Phone) => phone.chat().map(({ text, caption }) => text ?? caption ?? '').join('\n')

describe('telling a problem', () => {
  story('takes messages of every kind, one after another, and asks for more until she is done', async (scene) => {
    await coordinator(scene)
    const sari = scene.person('Sari')
    await sari.says('/bantuan')
    expect(sari).toSee('Silakan ceritakan masalah Bapak/Ibu')
    expect(sari).toSee('jangan kirim foto KTP, PIN, atau kode OTP')
    await sari.says(PROBLEM)
    expect(sari).toSee(/1 pesan sudah kami simpan[\s\S]*\[✅ Sudah, kirim\]/)
    for (const media of [{ photo: 'jarumnya patah' }, { voice: 9 }, { video: true }, { document: 'nota.pdf' }, { audio: true }, { videoNote: true }, { animation: true }, { sticker: '😢' }, { location: true }] as const) await sari.sends(media)
    expect(sari).toSee('10 pesan sudah kami simpan')
    await sari.taps('Sudah, kirim')
    expect(sari).toSee(/Relawan akan melihat ini:[\s\S]*Mesin jahit saya rusak\njarumnya patah[\s\S]*📎 1 foto, 1 pesan suara, 1 video, 1 berkas, 1 berkas suara, 1 video bulat, 1 gambar bergerak, 1 stiker, 1 lokasi/)
    expect(await kept(scene.clinic)).toHaveLength(10)
    expect(await scene.clinic.reads((tx) => tx.selectFrom('draft_part').selectAll().execute())).toEqual([])
  })

  story('may be corrected before it is sent, and given up', async (scene) => {
    const sari = scene.person('Sari')
    await sari.says('/bantuan')
    await sari.says('Mesin obras rusak')
    await sari.edits('Mesin obras rusak', PROBLEM)
    expect(sari).toSee('pesan yang tadi sudah diganti')
    await sari.taps('Sudah, kirim')
    expect(sari).toSee(PROBLEM)
    expect(sari).not.toSee('obras')
    await sari.taps('Batalkan')
    expect(sari).toSee('permintaan nomor 1 dibatalkan')
    await sari.tapsAgain('Setuju, kirim ke relawan')
    expect(sari.toast()).toContain('sudah')
    await sari.says('/bantuan')
    await sari.says('Tidak jadi saja, malu')
    await sari.taps('Berhenti')
    await sari.taps('Hapus isian ini')
    expect(await scene.clinic.reads((tx) => tx.selectFrom('draft_part').selectAll().execute())).toEqual([])
    expect(await cases(scene.clinic)).toMatchObject([{ number: 1, state: 'closed', outcome: 'cancelled' }])
  })

  story('shows first what may help at once; who is helped closes it and bothers nobody', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await tells(sari, 'Kode QRIS tidak bisa dipindai')
    expect(sari).toSee(/Permintaan nomor 1 sudah dicatat[\s\S]*mungkin ini membantu:[\s\S]*\[✅ Sudah terbantu\]/)
    await sari.taps('Sudah terbantu')
    expect(sari).toSee('Senang mendengarnya, Bapak/Ibu. Permintaan nomor 1 kami tutup.')
    await sari.tapsAgain('Sudah terbantu')
    expect(sari.toast()).toContain('sudah selesai')
    expect(sari.news()).toBe('')
    await scene.clinic.passes(hours(1))
    expect(screen(budi)).not.toContain('Permintaan 1')
    expect(await cases(scene.clinic)).toMatchObject([{ state: 'closed', outcome: 'self-help', topic: 'qris' }])
  })

  story('lasts over a restart at each step', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    const restarts = async () => {
      await clinic.stops()
      await clinic.startsAgain({ after: MINUTE_MS })
    }
    await sari.says('/bantuan')
    await restarts()
    await sari.says('Kode QRIS tidak bisa dipindai')
    await restarts()
    await sari.says('sejak kemarin')
    expect(sari).toSee('2 pesan sudah kami simpan')
    await restarts()
    await sari.taps('Sudah, kirim')
    await restarts()
    await sari.taps('Tetap butuh bantuan')
    await restarts()
    await sari.taps('Setuju, kirim ke relawan')
    expect(budi).toSee(/Kode QRIS tidak bisa dipindai\nsejak kemarin/)
    await restarts()
    await budi.taps('Saya bantu')
    expect(sari).toSee('sekarang dibantu Budi')
  })

  story('counts once when everything arrives twice and is tapped twice', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    scene.clinic.simulator.faults.duplicateUpdates(true)
    await tells(sari, PROBLEM)
    await sari.taps('Setuju, kirim ke relawan')
    await sari.tapsAgain('Setuju, kirim ke relawan')
    expect(screen(budi).match(/Mesin jahit saya rusak/g)).toHaveLength(1)
    await sari.tapsAgain('Sudah, kirim')
    expect(await cases(scene.clinic)).toHaveLength(1)
    expect(await kept(scene.clinic)).toEqual([PROBLEM])
  })
})

describe('before a request is sent', () => {
  story('she sees it as volunteers will: without numbers, links, accounts and names', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await becomesMember(scene.clinic, sari)
    await tells(sari, 'Saya Sari, warung sepi. Hubungi 0812-3456-7890 atau @sari_pecel, modal Rp1.500.000 habis')
    await sari.taps('Tetap butuh bantuan')
    expect(sari).toSee('modal Rp1.500.000 habis')
    for (const hidden of ['0812', 'sari_pecel', 'Saya Sari']) expect(sari).not.toSee(hidden)
    await sari.taps('Setuju, kirim ke relawan')
    expect(budi).toSee(/Saya •••, warung sepi\. Hubungi •••/)
    for (const hidden of ['0812', 'sari_pecel', 'Saya Sari']) expect(screen(budi)).not.toContain(hidden)
  })

  story('she is asked once whether volunteers may write to her, and what she agreed to is kept', async (scene) => {
    await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await tells(sari, PROBLEM)
    expect(sari).toSee('nomor HP dan akun Bapak/Ibu tidak terlihat')
    expect(await consentsOf(scene.clinic, sari)).toEqual([])
    await sari.taps('Setuju, kirim ke relawan')
    expect(await consentsOf(scene.clinic, sari)).toMatchObject([{ purpose: 'contact', withdrawn_at: null }])
    await sari.says('/bantuan')
    await sari.taps('Buat permintaan baru')
    await sari.says('Jahitan saya kurang rapi')
    await sari.taps('Sudah, kirim')
    expect(sari).not.toSee('Boleh kami teruskan')
    await sari.taps('Ya, kirim')
    expect(sari).toSee('Permintaan nomor 2 sudah dikirim ke 1 relawan')
  })

  story('her no to volunteers holds: coordinators alone see it, whatever a volunteer taps', async (scene) => {
    const rini = await coordinator(scene)
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await tells(sari, PROBLEM)
    await sari.taps('Cukup ke koordinator saja')
    expect(sari).toSee('Permintaan nomor 1 sudah sampai ke koordinator')
    expect(rini).toSee(PROBLEM)
    expect(await consentsOf(scene.clinic, sari)).toEqual([])
    for (const data of ['case-look:1', 'case-claim:1', 'case-expert:1', 'case-next']) await budi.forges(data)
    await scene.clinic.passes(days(1))
    await budi.says('/meja')
    expect(screen(budi)).not.toContain(PROBLEM)
    expect(await cases(scene.clinic)).toMatchObject([{ state: 'waiting' }])
    await rini.taps('Saya bantu')
    expect(sari).toSee('sekarang dibantu')
    await rini.says('Coba ganti jarumnya dulu')
    expect(sari).toSee('Coba ganti jarumnya dulu')
  })

  story('nobody else sees or takes it', async (scene) => {
    const rini = await coordinator(scene)
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await tells(sari, PROBLEM)
    for (const phone of [budi, rini]) {
      for (const data of ['case-look:1', 'case-claim:1', 'case-next']) await phone.forges(data)
      expect(screen(phone)).not.toContain(PROBLEM)
    }
    await rini.says('/permintaan')
    expect(screen(rini)).not.toContain(PROBLEM)
    expect(await cases(scene.clinic)).toMatchObject([{ state: 'waiting' }])
  })

  story('its topic can be changed, and steers who is asked', async (scene) => {
    const qris = await volunteer(scene, 'Tuti', { areas: ['transaksi'] })
    const other = await volunteer(scene, 'Budi', { areas: ['keamanan'] })
    const sari = scene.person('Sari')
    await tells(sari, PROBLEM)
    expect(sari).toSee('tentang belum tahu topiknya')
    await sari.taps('Ganti topik')
    await sari.taps('QRIS & pembayaran')
    expect(sari).toSee('tentang QRIS & pembayaran')
    await sari.taps('Setuju, kirim ke relawan')
    expect(qris).toSee('QRIS & pembayaran')
    expect(screen(other)).not.toContain(PROBLEM)
    await sari.tapsAgain('Penipuan')
    expect(sari.toast()).toContain('sudah dikirim')
    expect(await cases(scene.clinic)).toMatchObject([{ topic: 'qris' }])
  })

  story('left lying it is on its way after ten minutes, to coordinators as long as she did not agree to volunteers', async (scene) => {
    const rini = await coordinator(scene)
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await tells(sari, PROBLEM)
    await scene.clinic.passes(9 * MINUTE_MS)
    expect(screen(rini)).not.toContain(PROBLEM)
    await scene.clinic.passes(MINUTE_MS)
    expect(rini).toSee(PROBLEM)
    expect(sari).toSee('Permintaan nomor 1 sudah sampai ke koordinator')
    expect(screen(budi)).not.toContain(PROBLEM)
    // Her yes counts even when it comes late.
    await sari.taps('Setuju, kirim ke relawan')
    expect(budi).toSee(PROBLEM)
    expect(sari).toSee('sudah dikirim ke 1 relawan')
  })
})

describe('a request that is on its way', () => {
  story('tells how many were asked, how many looked, and how long it usually takes once that is known', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    await volunteer(scene, 'Tuti')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    expect(sari).toSee('Permintaan nomor 1 sudah dikirim ke 2 relawan')
    expect(sari).not.toSee('Biasanya')
    await budi.taps('Lihat')
    expect(screen(sari)).toContain('2 relawan, 1 sudah membuka')
    await budi.taps('Lihat')
    expect(screen(sari)).toContain('2 relawan, 1 sudah membuka')
    await clinic.reads(async (tx) => {
      const at = clinic.now()
      for (let number = 101; number <= 105; number += 1) {
        await tx.insertInto('help_case').values({ number, person_id: (await tx.selectFrom('person').select('id').where('telegram_id', '=', budi.id).executeTakeFirstOrThrow()).id, state: 'closed', created_at: at - hours(5), answered_at: at - hours(3), closed_at: at }).execute()
      }
    })
    const dewi = scene.person('Dewi')
    await asksForHelp(dewi, 'Jahitan saya kurang rapi')
    expect(dewi).toSee('Biasanya dijawab dalam sekitar 2 jam.')
  })

  story('can be cancelled at any time; who helps is told, and may not be tapped into again', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const tuti = await volunteer(scene, 'Tuti')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await sari.taps('Batalkan')
    expect(sari).toSee('permintaan nomor 1 dibatalkan')
    expect(budi).toSee('Permintaan 1 sudah selesai')
    await budi.forges('case-claim:1')
    expect(budi.toast()).toContain('sudah selesai')
    await sari.tapsAgain('Batalkan')
    expect(sari.toast()).toContain('sudah selesai')
    await asksForHelp(sari, 'Jahitan saya kurang rapi')
    await tuti.taps('Saya bantu')
    await sari.says('/kasus')
    expect(sari).toSee(/Nomor 2, [^\n]*dibantu Tuti[\s\S]*Nomor 1, [^\n]*dibatalkan/)
    await sari.taps('Nomor 2')
    await sari.taps('Batalkan')
    expect(tuti).toSee('Kasus 2 dibatalkan oleh pemilik usaha')
    await tuti.says('Bagaimana, Bu?')
    expect(sari).not.toSee('Bagaimana, Bu?')
  })

  story('is asked after in two days, once, and goes on or ends as she says', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    for (const waits of [1, 2, 44]) await clinic.passes(hours(waits))
    expect(screen(sari)).not.toContain('masih butuh bantuan?')
    await clinic.passes(hours(1))
    expect(sari).toSee(/Permintaan nomor 1 belum ada yang mengambil[\s\S]*\[🙏 Masih butuh\]/)
    await sari.taps('Masih butuh')
    expect(sari).toSee('permintaan nomor 1 tetap kami teruskan')
    await sari.tapsAgain('Masih butuh')
    expect(await cases(clinic)).toMatchObject([{ state: 'waiting' }])
    await budi.taps('Saya bantu')
    await budi.says('Coba ganti jarumnya dulu')
    await clinic.passes(days(2))
    expect(sari).toSee('apakah Bapak/Ibu masih butuh bantuan?')
    await sari.taps('Masih butuh')
    expect(budi).toSee('Pemilik usaha masih butuh bantuan untuk kasus 1')
    await budi.repliesTo('Pemilik usaha masih butuh', 'Kalau belum, bawa ke bengkel')
    await clinic.passes(days(2))
    await sari.taps('Sudah tidak')
    expect(sari).toSee('permintaan nomor 1 dibatalkan')
    expect(budi).toSee('Kasus 1 dibatalkan')
  })

  story('asked again leads to the one that goes on, or to a second one', async (scene) => {
    await coordinator(scene)
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await sari.says('/bantuan')
    expect(sari).toSee('Permintaan nomor 1 (belum tahu topiknya) masih berjalan')
    await sari.taps('Lihat permintaan')
    expect(sari).toSee('menunggu koordinator')
    await sari.says('Jarumnya juga bengkok')
    expect(sari).toSee('Ditambahkan ke permintaan nomor 1')
    await sari.says('/bantuan')
    await sari.taps('Buat permintaan baru')
    await sari.says('Jahitan saya kurang rapi')
    await sari.taps('Sudah, kirim')
    await sari.taps('Ya, kirim')
    await sari.says('/kasus')
    expect(sari).toSee(/Nomor 2[\s\S]*Nomor 1/)
    expect(await kept(scene.clinic)).toEqual([PROBLEM, 'Jarumnya juga bengkok', 'Jahitan saya kurang rapi'])
  })

  story('is recorded honestly when nobody is there, and found by who joins later', async (scene) => {
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    expect(sari).toSee('Permintaan nomor 1 sudah dicatat. Saat ini belum ada yang bertugas')
    await scene.clinic.passes(hours(2))
    const budi = await volunteer(scene, 'Budi')
    await budi.says('/meja')
    expect(budi).toSee('Menunggu relawan: 1 permintaan')
    await budi.taps('Ambil yang terdepan')
    expect(budi).toSee(PROBLEM)
    await budi.taps('Saya bantu')
    expect(sari).toSee('sekarang dibantu Budi')
  }, { coordinatorIds: [] })

  story('is told to each in their own language', async (scene) => {
    const budi = await volunteer(scene, 'Budi', { languages: ['id', 'en'] })
    await budi.taps('English')
    const joko = scene.person('Joko', { languageCode: 'en' })
    await joko.starts()
    if (joko.buttons().some((label) => label.includes('English'))) await joko.taps('English')
    await joko.says('/bantuan')
    expect(joko).toSee('Please tell us what the problem is.')
    await joko.says('My sewing machine is broken')
    await joko.taps('Done, send it')
    await joko.taps('I agree, send it')
    expect(joko).toSee(/number 1/i)
    expect(budi).toSee('My sewing machine is broken')
    expect(budi).not.toSee('Saya bantu')
    expect(budi).not.toSee('menunggu')
  })
})

describe('a forged button', () => {
  story('shows and changes nothing of someone else’s request', async (scene) => {
    const sari = scene.person('Sari')
    const joko = scene.person('Joko')
    await joko.starts()
    const own = ['help-preview:1', 'help-send:1', 'help-coordinators:1', 'help-topic:1', 'help-topic-set:1:qris', 'help-helped:1', 'help-case:1', 'case-cancel:1', 'case-still:1']
    const isUntouched = async () => {
      for (const data of own) {
        await joko.forges(data)
        expect(joko.toast(), data).toContain('tidak tersedia')
      }
      expect(screen(joko)).not.toContain(PROBLEM)
    }
    await tells(sari, PROBLEM)
    const [before] = await scene.clinic.reads((tx) => tx.selectFrom('help_case').selectAll().execute())
    await isUntouched()
    expect(await scene.clinic.reads((tx) => tx.selectFrom('help_case').selectAll().execute())).toEqual([before])
    await sari.taps('Setuju, kirim ke relawan')
    await isUntouched()
    expect(await cases(scene.clinic)).toMatchObject([{ state: 'waiting' }])
  })
})
