// Tells how each question of the registration takes what people type: it says kindly what fits, with an example, and loses nothing.
import { describe, expect } from 'vitest'
import { unfinishedOf } from './support/records.ts'
import { registering, registersUntil } from './support/registering.ts'
import { story } from './support/story.ts'

const LONG = 'warung '.repeat(20)

/** What people type at a question that does not fit it, and what they are told. */
const MISFITS: Readonly<Record<string, readonly (readonly [typed: string, told: string])[]>> = {
  consent: [['ya', 'Untuk persetujuan, mohon ketuk tombolnya, ya.']],
  adult: [['mungkin', 'Cukup ketuk Ya atau Tidak.']],
  name: [
    ['S', 'Namanya terlalu pendek, minimal 2 huruf. Contoh: Sari.'],
    [LONG, 'Cukup nama panggilan, paling banyak 40 huruf. Contoh: Sari.'],
    ['iya', 'Itu belum seperti nama. Contoh: Sari.'],
    ['🙂🙂🙂', 'Itu belum seperti nama. Contoh: Sari.'],
  ],
  honorific: [['yang mulia', 'Sapaan itu belum ada. Ketuk salah satu, atau ketik misalnya Ibu.']],
  'business-name': [
    ['W', 'Nama usahanya terlalu pendek. Contoh: Warung Bu Sari.'],
    [LONG, 'Nama usahanya paling banyak 60 huruf. Contoh: Warung Bu Sari.'],
    ['ya', 'Itu belum seperti nama usaha. Contoh: Warung Bu Sari.'],
  ],
  sector: [['astronaut', 'Bidang itu belum ada di daftar. Ketuk yang paling dekat, atau pilih Lainnya.']],
  village: [
    ['Qwrtypsdfg', 'Nama itu belum ketemu. Coba tulis nama desa atau kelurahan, misalnya Pujon Kidul.'],
    ['12', 'Nama itu belum ketemu.'],
  ],
  product: [
    ['z', 'Nama produknya terlalu pendek. Contoh: keripik singkong.'],
    [LONG, 'Cukup singkat saja, paling banyak 80 huruf. Contoh: keripik singkong.'],
  ],
  age: [['ungu', 'Lamanya belum terbaca. Ketuk salah satu, atau ketik misalnya 2 tahun.']],
  workers: [['ungu', 'Jumlahnya belum terbaca. Ketuk salah satu, atau ketik misalnya 2 orang.']],
  sales: [['ungu', 'Kisarannya belum terbaca. Ketuk salah satu, atau ketik misalnya 3 juta.']],
  channels: [['ungu', 'Belum ada yang dipilih. Ketuk satu atau lebih']],
  nib: [['ungu', 'Belum ada pilihan seperti itu. Ketuk salah satu tombol di bawah, ya.']],
  phone: [['123', 'Nomornya belum cocok. Contoh: 0812 3456 7890.']],
  directory: [['boleh', 'ketuk salah satu tombol di bawah']],
  review: [['ungu', 'ketuk salah satu tombol di bawah']],
}

describe('an answer that does not fit', () => {
  story('is met with what does, at every question, and loses nothing', async ({ clinic, person }) => {
    const sari = person('Sari')
    for await (const question of registering(sari)) {
      const [before] = await unfinishedOf(clinic, sari)
      for (const [typed, told] of MISFITS[question] ?? []) {
        await sari.says(typed)
        expect(sari).toSee(told)
        expect(sari).not.toSee(/\bsalah\b(?! satu)|gagal|error/i)
      }
      const [after] = await unfinishedOf(clinic, sari)
      expect({ step: after?.step, answers: after?.answers }).toEqual({ step: before?.step, answers: before?.answers })
    }
  })

  story('is asked again with the same buttons, and the third time a person is offered', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'sector')
    const buttons = sari.buttons()
    for (const typed of ['astronaut', 'pilot roket']) {
      await sari.says(typed)
      expect(sari.buttons()).toEqual(buttons)
    }
    await sari.says('ratu')
    expect(sari.buttons()).toEqual([...buttons, '🙋 Tanya petugas'])
    await sari.taps('Tanya petugas')
    expect(sari).toSee('Silakan ceritakan masalah')
    await sari.says('Usaha saya jualan pulsa, masuk bidang apa?')
    await sari.taps('Sudah, kirim')
    expect(sari).toSee('Masih ada yang belum selesai: pendaftaran.')
    await sari.taps('Lanjutkan')
    expect(sari).toSee('Usahanya di bidang apa?')
  })

  story('to the phone question, a third time, offers help among the large buttons', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'phone')
    for (const typed of ['123', 'nol', '08']) await sari.says(typed)
    expect(sari.menu()).toEqual(['📱 Kirim nomor saya', 'Lewati', '⬅️ Kembali', '✖️ Berhenti', '🆘 Bantuan'])
    await sari.taps('Bantuan')
    expect(sari).toSee('Silakan ceritakan masalah')
  })

  story('may be of any length or kind: ten thousand characters, stickers, photos, someone’s contact', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    const before = await unfinishedOf(clinic, sari)
    // Telegram's apps cut a long text into messages of 4096 characters.
    const long = 'a'.repeat(10_000)
    for (const part of [long.slice(0, 4096), long.slice(4096, 8192), long.slice(8192)]) await sari.says(part)
    expect(sari).toSee('paling banyak 40 huruf')
    await sari.sendsSticker()
    expect(sari).toSee('Cukup ketik nama panggilannya, ya. Contoh: Sari.')
    await sari.sendsPhoto()
    expect(sari).toSee('Cukup ketik nama panggilannya, ya.')
    await sari.sharesContact()
    expect(sari).toSee('Cukup ketik nama panggilannya, ya.')
    expect(await unfinishedOf(clinic, sari)).toEqual(before)
    await sari.says('Sari')
    expect(sari).toSee('disapa bagaimana')
  })
})

describe('words that steer instead of answering', () => {
  story('"tidak tahu" and "bingung" explain, a greeting is returned, and the question stays', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'village')
    await sari.says('tidak tahu')
    expect(sari).toSee('Kami perlu nama desanya supaya tahu jam setempat.')
    expect(sari.buttons()).toContain('🙋 Tanya petugas')
    await sari.says('bingung')
    expect(sari).toSee('Kami perlu nama desanya')
    await sari.says('assalamualaikum')
    expect(sari).toSee('Halo, Bu Sari! Kita lanjut, ya.')
    await sari.says('makasih ya')
    expect(sari).toSee('Sama-sama, Bu Sari.')
    expect(sari).toSee('Usahanya di desa atau kelurahan mana?')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'village' }])
  })

  story('who was cheated is told at once what to do, whatever question is open', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await sari.says('tolong saya kena tipu, uang saya hilang')
    expect(sari).toSee('Jangan kirim uang lagi.')
    expect(sari).toSee('157')
    expect(sari).toSee('Siapa nama panggilan')
    expect(sari.buttons()).toContain('🙋 Tanya petugas')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'name' }])
  })

  story('the wishes the consent text names work also in the middle of a form', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.says('data saya')
    expect(sari).toSee(/Data .+ di klinik ini/)
    expect(sari).toSee('Tadi kita sedang mengisi pendaftaran. Kita teruskan?')
    await sari.says('menu')
    expect(sari).toSee('Panduan singkat')
    await sari.says('daftar')
    expect(sari).toSee('Apa nama usaha Bu Sari?')
    await sari.says('hapus data saya')
    expect(sari).toSee(/Hapus semua data .+\?/)
    await sari.says('/bantuan')
    await sari.says('Hapus semua data saya\nTerima kasih')
    await sari.taps('Sudah, kirim')
    expect(sari).toSee('Permintaan nomor 1')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ form: 'registration', step: 'business-name' }])
  })

  story('a command we do not have is no answer either, and capitals do not matter', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await sari.says('/sembarang')
    expect(sari).toSee('Maaf, kami belum paham maksudnya.')
    expect(sari).toSee('Tadi kita sedang mengisi pendaftaran.')
    await sari.says('/Tips')
    expect(sari).toSee('Coba hari ini')
    await sari.says('/help')
    expect(sari).toSee('Silakan ceritakan masalah')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ form: 'registration', answers: { consent: true, adult: true } }, { form: 'help' }])
  })
})

describe('a phone number', () => {
  story('counts only when it is her own, and the menu comes back afterwards', async ({ clinic, person }) => {
    const [sari, joko] = [person('Sari'), person('Joko')]
    await registersUntil(sari, 'phone')
    expect(sari.menu()).toEqual(['📱 Kirim nomor saya', 'Lewati', '⬅️ Kembali', '✖️ Berhenti'])
    for (const userId of [joko.id, null]) {
      await sari.sharesContact({ userId, phoneNumber: '6281999999999' })
      expect(sari).toSee('Kontak itu milik orang lain. Ketuk Kirim nomor saya, atau ketik nomor sendiri.')
    }
    await sari.sharesContact({ userId: sari.id, phoneNumber: '6281234567890' })
    expect(sari).toSee('Baik, sudah dicatat.')
    expect(sari.menu()).toContain('▶️ Lanjutkan isian')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'directory', answers: { phone: '+6281234567890' } }])
  })

  story('can be skipped, gone back to, kept and left for a command', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'phone')
    await sari.taps('Kembali')
    expect(sari).toSee('Sudah menerima pembayaran QRIS')
    expect(sari.menu()).not.toContain('📱 Kirim nomor saya')
    await sari.taps('Tetap')
    await sari.says('/tips')
    expect(sari).toSee('Tadi kita sedang mengisi pendaftaran.')
    await sari.taps('Lanjutkan')
    await sari.taps('Lewati')
    await sari.taps('Kembali')
    await sari.says('0812-3456-7890')
    await sari.taps('Kembali')
    expect(sari.menu()).toEqual(['📱 Kirim nomor saya', '➡️ Tetap: 0812-3456-7890', '⬅️ Kembali', '✖️ Berhenti'])
    await sari.taps('Tetap')
    expect(sari).toSee('tampil di daftar usaha klinik?')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ answers: { phone: '+6281234567890' } }])
  })
})
