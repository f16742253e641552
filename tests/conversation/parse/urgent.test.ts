// Messages that tell of harm, and worried or everyday ones that do not.
import { expect, it } from 'vitest'
import { readIntent } from '../../../src/conversation/parse/intent.ts'
import { isUrgent } from '../../../src/conversation/parse/urgent.ts'

it.each([
  'saya sudah transfer ke penipu', 'akun WA saya dibajak', 'WA saya dihack orang', 'wa ku kena hack', 'kasih OTP',
  'saya sudah kasih kode OTP ke orang itu', 'OTP nya tadi sudah saya kirim', 'terlanjur kasih pin atm',
  'ada yang minta kode otp', 'klik apk',
  'tadi saya klik apk undangan nikah', 'sudah terlanjur install apk kurir', 'terlanjur klik link hadiah',
  'saya ketipu 5 juta', 'Bu, saya kena tipu!', 'ditipu pembeli online', 'uang saya hilang dari rekening',
  'saldo dana raib', 'rekening saya dibobol', 'akun shopee saya diambil orang',
  'salah transfer', 'bayar ke rekening palsu', 'barusan ditipu, tolong', 'saya tidak tahu kalau itu penipu',
  'saya diperas pinjol', 'i was scammed', 'my account was hacked', 'I gave them the OTP',
  'tolong!!! akun instagram saya diretas, padahal tidak pernah kasih sandi',
])('%s is urgent', (text) => {
  expect(isUrgent(text)).toBe(true)
  expect(readIntent(text)).toBe('urgent')
})

it.each([
  'jangan kasih OTP', 'saya tidak pernah kasih otp', 'takut ditipu', 'tips biar tidak ketipu',
  'cara menghindari penipuan', 'apakah itu penipuan', 'saya belum pernah ditipu', 'OTP tidak masuk',
  'klik tombol mana', 'buka toko jam 7', 'uang kas', 'sudah transfer ya bu', 'saya jual hp',
  'kirim barang lewat kurir',
  'tanah bajak', 'air perasan jeruk', 'link grupnya mana', 'ya',
])('%s is not', (text) => expect(isUrgent(text)).toBe(false))
