// Tells how a member sees what is known about her, and changes it one thing at a time.
import { describe, expect } from 'vitest'
import { consentsOf, personOf, unfinishedOf } from './support/records.ts'
import { registers } from './support/registering.ts'
import { hours, MONDAY_MORNING, story } from './support/story.ts'

describe('the profile', () => {
  story('shows what is known, and asks who is not registered to register', async ({ person }) => {
    const [sari, joko] = [person('Sari'), person('Joko')]
    await registers(sari)
    await sari.taps('Profil')
    expect(sari).toSee('Profil Bu Sari\nNomor anggota: KED-000001\nNama panggilan: Sari\nSapaan: Bu Sari\n')
    expect(sari).toSee('Nomor HP: belum diisi\nTampil di direktori: Tidak\n')
    await joko.says('/profil')
    expect(joko).toSee('Bapak/Ibu belum terdaftar.')
    await joko.taps('Daftar sekarang')
    expect(joko).toSee('Apakah Bapak/Ibu setuju?')
  })

  story('lets every field be changed, one at a time', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/profil')
    await sari.taps('Nama panggilan')
    await sari.says('Ratna')
    expect(sari).toSee('Perubahan sudah disimpan.')
    expect(sari).toSee('Profil Bu Ratna')
    await sari.taps('Sapaan')
    await sari.says('kak')
    expect(sari).toSee('Profil Kak Ratna')
    await sari.taps('Nomor HP')
    expect(sari.menu()).toEqual(['📱 Kirim nomor saya', 'Lewati', '✖️ Berhenti'])
    await sari.taps('Kirim nomor saya')
    expect(sari).toSee('Nomor HP: 0812-3456-7890')
    expect(sari.menu()).toContain('👤 Profil')
    expect(await personOf(clinic, sari)).toMatchObject({ given_name: 'Ratna', honorific: 'kak', phone: '+6281234567890', member_number: 1 })
    expect(await unfinishedOf(clinic, sari)).toEqual([])
  })

  story('keeps a phone number that is skipped over, and forgets it when told to', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/profil')
    await sari.taps('Nomor HP')
    await sari.says('0812 3456 7890')
    await sari.taps('Nomor HP')
    await sari.says('lewati')
    await sari.taps('Nomor HP')
    await sari.taps('Tetap')
    expect(sari).toSee('Nomor HP: 0812-3456-7890')
    await sari.taps('Hapus nomor HP')
    expect(sari).toSee('Nomor HP sudah dihapus.')
    expect(await personOf(clinic, sari)).toMatchObject({ phone: null })
    await sari.says('/profil')
    expect(sari.buttons()).not.toContain('🗑 Hapus nomor HP')
  })

  story('brings back nothing that was removed while another answer was being changed', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/profil')
    await sari.taps('Nomor HP')
    await sari.says('0812 3456 7890')
    await sari.taps('Nama panggilan')
    await sari.tapsAgain('Hapus nomor HP')
    await sari.says('Ratna')
    expect(sari).toSee('Nama panggilan: Ratna')
    expect(await personOf(clinic, sari)).toMatchObject({ given_name: 'Ratna', phone: null })
  })

  story('gives and takes back each consent on its own, and remembers when', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/profil')
    for (const answer of ['Setuju', 'Tidak', 'Setuju']) {
      await sari.taps('Tampil di direktori')
      await clinic.passes(hours(1))
      await sari.taps(answer)
      expect(sari).toSee(`Tampil di direktori: ${answer}`)
    }
    const given = (await consentsOf(clinic, sari)).map(({ purpose, given_at, withdrawn_at }) => [purpose, given_at, withdrawn_at])
    expect(given).toEqual([
      ['clinic', MONDAY_MORNING, null],
      ['directory', MONDAY_MORNING + hours(1), MONDAY_MORNING + hours(2)],
      ['directory', MONDAY_MORNING + hours(3), null],
    ])
  })

  story('stays as it is when a change is stopped halfway', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/profil')
    await sari.taps('Nama panggilan')
    await sari.taps('Berhenti')
    await sari.taps('Hapus isian ini')
    expect(await personOf(clinic, sari)).toMatchObject({ given_name: 'Sari' })
    await sari.says('/profil')
    await sari.taps('Sapaan')
    await sari.says('/tips')
    expect(sari).toSee('Tadi kita sedang mengisi data diri. Kita teruskan?')
  })
})
