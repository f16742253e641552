// Holds how long a fact may be shown, how it is dated, and what a text looks like with and without it.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factIdsIn, factsStandAlone, fillFacts } from '../../src/content/fact-text.ts'
import { createFacts } from '../../src/content/facts.ts'

const merek = { text: 'Merek dilindungi 10 tahun.', en: 'A trademark lasts 10 years.', valueRupiah: 500_000 }
const dated = { source: 'UU 1/2020', checkedOn: '2026-11-22', confidence: 'V-high' }
const facts = createFacts([
  { id: 'merek', ...merek, reviewBy: '2027-03-31', ...dated },
  { id: 'lama', text: 'Aturan lama.', en: 'An old rule.', reviewBy: '2026-11-22', ...dated },
])
const now = Date.parse('2027-01-01T00:00:00Z')

describe('a fact', () => {
  it('is a sentence with the day it was checked', () => {
    expect(facts.sentence('merek', 'id', now)).toBe('Merek dilindungi 10 tahun. (per 22 November 2026)')
    expect(facts.sentence('merek', 'en', now)).toBe('A trademark lasts 10 years. (as of 22 November 2026)')
  })

  it.each([
    ['2026-11-22T16:59:59.999Z', true],
    ['2026-11-22T17:00:00Z', false],
  ])('to be reviewed by 22 November is shown at %s: %s (midnight in Jakarta is 17.00 UTC)', (at, shown) => {
    expect(facts.sentence('lama', 'id', Date.parse(at)) !== undefined).toBe(shown)
  })

  it('nobody knows has no sentence', () => expect(facts.sentence('lain', 'id', now)).toBeUndefined())

  it('has its amount in Rupiah, or a developer is told to add it', () => {
    expect(facts.rupiah('merek')).toBe(500_000)
    expect(() => facts.rupiah('lama')).toThrow('add it to data/facts.yaml')
  })
})

describe('a text with facts', () => {
  const SHOWN = 'Merek dilindungi 10 tahun. (per 22 November 2026)'
  it.each([
    ['Selamat pagi.', 'Selamat pagi.'],
    ['Bagus. {fact.merek}', `Bagus. ${SHOWN}`],
    ['Bagus. {fact.lama}', 'Bagus.'],
    ['Bagus. {fact.lama} Lanjut?', 'Bagus. Lanjut?'],
    ['{fact.lama} {fact.merek}', SHOWN],
    ['{fact.merek} {fact.lama}', SHOWN],
    ['Bagus.\n{fact.lama}\nLanjut?', 'Bagus.\nLanjut?'],
    ['Bagus.\n\n{fact.lama}\n\nLanjut?', 'Bagus.\n\nLanjut?'],
    ['Bagus. Perlu diingat: {fact.lama} Lanjut?', 'Bagus. Lanjut?'],
    ['Bagus. <i>{fact.lama}</i> Lanjut?', 'Bagus. Lanjut?'],
    ['Bagus. {fact.tak_dikenal}', 'Bagus.'],
    ['Usaha {{name}} di Kec. Batu. {fact.lama}', 'Usaha {{name}} di Kec. Batu.'],
  ])('%j reads %j', (text, read) => expect(fillFacts(text, facts, 'id', now)).toBe(read))

  it('never shows a reference, whatever stands around it', () => {
    const reference = fc.constantFrom('{fact.merek}', '{fact.lama}', '{fact.}')
    const piece = fc.oneof(reference, fc.constantFrom(' ', '\n', '. ', '? ', ': ', '<b>', 'Kata', '{', '}'))
    fc.assert(fc.property(fc.array(piece), (pieces) => {
      expect(fillFacts(pieces.join(''), facts, 'en', now)).not.toMatch(/\{fact\.\w*\}/)
    }))
  })

  it('without a reference stays as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      fc.pre(!text.includes('{fact.'))
      expect(fillFacts(text, facts, 'id', now)).toBe(text)
    }))
  })

  it('names the facts it needs, each once', () => {
    expect(factIdsIn('{fact.a} dan {fact.b}, lalu {fact.a}')).toEqual(['a', 'b'])
  })

  it.each([
    ['{fact.a}', true],
    ['Bagus. {fact.a} {fact.b} Lanjut?', true],
    ['• <i>{fact.a}</i>', true],
    ['Perlu diingat: {fact.a}', true],
    ['Menurut {fact.a}', false],
    ['{fact.a} dan seterusnya', false],
    ['{fact.a}.', false],
  ])('%j lets its facts stand alone: %s', (text, alone) => expect(factsStandAlone(text)).toBe(alone))
})
