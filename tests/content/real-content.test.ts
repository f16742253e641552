// Holds that the content the package brings is sound on the day its facts were reviewed.
import { expect, it } from 'vitest'
import { checkContent } from '../../src/content/check.ts'
import { hasExampleOperator, loadClinic } from '../../src/content/clinic.ts'
import { createFacts, loadFacts } from '../../src/content/facts.ts'
import { readMedia } from '../../src/content/media.ts'
import { describeProblem } from '../../src/content/problem.ts'
import { loadSectors } from '../../src/content/sectors.ts'
import { readSources } from '../../src/content/sources.ts'
import { packageRoot } from '../../src/package-root.ts'
import { dataFile, REVIEW_DAY } from './samples.ts'

it('has nothing to mend', () => {
  expect(checkContent(readSources(packageRoot()), readMedia(packageRoot()), REVIEW_DAY).problems.map(describeProblem)).toEqual([])
})

it('comes with an honest example clinic, quiet at night and on Friday noon', () => {
  const clinic = loadClinic(dataFile('clinic.yaml'))
  expect(hasExampleOperator(clinic)).toBe(true)
  expect(clinic.quietHours).toEqual([
    { weekday: undefined, fromMinute: 21 * 60, untilMinute: 6 * 60 },
    { weekday: 'friday', fromMinute: 11 * 60 + 30, untilMinute: 13 * 60 },
  ])
  expect(clinic.limits).toMatchObject({ formFirstReminderAfterHours: 24, sendPerSecondOverall: 30, bulkSharePercent: 80 })
})

it.each([
  ['pp7_mikro_omzet', 2_000_000_000],
  ['pp7_kecil_omzet', 15_000_000_000],
  ['pp7_menengah_omzet', 50_000_000_000],
  ['qris_mdr_mikro', 500_000],
])('knows the amount of %s', (id, rupiah) => {
  expect(createFacts(loadFacts(dataFile('facts.yaml'))).rupiah(id)).toBe(rupiah)
})

it('offers twelve sectors and, last, everything else', () => {
  const sectors = loadSectors(dataFile('sectors.yaml'))
  expect(sectors).toHaveLength(13)
  expect(sectors.at(-1)?.id).toBe('lainnya')
})

it.each([
  ['kuliner', ['pirt', 'halal']],
  ['pangan_olahan', ['pirt', 'halal', 'bpom']],
  ['perdagangan', []],
  ['lainnya', ['bpom']],
])('asks a business in %s about %j besides what all are asked', (id, licences) => {
  expect(loadSectors(dataFile('sectors.yaml')).find((sector) => sector.id === id)?.licences).toEqual(licences)
})
