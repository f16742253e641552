// Who is asked to help: those who fit, who helped her before first, the others by turns.
import { describe, expect, it } from 'vitest'
import { FIRST_ASKED, hasRoom, type Load, NO_LOAD, rankVolunteers, type Wanted } from '../../src/cases/match.ts'
import type { Volunteer } from '../../src/people/volunteer.ts'

/** Monday, 23 November 2026, 09.00 in Jakarta. */
const NOW = Date.UTC(2026, 10, 23, 2)
const HOUR_MS = 3_600_000
const ANYONE: Volunteer = {
  person: 1, state: 'active', shownName: 'Budi', areas: [], sectors: [], languages: ['id'], regions: [], weeklyLoad: 5, expertIn: [], onDuty: true, awayUntil: null,
  quietFrom: 21, quietUntil: 6, timeZone: 'Asia/Jakarta', news: 'instant', digestHour: 7,
}
const WANTED: Wanted = { owner: 99, area: 'transaksi', sector: 'kuliner', village: '35.07.26.2003', language: 'id', urgent: false }
const rank = (volunteers: readonly Volunteer[], { wanted = WANTED, loads = {}, circle = 'fitting', now = NOW }: { wanted?: Wanted; loads?: Readonly<Record<number, Partial<Load>>>; circle?: 'fitting' | 'on-duty'; now?: number } = {}) =>
  rankVolunteers(wanted, volunteers, new Map(Object.entries(loads).map(([person, load]) => [Number(person), { ...NO_LOAD, ...load }])), circle, now).map(({ person }) => person)

describe('who fits', () => {
  it.each<[string, Partial<Volunteer>, Partial<Wanted>, boolean]>([
    ['who takes anything', {}, {}, true],
    ['who knows the area', { areas: ['info', 'transaksi'] }, {}, true],
    ['who knows others', { areas: ['info'] }, {}, false],
    ['who knows others, when nobody knows what it is about', { areas: ['info'] }, { area: null }, true],
    ['who knows the sector', { sectors: ['kuliner'] }, {}, true],
    ['who knows other sectors', { sectors: ['fesyen'] }, {}, false],
    ['who knows other sectors, of an owner who did not register one', { sectors: ['fesyen'] }, { sector: null }, true],
    ['who speaks her language', { languages: ['jv', 'en'] }, { language: 'en' }, true],
    ['who does not', { languages: ['jv'] }, {}, false],
    ['in her village', { regions: ['35.07.26.2003'] }, {}, true],
    ['in her regency', { regions: ['11', '35.07'] }, {}, true],
    ['elsewhere', { regions: ['35.08'] }, {}, false],
    ['elsewhere, when she told no village', { regions: ['35.08'] }, { village: null }, true],
    ['the owner herself', { person: 99 }, {}, false],
  ])('%s', (_, volunteer, wanted, expected) => expect(rank([{ ...ANYONE, ...volunteer }], { wanted: { ...WANTED, ...wanted } }).length > 0).toBe(expected))

  it('nobody has to fit when everyone on duty is asked, but have room and not be the owner', () => {
    const others = [{ ...ANYONE, person: 1, areas: ['info'], regions: ['11'], languages: ['jv'] }, { ...ANYONE, person: 2, weeklyLoad: 0 as const }, { ...ANYONE, person: 99 }]
    expect(rank(others, { circle: 'on-duty' })).toEqual([1])
  })
})

describe('room', () => {
  it.each([
    [0, 0, false, false], [0, 0, true, false],
    [2, 1, false, true], [2, 2, false, false], [2, 2, true, true],
    [5, 4, false, true], [5, 5, false, false], [5, 40, true, true],
  ] as const)('%i a week with %i taken, urgent %s: %s', (weeklyLoad, week, urgent, expected) => expect(hasRoom({ weeklyLoad }, { ...NO_LOAD, week }, urgent)).toBe(expected))
})

describe('who comes first', () => {
  const three = [1, 2, 3].map((person) => ({ ...ANYONE, person }))
  it('who helped her before, whatever else', () => expect(rank(three, { loads: { 2: { offeredAt: 1 }, 3: { helpedHer: true, open: 4, offeredAt: NOW } } })).toEqual([3, 1, 2]))
  it('then who has least in hand', () => expect(rank(three, { loads: { 1: { open: 2 }, 2: { open: 1 } } })).toEqual([3, 2, 1]))
  it('then who was asked longest ago, or never', () => expect(rank(three, { loads: { 1: { offeredAt: NOW }, 2: { offeredAt: NOW - 1 } } })).toEqual([3, 2, 1]))
  it('experts when it can’t wait', () => {
    const experts = [three[0]!, { ...three[1]!, expertIn: ['transaksi'] }, { ...three[2]!, expertIn: ['info'] }]
    const loads = { 2: { offeredAt: 1 }, 3: { offeredAt: 2 } }
    expect(rank(experts, { loads, wanted: { ...WANTED, urgent: true } })).toEqual([2, 1, 3])
    expect(rank(experts, { loads })).toEqual([1, 2, 3])
  })
  it('who is awake before who sleeps, even before who helped her', () => {
    const east = { ...ANYONE, person: 1, timeZone: 'Asia/Jayapura' as const }
    // Half past eight in the evening in Jakarta is half past ten in Jayapura.
    expect(rank([east, three[1]!], { loads: { 1: { helpedHer: true } }, now: NOW + 11.5 * HOUR_MS })).toEqual([2, 1])
  })
})

it('over a thousand cases everyone is asked as often as the others', () => {
  const volunteers = Array.from({ length: 40 }, (_, at) => ({ ...ANYONE, person: at + 1 }))
  const offeredAt = new Map<number, number>()
  const asked = new Map<number, number>()
  for (let number = 0; number < 1000; number += 1) {
    const now = NOW + number
    const loads = new Map([...offeredAt].map(([person, at]) => [person, { ...NO_LOAD, offeredAt: at }]))
    for (const { person } of rankVolunteers(WANTED, volunteers, loads, 'fitting', now).slice(0, FIRST_ASKED)) {
      offeredAt.set(person, now)
      asked.set(person, (asked.get(person) ?? 0) + 1)
    }
  }
  const counts = [...asked.values()]
  expect(counts).toHaveLength(40)
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(15)
  expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.1)
})
