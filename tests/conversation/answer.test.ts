// Holds how typed words are read for each kind of field: what counts, what is refused and why, what needs a search.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Reading, readAnswer } from '../../src/conversation/answer.ts'
import { type Answer, fits, getField, textField } from '../../src/conversation/form.ts'
import { SAMPLE, WORDS } from './sample-form.ts'

const read = (step: string, text: string, memo = {}): Reading =>
  readAnswer(getField(SAMPLE, step), memo, text, (option) => WORDS.option(step, option), WORDS.today)

describe('words that answer', () => {
  it.each<[string, string, Answer]>([
    ['adult', 'iya bu', true],
    ['adult', 'belum', false],
    ['name', '  Sari \n Rahayu ', 'Sari Rahayu'],
    ['name', "Nur'aini", "Nur'aini"],
    ['name', 'Oki', 'Oki'],
    ['name', 'Alim', 'Alim'],
    ['name', 'Moh Ali', 'Moh Ali'],
    ['shop', 'Warung Bu Sari', 'Warung Bu Sari'],
    ['shop', 'belum ada nama', ''],
    ['shop', 'blm punya nama bu', ''],
    ['shop', 'gak ada namanya', ''],
    ['shop', 'tanpa nama', ''],
    ['name', 'nama saya Sari', 'Sari'],
    ['name', 'Nama panggilan saya: Sari', 'Sari'],
    ['name', 'panggil saja Sari', 'Sari'],
    ['shop', 'namanya Warung Bu Sari', 'Warung Bu Sari'],
    ['shop', 'nama usaha saya Depot Nama Baik', 'Depot Nama Baik'],
    ['shop', 'Namaku Kopi', 'Namaku Kopi'],
    ['shop', 'no name yet', ''],
    ['shop', 'belum', ''],
    ['shop', 'Toko Tanpa Nama', 'Toko Tanpa Nama'],
    ['sector', 'kuliner', 'food'],
    ['sector', '2', 'sewing'],
    ['sector', 'penjahit', 'sewing'],
    ['permit', 'Not yet', 'not-yet'],
    ['permit', 'gak tau', 'unknown'],
    ['age', '2 tahun', '1-3'],
    ['age', 'lima', 'over-3'],
    ['sales', '3 juta', 'small'],
    ['sales', '12.000.000 per bulan', 'large'],
    ['sales', '300rb sehari', 'large'],
    ['sales', '1 juta seminggu', 'small'],
    ['sales', '48 juta setahun', 'small'],
    ['sales', '3-4 juta', 'small'],
    ['sales', '6 sampai 9 juta', 'large'],
    ['sales', 'kurang dari 5 juta', 'small'],
    ['sales', 'di atas 5 juta', 'large'],
    ['age', '2-3 tahun', '1-3'],
    ['age', '1,5 tahun', '1-3'],
    ['age', 'setahun', '1-3'],
    ['permit', 'ya', 'have'],
    ['permit', 'belum punya', 'not-yet'],
    ['permit', 'tidak', 'not-yet'],
    ['permit', 'no', 'not-yet'],
    ['channels', 'WA sama pasar', ['whatsapp', 'market']],
    ['channels', '1 dan 3', ['shop', 'market']],
    ['phone', '0812-3456-7890', '+6281234567890'],
  ])('%s: %j is %j', (step, text, answer) => expect(read(step, text)).toEqual({ type: 'answer', answer }))
})

describe('words that do not answer', () => {
  it.each([
    ['consent', 'setuju', 'buttons-only'],
    ['consent', 'ok', 'buttons-only'],
    ['adult', 'mungkin', 'unclear'],
    ['name', 'ya', 'unclear'],
    ['name', 'okeee pak', 'unclear'],
    ['name', 'tidak mau', 'unclear'],
    ['name', 'hapus data saya', 'unclear'],
    ['name', 'menu', 'unclear'],
    ['name', '...', 'unclear'],
    ['name', 'S', 'too-short'],
    ['name', 'a'.repeat(41), 'too-long'],
    ['shop', '-', 'unclear'],
    ['sector', 'tambang emas', 'unknown'],
    ['sector', '9', 'unknown'],
    ['sales', '4-6 juta', 'ambiguous'],
    ['sales', 'lebih dari 3 juta', 'ambiguous'],
    ['sales', 'kurang dari 10 juta', 'ambiguous'],
    ['sales', '180rb sehari', 'ambiguous'],
    ['sales', '500', 'ambiguous'],
    ['sales', '5-15', 'ambiguous'],
    ['age', '3-4 tahun', 'ambiguous'],
    ['age', 'tahun 2018', 'unknown'],
    ['age', '2018', 'unknown'],
    ['sector', 'ya', 'unknown'],
    ['name', 'nama saya', 'unclear'],
    ['phone', 'besok saya kirim', 'not-a-phone'],
    ['phone', '12345', 'not-a-phone'],
    ['village', '??', 'not-found'],
    ['village', 'x'.repeat(101), 'not-found'],
  ])('%s: %j is refused as %s', (step, text, reason) => expect(read(step, text)).toEqual({ type: 'refused', reason }))

  it('leave a bare number open that means one thing as a button and another as a number of years', () => {
    expect(read('age', '3')).toEqual({ type: 'refused', reason: 'ambiguous' })
    expect(read('age', '2')).toEqual({ type: 'answer', answer: '1-3' })
  })
})

describe('a message in her own words', () => {
  const own = textField({ min: 5, max: 200, ownWords: true })

  it.each([
    ['is kept line by line', 'Mesin jahit rusak.\n\nSejak Senin.', { type: 'answer', answer: 'Mesin jahit rusak.\n\nSejak Senin.' }],
    ['may tell of harm', 'akun WA saya dibajak', { type: 'answer', answer: 'akun WA saya dibajak' }],
    ['may be a wish', 'hapus data saya', { type: 'answer', answer: 'hapus data saya' }],
    ['is more than a yes', 'iya bu, setuju', { type: 'refused', reason: 'unclear' }],
  ])('%s', (_, text, reading) => expect(readAnswer(own, {}, text, (option) => [option], WORDS.today)).toEqual(reading))
})

describe('a place', () => {
  const shown = { found: ['35.07.26.2003', '35.79.01.1001'], query: 'Pujon' }

  it.each([
    ['is searched by its name', 'Pujon Kidul', {}, { type: 'look-up', queries: ['Pujon Kidul'] }],
    ['is chosen from the list by its position', '2', shown, { type: 'answer', answer: '35.79.01.1001' }],
    ['is not chosen beyond the list', '3', shown, { type: 'refused', reason: 'not-found' }],
    ['is not chosen before there is a list', '1', {}, { type: 'refused', reason: 'not-found' }],
    ['is narrowed by a further word, or searched anew', 'Batu', shown, { type: 'look-up', queries: ['Pujon Batu', 'Batu'] }],
  ])('%s', (_, text, memo, reading) => expect(read('village', text, memo)).toEqual(reading))
})

it('is read without fail from any text, and is always an answer the field can hold', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom('1', '2', 'ya', 'tidak', 'semua', '5 juta', '0812 3456 7890'))
  fc.assert(fc.property(fc.constantFrom(...Object.keys(SAMPLE.steps)), text, (step, text) => {
    const reading = read(step, text)
    if (reading.type === 'answer') expect(fits(getField(SAMPLE, step), reading.answer)).toBe(true)
    else expect(['refused', 'ask', 'look-up']).toContain(reading.type)
  }), { numRuns: 500 })
})
