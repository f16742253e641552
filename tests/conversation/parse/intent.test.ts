// What whole messages want, by intent; and what they must never be taken for.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Intent, readIntent, readIntents } from '../../../src/conversation/parse/intent.ts'
import { PHRASES } from '../../../src/conversation/parse/intent-words.ts'

const TYPED: Readonly<Partial<Record<Intent, readonly string[]>>> = {
  yes: [
    'Ya', 'iyaaaa bu', 'iya, boleh', 'ya ya ya', 'ok siap', 'okeee', 'OK!', 'siappp kak', 'siap2', 'oke makasih',
    'mau dong', 'saya mau', 'saya setuju', 'boleh banget', 'betul', 'yoi bro', 'nggih', 'inggih bu', 'muhun',
    'enya', 'iyo', 'gas', 'yuk', '👍', '👍🏽👍🏽', '✅', '✔️', 'yes', 'yes please', 'sure', 'sudah', 'lanjut aja',
    'maaf, iya', 'ya sudah',
  ],
  no: [
    'tidak', 'gaaa', 'nggak deh', 'Enggak, makasih', 'ga mau', 'gamau', 'saya tidak mau', 'ndak usah', 'gausah',
    'ga perlu', 'tidak setuju', 'belum', 'belum ada', 'ora', 'mboten', 'henteu', 'moal', 'kagak', 'jangan',
    'jangan dulu',
    'ogah', 'no', 'no thanks', 'nope', '👎🏿', '❌', '✖️', 'tidak tertarik', 'ga bisa',
  ],
  maybe: [
    'insyaallah', 'InsyaAllah ya bu', 'insya Allah bisa', 'mungkin', 'belum pasti', 'ga yakin', 'pikir-pikir dulu',
    'terserah', 'maybe',
  ],
  fine: ['gpp', 'gapapa', 'ga apa2', 'tidak apa-apa kok', 'nggak papa', 'ora popo', 'ga masalah'],
  cancel: [
    'batal', 'batal aja deh', 'oke batal', 'ga, batal aja', 'ga jadi', 'gajadi', 'nggak jadi deh', 'g jd', 'ora sido',
    'tolong batalkan', 'udahan', 'cukup', 'cancel',
  ],
  stop: [
    'stop', 'STOP!!!', 'berhenti', 'saya mau berhenti', 'brhenti', 'berhenti kirim tips', 'jangan kirim lagi',
    'unsubscribe',
  ],
  back: [
    'kembali', 'balik', 'kembli', 'mundur', 'sebelumnya', 'eh salah', 'maaf salah pencet', 'salah ketik', 'back',
    'ralat',
  ],
  skip: ['lewat', 'lewati aja', 'skip', 'skip dulu bu', 'berikutnya', '-', 'ga, lewati'],
  later: [
    'nanti', 'nanti aja ya bu', 'ntar dulu', 'lain kali', 'kapan-kapan', 'tunggu sebentar', 'masih sibuk',
    'jangan sekarang', 'belum sempat', 'engke', 'mengko', 'nggak, nanti aja', 'not now',
  ],
  'dont-know': [
    'ga tau', 'gatau', 'gak tahu', 'saya tidak tahu', 'belum tau', 'ndak tau', 'ora ngerti', 'mboten ngertos',
    'teu nyaho', 'kurang tahu', 'lupa', 'ga inget', 'entahlah', 'mbuh', "I don't know",
  ],
  help: [
    'tolong', 'tolong bantu saya', 'bantuan', 'bingung', 'saya bingung bu', 'maksudnya?', 'maksudnya apa ya',
    'gimana ini', 'ga ngerti', 'tidak paham', 'kurang jelas', 'contohnya?', 'mau tanya', '?', '???', 'help',
  ],
  thanks: [
    'makasih', 'makasih ya kak', 'terima kasih banyak bu', 'matur nuwun', 'hatur nuhun', 'suksma', 'tq', 'thank you',
  ],
  greet: [
    'halo', 'Halo bu', 'selamat pagi', 'pagi bu', "Assalamu'alaikum", 'assalamualaikum wr. wb.', 'permisi',
    'kulo nuwun', 'sampurasun', 'om swastiastu', 'horas', 'p', 'hello',
  ],
  menu: ['menu', 'kembali ke menu', 'menu utama', 'halo, menu'],
  register: [
    'daftar', 'saya mau daftar', 'halo kak, mau daftar', 'daftarkan usaha saya', 'cara daftarnya gimana', 'gabung',
    'register',
  ],
  'data-see': ['data saya', 'lihat data saya', 'datasaya', 'tolong lihat data saya', 'my data'],
  'data-change': ['ubah data', 'mau ubah data', 'ganti nomor hp', 'data saya salah'],
  'data-erase': ['hapus data', 'hapus data saya', 'tolong hapus semua data saya', 'hapus akun', 'delete my data'],
  leave: ['keluar klinik', 'saya mau keluar dari klinik', 'ga mau ikut lagi'],
}

describe.each(Object.entries(TYPED))('%s', (intent, texts) => {
  it.each(texts)('%s', (text) => expect(readIntent(text)).toBe(intent))
})

it.each([
  'k', 'saya jual ini ya', 'ya tapi mahal sekali harganya', 'siapa', 'kopi', 'Bu Siti', 'Pujon Kidul', 'nasi goreng',
  '081234567890', '5 juta', '', '   ', '🙏', 'jangan hapus data saya', 'nggak batal', 'jangan berhenti',
  'tidak keluar klinik',
  'jangan daftar', 'tahu tempe', 'mau jual batal beli',
])('%j is nothing we know', (text) => expect(readIntents(text)).toEqual([]))

it.each([
  { text: 'boleh juga', intent: 'yes' }, { text: 'sok atuh', intent: 'yes' }, { text: 'yo wis', intent: 'yes' }, { text: 'nggeh pun', intent: 'yes' },
  { text: 'idak', intent: 'no' }, { text: 'cancel it', intent: 'cancel' }, { text: 'hapus', intent: 'stop' }, { text: 'hapus aja', intent: 'stop' }, { text: 'cabut izin saya', intent: 'data-change' },
])('$text is $intent', ({ text, intent }) => expect(readIntent(text)).toBe(intent))

it.each([
  { text: 'ya tidak', intents: ['no', 'yes'] },
  { text: 'kembali, nanti', intents: ['back', 'later'] },
  { text: 'hapus data saya, keluar klinik', intents: ['data-erase', 'leave'] },
])('$text may mean $intents, so no single intent', ({ text, intents }) => {
  expect(readIntents(text)).toEqual(intents)
  expect(readIntent(text)).toBeUndefined()
})

it('reads every listed phrase as its intent, in capitals, stretched at the end, and politely', () => {
  const listed = Object.entries(PHRASES).flatMap(([intent, phrases]) => phrases.map((phrase) => ({ intent, phrase })))
  const stretched = (phrase: string) => phrase.replace(/[aeiou]$/, '$&$&$&')
  for (const { intent, phrase } of listed) {
    for (const text of [phrase, phrase.toUpperCase(), `${phrase} bu`, `${phrase}!`, stretched(phrase)]) {
      expect({ text, intents: readIntents(text) }).toEqual({ text, intents: [intent] })
    }
  }
})

it('never finds data, leaving or stopping in a negated sentence', () => {
  const strong: ReadonlySet<Intent> = new Set(['data-see', 'data-change', 'data-erase', 'leave', 'stop', 'cancel'])
  const wishes = fc.constantFrom('hapus data saya', 'hapus akun', 'keluar klinik', 'berhenti', 'batal', 'ubah data')
  fc.assert(fc.property(fc.constantFrom('jangan', 'tidak', 'ga', 'nggak', 'belum', 'bukan', 'ora'), wishes, (negation, wish) => {
    expect(readIntents(`${negation} ${wish}`).filter((intent) => strong.has(intent))).toEqual([])
  }))
})
