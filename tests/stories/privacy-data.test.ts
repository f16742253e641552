// Seeing, correcting, pausing and taking consents back.
import { describe, expect } from 'vitest'
import { findPersonByTelegramId } from '../../src/people/store.ts'
import type { Phone } from './support/phone.ts'
import { asksForHelp } from './support/helper.ts'
import { registers, registersUntil } from './support/registering.ts'
import { COORDINATOR_ID, days, hours, story, type StoryClinic } from './support/story.ts'

const QUESTION = 'Bagaimana cara membuat NIB?'

/** The newest file the clinic sent her, as it was read. */
function fileOf(clinic: StoryClinic, phone: Phone): Record<string, unknown> {
  const { world } = clinic.simulator
  const sent = world.messages(phone.id).findLast((message) => message.kind === 'document')
  const file = world.file(sent?.file?.fileId ?? '')
  expect(file?.fileName).toBe('data-saya.json')
  return JSON.parse(Buffer.from(file?.bytes ?? []).toString()) as Record<string, unknown>
}

const consentsOf = (clinic: StoryClinic, phone: Phone) =>
  clinic.reads(async (tx) => {
    const person = await findPersonByTelegramId(tx, phone.id)
    return tx.selectFrom('consent').select(['purpose', 'withdrawn_at']).where('person_id', '=', person?.id ?? 0).orderBy('id').execute()
  })

describe('/datasaya', () => {
  story('shows all that is held, in words and as a file, and who looked at it', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    const sari = person('Sari')
    await registersUntil(sari, 'review')
    await sari.taps('Simpan')
    await asksForHelp(sari, QUESTION)
    await rini.says('/permintaan')
    await rini.taps('Bantu 1')
    await rini.says('Siapkan KTP dan HP, lalu buka oss.go.id')
    await sari.says('/tips')
    await sari.says('/usaha')
    await sari.taps('Tambah usaha')
    await sari.says('Kedai <Kopi> & Roti')

    await sari.says('/datasaya')
    for (const told of [
      `Nomor akun Telegram: ${sari.id}`, 'Nama panggilan: Sari', 'Nomor HP: 0812-3456-7890', 'Zona waktu: WIB', 'KED-000001', 'Peran: pemilik usaha',
      'Warung Bu Sari', 'Desa Pujon Kidul, Kec. Pujon, Kab. Malang', 'pecel', '3-10 tahun', 'Rp5 juta - Rp15 juta', 'NIB: Sudah',
      'Isian yang belum selesai: data usaha', 'Nama usaha: Kedai <Kopi> & Roti',
      'Tampil di direktori: setuju sejak Senin, 23 November 2026', 'Data tanpa nama untuk penelitian: tidak',
      'Permintaan bantuan nomor 1', QUESTION, 'Siapkan KTP dan HP', 'petugas klinik melihat permintaan bantuan', 'Tips yang sudah dibaca: 1',
    ]) expect(sari).toSee(told)
    for (const way of ['Ubah data', 'Atur izin', 'Hapus data saya']) expect(sari).toSee(`${way}]`)
    expect(fileOf(clinic, sari)).toMatchObject({
      person: { telegramId: sari.id, givenName: 'Sari', phone: '+6281234567890', adult: true },
      businesses: [{ name: 'Warung Bu Sari', villageCode: '35.07.26.2003', licences: { nib: 'have' } }],
      unfinishedForms: [{ form: 'business', answers: { 'business-name': 'Kedai <Kopi> & Roti' } }],
      helpRequests: [{ number: 1, messages: [{ from: 'you', text: QUESTION }, { from: 'helper' }] }],
      shownToTeam: [{ what: 'help-request' }, { what: 'help-list' }],
      consents: [{ purpose: 'clinic', givenAt: '2026-11-23T02:00:00.000Z', withdrawnAt: null }, { purpose: 'directory' }, { purpose: 'contact' }],
    })
  })

  story('has nothing but the account of a stranger, and speaks English to who reads English', async ({ clinic, person }) => {
    const joko = person('Joko')
    await joko.starts()
    await joko.taps('English')
    await joko.says('/datasaya')
    expect(joko).toSee('Your data at this clinic')
    expect(joko).toSee('Nobody of the clinic has looked at your data yet.')
    expect(fileOf(clinic, joko)).toMatchObject({ person: { telegramId: joko.id, givenName: null }, businesses: [], consents: [], helpRequests: [] })
  })

  story('takes as many messages as a long history needs', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    for (let count = 0; count < 10; count += 1) {
      await sari.says('/bantuan')
      if (count > 0) await sari.taps('Buat permintaan baru')
      await sari.says(`Pertanyaan ${count}: ${'panjang sekali '.repeat(100)}`)
      await sari.taps('Sudah, kirim')
    }
    await sari.says('/datasaya')
    for (const number of [1, 10]) expect(sari).toSee(`Permintaan bantuan nomor ${number},`)
    expect(fileOf(clinic, sari)['helpRequests']).toHaveLength(10)
  }, { coordinatorIds: [] })
})

describe('/ubahdata', () => {
  story('leads to the right place for each kind of data', async ({ person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('ubah data')
    await sari.taps('Usaha')
    expect(sari).toSee('punya 1 usaha di sini')
    await sari.says('/ubahdata')
    await sari.taps('Data diri')
    await sari.taps('Nama panggilan')
    await sari.says('Siti')
    expect(sari).toSee('Profil Bu Siti')
  })

  story('has nothing to correct for a stranger, who may register', async ({ person }) => {
    const joko = person('Joko')
    await joko.says('/ubahdata')
    expect(joko).toSee('belum punya profil')
    await joko.forges('change:profil')
    expect(joko).toSee('belum terdaftar')
    await joko.forges('change:tim')
    expect(joko.toast()).toContain('sudah tidak dipakai')
  })
})

describe('/izin', () => {
  story('takes each consent back alone and at once; a second tap changes nothing', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'review')
    await sari.taps('Simpan')
    await sari.says('/izin')
    expect(sari).toSee(/Layanan klinik: Setuju\n• Tampil di direktori: Setuju\n• Boleh dihubungi pendamping: Tidak/)
    await clinic.passes(hours(1))
    await sari.taps('Cabut: Tampil di direktori')
    expect(sari).toSee('Usaha Bu Sari tidak tampil lagi di direktori.')
    expect(sari).toSee('Tampil di direktori: Tidak')
    await sari.tapsAgain('Cabut: Tampil di direktori')
    expect(sari.toast()).toBe('Izin itu sudah dicabut.')
    expect(await consentsOf(clinic, sari)).toEqual([{ purpose: 'clinic', withdrawn_at: null }, { purpose: 'directory', withdrawn_at: clinic.now() }])
    await sari.taps('Beri izin: Boleh dihubungi pendamping')
    await sari.taps('Setuju')
    expect(await consentsOf(clinic, sari)).toContainEqual({ purpose: 'contact', withdrawn_at: null })
  })

  story('explains that without the service’s own consent there is only pausing or leaving', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/izin')
    await sari.taps('Cabut: Layanan klinik')
    expect(sari).toSee('mencabutnya berarti keluar dari klinik')
    expect(sari.buttons()).toEqual(['⏸ Jeda saja', '🗑 Hapus data saya', 'Tidak jadi'])
    expect(await consentsOf(clinic, sari)).toEqual([{ purpose: 'clinic', withdrawn_at: null }])
    await sari.taps('Jeda saja')
    expect(sari).toSee('tidak ada pengingat, tips, atau kabar lain')
  })

  story('has nothing to take back from who agreed to nothing', async ({ person }) => {
    const joko = person('Joko')
    await joko.says('/izin')
    expect(joko).toSee('Belum ada izin yang diberikan')
  })
})

describe('/jeda', () => {
  story('keeps everything and sends nothing of its own accord until she wants it again', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/usaha')
    await sari.taps('Tambah usaha')
    await sari.says('/jeda')
    expect(sari).toSee('tidak ada pengingat, tips, atau kabar lain')
    await clinic.passes(days(2))
    await clinic.passes(days(6))
    expect(sari.chat().filter(({ date }) => date > clinic.now() - days(8))).toEqual([])

    await sari.says('/profil')
    expect(sari).toSee('Profil Bu Sari')
    await sari.says('/jeda')
    expect(sari).toSee('dijeda sejak Senin, 23 November 2026')
    await sari.taps('Aktifkan lagi')
    expect(sari).toSee('aktif seperti semula')
    await sari.tapsAgain('Aktifkan lagi')
    expect(sari.toast()).toBe('Layanan sudah aktif.')
  })

  story('takes back what waits to be sent; her own questions and their answers still pass', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    const sari = person('Sari')
    await registers(sari)
    await clinic.reads((tx) =>
      tx.insertInto('outbox').values({ chat_id: sari.id, lane: 'bulk', method: 'sendMessage', payload: '{"text":"Kabar"}', state: 'queued', next_at: clinic.now() + hours(1), created_at: clinic.now() }).execute(),
    )
    await sari.says('/jeda')
    await asksForHelp(sari, QUESTION)
    expect(rini).toSee(QUESTION)
    await rini.taps('Saya bantu')
    await rini.repliesTo(QUESTION, 'Buka oss.go.id')
    expect(sari).toSee('Buka oss.go.id')
    await clinic.passes(hours(2))
    expect(sari.chat().map(({ text }) => text)).not.toContain('Kabar')
  })

  story('of the only coordinator is told honestly to who asks', async ({ person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.says('/jeda')
    const sari = person('Sari')
    await asksForHelp(sari, QUESTION)
    expect(sari).toSee('Saat ini belum ada yang bertugas')
  })
})
