// Tells how a member looks after her businesses: sees, adds, changes and removes them, and nobody else's.
import { describe, expect } from 'vitest'
import { businessesOf, personOf } from './support/records.ts'
import { registers } from './support/registering.ts'
import { story } from './support/story.ts'

describe('businesses', () => {
  story('a second one is added, and the list leads to both', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.taps('Usaha')
    expect(sari).toSee('Bu Sari punya 1 usaha di sini.')
    await sari.taps('Tambah usaha')
    expect(sari).toSee('Langkah 1 dari')
    await sari.taps('Belum ada nama')
    await sari.taps('Fesyen')
    await sari.says('Sanur, denpasar selatan')
    await sari.taps('Kel. Sanur, Kec. Denpasar Selatan, Kota Denpasar')
    await sari.says('/batal')
    await sari.taps('Lanjut mengisi')
    await sari.taps('Sisanya nanti saja')
    await sari.taps('Simpan')
    expect(sari).toSee('Usaha baru sudah ditambahkan.')
    expect(sari).toSee('🏪 Belum ada nama\nBidang: Fesyen & jahit\nTempat: Kel. Sanur')
    expect(sari).toSee('Data wilayah: idn-area-data (ODbL)')
    await sari.taps('Daftar usaha saya')
    expect(sari.buttons()).toEqual(['🏪 Warung Bu Sari', '🏪 Belum ada nama', '➕ Tambah usaha'])
    expect(await businessesOf(clinic, sari)).toMatchObject([{ name: 'Warung Bu Sari' }, { name: null, sector: 'fesyen' }])
    expect(await personOf(clinic, sari)).toMatchObject({ member_number: 1, time_zone: 'Asia/Makassar' })
  })

  story('what was left for later is filled in, one answer at a time', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/usaha')
    await sari.taps('Warung Bu Sari')
    expect(sari).toSee('Penjualan sebulan: belum diisi')
    await sari.taps('Penjualan sebulan')
    expect(sari).not.toSee('Langkah')
    await sari.says('sekitar 8 juta')
    expect(sari).toSee('Penjualan sebulan: Rp5 juta - Rp15 juta')
    await sari.taps('NIB')
    await sari.taps('Sedang diurus')
    expect(sari).toSee('Izin: NIB (Sedang diurus)')
    await sari.taps('Jualan lewat')
    await sari.says('wa, pasar')
    expect(sari).toSee('Jualan lewat: Pasar, WhatsApp')
    const [business] = await businessesOf(clinic, sari)
    expect(business).toMatchObject({ sales_band: '5-15m', channels: '["market","whatsapp"]', name: 'Warung Bu Sari', sector: 'kuliner' })
    expect(JSON.parse(business?.licences ?? '')).toMatchObject({ nib: 'in-progress', npwp: null })
  })

  story('another kind of business is asked other things; a button for what no longer applies says so', async ({ person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/usaha')
    await sari.taps('Warung Bu Sari')
    await sari.taps('Bidang usaha')
    await sari.taps('Fesyen')
    expect(sari.buttons()).not.toContain('Sertifikat halal')
    await sari.tapsAgain('Sertifikat halal')
    expect(sari.toast()).toBe('Tombol ini sudah tidak dipakai.')
    expect(sari.isSpinning()).toBe(false)
  })

  story('one is removed only after a second look, and once', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/usaha')
    await sari.taps('Warung Bu Sari')
    await sari.taps('Hapus usaha ini')
    expect(sari).toSee('Datanya tidak bisa dikembalikan.')
    await sari.taps('Tidak, biarkan')
    expect(await businessesOf(clinic, sari)).toHaveLength(1)
    await sari.taps('Hapus usaha ini')
    await sari.taps('Ya, hapus')
    expect(sari).toSee('Usaha itu sudah dihapus.')
    expect(await businessesOf(clinic, sari)).toEqual([])
    await sari.tapsAgain('Ya, hapus')
    expect(sari.toast()).toBe('Usaha itu sudah tidak ada.')
    await sari.says('/usaha')
    expect(sari).toSee('Belum ada usaha yang tercatat.')
  })

  story('somebody else’s can neither be seen nor changed nor removed', async ({ clinic, person }) => {
    const [sari, joko] = [person('Sari'), person('Joko')]
    await registers(sari)
    await registers(joko)
    const [hers] = await businessesOf(clinic, sari)
    for (const button of ['business:ID', 'edit-business:ID:product', 'remove-business:ID', 'remove-business-now:ID']) {
      const data = button.replace('ID', String(hers?.id))
      await joko.forges(data)
      expect(`${joko.toast()} ${joko.news()}`, data).toContain('Usaha itu sudah tidak ada.')
    }
    expect(await businessesOf(clinic, sari)).toEqual([hers])
  })
})
