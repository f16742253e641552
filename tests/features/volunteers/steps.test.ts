// Holds how answers of the welcome become a profile, and how places are put together.
import { describe, expect, it } from 'vitest'
import { answersOf, MOST_REGIONS, quietOf, regionOf, someOf, toldBy, withRegion } from '../../../src/features/volunteers/steps.ts'

const answers = {
  code: true, name: 'Dimas', zone: 'wib', areas: ['promosi'], sectors: ['all'], languages: ['id', 'jv'],
  where: 'near', place: '35.07.26.2003', reach: 'regency', quiet: '22-5', load: '5',
}

describe('a finished welcome', () => {
  it('tells a profile', () => {
    expect(toldBy(answers)).toEqual({
      shownName: 'Dimas', areas: ['promosi'], sectors: [], languages: ['id', 'jv'], regions: ['35.07'], quietFrom: 22, quietUntil: 5, weeklyLoad: 5,
    })
  })

  it('means everywhere without a place, whatever was answered about one before', () => expect(toldBy({ ...answers, where: 'anywhere' }).regions).toEqual([]))

  it.each([['village', '35.07.26.2003'], ['district', '35.07.26'], ['regency', '35.07'], ['province', '35']])('reaches over a %s', (reach, region) => {
    expect(regionOf({ ...answers, reach })).toBe(region)
  })

  it.each([[['all', 'info'], []], [['info'], ['info']], [undefined, []], [null, []]])('of %j keeps %j', (answer, kept) => expect(someOf(answer)).toEqual(kept))

  it('knows hours of her own', () => expect(quietOf({ quiet: 'own', 'quiet-from': '23', 'quiet-until': '4' })).toEqual({ quietFrom: 23, quietUntil: 4 }))

  it('is asked again with what it told', () => {
    const again = answersOf({ ...toldBy(answers), timeZone: 'Asia/Jakarta' })
    expect(again).toEqual({ name: 'Dimas', zone: 'wib', areas: ['promosi'], sectors: ['all'], languages: ['id', 'jv'] })
  })
})

describe('one more region', () => {
  it.each([
    [[], '35.07', ['35.07']],
    [['35.07.26'], '35.07', ['35.07']],
    [['35'], '35.07', ['35']],
    [['11'], '35.07', ['11', '35.07']],
    [['35.07'], '35.07', ['35.07']],
  ])('%j and %s are %j', (before, added, after) => expect(withRegion(before, added)).toEqual(after))

  it('pushes out the oldest when there are too many', () => {
    const many = Array.from({ length: MOST_REGIONS }, (_, at) => String(at + 11))
    expect(withRegion(many, '35')).toEqual([...many.slice(1), '35'])
  })
})
