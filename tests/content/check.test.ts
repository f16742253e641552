// Holds that content with one flaw is refused, and that the advice names the place, the flaw and the way to mend it.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContent } from '../../src/content/check.ts'
import { readMedia } from '../../src/content/media.ts'
import { describeProblem } from '../../src/content/problem.ts'
import type { Problem } from '../../src/content/problem.ts'
import { packageRoot } from '../../src/package-root.ts'
import { brokenData, localeFile, problemsOf, problemsOfText, soundData } from './samples.ts'

const lines = (problems: readonly Problem[]): readonly string[] => problems.map(describeProblem)
const words = (count: number): string => Array.from({ length: count }, () => 'kata').join(' ')

describe('a text', () => {
  it.each([
    ['home.hello', 'Halo, <b>{{name}}</b>!'],
    ['home.rule', 'Ini perkiraan. {fact.pp7_mikro_omzet}'],
    ['home.list', 'Bapak/Ibu bisa:\n• daftar\n• bertanya\n• melihat tips\nMau mulai?'],
    ['home.place', 'Desa X, Kec. Y, Kab. Z. Buka pukul 19.00, harga Rp1.500.000 dll. Betul?'],
    ['home.some', 'Pilih salah satu.'],
    ['home.options.tea.label', 'Teh & kopi'],
    ['commands.daftar', 'Daftarkan usaha'],
  ])('%s: %j is fine', (key, text) => {
    expect(lines(problemsOfText(key, text))).toEqual([])
  })

  it.each([
    ['home.hello', '<b>Halo', '<b> is never closed. Add </b>.'],
    ['home.hello', 'Halo {name}!', 'has a brace of its own. Write {{name}}'],
    ['home.hello', ' ', 'is empty. Write the text or remove the key.'],
    ['home.hello', 'x'.repeat(4097), 'a message of 4097 characters, at most 4096 fit'],
    ['home.go.button', 'x'.repeat(41), 'a button of 41 characters, at most 40 fit'],
    ['home.options.tea', '<b>Teh</b>', 'a button shows HTML as it is typed. Use plain words.'],
    ['home.buttons.tea', '{fact.iasc}', 'a button refers to {fact.iasc}'],
    ['commands.daftar', 'x'.repeat(257), 'the description of a command of 257 characters, at most 256 fit'],
    ['home.hello', 'Halo. {fact.pp7_mikro}', '{fact.pp7_mikro} is not known. Use one of: pp7_mikro_omzet'],
    ['home.hello', '{fact.iasc}', 'nothing is left once its facts are hidden'],
    ['home.hello', 'Halo. Lewat {fact.iasc}', 'must stand as one. Put it after a full stop or a colon'],
    ['home.hello', '<i>Halo. {fact.iasc}</i>', 'its tags break once its facts are hidden'],
    ['home.hello', 'Sampai Rp2 M setahun.', '"Rp2 M": M is read as two different amounts. Write "juta" or "miliar"'],
    ['home.hello', 'Satu. Dua. Tiga. Empat.', 'has 4 sentences, at most 3 are read. Shorten it or split it'],
    ['home.hello', 'Siapa? Di mana?', 'asks 2 questions. Ask one thing per message.'],
    ['home.hello', `${words(21)}.`, 'a sentence of 21 words, at most 20 are read'],
    ['home.hello', 'Urus legalitas dulu.', '"legalitas" is to be avoided. Say "izin".'],
    ['home.hello', 'Jawaban Salah.', '"salah" is to be avoided. Say "belum cocok".'],
    ['home.hello', 'Salah satu jawaban salah.', '"salah" is to be avoided'],
    ['home.hello', 'Pilihan tidak valid.', '"tidak valid" is to be avoided'],
    ['home.go.label', 'Kamu siap', '"kamu" is to be avoided. Say "Bapak/Ibu".'],
  ])('%s: %j is refused', (key, text, advice) => {
    const problems = problemsOfText(key, text, 'Hello')
    expect(problems[0]).toMatchObject({ file: `locales/id/${key.split('.')[0]}.json`, key })
    expect(lines(problems)[0]).toContain(advice)
  })

  it('may be exempt from a limit, with a reason, and only while it exists', () => {
    const exemption = 'exempt: [{key: home.consent, limits: [sentences], reason: "Consent must be complete."}]'
    const data = brokenData('data/plain-language.yaml', 'exempt: []', exemption)
    const bahasa = localeFile('id', 'home.consent', 'Satu. Dua. Tiga. Empat.')
    const english = localeFile('en', 'home.consent', 'All of it.')
    expect(lines(problemsOf([...data, bahasa, english]))).toEqual([])
    expect(lines(problemsOf(data))).toEqual([
      'data/plain-language.yaml: exempt.home.consent: no text has this key. Remove the exemption or correct the key.',
    ])
  })

  it('must not lean on a fact past its review', () => {
    const text = 'Ini perkiraan. {fact.qris_mdr_mikro}'
    const after = Date.parse('2027-02-01T00:00:00+07:00')
    expect(problemsOfText('home.qris', text, text, after - 1)).toEqual([])
    expect(lines(problemsOfText('home.qris', text, text, after))[0]).toMatch(
      /^locales\/id\/home\.json: home\.qris: \{fact\.qris_mdr_mikro\} was to be reviewed by 2027-01-31 .* Look up Bank Indonesia/,
    )
  })
})

describe('two languages', () => {
  const file = (language: 'id' | 'en', tree: unknown) => ({ file: `locales/${language}/home.json`, text: JSON.stringify(tree) })

  it.each([
    [{ a: 'Ya', b: 'Ada' }, { a: 'Yes' }, 'locales/en/home.json: home.b: is missing. Add what locales/id/home.json says there'],
    [{ a: 'Ya' }, { a: 'Yes', b: 'No' }, 'locales/id/home.json: home.b: is missing'],
    [{ a: 'Halo {{name}}' }, { a: 'Hello {{nama}}' }, 'locales/en/home.json: home.a: lacks {{name}} and has {{nama}}'],
    [{ n_other: '{{count}}' }, { n_other: '{{count}}' }, 'locales/en/home.json: home.n: lacks the form for one. Add home.n_one'],
    [{ n_other: '{{count}} {{x}}' }, { n_one: 'One', n_other: '{{count}} {{x}}' }, 'home.n_one: lacks {{x}}'],
    [{ a: ['Ya'] }, {}, 'locales/id/home.json: home.a: is neither a text nor a group of texts'],
    [{ 'a.b': 'Ya' }, {}, 'the name "a.b" is empty or holds a dot. Nest it: {"a": {…}}.'],
  ])('%j and %j differ', (id, en, advice) => {
    expect(lines(problemsOf([...soundData, file('id', id), file('en', en)]))).toContainEqual(expect.stringContaining(advice))
  })

  it('may differ in how the reader is addressed', () => {
    expect(problemsOf([...soundData, file('id', { a: 'Halo, {{you}}.' }), file('en', { a: 'Hello.' })])).toEqual([])
  })

  it('may differ in plural forms', () => {
    const id = file('id', { n_other: 'Ada {{count}} usaha' })
    const en = file('en', { n_one: 'One business', n_other: '{{count}} businesses' })
    expect(problemsOf([...soundData, id, en])).toEqual([])
  })

  it.each([
    ['{"a": "Ya",}', 'is not JSON'],
    ['{\n"a": "Ya",\n"a": "Tidak"\n}', 'line 3: this key stands there twice'],
  ])('hold no broken file: %j', (text, advice) => {
    expect(lines(problemsOf([...soundData, { file: 'locales/id/home.json', text }]))).toContainEqual(
      expect.stringContaining(advice),
    )
  })
})

describe('a data file', () => {
  it.each([
    ['data/facts.yaml', 'review_by: 2027-01-31', 'review_by: 2025-01-31', 'facts.qris_mdr_mikro.review_by: must not be before'],
    ['data/facts.yaml', '2026-11-22\n', '2026-11-31\n', 'facts.pp7_mikro_omzet.checked_on: must be a date that exists'],
    ['data/facts.yaml', /    en: .*\n/, '', 'facts.pp7_mikro_omzet.en: is missing. Example: "A trademark'],
    ['data/facts.yaml', 'id: iasc', 'id: kontak_ojk', 'facts: the same id stands there twice'],
    ['data/facts.yaml', 'Laporkan penipuan', 'Laporkan kesalahan', 'facts.iasc.text: "kesalahan" is to be avoided'],
    ['data/sectors.yaml', 'bpom]', 'bpon]', 'licences.2: must be one of pirt, halal, bpom'],
    ['data/sectors.yaml', 'Kuliner siap saji', 'x'.repeat(41), 'sectors.kuliner.label.id: must be at most 40 characters'],
    ['data/sectors.yaml', 'id: lainnya', 'id: lain', 'sectors: the last sector must be lainnya'],
    ['data/tips.yaml', 'sectors: [all]', 'sectors: [kulinar]', 'tips.info-t1.sectors: "kulinar" is no sector. Use one of: all, kuliner,'],
    ['data/tips.yaml', 'sectors: [all]', 'sectors: [all, kuliner]', 'tips.info-t1.sectors: all stands for every sector and must stand'],
    ['data/tips.yaml', 'level: pemula\n', 'level: baru\n', 'tips.info-t1.level: must be one of pemula, dasar, mahir'],
    ['data/tips.yaml', 'id: info-t2', 'id: info-t1', 'tips: the same id stands there twice'],
    ['data/tips.yaml', 'Lihat 3 harga', 'Lihat <b>3</b> harga', 'tips.info-t1.title: must be plain words, without < > { }'],
    ['data/tips.yaml', '{fact.qris_mdr_mikro}', '{fact.qris}', 'tips.transaksi-t2.body: {fact.qris} is not known. Use one of: pp7'],
    ['data/tips.yaml', '{fact.qris_mdr_mikro} Tanyakan', '{fact.qris_mdr_mikro} lalu', 'tips.transaksi-t2.body: a {fact.…} is a whole'],
    ['data/tips.yaml', 'Catat harga dan ukuran', 'Klik harga dan ukuran', 'tips.info-t1.action: "klik" is to be avoided. Say "ketuk".'],
    ['data/tips.yaml', 'Lihat dulu harga', `${words(21)}. Lihat harga`, 'tips.info-t1.body: a sentence of 21 words, at most 20'],
    ['data/clinic.yaml', '"21:00"', '"25:00"', 'quiet_hours.0.from: must be a time of day in quotes'],
    ['data/plain-language.yaml', 'say: izin', 'says: izin', 'says: this name is not known. Did you mean say?'],
    ['data/plain-language.yaml', 'limits:', ' limits: [', 'data/plain-language.yaml: line '],
  ])('%s with %s made %j is refused', (file, from, to, advice) => {
    expect(lines(problemsOf(brokenData(file, from, to)))).toContainEqual(expect.stringContaining(advice))
  })

  it('may hold a tip whose fact is past its review: it is hidden and named', () => {
    const hidden = (now: number) => checkContent(soundData, readMedia(packageRoot()), now).summary.match(/\(hidden [^)]*\)/)?.[0]
    expect(hidden(Date.parse('2026-11-22T23:59:59+07:00'))).toBeUndefined()
    expect(hidden(Date.parse('2026-11-23T00:00:00+07:00'))).toBe('(hidden until their facts are reviewed: transaksi-t6)')
    expect(problemsOf(soundData, Date.parse('2030-01-01'))).toEqual([])
  })

  it('that is missing or that nothing checks is named', () => {
    const sources = [...soundData.filter(({ file }) => file !== 'data/facts.yaml'), { file: 'data/misc.yaml', text: '' }]
    expect(lines(problemsOf(sources))).toEqual([
      'data/facts.yaml: is missing. Put it back from the history of the repository.',
      'data/misc.yaml: nothing checks this file. Add its shape to src/content/check.ts.',
    ])
  })
})

it('answers with problems for any text whatever, and never throws', () => {
  const file = fc.constantFrom('locales/id/home.json', 'locales/en/home.json', 'locales/de/x.json', 'data/facts.yaml')
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.object().map((tree) => JSON.stringify(tree)))
  fc.assert(fc.property(file, text, (file, text) => {
    const others = soundData.filter((source) => source.file !== file)
    expect(lines(problemsOf([...others, { file, text }])).every((line) => !line.includes('\n'))).toBe(true)
  }), { numRuns: 40 })
})
