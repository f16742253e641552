// Holds what an instrument must look like before anyone is asked with it, and that the one the package brings is complete.
import { describe, expect, it } from 'vitest'
import { loadAssessment } from '../../src/content/assessment.ts'
import { describeProblem } from '../../src/content/problem.ts'
import { brokenData, dataFile, problemsOf } from './samples.ts'

const problemsWith = (from: string | RegExp, to: string) => problemsOf(brokenData('data/assessment.yaml', from, to)).map(describeProblem)

describe('an instrument', () => {
  it.each([
    ['version: "0.2-pilot"', 'version: "=0.2"', 'version: must begin with a digit and go on with digits'],
    ['version: "0.2-pilot"', 'version: 0.2', 'version: must be a text. Example: "0.2-pilot"'],
    ['per_area_max: 1', 'per_area_max: 2', 'skipped_per_area_max: must be at most 1'],
    ['pemula: [0, 4], dasar', 'pemula: [0, 3], dasar', 'levels.area: must lead from 0 to 12 without a gap and without overlap'],
    ['pemula: [0, 4], dasar', 'pemula: [0, 5], dasar', 'levels.area: must lead from 0 to 12'],
    ['pemula: [0, 4], dasar', 'pemula: [1, 4], dasar', 'levels.area: must lead from 0 to 12'],
    ['mahir: [41, 60]', 'mahir: [41, 59]', 'levels.total: must lead from 0 to 60'],
    ['dasar: [21, 40], mahir: [41', 'dasar: [21, 19], mahir: [20', 'levels.total: must lead from 0 to 60'],
    ['mahir: [9, 12]', 'mahir: [9]', 'levels.area.mahir: must be at least 2 entries. Example: [0, 4]'],
    ['total_sign: 5', 'total_sign: 12', 'change.total_sign: must be below total_real. Example: 5'],
    ['  level: 8', '  level: 4', 'change.level: must not be below total_sign. Example: 8'],
    ['area_real: 6', 'area_reel: 6', 'change.area_reel: this name is not known. Did you mean area_real?'],
    ['[90, 97, 104]', '[90, 90, 104]', 'reassessment.offer_days: must rise, and come after earliest_days'],
    ['[90, 97, 104]', '[30, 97, 104]', 'reassessment.offer_days: must rise, and come after earliest_days'],
    ['latest_days: 14', 'latest_days: 6', 'retest.latest_days: must not be before earliest_days'],
    ['  - id: komunikasi\n', '  - id: komuniksi\n', 'areas.komuniksi.id: must be one of info, komunikasi, promosi'],
    ['  - id: komunikasi\n', '  - id: info\n', 'areas: must be info, komunikasi, promosi, keamanan, transaksi, each once and in this order'],
    [/ {2}- id: transaksi\n[^]*/, '', 'areas: must be info, komunikasi, promosi, keamanan, transaksi'],
    ['id: promosi-4', 'id: info-1', 'areas: two items have the same id'],
    ['id: info-1', 'id: Info 1', 'id: must be small letters, digits and -. Example: promosi-1'],
    ['difficulty: 2', 'difficulty: 1', 'areas.info.items.info-2.difficulty: must be one of 2. Example: 2'],
    ['score: 2,', 'score: 3,', 'areas.info.items.info-1.options.2.score: must be one of 2. Example: 2'],
    [/ {10}- \{score: 3.*\n/, '', 'areas.info.items.info-1.options: must be at least 4 entries'],
    ['Saya bertanya kepada orang', 'x'.repeat(70), 'options.0.text: must be at most 70 characters'],
    ['Kalau mencari info usaha', 'x'.repeat(120), 'areas.info.items.info-1.stem: must be at most 120 characters'],
    ['"mencari info dan', '"Mencari info dan', 'areas.info.everyday: must fit into a sentence'],
    ['catat uang usaha"', 'catat uang usaha."', 'areas.info.everyday: must fit into a sentence'],
    ['Saya belum mengunci HP', 'Saya <b>belum</b>', 'options.0.text: must be plain words, without < > { }'],
    ['"1.1"', '1.1', 'competences.0: must be a text. Example: "3.1"'],
    ['Saya belum mengunci HP', 'Saya gagal mengunci HP', 'areas.keamanan.items.keamanan-2.options.0: "gagal" is to be avoided'],
    ['Bagaimana Bapak/Ibu mengunci HP', 'HP apa? Bagaimana mengunci HP', 'keamanan-2.stem: asks 2 questions'],
  ])('with %s made %j is refused', (from, to, advice) => {
    expect(problemsWith(from, to)).toContainEqual(expect.stringContaining(advice))
  })

  it('tells all problems together', () => {
    const problems = problemsWith(/total_real: 12[^]*area_real: 6/, 'total_real: 61\n  total_sign: 5\n  area_real: 13')
    expect(problems).toEqual([
      expect.stringContaining('change.total_real: must be at most 60'),
      expect.stringContaining('change.area_real: must be at most 12'),
    ])
  })
})

describe('the instrument the package brings', () => {
  const instrument = loadAssessment(dataFile('assessment.yaml'))

  it('asks at most twenty questions in five areas', () => {
    expect(instrument.areas.map(({ id, items }) => [id, items.map(({ id }) => id)])).toEqual(
      ['info', 'komunikasi', 'promosi', 'keamanan', 'transaksi'].map((id) => [id, [`${id}-1`, `${id}-2`, `${id}-3`, `${id}-4`]]),
    )
  })

  it('offers each question with four answers, lowest first', () => {
    const [question] = instrument.areas[3]?.items ?? []
    expect(question).toMatchObject({
      stem: 'Ada yang meminta kode OTP lewat telepon atau chat. Apa yang Bapak/Ibu lakukan?',
      options: [
        'Saya belum tahu apa itu kode OTP',
        'Saya bisa saja memberi kalau ia mengaku petugas',
        'Saya menolak siapa pun yang meminta kode OTP',
        'Saya menolak, lalu memblokir dan melaporkannya',
      ],
    })
  })

  it('keeps the numbers it was drafted with', () => {
    expect(instrument).toMatchObject({
      version: '0.2-pilot',
      skippedPerAreaMax: 1,
      levels: { area: { dasar: [5, 8] }, total: { dasar: [21, 40] } },
      change: { totalReal: 12, totalSign: 5, areaReal: 6, level: 8 },
      reassessment: { earliestDays: 30, offerDays: [90, 97, 104] },
      retest: { earliestDays: 7, latestDays: 14 },
    })
  })
})
