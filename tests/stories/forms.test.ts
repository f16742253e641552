// Tells how a guided form is walked: back and forth, stopped and taken up again, and never moved by a button it did not ask with.
import { describe, expect } from 'vitest'
import type { Phone } from './support/phone.ts'
import { personOf, unfinishedOf } from './support/records.ts'
import { registersUntil } from './support/registering.ts'
import { days, story } from './support/story.ts'

/** What the newest button with this label would send. */
function dataOf(phone: Phone, label: string): string {
  const button = phone.chat().toReversed().flatMap((message) => (message.inlineKeyboard ?? []).flat()).find(({ text }) => text === label)
  if (!button || !('callback_data' in button)) throw new Error(`There is no button "${label}".`)
  return button.callback_data
}

describe('in a form', () => {
  story('she goes back, keeps an answer, changes another, and skips', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'product')
    await sari.taps('Kembali')
    expect(sari.buttons()).toContain('➡️ Tetap: Desa Pujon Kidul, Kec. …')
    await sari.says('kembali')
    expect(sari).toSee('Usahanya di bidang apa?')
    await sari.taps('Fesyen')
    expect(sari).toSee('Apa produk atau jasa yang paling laris?')
    await sari.taps('Lewati')
    expect(sari).toSee('Sudah berapa lama usahanya?')
    await sari.says('lewati')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([
      { step: 'workers', answers: { sector: 'fesyen', village: '35.07.26.2003', product: null, age: null } },
    ])
  })

  story('skipping what was answered before leaves the answer as it is', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'age')
    await sari.taps('Kembali')
    await sari.says('lewati')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'age', answers: { product: 'pecel' } }])
  })

  story('the review shows every answer, and "Ubah" leads to one and back', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'review')
    await sari.taps('Ubah')
    expect(sari).toSee('Mana yang mau diubah?')
    await sari.taps('Kembali')
    expect(sari.buttons()).toEqual(['✅ Simpan', '✏️ Ubah', '✖️ Berhenti'])
    await sari.says('nama usaha')
    await sari.says('Depot Sari')
    expect(sari).toSee('• Nama usaha: Depot Sari')
    await sari.taps('Ubah')
    await sari.taps('Bidang usaha')
    await sari.taps('Fesyen')
    expect(sari).not.toSee('• SPP-IRT:')
    await sari.taps('Ubah')
    await sari.taps('Nomor HP')
    expect(sari.menu()).toContain('➡️ Tetap: 0812-3456-7890')
    await sari.taps('Kembali')
    expect(sari).toSee('Sudah cocok semua?')
    await sari.taps('Simpan')
    expect(sari).toSee('Selamat datang, Bu Sari!')
    const businesses = await clinic.reads((tx) => tx.selectFrom('business').select(['name', 'sector', 'licences']).execute())
    expect(businesses).toMatchObject([{ name: 'Depot Sari', sector: 'fesyen' }])
    expect(JSON.parse(businesses[0]?.licences ?? '')).toMatchObject({ nib: 'have', pirt: null, halal: null })
  })

  story('at the review what she types is understood too: help, harm, a wish, a correction, and "simpan"', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'review')
    const before = await unfinishedOf(clinic, sari)
    for (const [typed, shown] of [
      ['bingung', 'Jawab sebisanya saja'],
      ['akun WA saya dibajak', 'Jangan kirim uang lagi'],
      ['hapus data saya', 'Hapus semua data'],
      ['halo', 'Halo, Bu Sari! Kita lanjut, ya.'],
    ] as const) {
      await sari.says(typed)
      expect(sari, typed).toSee(shown)
      expect(await unfinishedOf(clinic, sari), typed).toMatchObject([{ step: 'review', answers: before[0]?.answers }])
    }
    await sari.says('salah')
    expect(sari).toSee('Mana yang mau diubah?')
    await sari.says('simpan ya')
    expect(sari).toSee('Selamat datang, Bu Sari!')
  })

  story('updates the clinic knows nothing of change nothing and disturb nobody', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    const before = await unfinishedOf(clinic, sari)
    const [from, chat] = [{ id: sari.id, is_bot: false, first_name: 'Sari' }, { id: sari.id, type: 'private' }]
    const { world } = clinic.simulator
    const shown = sari.chat().length
    for (const update of [
      {},
      { poll: { id: '1' } },
      { future_kind: { a: 1 } },
      { inline_query: { id: '1', from, query: 'x', offset: '' } },
      { channel_post: { message_id: 1, date: 1, chat: { id: -100, type: 'channel', title: 'x' }, text: 'Sari' } },
      { message_reaction: { chat, user: from, message_id: 1, date: 1, old_reaction: [], new_reaction: [] } },
      { callback_query: { id: '1', from, chat_instance: '1', game_short_name: 'x' } },
      { edited_message: { message_id: 1, date: 1, edit_date: 2, chat, from, caption: 'x', photo: [] } },
    ]) world.rawUpdate(update)
    await clinic.settled()
    expect(await unfinishedOf(clinic, sari)).toEqual(before)
    expect(sari.chat()).toHaveLength(shown)
    await sari.says('Sari')
    expect(sari).toSee('disapa bagaimana')
  })

  story('a button of an earlier question, or tapped twice, changes nothing and says where we are', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    const before = await unfinishedOf(clinic, sari)
    for (const label of ['Ya', 'Ya', 'Setuju']) {
      await sari.tapsAgain(label)
      expect(sari.toast()).toBe('Tombol ini sudah lewat. Sekarang kita di: Nama panggilan.')
      expect(sari.news()).toBe('')
      expect(sari.isSpinning()).toBe(false)
    }
    expect(await unfinishedOf(clinic, sari)).toEqual(before)
    expect(sari.buttons()).toEqual(['⬅️ Kembali', '✖️ Berhenti'])
  })

  story('an old button at the review, or once the form is over, changes nothing either', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'review')
    await sari.tapsAgain('Setuju')
    expect(sari.toast()).toBe('Tombol ini sudah lewat. Sekarang kita di: Lihat sekali lagi.')
    await sari.taps('Simpan')
    await sari.tapsAgain('Simpan')
    expect(sari.toast()).toBe('Tombol ini sudah tidak dipakai.')
    expect(sari.news()).toBe('')
    expect(sari.isSpinning()).toBe(false)
    expect(await personOf(clinic, sari)).toMatchObject({ member_number: 1 })
    expect(await clinic.reads((tx) => tx.selectFrom('business').selectAll().execute())).toHaveLength(1)
  })

  story('two taps that arrive together count as one', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'adult')
    clinic.simulator.faults.duplicateUpdates(true)
    await sari.taps('Ya')
    await sari.says('Sari')
    expect(sari.isSpinning()).toBe(false)
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'honorific', revision: 4, answers: { adult: true, name: 'Sari' } }])
  })

  story('data that no button carried is refused', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    const before = await unfinishedOf(clinic, sari)
    const [conversation, revision] = dataOf(sari, '⬅️ Kembali').split(':').slice(1, 3)
    const forHere = ['yes:', 'choose:99', 'save:', 'fly:'].map((press) => `f:${conversation}:${revision}:${press}`)
    const forElsewhere = [`f:${conversation}:-1:yes:`, 'f:999:1:yes:', 'f', 'f::::', 'language:xx', 'x'.repeat(64), '💣']
    const forOthers = ['edit-profile:name', 'remove-business-now:1', 'invite:coordinator']
    for (const data of [...forHere, ...forElsewhere, ...forOthers]) {
      await sari.forges(data)
      expect(sari.toast(), data).toMatch(/sudah lewat|tidak dipakai|hanya untuk|untuk anggota/)
      expect(sari.isSpinning(), data).toBe(false)
    }
    expect(await unfinishedOf(clinic, sari)).toEqual(before)
  })

  story('the buttons of somebody else’s form do nothing', async ({ clinic, person }) => {
    const [sari, joko] = [person('Sari'), person('Joko')]
    await registersUntil(sari, 'adult')
    await registersUntil(joko, 'adult')
    const before = await unfinishedOf(clinic, sari)
    await joko.forges(dataOf(sari, 'Ya'))
    expect(joko.toast()).toBe('Tombol ini sudah tidak dipakai.')
    expect(await unfinishedOf(clinic, sari)).toEqual(before)
    expect(await unfinishedOf(clinic, joko)).toMatchObject([{ step: 'adult' }])
  })
})

describe('stopping', () => {
  story('asks first; going on loses nothing', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    for (const way of ['/batal', 'batal', 'gak jadi']) {
      await sari.says(way)
      expect(sari).toSee('Mau berhenti dulu? Jawaban yang sudah ada bisa disimpan.')
      await sari.taps('Lanjut mengisi')
      expect(sari).toSee('Apa nama usaha Bu Sari?')
    }
    for (const word of ['tidak', 'lanjut aja']) {
      await sari.taps('Berhenti')
      await sari.says(word)
      expect(sari, word).toSee('Apa nama usaha Bu Sari?')
    }
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'business-name', answers: { name: 'Sari' } }])
  })

  story('with the answers saved can be taken up later from the menu', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.taps('Berhenti')
    await sari.taps('Simpan, lanjut nanti')
    expect(sari).toSee('Jawaban Bu Sari tersimpan. Kapan saja siap, ketik /lanjut untuk meneruskan pendaftaran.')
    expect(sari.menu()).toEqual(['▶️ Lanjutkan isian', '💡 Tips', '🆘 Bantuan', '📖 Panduan'])
    await sari.says('Warung Bu Sari')
    expect(sari).toSee('Maaf, kami belum paham')
    await sari.says('/batal')
    expect(sari).toSee('sudah disimpan')
    await clinic.passes(days(7))
    await sari.taps('Lanjutkan isian')
    expect(sari).toSee('Apa nama usaha Bu Sari?')
    await sari.says('Warung Bu Sari')
    expect(sari).toSee('Usahanya di bidang apa?')
  })

  story('by throwing it away deletes the answers', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.taps('Berhenti')
    await sari.taps('Hapus isian ini')
    expect(sari).toSee('Isian tadi sudah dihapus.')
    expect(sari.menu()).toEqual(['📝 Daftar', '💡 Tips', '🆘 Bantuan', '📖 Panduan'])
    expect(await unfinishedOf(clinic, sari)).toEqual([])
    for (const way of ['/lanjut', '/batal']) {
      await sari.says(way)
      expect(sari).toSee('Tidak ada isian yang terbuka.')
    }
    await sari.taps('Daftar')
    expect(sari).toSee('Apakah Bapak/Ibu setuju?')
  })
})

describe('an interrupted form', () => {
  story('survives a restart and a week of silence', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'sector')
    await clinic.stops()
    await sari.says('halo')
    await clinic.startsAgain({ after: days(7) })
    expect(sari).toSee('Halo, Bu Sari! Kita lanjut, ya.')
    expect(sari).toSee('Usahanya di bidang apa?')
    await sari.taps('Kuliner siap saji')
    expect(sari).toSee('Usahanya di desa atau kelurahan mana?')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'village', answers: { name: 'Sari', 'business-name': 'Warung Bu Sari' } }])
  })

  story('takes a button shown before the restart', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'sector')
    await clinic.stops()
    await clinic.startsAgain()
    await sari.taps('Kerajinan')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'village', answers: { sector: 'kriya' } }])
  })

  story('stays open while a command comes in between', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    for (const command of ['/tips', '/panduan', '/profil', '/start']) {
      await sari.says(command)
      expect(sari, command).toSee('Tadi kita sedang mengisi pendaftaran. Kita teruskan?')
    }
    await sari.taps('Lanjutkan')
    expect(sari).toSee('Siapa nama panggilan')
    await sari.says('Sari')
    expect(sari).toSee('disapa bagaimana')
    expect(await unfinishedOf(clinic, sari)).toHaveLength(1)
  })

  story('waits for another one, and is offered when that is done', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await sari.says('/bantuan')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ form: 'registration', active: false }, { form: 'help', active: true }])
    await sari.says('Apakah pendaftarannya gratis?')
    await sari.taps('Sudah, kirim')
    expect(sari).toSee('Masih ada yang belum selesai: pendaftaran.')
    await sari.taps('Lanjutkan')
    await sari.says('Sari')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ form: 'registration', active: true, answers: { name: 'Sari' } }])
  })

  story('keeps its answers when an update can’t be handled; the person is told, and her menu is back', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'phone')
    await clinic.reads((tx) => tx.schema.alterTable('help_case').renameTo('help_case_gone').execute())
    await sari.says('/bantuan')
    expect(sari).toSee(/Maaf, ada gangguan di sisi kami.*sebutkan kode [0-9A-Z]+ lewat \/bantuan/)
    expect(sari.menu()).toContain('▶️ Lanjutkan isian')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'phone', answers: { qris: 'have' } }])
    await sari.taps('Lanjutkan isian')
    expect(sari.menu()).toContain('📱 Kirim nomor saya')
  })
})
