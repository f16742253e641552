// Which question of before is like the one asked now.
import { assert, constantFrom, option, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnswerCard, fittingAnswer } from '../../src/cases/answers.ts'

const card = (id: number, area: string | null, question: string): AnswerCard => ({ id, area, question, answer: 'Begini caranya.' })
const QRIS = card(1, 'transaksi', 'Kode QRIS di warung tidak bisa dipindai pembeli')
const LOGIN = card(2, 'keamanan', 'Lupa kata sandi Shopee dan nomor HP sudah ganti')
const PHOTO = card(3, null, 'Foto produk saya selalu gelap')
const DARK_QRIS = card(4, 'transaksi', 'Kode QRIS gelap dan buram, tidak bisa dipindai pembeli di pasar')
const ALL = [QRIS, LOGIN, PHOTO, DARK_QRIS]

describe('a question of before', () => {
  it.each([
    { said: 'kode qris warung saya gak bisa dipindai', area: 'transaksi', finds: QRIS },
    { said: 'Kodenya QRIS kok tidak terpindai ya, pembeli tidak bisa dipindai', area: null, finds: QRIS },
    { said: 'QRIS buram, kode gelap, tidak bisa dipindai', area: 'transaksi', finds: DARK_QRIS },
    { said: 'FOTO PRODUK gelap terus bu', area: 'promosi', finds: PHOTO },
    { said: 'lupa sandi shopee', area: 'keamanan', finds: LOGIN },
  ])('is found: "$said"', ({ said, area, finds }) => expect(fittingAnswer(said, area, ALL)).toBe(finds))

  it.each([
    { said: 'kode qris warung tidak bisa dipindai', area: 'keamanan', why: 'another area' },
    { said: 'QRIS', area: 'transaksi', why: 'one word' },
    { said: 'bagaimana caranya saya tidak bisa untuk warung ini', area: null, why: 'words that stand everywhere' },
    { said: 'pembeli saya tanya kode pos untuk kirim paket keripik ke luar pulau lewat ekspedisi yang murah', area: null, why: 'too few of many' },
    { said: '', area: null, why: 'nothing said' },
    { said: '👍👍👍', area: null, why: 'no words' },
  ])('is not found by $why', ({ said, area }) => expect(fittingAnswer(said, area, ALL)).toBeUndefined())

  it('is never found where there is none', () => expect(fittingAnswer('kode qris warung', null, [])).toBeUndefined())

  it('is one of those given, whatever is said', () => {
    assert(
      property(string({ unit: 'grapheme' }), option(constantFrom('transaksi', 'keamanan'), { nil: null }), (said, area) => {
        const found = fittingAnswer(said, area, ALL)
        expect(found === undefined || ALL.includes(found)).toBe(true)
        if (found && area !== null && found.area !== null) expect(found.area).toBe(area)
      }),
    )
  })
})
