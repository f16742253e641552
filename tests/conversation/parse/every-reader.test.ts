// What holds for all readers: they answer any text at all, without throwing and without taking long.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchChoice, matchChoices } from '../../../src/conversation/parse/choice.ts'
import { readDate } from '../../../src/conversation/parse/date.ts'
import { readIntents } from '../../../src/conversation/parse/intent.ts'
import { normalise } from '../../../src/conversation/parse/normalise.ts'
import { readPhone } from '../../../src/conversation/parse/phone.ts'
import { readRupiah } from '../../../src/conversation/parse/rupiah.ts'
import { findSensitive } from '../../../src/conversation/parse/sensitive.ts'
import { readWholeNumber } from '../../../src/conversation/parse/whole-number.ts'

const labels = ['Kuliner siap saji', 'Fesyen & jahit', '5-19 orang', '<1 tahun', '👌']
const options = labels.map((label, index) => ({ id: String(index), label, aliases: ['a', ''] }))
const today = { year: 2026, month: 11, day: 22 }

const readers: readonly { readonly name: string; readonly read: (text: string) => unknown }[] = [
  { name: 'normalise', read: normalise },
  { name: 'readIntents', read: readIntents },
  { name: 'matchChoice', read: (text) => matchChoice(text, options) },
  { name: 'matchChoices', read: (text) => matchChoices(text, options) },
  { name: 'readPhone', read: readPhone },
  { name: 'readRupiah', read: readRupiah },
  { name: 'readWholeNumber', read: readWholeNumber },
  { name: 'readDate', read: (text) => readDate(text, today) },
  { name: 'findSensitive', read: findSensitive },
]

// Pieces the readers look for, so that random texts reach past their first checks.
const PIECES = [
  'ya', 'ga', 'jt', 'rb', 'se', 'puluh', 'setengah', '1', '0', '500', '.', ',', '-', '/', ' ', 'rp', 'otp', 'nik',
  'klik', 'apk', 'minggu', 'depan', 'ke', 'm', '½', '👍', '\ud83d', '\udc4d', '+62', '\u0000', '12', 'nov', "'",
]
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 30 }))

describe.each(readers)('$name', ({ read }) => {
  it('answers any text', () => {
    fc.assert(fc.property(anyText, (text) => void read(text)), { numRuns: 500 })
  })

  it.each([
    ...PIECES, '1 ', '1.', '4111 ', 'kasih otp ', 'a b ', '? ', ' - ',
  ])('answers ten thousand of %j soon', (piece) => {
    const long = piece.repeat(Math.ceil(10_000 / piece.length))
    const start = performance.now()
    read(long)
    read(`${long}x`)
    read(long.slice(0, 199))
    expect(performance.now() - start).toBeLessThan(250)
  })
})
