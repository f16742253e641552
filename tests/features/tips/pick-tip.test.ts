// Holds which tip comes next: what fits her business, the easiest first, and each one once before any is repeated.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tip } from '../../../src/content/tips.ts'
import { newestShown, pickTip } from '../../../src/features/tips/pick-tip.ts'

const tip = (id: string, level: Tip['level'], ...sectors: string[]): Tip => {
  return { id, area: 'info', level, sectors, title: id, body: id, action: id, source: '-', verified: '-', unverified: '-', reviewBy: '2027-11-22' }
}

const TIPS = [
  tip('mahir', 'mahir', 'all'),
  tip('dasar', 'dasar', 'all'),
  tip('pemula', 'pemula', 'all'),
  tip('pemula-2', 'pemula', 'all'),
  tip('kuliner', 'pemula', 'kuliner', 'fesyen'),
  tip('kuliner-dasar', 'dasar', 'kuliner'),
]

const shown = (...ids: string[]) => new Map(ids.map((id, at) => [id, 1000 + at]))

describe('the next tip', () => {
  it.each([
    ['before registration', undefined, [], 'pemula', false],
    ['for her sector, before one for everybody', 'kuliner', [], 'kuliner', false],
    ['for everybody when nothing is made for her sector', 'bengkel_servis', [], 'pemula', false],
    ['for everybody when her business is something else', 'lainnya', [], 'pemula', false],
    ['in the order given', undefined, ['pemula'], 'pemula-2', false],
    ['the easy ones for everybody before a harder one for her sector', 'kuliner', ['kuliner'], 'pemula', false],
    ['harder ones when the easy ones are shown', undefined, ['pemula', 'pemula-2'], 'dasar', false],
    ['never one of another sector', undefined, ['pemula', 'pemula-2', 'dasar'], 'mahir', false],
    ['the oldest when all were shown', undefined, ['dasar', 'pemula', 'mahir', 'pemula-2'], 'dasar', true],
    ['a new one for a new sector, though all others were shown', 'fesyen', ['dasar', 'pemula', 'mahir', 'pemula-2'], 'kuliner', false],
    ['whatever was shown under other names', undefined, ['gone'], 'pemula', false],
  ] as const)('%s', (_, sector, ids, id, isAgain) => {
    const pick = pickTip(TIPS, { sector, shownAt: shown(...ids) })
    expect({ id: pick?.tip.id, isAgain: pick?.reason === 'again' }).toEqual({ id, isAgain })
  })

  it('is none when none fits', () => {
    expect(pickTip([tip('a', 'pemula', 'kuliner')], { sector: 'fesyen', shownAt: new Map() })).toBeUndefined()
  })

  it('leads through every tip that fits once, then around again in the same order', () => {
    const level = fc.constantFrom<Tip['level'][]>('pemula', 'dasar', 'mahir')
    const sector = fc.constantFrom('all', 'kuliner', 'fesyen')
    const tips = fc.array(fc.tuple(level, sector), { minLength: 1, maxLength: 12 })
    fc.assert(fc.property(tips, fc.option(sector, { nil: undefined }), (rows, sector) => {
      const all = rows.map(([level, sector], at) => tip(`t${at}`, level, sector))
      const fitting = all.filter(({ sectors }) => sectors.includes('all') || (sector !== undefined && sectors.includes(sector)))
      const shownAt = new Map<string, number>()
      const walk = Array.from({ length: fitting.length * 2 }, (_, at) => {
        const id = pickTip(all, { sector, shownAt })?.tip.id ?? ''
        shownAt.set(id, at)
        return id
      })
      const round = walk.slice(0, fitting.length)
      expect(new Set(round)).toEqual(new Set(fitting.map(({ id }) => id)))
      expect(walk.slice(fitting.length)).toEqual(round)
    }))
  })
})

it.each([
  [[], undefined],
  [['a'], 'a'],
  [['a', 'b', 'a'], 'a'],
])('of %j the newest shown is %s', (ids, newest) => expect(newestShown({ shownAt: shown(...ids) })).toBe(newest))

describe('after a self-assessment', () => {
  const inArea = (id: string, area: Tip['area'], level: Tip['level'], ...sectors: string[]): Tip => ({ ...tip(id, level, ...(sectors.length > 0 ? sectors : ['all'])), area })
  const tips = [
    inArea('info-p', 'info', 'pemula'), inArea('info-d', 'info', 'dasar'), inArea('info-m', 'info', 'mahir'),
    inArea('promo-p', 'promosi', 'pemula'), inArea('promo-d', 'promosi', 'dasar'), inArea('promo-dk', 'promosi', 'dasar', 'kuliner'),
  ]
  const standing = [{ area: 'promosi', level: 'dasar' as const }, { area: 'info', level: 'pemula' as const }]
  const pick = (more: Partial<Parameters<typeof pickTip>[1]>) => {
    const chosen = pickTip(tips, { sector: 'kuliner', shownAt: new Map(), standing, ...more })
    return [chosen?.tip.id, chosen?.reason]
  }

  it.each<[string, Partial<Parameters<typeof pickTip>[1]>, readonly [string, string]]>([
    ['the next step of her plan comes before everything', { planned: ['info-m', 'info-p'] }, ['info-m', 'plan']],
    ['a step seen before gives way to the next one', { planned: ['info-m', 'info-p'], shownAt: shown('info-m') }, ['info-p', 'plan']],
    ['her weakest area is next, at her level there, made for her sector', {}, ['promo-dk', 'weak-area']],
    ['the area of the last tip waits for its turn', { shownAt: shown('promo-dk') }, ['info-p', 'variety']],
    ['then the weakest has its turn again', { shownAt: shown('promo-dk', 'info-p') }, ['promo-d', 'weak-area']],
    ['the harder neighbour comes before the easier', { shownAt: shown('promo-dk', 'promo-d', 'info-p') }, ['promo-p', 'weak-area']],
    ['what did not suit her never comes again', { unsuited: new Set(['promo-dk']) }, ['promo-d', 'weak-area']],
    ['without another area the same one goes on', { shownAt: shown('info-p', 'info-d', 'info-m', 'promo-dk') }, ['promo-d', 'weak-area']],
    ['when all are seen the oldest comes to be read again', { shownAt: shown('promo-d', 'info-p', 'info-d', 'info-m', 'promo-p', 'promo-dk') }, ['promo-d', 'again']],
  ])('%s', (_, more, expected) => expect(pick(more)).toEqual(expected))
})
