// Amounts of money as people type them, and as the clinic writes them.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRupiah, formatRupiahShort, readRupiah } from '../../../src/conversation/parse/rupiah.ts'

describe('readRupiah', () => {
  it.each([
    { typed: 'Rp1.500.000,-', rupiah: 1_500_000 },
    { typed: 'Rp. 1.500.000', rupiah: 1_500_000 },
    { typed: 'Rp\u00a01.500.000', rupiah: 1_500_000 },
    { typed: '1.500.000,00', rupiah: 1_500_000 },
    { typed: 'IDR 1,500,000.00', rupiah: 1_500_000 },
    { typed: "1'500'000", rupiah: 1_500_000 },
    { typed: '1.500.000 rupiah', rupiah: 1_500_000 },
    { typed: 'Rp 500', rupiah: 500 },
    { typed: '500 perak', rupiah: 500 },
    { typed: '1.500rb', rupiah: 1_500_000 },
    { typed: '50k', rupiah: 50_000 },
    { typed: '75 rebu', rupiah: 75_000 },
    { typed: '2jt5', rupiah: 2_500_000 },
    { typed: '2jt50rb', rupiah: 2_050_000 },
    { typed: '2jt500rb', rupiah: 2_500_000 },
    { typed: '12rb500', rupiah: 12_500 },
    { typed: '1 juta 250 ribu', rupiah: 1_250_000 },
    { typed: '1 juta dan 250 ribu', rupiah: 1_250_000 },
    { typed: 'satu setengah juta', rupiah: 1_500_000 },
    { typed: '1½ juta', rupiah: 1_500_000 },
    { typed: 'setengah juta', rupiah: 500_000 },
    { typed: 'seratus ribu', rupiah: 100_000 },
    { typed: 'limaratus ribu', rupiah: 500_000 },
    { typed: 'dua belas juta', rupiah: 12_000_000 },
    { typed: 'seribu lima ratus', rupiah: 1500 },
    { typed: 'loro juta', rupiah: 2_000_000 },
    { typed: 'satu miliar dua ratus juta', rupiah: 1_200_000_000 },
    { typed: '3 jutaa', rupiah: 3_000_000 },
    { typed: '5 million', rupiah: 5_000_000 },
    { typed: 'goceng', rupiah: 5000 },
    { typed: 'gak ada', rupiah: 0 },
    { typed: 'belum ada penjualan', rupiah: 0 },
    { typed: '0', rupiah: 0 },
    { typed: '0,5 juta', rupiah: 500_000 },
    { typed: '0.5jt', rupiah: 500_000 },
    { typed: '1500.000', rupiah: 1_500_000 },
    { typed: '1500,50', rupiah: 1501 },
    { typed: '12.345.678,90', rupiah: 12_345_679 },
    { typed: ',5 jt', rupiah: 500_000 },
    { typed: 'sekitar .5 juta', rupiah: 500_000 },
    { typed: 'sejutaan', rupiah: 1_000_000 },
    { typed: 'seratusan ribu', rupiah: 100_000 },
    { typed: 'sak juta', rupiah: 1_000_000 },
    { typed: 'rong juta', rupiah: 2_000_000 },
    { typed: 'telung atus ewu', rupiah: 300_000 },
    { typed: 'satu koma lima juta', rupiah: 1_500_000 },
  ])('$typed is $rupiah', ({ typed, rupiah }) => expect(readRupiah(typed)).toMatchObject({ type: 'amount', rupiah }))

  it.each([
    { typed: '200rb sehari', period: 'day' },
    { typed: '200 ribu per hari', period: 'day' },
    { typed: '1 juta seminggu', period: 'week' },
    { typed: '5jt/bln', period: 'month' },
    { typed: 'sebulan saya dapat 5 juta', period: 'month' },
    { typed: '5 juta 1 bulan', period: 'month' },
    { typed: '12.000.000 sebulan', period: 'month' },
    { typed: '200.000 perhari', period: 'day' },
    { typed: '200.000 hari', period: 'day' },
    { typed: '60 juta setahun', period: 'year' },
  ])('$typed is per $period', ({ typed, period }) => expect(readRupiah(typed)).toMatchObject({ type: 'amount', period }))

  it.each([
    'kira-kira 5 juta', 'kira2 5jt', 'sekitar 5 juta', 'kurang lebih 5 juta', 'kurleb 5jt', '+-5jt', '~5jt',
    '5jt-an', '5 jt an', '5 jutaan', 'rata-rata 5 juta', '5 juta lebih',
  ])(
    '%s is about five million',
    (typed) => expect(readRupiah(typed)).toEqual({ type: 'amount', rupiah: 5_000_000, about: true }),
  )

  it.each([
    { typed: '3-4 juta', from: 3_000_000, to: 4_000_000 },
    { typed: '3 sampai 4 juta per bulan', from: 3_000_000, to: 4_000_000 },
    { typed: '3 s/d 4 juta', from: 3_000_000, to: 4_000_000 },
    { typed: 'antara 3 dan 4 juta', from: 3_000_000, to: 4_000_000 },
    { typed: '3 atau 4 juta', from: 3_000_000, to: 4_000_000 },
    { typed: 'Rp1.500.000–Rp2.000.000', from: 1_500_000, to: 2_000_000 },
    { typed: '500-1jt', from: 500_000, to: 1_000_000 },
  ])('$typed is from $from to $to', ({ typed, from, to }) => expect(readRupiah(typed)).toMatchObject({ type: 'range', from, to }))

  it.each([
    { typed: '50', rupiah: [50, 50_000, 50_000_000] },
    { typed: '1,5', rupiah: [1500, 1_500_000] },
    { typed: '1jt50', rupiah: [1_050_000, 1_500_000] },
    { typed: '1,5 m', rupiah: [1_500_000, 1_500_000_000] },
    { typed: 'dua juta lima ratus', rupiah: [2_000_500, 2_500_000] },
    { typed: 'gopek', rupiah: [500, 500_000] },
    { typed: '500-700', rupiah: [500_000, 700_000] },
    { typed: '5 - 3 juta', rupiah: [3_000_000, 5_000_000] },
  ])('$typed is asked back as one of $rupiah', ({ typed, rupiah }) => expect(readRupiah(typed)).toMatchObject({ type: 'ask', rupiah }))

  it('keeps the period of an unclear amount', () => expect(readRupiah('50 per hari')).toMatchObject({ type: 'ask', period: 'day' }))

  it.each([
    '', 'rahasia', 'jutaan', 'ya', '5 juta 3 orang', '1 juta 2 juta', '5 juta 2 minggu', '0812-3456-7890',
    '081234567890', '22-11-2026', '3507124508900001', '-5 juta', 'sejuta umat', '1.2.3',
  ])(
    '%j is no amount',
    (typed) => expect(readRupiah(typed)).toEqual({ type: 'none' }),
  )
})

it.each([
  { rupiah: 0, long: 'Rp0', short: '0' },
  { rupiah: 999, long: 'Rp999', short: '999' },
  { rupiah: 1000, long: 'Rp1.000', short: '1 ribu' },
  { rupiah: 12_500, long: 'Rp12.500', short: '12,5 ribu' },
  { rupiah: 999_999, long: 'Rp999.999', short: '1 juta' },
  { rupiah: 1_500_000, long: 'Rp1.500.000', short: '1,5 juta' },
  { rupiah: 1_250_000, long: 'Rp1.250.000', short: '1,25 juta' },
  { rupiah: 2_000_000_000, long: 'Rp2.000.000.000', short: '2 miliar' },
  { rupiah: -5000, long: '-Rp5.000', short: '-5 ribu' },
])('$rupiah is written $long, short $short', ({ rupiah, long, short }) => {
  expect(formatRupiah(rupiah)).toBe(long)
  expect(formatRupiahShort(rupiah)).toBe(short)
})

it('reads back every amount it writes in full', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (rupiah) => {
    expect(readRupiah(formatRupiah(rupiah))).toEqual({ type: 'amount', rupiah, about: false })
  }))
})

it('reads back the short form to within its two decimals', () => {
  fc.assert(fc.property(fc.integer({ min: 1000, max: 9_000_000_000 }), (rupiah) => {
    const reading = readRupiah(formatRupiahShort(rupiah))
    expect(reading.type === 'amount' && Math.abs(reading.rupiah - rupiah) / rupiah).toBeLessThanOrEqual(0.005)
  }))
})
