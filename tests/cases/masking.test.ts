// What volunteers never read of an owner before they have her case, and what they need to read all the same.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskPersonal } from '../../src/cases/masking.ts'

const NAMES = ['Sari', 'Warung Bu Sari', 'Kripik Melati']
const masked = (text: string) => maskPersonal(text, NAMES)

describe('a telephone number is hidden, however it is written', () => {
  it.each([
    '081234567890', '0812-3456-7890', '0812 3456 7890', '0812.3456.7890', '0812 - 3456 - 7890', '0812  3456  7890', '0812/3456/7890', '(0812) 3456-7890', '+6281234567890', '+62 812-3456-7890',
    '+62 (812) 3456 7890', '6281234567890', '62 812 3456 7890', '(021) 555-1234', '0341-555123', '8123456789', 'O812 3456 789O', '0 8 1 2 3 4 5 6 7 8 9 0',
    'nol delapan satu dua tiga empat lima enam tujuh', 'kosong lapan satu, dua tiga empat, lima enam tujuh',
  ])('%s', (phone) => {
    expect(masked(`Hubungi saya di ${phone} ya`)).toBe('Hubungi saya di ••• ya')
    expect(masked(`WA:${phone}`)).toBe('WA:•••')
  })
})

describe('what leads elsewhere is hidden', () => {
  it.each([
    'https://wa.me/6281234567890', 'http://contoh.com/a?b=1', 'www.warungsari.com', 'wa.me/6281234567890', 't.me/sari_pecel', 'bit.ly/abc123', 's.id/sari', 'shopee.co.id/warungsari', 'linktr.ee/sari',
    'sari@gmail.com', 'sari.pecel+toko@mail.co.id', 'sari [at] gmail.com', '@sari_pecel', '@sari.pecel',
  ])('%s', (place) => expect(masked(`lihat ${place} dulu`)).toBe('lihat ••• dulu'))
})

describe('accounts and identity numbers are hidden', () => {
  it.each(['1234567890', 'BCA 123 456 7890', '0012-01-023456-50-9', '3507266308900001', '3507 2663 0890 0001', '09.254.294.3-407.000'])('%s', (number) => {
    expect(masked(`nomornya ${number}`)).not.toMatch(/\d{3}/)
  })
})

describe('names are hidden', () => {
  it.each([
    ['Saya Sari dari Pujon', 'Saya ••• dari Pujon'],
    ['saya SARI, pemilik Warung  Bu Sari', 'saya •••, pemilik •••'],
    ['kripik melati saya', '••• saya'],
    ['Melati sepi', '••• sepi'],
  ])('%s', (text, expected) => expect(masked(text)).toBe(expected))

  it.each(['warung saya sepi', 'sarinya kurang manis', 'Bu guru', 'bagaimana membuat toko'])('but not within other words, and no common ones: %s', (text) => expect(masked(text)).toBe(text))

  it('of any letters are no patterns', () => {
    expect(maskPersonal('Toko A+ (baru) * buka', ['A+ (baru) *', 'I', '  '])).toBe('Toko ••• buka')
  })
})

describe('prices, amounts and dates stay', () => {
  it.each([
    'modal Rp1.500.000 habis', 'Rp 15.000.000,00', 'untung 5.000.000-7.500.000 sebulan', 'untung 5.000.000 - 7.500.000', 'Rp1500000', 'pinjam rp 25000000', 'utang 5000000', '1,500,000', '10.000 sampai 20.000',
    'sejak 23-11-2026', 'sejak 23/11/2026', 'sejak 2026-11-23', 'tanggal 1.12.2026', 'tahun 2020-2026', '17 08 2026', 'jam 08.00-17.00', 'isi 12 bungkus 250 gram', '3 x 4 m', 'kode pos 65391', 'QRIS saya', 'a.n. saya',
  ])('%s', (text) => expect(masked(text)).toBe(text))
})

it('leaves no telephone number, whatever stands around it', () => {
  const separator = fc.constantFrom('', ' ', '-', '.', '  ', ' - ')
  const group = fc.integer({ min: 0, max: 999 }).map((digits) => String(digits).padStart(3, '0'))
  const phone = fc.tuple(fc.constantFrom('081', '628', '+628'), separator, group, group, group).map(([start, between, ...groups]) => [start, ...groups].join(between))
  fc.assert(fc.property(phone, fc.constantFrom('', 'tolong ', 'harga 5.000, '), fc.constantFrom('', ' ya', '!', '\nterima kasih'), (number, before, after) => {
    const digits = number.replace(/\D/g, '')
    expect(masked(before + number + after).replace(/\D/g, '')).not.toContain(digits.slice(-5))
  }), { numRuns: 1000 })
})

it('is done in no time with the longest message', () => {
  for (const text of ['1 '.repeat(2048), '1.'.repeat(2048), 'a.'.repeat(2048), '@'.repeat(4096), 'nol '.repeat(1024), 'a@'.repeat(2048), 'a-'.repeat(2048)]) {
    const began = performance.now()
    masked(text)
    expect(performance.now() - began).toBeLessThan(500)
  }
})
