// Tells how someone joins the clinic: what she sees on the way, and what is kept of it.
import { describe, expect } from 'vitest'
import type { Phone } from './support/phone.ts'
import { businessesOf, personOf, rolesOf, unfinishedOf } from './support/records.ts'
import { registers, registersUntil } from './support/registering.ts'
import { MONDAY_MORNING, story, type StoryClinic } from './support/story.ts'

/** The bytes of the newest picture in her chat. */
function picture(clinic: StoryClinic, phone: Phone): Buffer {
  const photo = phone.chat().findLast((message) => message.from === 'bot' && message.file)
  const file = photo?.file && clinic.simulator.world.file(photo.file.fileId)
  if (!file) throw new Error('There is no picture in the chat.')
  return Buffer.from(file.bytes)
}

describe('registration', () => {
  story('Bu Sari registers her warung with buttons', async ({ clinic, person }) => {
    const sari = person('Sari')
    await sari.starts()
    expect(sari).toSee('Klinik Ekonomi Digital')
    await sari.taps('Daftar sekarang')
    expect(sari).toSee('Apakah Bapak/Ibu setuju?')
    await sari.taps('Setuju')
    expect(sari).toSee(/Langkah 2 dari \d+\n\nApakah usia Bapak\/Ibu 18 tahun ke atas\?/)
    await sari.taps('Ya')
    expect(sari).toSee('Siapa nama panggilan Bapak/Ibu?')
    await sari.says('Sari')
    expect(sari).toSee('Sari lebih suka disapa bagaimana?')
    await sari.taps('Bu Sari')
    expect(sari).toSee('Apa nama usaha Bu Sari?')
    await sari.says('Warung Bu Sari')
    expect(sari).toSee('Usahanya di bidang apa?')
    await sari.taps('Pilihan lain')
    expect(sari.buttons()).toContain('Lainnya')
    await sari.taps('Sebelumnya')
    await sari.taps('Kuliner siap saji')
    expect(sari).toSee('Usahanya di desa atau kelurahan mana?')
    await sari.says('pujonkidul')
    expect(sari).toSee('Data wilayah: idn-area-data (ODbL)')
    await sari.taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang')
    expect(sari).toSee('Apa produk atau jasa yang paling laris?')
    await sari.says('pecel')
    await sari.taps('3-10 tahun')
    expect(sari).toSee('Berapa orang yang bekerja, termasuk Bu Sari?')
    await sari.taps('2-4 orang')
    await sari.taps('Rp5 juta - Rp15 juta')
    expect(sari).toSee('Jualan lewat mana saja?')
    await sari.taps('WhatsApp')
    await sari.taps('Pasar')
    expect(sari.buttons()).toEqual(expect.arrayContaining(['✅ WhatsApp', '✅ Pasar', '▫️ Tetangga']))
    await sari.taps('Sudah, lanjut')
    for (const licence of ['NIB', 'NPWP', 'SPP-IRT', 'sertifikat halal', 'merek', 'QRIS']) {
      expect(sari).toSee(licence)
      await sari.taps('Belum')
    }
    expect(sari).toSee('Boleh tahu nomor WA Bu Sari')
    await sari.taps('Kirim nomor saya')
    expect(sari).toSee('tampil di daftar usaha klinik?')
    await sari.taps('Setuju')
    expect(sari).toSee('mitra klinik menghubungi Bu Sari?')
    await sari.taps('Tidak')
    expect(sari).toSee('dipakai untuk penelitian?')
    await sari.taps('Tidak')
    expect(sari).toSee('Mohon dilihat sekali lagi')
    expect(sari).toSee('• Nama usaha: Warung Bu Sari\n• Bidang usaha: Kuliner siap saji')
    expect(sari).toSee('• Jualan lewat: Pasar, WhatsApp')
    await sari.taps('Simpan')

    expect(sari).toSee('[picture] 🎉 Selamat datang, Bu Sari!\nNomor anggota: KED-000001.')
    expect(sari).toSee(/usaha mikro\. .*PP.*7\/2021.*\(per \d+ \p{L}+ \d{4}\)/u)
    expect(sari).toSee('Langkah berikutnya: ketuk 📋 Cek kemampuan')
    expect(picture(clinic, sari).subarray(1, 4).toString()).toBe('PNG')
    expect(sari.menu()).toEqual(['📋 Cek kemampuan', '🗺 Rencana', '💡 Tips', '🆘 Bantuan', '👤 Profil', '🏪 Usaha', '📖 Panduan'])

    expect(await personOf(clinic, sari)).toMatchObject({
      given_name: 'Sari', honorific: 'ibu', adult: 1, phone: '+6281234567890', time_zone: 'Asia/Jakarta',
      member_number: 1, member_since: MONDAY_MORNING,
    })
    expect(await rolesOf(clinic, sari)).toEqual(['owner'])
    const [business, ...others] = await businessesOf(clinic, sari)
    expect(others).toEqual([])
    expect(business).toMatchObject({
      name: 'Warung Bu Sari', sector: 'kuliner', village_code: '35.07.26.2003', product: 'pecel', age: '3-10', workers: '2-4', sales_band: '5-15m',
      channels: '["market","whatsapp"]',
    })
    expect(JSON.parse(business?.licences ?? '')).toMatchObject({ nib: 'not-yet', pirt: 'not-yet', bpom: null, qris: 'not-yet' })
    expect(await unfinishedOf(clinic, sari)).toEqual([])
  })

  story('Pak Made registers by typing alone, in his own words', async ({ clinic, person }) => {
    const made = person('Made')
    await made.says('daftar')
    await made.taps('Setuju')
    for (const words of ['iya', 'Made', 'pak', 'belum ada nama', 'jahit', 'sanur', 'denpasar selatan']) await made.says(words)
    await made.taps('Kel. Sanur, Kec. Denpasar Selatan, Kota Denpasar')
    for (const words of ['seragam sekolah', '6 bulan', 'berdua', '3 juta', 'wa dan pasar']) await made.says(words)
    for (const words of ['sudah', 'belum', 'gak tau', 'lewati', '0812 3456 7890']) await made.says(words)
    for (const no of ['Tidak', 'Tidak', 'Tidak']) await made.taps(no)
    expect(made).toSee('Mohon dilihat sekali lagi')
    await made.says('ya')
    expect(made).toSee('Selamat datang, Pak Made!')
    expect(await personOf(clinic, made)).toMatchObject({
      given_name: 'Made', honorific: 'bapak', phone: '+6281234567890', time_zone: 'Asia/Makassar',
    })
    const [business] = await businessesOf(clinic, made)
    expect(business).toMatchObject({
      name: null, sector: 'fesyen', product: 'seragam sekolah', age: 'under-1', workers: '2-4', sales_band: 'under-5m',
    })
    expect(JSON.parse(business?.channels ?? '')).toEqual(['market', 'whatsapp'])
    expect(JSON.parse(business?.licences ?? '')).toMatchObject({ nib: 'have', npwp: 'not-yet', brand: 'unknown', qris: null })
  })

  story('the rest can wait: what is needed is enough to be a member', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'product')
    await sari.taps('Sisanya nanti saja')
    expect(sari).toSee('Belum diisi: Produk paling laris, Lama usaha')
    await sari.taps('Simpan')
    expect(sari).toSee('Nomor anggota: KED-000001')
    expect(sari).not.toSee('usaha mikro')
    expect(await businessesOf(clinic, sari)).toMatchObject([{ name: 'Warung Bu Sari', product: null, age: null, sales_band: null, channels: null }])
    expect(await personOf(clinic, sari)).toMatchObject({ phone: null, member_number: 1 })
  })

  story('sales above the line make it a class above micro', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'sales')
    await sari.says('200 juta')
    await sari.taps('Sisanya nanti saja')
    await sari.taps('Simpan')
    expect(sari).toSee('di atas usaha mikro')
  })

  story('members are numbered one after the other, and a member is not registered twice', async ({ clinic, person }) => {
    const [sari, joko] = [person('Sari'), person('Joko')]
    await registers(sari)
    await registers(joko)
    expect(joko).toSee('Nomor anggota: KED-000002')
    await joko.says('/daftar')
    expect(joko).toSee('sudah terdaftar')
    expect(joko.buttons()).toEqual(['➕ Tambah usaha', '🏪 Daftar usaha saya'])
    expect(await businessesOf(clinic, joko)).toHaveLength(1)
  })

  story('what looks like markup, code or commands in a name is only a name', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await sari.says('<b>Sari</b> & "Co" {{operator}} 🌶')
    expect(sari).toSee('<b>Sari</b> & "Co" {{operator}} 🌶 lebih suka disapa bagaimana?')
    await sari.taps('Bu')
    await sari.says("Warung'); DROP TABLE person; -- {fact.iasc} $t(home.sorry)")
    await sari.taps('Kuliner siap saji')
    await sari.says('Pujon Kidul')
    await sari.taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang')
    await sari.taps('Sisanya nanti saja')
    expect(sari).toSee("• Nama usaha: Warung'); DROP TABLE person; -- {fact.iasc} $t(home.sorry)\n")
    await sari.taps('Simpan')
    expect(sari).toSee('[picture] 🎉 Selamat datang, Bu <b>Sari</b> & "Co" {{operator}} 🌶!')
    expect(await personOf(clinic, sari)).toMatchObject({ given_name: '<b>Sari</b> & "Co" {{operator}} 🌶' })
    expect(await businessesOf(clinic, sari)).toMatchObject([{ name: "Warung'); DROP TABLE person; -- {fact.iasc} $t(home.sorry)" }])
    expect(picture(clinic, sari).length).toBeGreaterThan(1000)
  })
})
