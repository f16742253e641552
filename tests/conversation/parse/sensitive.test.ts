// Private numbers that must be found, and ordinary numbers that must not be taken for them.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatPhone } from '../../../src/conversation/parse/phone.ts'
import { formatRupiah } from '../../../src/conversation/parse/rupiah.ts'
import { findSensitive, namesIdentityCard } from '../../../src/conversation/parse/sensitive.ts'

it.each([
  { text: '3507121208900001', kind: 'nik' },
  { text: 'NIK saya 3507124508900001 bu', kind: 'nik' },
  { text: '3507 1212 0890 0001', kind: 'nik' },
  { text: '3507.12.120890.0001', kind: 'nik' },
  { text: '4111 1111 1111 1111', kind: 'card' },
  { text: 'kartu 5500-0000-0000-0004', kind: 'card' },
  { text: '378282246310005', kind: 'card' },
  { text: 'kode OTP saya 482913', kind: 'otp' },
  { text: 'OTP: 1234', kind: 'otp' },
  { text: 'otpnya 4829 1377', kind: 'otp' },
  { text: '482913 adalah kode verifikasi WhatsApp Anda', kind: 'otp' },
  { text: 'G-482913 is your Google verification code', kind: 'otp' },
  { text: 'PIN ATM saya 123456', kind: 'otp' },
  { text: 'kodenya 482-913, itu kode masuk', kind: 'otp' },
  { text: 'kodenya: 482913', kind: 'otp' },
  { text: 'OTP: 12 34 56', kind: 'otp' },
  { text: '482-913 kode wa', kind: 'otp' },
  { text: 'kode dari bank: 5521', kind: 'otp' },
  { text: 'cvv 123', kind: 'card' },
  { text: '3507121208900001 3507124508900002', kind: 'nik' },
  { text: '3507121208900001\n081234567890', kind: 'nik' },
  { text: '081234567890, 3507121208900001', kind: 'nik' },
  { text: '0812 3456 7890 / 4111 1111 1111 1111', kind: 'card' },
  { text: '4111 1111 1111 1111, 12/27', kind: 'card' },
  { text: '4111111111111111 12 27', kind: 'card' },
])('$text holds a $kind', ({ text, kind }) => expect(findSensitive(text)).toBe(kind))

it.each([
  '081234567890', '+62 812 3456 7890', '6281234567890', 'nomor saya 081234567890, kode otp tidak masuk',
  '0812-3456-7890 0857-1234-5678', '0812 3456 7890, 0813 1111 2222', '081234567890 085712345678 081311112222', 'kode wa belum masuk',
  'kode barang 5521', 'kode promo dari bank', 'Rp1.500.000.000.000', '15.000.000.000.000', '22-11-2026',
  'otp tidak masuk tanggal 22-11-2026', 'OTP tidak masuk, sudah 3 kali', 'otp jam 10.30 belum masuk',
  'jual pin 5000', 'pin gantungan harga 15000', 'bayar 25000 rupiah lewat otp', 'kode pos 65154',
  'NIB 9120001234567',
  'omzet 4000000000000', 'otp', '3507', '9907121208900001', '3507129908900001', '3507121299900001', '4111 1111 1111 1112',
])('%s holds nothing private', (text) => expect(findSensitive(text)).toBeUndefined())

const digit = fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
it.each(['ini foto KTP saya', 'ktpnya', 'e-KTP', 'nik saya', 'Kartu Keluarga', 'kartu ATM bu', 'my passport', 'ID card'])('%s beside a picture names a card', (caption) =>
  expect(namesIdentityCard(caption)).toBe(true))

it.each(['warung saya', '', 'kartu nama usaha', 'piknik keluarga', 'teknik jahit', 'kartu anggota', 'unik'])('%s beside a picture names none', (caption) =>
  expect(namesIdentityCard(caption)).toBe(false))

const digits = (length: number) => fc.string({ unit: digit, minLength: length, maxLength: length })

it('never takes telephone numbers or amounts for private numbers', () => {
  fc.assert(fc.property(digits(9), fc.integer({ min: 0, max: 10_000_000_000_000 }), (rest, rupiah) => {
    const e164 = `+628${rest}`
    const amount = formatRupiah(rupiah)
    for (const text of [e164, formatPhone(e164), `628${rest}`, amount, `omzet ${amount} per bulan`]) {
      expect(findSensitive(text)).toBeUndefined()
    }
  }))
})

it('finds a NIK however it is grouped', () => {
  const two = (min: number, max: number) => fc.integer({ min, max }).map((value) => String(value).padStart(2, '0'))
  const nik = fc.tuple(
    fc.constantFrom('35', '11', '91'), two(1, 79), two(1, 40), fc.oneof(two(1, 31), two(41, 71)), two(1, 12), two(0, 99),
    fc.integer({ min: 1, max: 9999 }),
  )
  fc.assert(fc.property(nik, fc.constantFrom('', ' ', '-', '.'), ([...parts], gap) => {
    const whole = parts.map((part) => String(part).padStart(2, '0')).slice(0, 6).join('') + String(parts[6]).padStart(4, '0')
    const grouped = [whole.slice(0, 4), whole.slice(4, 8), whole.slice(8, 12), whole.slice(12)].join(gap)
    expect(findSensitive(`ini ${grouped} ya`)).toBe('nik')
  }))
})
