// Days as people type them, read against one fixed today, and days as the clinic writes them.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDate, readDate } from '../../../src/conversation/parse/date.ts'

// A Wednesday.
const TODAY = { year: 2026, month: 11, day: 25 }
const iso = (text: string) => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return { year, month, day }
}

describe('readDate on Wednesday 25 November 2026', () => {
  it.each([
    ['22/11/26', '2026-11-22'], ['22-11-2026', '2026-11-22'], ['22.11.2026', '2026-11-22'],
    ['22 / 11 / 2026', '2026-11-22'], ['2026-11-22', '2026-11-22'], ['1/2/76', '1976-02-01'],
    ['28 nov', '2026-11-28'], ['28nov', '2026-11-28'], ['28 Nopember 2026', '2026-11-28'], ['nov 28', '2026-11-28'],
    ['tgl 28 november', '2026-11-28'], ['28/11', '2026-11-28'], ['17 agustus 1945', '1945-08-17'],
    ['5 jan', '2027-01-05'], ['tgl 28', '2026-11-28'], ['tanggal 5', '2026-12-05'],
    ['tanggal 5 bulan depan', '2026-12-05'], ['akhir bulan', '2026-11-30'],
    ['hari ini', '2026-11-25'], ['besok', '2026-11-26'], ['besok pagi', '2026-11-26'], ['lusa', '2026-11-27'],
    ['kemarin', '2026-11-24'], ['tomorrow', '2026-11-26'],
    ['3 hari lagi', '2026-11-28'], ['seminggu lagi', '2026-12-02'], ['2 hari yang lalu', '2026-11-23'], ['seminggu lalu', '2026-11-18'], ['dua minggu lagi', '2026-12-09'], ['senin', '2026-11-30'],
    ['hari Jumat', '2026-11-27'], ["jum'at", '2026-11-27'], ['minggu', '2026-11-29'], ['hari minggu', '2026-11-29'],
    ['senin depan', '2026-11-30'], ['rabu depan', '2026-12-02'], ['Senin, 30 November 2026', '2026-11-30'],
  ])('%s is %s', (typed, date) => expect(readDate(typed, TODAY)).toEqual({ type: 'date', date: iso(date) }))

  it.each([
    ['minggu depan', ['2026-11-29', '2026-12-02']],
    ['rabu', ['2026-11-25', '2026-12-02']],
    ['jumat depan', ['2026-11-27', '2026-12-04']],
    ['20 nov', ['2026-11-20', '2027-11-20']],
  ])('%s is asked back', (typed, dates) => expect(readDate(typed, TODAY)).toEqual({ type: 'ask', dates: dates.map(iso) }))

  it.each([
    '', 'nanti', '31/2/2026', '11/22/2026', '32 nov', '0812-3456-7890', '1.500.000', '5 juta', 'bulan depan',
    'senin 5 juta',
  ])('%j is no day', (typed) => expect(readDate(typed, TODAY)).toEqual({ type: 'none' }))

  it.each([
    ['5 mei', 'past', '2026-05-05'], ['20 nov', 'past', '2026-11-20'], ['30 nov', 'past', '2025-11-30'], ['17-8-45', 'past', '1945-08-17'],
    ['tgl 28', 'past', '2026-10-28'], ['senin', 'past', '2026-11-23'], ['rabu', 'past', '2026-11-18'],
    ['5 mei', 'coming', '2027-05-05'], ['20 nov', 'coming', '2027-11-20'], ['17-8-45', 'coming', '2045-08-17'],
  ] as const)('%s, asked for a day in the %s, is %s', (typed, only, date) =>
    expect(readDate(typed, TODAY, only)).toEqual({ type: 'date', date: iso(date) }))

  it('rolls over the year', () => {
    expect(readDate('besok', iso('2026-12-31'))).toEqual({ type: 'date', date: iso('2027-01-01') })
    expect(readDate('5 bulan depan', iso('2026-12-31'))).toEqual({ type: 'date', date: iso('2027-01-05') })
  })
})

it('writes days in both languages', () => {
  expect(formatDate({ year: 2026, month: 11, day: 23 })).toBe('Senin, 23 November 2026')
  expect(formatDate({ year: 2027, month: 1, day: 5 })).toBe('Selasa, 5 Januari 2027')
  expect(formatDate({ year: 2026, month: 11, day: 23 }, 'en')).toMatch(/^Monday,? 23 November 2026$/)
})

it('reads back every day it writes, and its digits, whatever today is', () => {
  const anyDay = fc.integer({ min: 0, max: 40_000 }).map((number) => {
    const date = new Date(number * 86_400_000)
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  })
  fc.assert(fc.property(anyDay, anyDay, (date, today) => {
    expect(readDate(formatDate(date), today)).toEqual({ type: 'date', date })
    expect(readDate(`${date.day}/${date.month}/${date.year}`, today)).toEqual({ type: 'date', date })
  }))
})
