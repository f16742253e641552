// What of an earlier pilot's sessions is understood, and what is left rather than guessed.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fits } from '../../src/conversation/form.ts'
import { meaningOf } from '../../src/operations/import-sessions/field-names.ts'
import { planImport } from '../../src/operations/import-sessions/plan.ts'
import { ownerOf } from '../../src/operations/import-sessions/session-key.ts'
import { createReading, PUJON_KIDUL } from './import-sessions-pilot.ts'

const reading = createReading()
const planOf = (data: unknown, key = '41:41') => planImport([{ key, data }], reading, 700_000_001)
const answersOf = (data: unknown) => planOf(data).newcomers[0]?.answers
const unclearIn = (data: object) => planOf({ nama: 'Sari', ...data }).newcomers[0]?.unclear

describe('whose session it is', () => {
  it.each([
    ['41:41', { type: 'person', telegramId: 41 }],
    ['5123456789:5123456789', { type: 'person', telegramId: 5_123_456_789 }],
    ['-1001234567890:41', { type: 'nobody', reason: 'group' }],
    ['41:-1001234567890', { type: 'nobody', reason: 'group' }],
    ['8123456789012345:41', { type: 'nobody', reason: 'group' }],
    ['700000001:700000001', { type: 'nobody', reason: 'bot' }],
    ['777000:777000', { type: 'nobody', reason: 'bot' }],
    ['-41:-41', { type: 'nobody', reason: 'unknown-key' }],
    ['0:0', { type: 'nobody', reason: 'unknown-key' }],
    ['sari', { type: 'nobody', reason: 'unknown-key' }],
    ['9999999999999999:9999999999999999', { type: 'nobody', reason: 'unknown-key' }],
    [41, { type: 'nobody', reason: 'unknown-key' }],
    [undefined, { type: 'nobody', reason: 'unknown-key' }],
  ])('%s', (key, owner) => {
    expect(ownerOf(key, 700_000_001)).toEqual(owner)
  })
})

describe('what a field is about', () => {
  it.each([
    ['nama', 'name'],
    ['name', 'name'],
    ['namaLengkap', 'name'],
    ['user.name', 'name'],
    ['__scenes.state.nama_panggilan', 'name'],
    ['namaUsaha', 'business-name'],
    ['nama_usaha', 'business-name'],
    ['Nama Usaha', 'business-name'],
    ['usaha.nama', 'business-name'],
    ['business.name', 'business-name'],
    ['businessName', 'business-name'],
    ['business', 'business-name'],
    ['sektor', 'sector'],
    ['jenisUsaha', 'sector'],
    ['usaha.sektor', 'sector'],
    ['alamat.desa', 'village'],
    ['kelurahan', 'village'],
    ['telepon', 'phone'],
    ['no_hp', 'phone'],
    ['noWA', 'phone'],
    ['contact.phone_number', 'phone'],
    ['jumlahPekerja', 'workers'],
    ['lamaUsaha', 'age'],
    ['omzetPerBulan', 'sales'],
    ['izin.nib', 'nib'],
    ['bahasa', 'language'],
    ['lang', 'language'],
  ])('%s is the %s', (path, meaning) => {
    expect(meaningOf(path.split('.'))).toBe(meaning)
  })

  it.each([
    'first_name', 'from.first_name', 'username', 'from.language_code', 'umur', 'omzet', 'karyawan', 'namaIbu', 'anak.nama', 'namaBank', 'jenisKelamin', 'step', 'nik', 'rekening',
  ])('%s has no place here', (path) => {
    expect(meaningOf(path.split('.'))).toBeUndefined()
  })
})

describe('answers', () => {
  it.each([
    ['a flat session', { nama: 'Sari', namaUsaha: 'Warung Bu Sari', sektor: 'warung makan', telepon: '0812-3456-7890', step: 4 },
      { name: 'Sari', 'business-name': 'Warung Bu Sari', sector: 'kuliner', phone: '+6281234567890' }],
    ['English names', { name: 'Sari', business: 'Sari Snacks', sector: 'Ready-to-eat food', phone: '+62 812 3456 7890' },
      { name: 'Sari', 'business-name': 'Sari Snacks', sector: 'kuliner', phone: '+6281234567890' }],
    ['nested in a wizard', { __scenes: { current: 'daftar', state: { nama: 'Sari', usaha: { nama: 'Keripik Sari', sektor: 'keripik' } } } },
      { name: 'Sari', 'business-name': 'Keripik Sari', sector: 'pangan_olahan' }],
    ['a number without its zero', { hp: 81_234_567_890 }, { phone: '+6281234567890' }],
    ['a sector by id', { sektor: 'kuliner' }, { sector: 'kuliner' }],
    ['bands', { jumlahPekerja: 3, lamaUsaha: '2 tahun', omzetBulanan: 7_500_000 }, { workers: '2-4', age: '1-3', sales: '5-15m' }],
    ['licences', { nib: true, npwp: false, izin: { qris: 'sudah' } }, { nib: 'have', npwp: 'not-yet', qris: 'have' }],
    ['ways of selling', { saluran: ['WhatsApp', 'pasar'] }, { channels: ['market', 'whatsapp'] }],
    ['how she is addressed', { sapaan: 'Ibu' }, { honorific: 'ibu' }],
    ['a business without a name', { namaUsaha: 'belum ada' }, { 'business-name': '' }],
    ['a village that is the only one of its name', { desa: 'Pujon Kidul' }, { village: PUJON_KIDUL }],
    ['a village with what lies around it', { desa: 'Sidomulyo', kecamatan: 'Batu', kota: 'Kota Batu' }, { village: '35.79.01.2007' }],
    ['a village by code', { kodeDesa: PUJON_KIDUL }, { village: PUJON_KIDUL }],
    ['the first value that fits', { nama: '?', user: { name: 'Sari' } }, { name: 'Sari' }],
  ])('%s', (_what, data, answers) => {
    expect(answersOf(data)).toEqual(answers)
  })

  it.each([
    ['a village of which there are many', { desa: 'Sidomulyo' }, ['village']],
    ['a village with a slip', { desa: 'Pujon Kidol' }, ['village']],
    ['a code no village has', { kodeDesa: '35.07.99.2003' }, ['village']],
    ['what could be two sectors', { sektor: 'kopi' }, ['sector']],
    ['no sector', { sektor: 'xyz' }, ['sector']],
    ['half a number', { hp: '0812' }, ['phone']],
    ['a place in a list of sectors that was another one', { sektor: 2 }, ['sector']],
    ['places in a list of channels', { saluran: [1, 4] }, ['channels']],
    ['an option by its number', { omzetBulanan: 'opsi 3' }, ['sales']],
    ['the number of a licence', { nib: '8120001234567' }, ['nib']],
    ['a name that is none', { namaUsaha: '-' }, ['business-name']],
    ['several names', { namaUsaha: ['Warung', 'Toko'] }, ['business-name']],
    ['a number for a name', { namaUsaha: 12 }, ['business-name']],
    ['an identity number where a name should be', { namaUsaha: '3507264501800001' }, ['business-name']],
    ['a name too long', { namaUsaha: 'x'.repeat(61) }, ['business-name']],
  ])('asks anew rather than guess: %s', (_what, data, unclear) => {
    expect(unclearIn(data)).toEqual(unclear)
    expect(answersOf({ nama: 'Sari', ...data })).toEqual({ name: 'Sari' })
  })

  it('never takes over a consent or the age of a person', () => {
    expect(answersOf({ nama: 'Sari', consent: true, setuju: true, persetujuan: 'ya', adult: true, dewasa: true, directory: true, contact: true, research: true })).toEqual({ name: 'Sari' })
  })

  it('fit the questions they answer, whatever a session holds', () => {
    const known = ['nama', 'usaha', 'sektor', 'desa', 'hp', 'bahasa', 'saluran', 'nib', 'produk', 'omzetBulanan', 'consent', 'adult']
    const names = fc.oneof({ arbitrary: fc.constantFrom(...known), weight: 4 }, fc.string())
    const { session: data } = fc.letrec<{ session: unknown; value: unknown }>((tie) => ({
      session: fc.dictionary(names, tie('value'), { minKeys: 2 }),
      value: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.constantFrom('ya', 'tidak', '2', 'kuliner', 'Sari', '081234567890', true), tie('session')),
    }))
    fc.assert(
      fc.property(data, (session) => {
        for (const { answers } of planOf(session).newcomers) {
          for (const [step, answer] of Object.entries(answers)) {
            const field = reading.form.steps[step]
            expect(field && field.kind !== 'consent' && field.kind !== 'yes-no' && fits(field, answer)).toBe(true)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('the language', () => {
  it.each([
    ['id', 'id'], ['en', 'en'], ['en-US', 'en'], ['English', 'en'], ['bahasa inggris', 'en'], ['Bahasa Indonesia', 'id'], ['in', 'id'], ['jv', undefined], [7, undefined],
  ])('%s is %s', (bahasa, language) => {
    expect(planOf({ nama: 'Sari', bahasa }).newcomers[0]?.language).toBe(language)
  })

  it('alone is reason enough to remember someone', () => {
    expect(planOf({ language: 'en' }).newcomers).toMatchObject([{ telegramId: 41, language: 'en', answers: {} }])
  })
})

describe('sessions left', () => {
  it.each([
    ['a group', '-100200:41', { nama: 'Sari' }, 'group'],
    ['a bot by its data', '41:41', { nama: 'Robot', from: { is_bot: true } }, 'bot'],
    ['the own bot', '700000001:700000001', { nama: 'Klinik' }, 'bot'],
    ['another key', 'user-41', { nama: 'Sari' }, 'unknown-key'],
    ['nothing in it', '41:41', {}, 'nothing-known'],
    ['only a step', '41:41', { step: 3, orders: [{ nama: 'Budi' }] }, 'nothing-known'],
    ['no data at all', '41:41', undefined, 'nothing-known'],
    ['only what did not fit', '41:41', { hp: '12' }, 'nothing-known'],
  ])('%s', (_what, key, data, reason) => {
    const { newcomers, left } = planOf(data, key)
    expect(newcomers).toEqual([])
    expect(Object.entries(left).filter(([, count]) => count > 0)).toEqual([[reason, 1]])
  })

  it('the second one of the same person', () => {
    const { newcomers, left } = planImport([{ key: '41:41', data: { nama: 'Sari' } }, { key: '41:41', data: { nama: 'Rini' } }], reading, undefined)
    expect(newcomers.map(({ answers }) => answers)).toEqual([{ name: 'Sari' }])
    expect(left.twice).toBe(1)
  })
})
