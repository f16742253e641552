/** Holds that people find their village however they type it, over the real list of all villages. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createVillages } from '../../src/villages/villages.ts'
import type { Village } from '../../src/villages/gazetteer.ts'

const villages = createVillages()
beforeAll(() => villages.ready())

const label = (hit: Village) => `${hit.name}, ${hit.district}, ${hit.regencyKind} ${hit.regency}`
const found = (text: string, limit?: number) => villages.search(text, limit).hits.map(label)

const PUJON_KIDUL = 'Pujon Kidul, Pujon, kab Malang'
const SIDOMULYO_BATU = 'Sidomulyo, Batu, kota Batu'

describe('one village is meant', () => {
  it.each([
    ['pujonkidul', PUJON_KIDUL],
    ['PUJON KIDUL', PUJON_KIDUL],
    ['pujno kidul', PUJON_KIDUL],
    ['poedjon kidoel', PUJON_KIDUL],
    ['Desa Pujon Kidul, Kecamatan Pujon', PUJON_KIDUL],
    ['dusun maron rt 03 rw 02 desa pujon kidul kec pujon kab malang jatim 65391', PUJON_KIDUL],
    ['saya tinggal di pujon kidul', PUJON_KIDUL],
    ['ds sidomulyo kec batu', SIDOMULYO_BATU],
    ['ds.sidomulio kec.batu', SIDOMULYO_BATU],
    ['sidomulyo batu', SIDOMULYO_BATU],
    ['batu sidomulyo', SIDOMULYO_BATU],
    ['kec batu sidomulio', SIDOMULYO_BATU],
    ['sidomulo kota batu', SIDOMULYO_BATU],
    ['desa sidomulyo kota batu', SIDOMULYO_BATU],
    ['jl mawar no 3 sidomulyo batu', SIDOMULYO_BATU],
    ['sidomulyo malang', 'Sidomulyo, Jabung, kab Malang'],
    ['tulusrejo kodya malang', 'Tulusrejo, Lowokwaru, kota Malang'],
    ['tebet barat jaksel', 'Tebet Barat, Tebet, kota Jakarta Selatan'],
    ['wonosari gunung kidul', 'Wonosari, Wonosari, kab Gunungkidul'],
    ['wonosari gunungkidul jogja', 'Wonosari, Wonosari, kab Gunungkidul'],
    ['tg priok jakarta', 'Tanjung Priok, Tanjung Priok, kota Jakarta Utara'],
    ['kabupaten', 'Kabupaten, Klaten Tengah, kab Klaten'],
    ['benjor', 'Benjor, Tumpang, kab Malang'],
    ['pait kasembon', 'Pait, Kasembon, kab Malang'],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual([expected])
    expect(villages.search(text).more).toBe(false)
  })

  it.each([
    ['sokaan', 'Soka"an, Krejengan, kab Probolinggo'],
    ['ubud', 'Ubud, Ubud, kab Gianyar'],
    ['pujon kidl', PUJON_KIDUL],
  ])('%s comes first', (text, expected) => expect(found(text)[0]).toBe(expected))
})

describe('several fit', () => {
  it('a name many villages share shows five and asks for more', () => {
    const { hits, more } = villages.search('sidomulyo')
    expect(hits).toHaveLength(5)
    expect(hits.every((hit) => hit.name === 'Sidomulyo')).toBe(true)
    expect(more).toBe(true)
  })

  it('as many as asked for', () => expect(found('sidomulyo', 8)).toHaveLength(8))

  it('a few same names are all shown, exact ones first, and need no further word', () => {
    expect(found('pait').slice(0, 3)).toEqual(['Pait, Siwalan, kab Pekalongan', 'Pait, Kasembon, kab Malang', 'Pait, Long Ikis, kab Paser'])
    expect(villages.search('pait').more).toBe(false)
  })

  it('an unfinished name offers its endings', () => {
    expect(found('pujon kab malang')).toEqual(['Pujon Lor, Pujon, kab Malang', PUJON_KIDUL])
  })

  it('a district alone offers its villages', () => {
    const { hits, more } = villages.search('kecamatan pujon')
    expect(hits.every((hit) => hit.district === 'Pujon' && hit.regency === 'Malang')).toBe(true)
    expect(hits).toHaveLength(5)
    expect(more).toBe(true)
  })

  it('"kota" may begin a name', () => expect(villages.search('kota baru').hits[0]!.name).toBe('Kota Baru'))
})

describe('nothing fits', () => {
  it.each(['', '   ', 'a', '12345', '👍', 'kab malang', 'qwrtpsdfghklzxcvbnm', '؟', 'رجاء'])('"%s"', (text) => {
    expect(villages.search(text)).toEqual({ hits: [], more: false })
  })
})

const codes = readFileSync(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'), 'utf8')
  .trim().split('\n').slice(1).map((line) => line.slice(0, line.indexOf(',')))
const anyVillage = fc.constantFrom(...codes).map((code) => villages.find(code)!)

describe('every village', () => {
  it('is found by its code', () => {
    const described = codes.map((code) => villages.find(code))
    expect(described.map((village) => village?.code)).toEqual(codes)
    expect(new Set(described.map((village) => village?.kind))).toEqual(new Set(['desa', 'kelurahan', 'desa adat']))
  })

  it('is told with all its parts', () => {
    expect(villages.find('35.07.26.2003')).toEqual({
      code: '35.07.26.2003', name: 'Pujon Kidul', kind: 'desa', district: 'Pujon', regency: 'Malang', regencyKind: 'kab',
      province: 'Jawa Timur', timeZone: 'Asia/Jakarta',
    })
    expect(villages.search('menteng jakarta pusat').hits[0]).toMatchObject({ kind: 'kelurahan', regency: 'Jakarta Pusat', regencyKind: 'kota' })
  })

  it('lies in areas known by the beginning of its code', () => {
    expect(['35', '35.07', '35.07.26'].map((code) => villages.findArea(code))).toEqual([
      { kind: 'province', province: 'Jawa Timur' },
      { kind: 'regency', province: 'Jawa Timur', regency: 'Malang', regencyKind: 'kab' },
      { kind: 'district', province: 'Jawa Timur', regency: 'Malang', regencyKind: 'kab', district: 'Pujon' },
    ])
    expect(['', '99', '35.99', '35.07.99', '35.07.26.2003', '3'].map((code) => villages.findArea(code))).toEqual([undefined, undefined, undefined, undefined, undefined, undefined])
  })

  it.each(['', '35.07.26', '35.07.26.9999', '99.99.99.9999', 'Pujon'])('no village has the code "%s"', (code) => {
    expect(villages.find(code)).toBeUndefined()
  })

  it('is among the hits for its full address', () => {
    const sample = fc.sample(anyVillage, { seed: 1, numRuns: 500 })
    expect(shareFound(sample, (village) =>
      `${village.name}, Kec. ${village.district}, ${village.regencyKind} ${village.regency}, ${village.province}`)).toBeGreaterThanOrEqual(0.99)
  })

  it('is among the hits with a slip in its name, when its district is named', () => {
    const longName = anyVillage.filter(({ name }) => name.length >= 6)
    const sample = fc.sample(fc.tuple(longName, fc.nat(), fc.constantFrom('', 'a', 'k', 'o', ' ')), { seed: 1, numRuns: 500 })
    const slips = new Map(sample.map(([village, place, letter]) => {
      const at = place % village.name.length
      return [village, village.name.slice(0, at) + letter + village.name.slice(at + 1)]
    }))
    expect(shareFound([...slips.keys()], (village) => `desa ${slips.get(village)} kec ${village.district}`)).toBeGreaterThanOrEqual(0.98)
  })
})

function shareFound(sample: readonly Village[], typed: (village: Village) => string): number {
  const hit = sample.filter((village) => villages.search(typed(village)).hits.some(({ code }) => code === village.code))
  return hit.length / sample.length
}

describe('conversations go on', () => {
  it('whatever is typed, the answer is short and soon', () => {
    fc.assert(fc.property(fc.string({ maxLength: 4_000 }), (text) => {
      expect(villages.search(text, 5).hits.length).toBeLessThanOrEqual(5)
    }), { numRuns: 200 })
    const start = performance.now()
    for (let i = 0; i < 20; i++) villages.search('kel sukmaju kcamatan cimangis kota depk jawa barat')
    expect((performance.now() - start) / 20).toBeLessThan(50)
  })

  it('others work while the index is built', async () => {
    const built = createVillages().ready().then(() => 'built' as const)
    let turns = 0
    while ((await Promise.race([built, setImmediate('working' as const)])) === 'working') turns += 1
    expect(turns).toBeGreaterThan(50)
  })

  it('a search before the index is ready is answered all the same, also while it is being built', async () => {
    const early = createVillages()
    const building = early.ready()
    await setImmediate()
    expect(early.search('pujonkidul').hits).toHaveLength(1)
    await building
    expect(early.search('pujonkidul').hits).toHaveLength(1)
  })
})
