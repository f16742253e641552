/** Holds how names are read and how slips between them are counted. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countSlips, foldWords, spell, wordsOf } from '../../src/villages/spelling.ts'

const fold = (text: string) => foldWords(wordsOf(text))
const slips = (a: string, b: string, most = 15) => {
  const bytes = spell(`~${b}~`).bytes
  return countSlips(spell(a).bytes, bytes, 1, bytes.length - 1, most)
}

describe('two spellings of one name', () => {
  it.each([
    ['Pujon Kidul', 'pujonkidul'],
    ['Poedjon Kidoel', 'Pujon Kidul'],
    ['Sidomulio', 'SIDO MULYO'],
    ['Tjandi', 'Candi'],
    ['Soka"an', 'Sokaan'],
    ['Tj. Priok', 'Tanjung Priok'],
    ['Sei Rotan', 'sungairotan'],
    ['Gunung-Sitoli', 'gunungsitoli'],
    ['Desa Café', 'desa cafe'],
    ['Sumber Agung 2', 'Sumberagung II'],
    ['Sido', 'Siddo'],
  ])('%s reads like %s', (one, other) => expect(fold(one)).toBe(fold(other)))

  it.each([['Sudirejo I', 'Sudirejo II'], ['Baru', 'Batu'], ['Pujon Lor', 'Pujon Kidul']])(
    '%s stays apart from %s',
    (one, other) => expect(fold(one)).not.toBe(fold(other)),
  )
})

describe('slips', () => {
  it.each([
    ['pujon', 'pujon', 0],
    ['pujno', 'pujon', 1],
    ['pujn', 'pujon', 1],
    ['puujon', 'pujon', 1],
    ['pukon', 'pujon', 1],
    ['sdomuylo', 'sidomulyo', 2],
    ['', 'abc', 3],
  ])('%s to %s takes %i', (a, b, count) => expect(slips(a, b)).toBe(count))

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 12 })

  it('agree with the textbook table, up to the bound asked for', () => {
    fc.assert(fc.property(word, word, fc.integer({ min: 0, max: 5 }), (a, b, most) => {
      expect(slips(a, b, most)).toBe(Math.min(textbookSlips(a, b), most + 1))
    }), { numRuns: 2_000 })
  })

  it('are the same both ways', () => {
    fc.assert(fc.property(word, word, (a, b) => {
      expect(slips(a, b, 3)).toBe(slips(b, a, 3))
    }))
  })

  it('give names longer than any village up', () => expect(slips('a'.repeat(70), 'a'.repeat(70), 2)).toBe(3))
})

/** Optimal string alignment by its definition. */
function textbookSlips(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)))
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const ways = [table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)]
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(table[i - 2]![j - 2]! + 1)
      table[i]![j] = Math.min(...ways)
    }
  }
  return table[a.length]![b.length]!
}
