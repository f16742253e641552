// The one spelling that typed text is brought to before it is matched.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collapseRuns, fold, fullWord, normalise, wordsOf } from '../../../src/conversation/parse/normalise.ts'

describe('normalise', () => {
  it.each([
    { typed: '  YA  ', is: 'ya' },
    { typed: 'Ya.', is: 'ya' },
    { typed: 'iya bu', is: 'iya' },
    { typed: 'iya deh, bu 🙏', is: 'iya' },
    { typed: 'ok ya kak', is: 'ok' },
    { typed: 'bu', is: 'bu' },
    { typed: 'ya', is: 'ya' },
    { typed: 'ya ya', is: 'ya' },
    { typed: '𝗢𝗞𝗘', is: 'oke' },
    { typed: 'ｏｋｅ', is: 'oke' },
    { typed: '👍🏽', is: '👍' },
    { typed: '✔️', is: '✅' },
    { typed: 'siap👍', is: 'siap 👍' },
    { typed: '🙏😊', is: '' },
    { typed: '2️⃣', is: '2' },
    { typed: "Assalamu'alaikum!!", is: 'assalamualaikum' },
    { typed: 'o\u200bk', is: 'ok' },
    { typed: 'Bu Rini', is: 'bu rini' },
  ])('$typed -> $is', ({ typed, is }) => expect(normalise(typed)).toBe(is))

  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(normalise(normalise(text))).toBe(normalise(text))
      expect(fold(fold(text))).toBe(fold(text))
    }), { numRuns: 2000 })
  })

  it('does not care about letter case, space around, or a closing particle', () => {
    const word = fc.constantFrom('batal', 'lewati', 'kembali', 'siap')
    const end = fc.constantFrom('', ' ya', ' bu', ' dong kak', ' deh', '!', ' 🙏')
    fc.assert(fc.property(word, end, (word, end) => {
      expect(normalise(` ${word.toUpperCase()}${end} `)).toBe(word)
    }))
  })
})

it.each([
  { typed: 'iyaaaa', is: 'iya' },
  { typed: 'gaaa', is: 'ga' },
  { typed: 'siaaap buuu', is: 'siap bu' },
  { typed: '1000', is: '1000' },
])('$typed collapses to $is', ({ typed, is }) => expect(collapseRuns(typed)).toBe(is))

it.each([
  { typed: 'ok2', words: ['ok'] },
  { typed: 'hati2 bu', words: ['hati', 'bu'] },
  { typed: 'ragu-ragu', words: ['ragu'] },
  { typed: 'ya ya ya', words: ['ya'] },
  { typed: 'se7', words: ['se7'] },
  { typed: '5 5', words: ['5', '5'] },
])('$typed has the words $words', ({ typed, words }) => expect(wordsOf(typed)).toEqual(words))

it.each([
  { short: 'gak', full: 'tidak' },
  { short: 'udh', full: 'sudah' },
  { short: 'wa', full: 'whatsapp' },
  { short: 'warung', full: 'warung' },
])('$short is $full', ({ short, full }) => expect(fullWord(short)).toBe(full))
