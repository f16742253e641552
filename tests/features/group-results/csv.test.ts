// Holds what leaves the clinic as a table: no person, no time, nothing a spreadsheet would run, and never a small group.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { settleAnswers } from '../../../src/features/assessment/score.ts'
import { toCsv } from '../../../src/features/group-results/csv.ts'
import type { Finished } from '../../../src/features/group-results/group.ts'
import { answered, anyAnswers, instrument } from '../assessment/answers.ts'
import { finished } from './finished.ts'

const twenty = Array.from({ length: 20 }, (_, at) => finished(7_000_000 + at, answered('3333 3333 3333 3333 3333')))

function linesOf(results: readonly Finished[]): readonly string[] {
  const csv = toCsv(instrument, results)
  if (typeof csv !== 'string') throw new Error('A group was expected to be large enough')
  return csv.split('\r\n')
}

it('has a header, a line for each person, and an end of line', () => {
  const lines = linesOf([...twenty, finished(1, answered('00xx 322- 110x --11 2222'))])
  expect(lines).toHaveLength(1 + 21 + 1)
  expect(lines[0]).toBe(
    'version,info-1,info-2,info-3,info-4,komunikasi-1,komunikasi-2,komunikasi-3,komunikasi-4,promosi-1,promosi-2,promosi-3,promosi-4,' +
      'keamanan-1,keamanan-2,keamanan-3,keamanan-4,transaksi-1,transaksi-2,transaksi-3,transaksi-4,info,komunikasi,promosi,keamanan,transaksi,total,level',
  )
  expect(lines[1]).toBe('0.2-pilot,0,0,stopped,stopped,3,2,2,,1,1,0,stopped,,,1,1,2,2,2,2,0.00,9.33,2.00,,8.00,,')
  expect(lines[21]).toBe('0.2-pilot,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,12.00,12.00,12.00,12.00,12.00,60.00,mahir')
  expect(lines[22]).toBe('')
})

it('tells of each person the newest check alone', () => {
  const later = finished(7_000_000, answered('1111 1111 1111 1111 1111'), { day: 40 })
  const again = finished(7_000_000, answered('0000 0000 0000 0000 0000'), { day: 50, kind: 'retest' })
  const lines = linesOf([...twenty, later, again])
  expect(lines).toHaveLength(1 + 20 + 1)
  expect(lines.filter((line) => line.endsWith(',20.00,pemula'))).toHaveLength(1)
})

it('is refused for fewer than twenty people, however many results they have', () => {
  const nineteen = twenty.slice(1)
  expect(toCsv(instrument, [...nineteen, ...nineteen])).toEqual({ refused: 'too-few', people: 19 })
})

it('does not tell who or in which order, and holds only codes and numbers', () => {
  const group = fc.array(anyAnswers, { minLength: 20, maxLength: 24 })
  fc.assert(fc.property(group.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([all, shuffled]) => {
    const rows = all.map((given, at) => finished(at, settleAnswers(instrument, given)))
    const others = shuffled.map((given, at) => finished(5_000_000 + at, settleAnswers(instrument, given), { day: at }))
    expect(linesOf(others)).toEqual(linesOf(rows))
    for (const cell of linesOf(rows).flatMap((line) => line.split(','))) expect(cell).toMatch(/^(|[a-z][a-z-]*(-\d)?|\d[\d.]*(-pilot)?)$/)
  }), { numRuns: 40 })
})
