// Counts as people type them, in digits, words and manners of speech.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readWholeNumber } from '../../../src/conversation/parse/whole-number.ts'

it.each([
  { typed: '3', value: 3 },
  { typed: '3 orang', value: 3 },
  { typed: 'ada 3 org bu', value: 3 },
  { typed: '1.200', value: 1200 },
  { typed: 'nol', value: 0 },
  { typed: 'tidak ada', value: 0 },
  { typed: 'gak ada', value: 0 },
  { typed: 'sebelas', value: 11 },
  { typed: 'tiga belas', value: 13 },
  { typed: 'dua puluh lima', value: 25 },
  { typed: 'duapuluh lima orang', value: 25 },
  { typed: 'seratus dua puluh tiga', value: 123 },
  { typed: 'seribu lima ratus', value: 1500 },
  { typed: 'telu', value: 3 },
  { typed: 'opat', value: 4 },
  { typed: 'sendiri', value: 1 },
  { typed: 'saya sendiri', value: 1 },
  { typed: 'cuma saya aja', value: 1 },
  { typed: 'berdua', value: 2 },
  { typed: 'bertiga bu', value: 3 },
  { typed: 'suami istri', value: 2 },
  { typed: 'selusin', value: 12 },
  { typed: '2 lusin', value: 24 },
  { typed: 'setengah lusin', value: 6 },
  { typed: 'sekodi', value: 20 },
  { typed: '3 orang termasuk saya', value: 3 },
  { typed: 'setahun', value: 1 },
  { typed: 'baru sebulan', value: 1 },
])('$typed is $value', ({ typed, value }) => expect(readWholeNumber(typed)).toEqual({ type: 'number', value, about: false }))

it.each([
  'kira-kira 5 orang', 'sekitar lima', '±5', 'kurang lebih 5',
])('%s is about five', (typed) => expect(readWholeNumber(typed)).toEqual({ type: 'number', value: 5, about: true }))

it.each(['3-4', '3 sampai 4 orang', 'tiga atau empat', '3 s/d 4', '4 - 3'])('%s is asked back', (typed) => expect(readWholeNumber(typed)).toEqual({ type: 'ask', numbers: [3, 4] }))

it.each([
  { typed: '', reason: 'no-number' },
  { typed: 'banyak', reason: 'no-number' },
  { typed: 'puluhan', reason: 'no-number' },
  { typed: '2 3', reason: 'no-number' },
  { typed: '-3', reason: 'no-number' },
  { typed: '0812', reason: 'no-number' },
  { typed: '5 miliar', reason: 'too-large' },
])('$typed is none: $reason', ({ typed, reason }) => expect(readWholeNumber(typed)).toEqual({ type: 'none', reason }))

const ONES = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh', 'sebelas']

/** Writes a number in words by the school rules, independently of the reader. */
function inWords(number: number): string {
  const rest = (unit: number) => (number % unit === 0 ? '' : ` ${inWords(number % unit)}`)
  if (number < 12) return ONES[number] ?? ''
  if (number < 20) return `${ONES[number - 10]} belas`
  if (number < 100) return `${ONES[Math.floor(number / 10)]} puluh${rest(10)}`
  if (number < 200) return `seratus${rest(100)}`
  if (number < 1000) return `${ONES[Math.floor(number / 100)]} ratus${rest(100)}`
  if (number < 2000) return `seribu${rest(1000)}`
  if (number < 1_000_000) return `${inWords(Math.floor(number / 1000))} ribu${rest(1000)}`
  return `${inWords(Math.floor(number / 1_000_000))} juta${rest(1_000_000)}`
}

it('reads every number written in words', () => {
  fc.assert(fc.property(fc.oneof(fc.nat(3000), fc.nat(999_999_999)), (value) => {
    expect(readWholeNumber(inWords(value))).toEqual({ type: 'number', value, about: false })
    expect(readWholeNumber(inWords(value).replaceAll(' puluh', 'puluh').replaceAll(' belas', 'belas'))).toMatchObject({ value })
  }))
})

it.each([
  { typed: '1,5 tahun', between: [1, 2] },
  { typed: 'dua setengah', between: [2, 3] },
  { typed: 'setengah tahun', between: [0, 1] },
])('$typed is not whole, but lies between two that are', ({ typed, between }) => {
  expect(readWholeNumber(typed)).toEqual({ type: 'none', reason: 'not-whole', between })
})
