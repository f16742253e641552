// Which words raise a warning on both sides of a talk, and which everyday ones do not.
import { describe, expect, it } from 'vitest'
import { namesSecret } from '../../../src/features/relay/caution.ts'

describe('a message that asks for or gives away what nobody should', () => {
  it.each([
    'Kirim kode OTP-nya ya Bu', 'otp', 'OTP nya berapa?', 'O T P', 'o.t.p', 'pin ATM saya 1234', 'PIN-nya apa', 'kata sandinya lupa', 'password saya', 'Foto KTP dan KK', 'NIK saya', 'kartu keluarga',
    'transfer dulu 50 ribu', 'tf ya', 'tolong transferkan', 'kirim uang ke sini', 'kirim uangnya', 'nomor rekening saya', 'norek BCA', 'kode verifikasi dari bank', 'isi pulsa dulu', 'top up dulu', 'topup dulu', 'CVV kartu',
    'send me the OTP', 'what is your PIN?', 'send money first', 'your bank account number',
  ])('%s', (text) => expect(namesSecret(text)).toBe(true))

  it.each(['Bagaimana cara pinjam modal?', 'kopi dan pinang', 'toko pintar', 'kunikan', 'Selamat pagi Bu', 'harga jual 5.000', 'anting-anting', 'rekening koran itu apa?', '', '👍'])('but not: %s', (text) => expect(namesSecret(text)).toBe(false))
})
