// When the clock acts on a case: who is told when, who is reminded, what is closed. Times are hours after it was sent at nine in the morning.
import { describe, expect, it } from 'vitest'
import { nextStep, SENT_ANYWAY_AFTER_MS, type Step, type Timed } from '../../src/cases/timing.ts'

const HOUR_MS = 3_600_000
/** Monday, 23 November 2026, 09.00 in Jakarta. */
const NINE = Date.UTC(2026, 10, 23, 2)
const night = { timeZone: 'Asia/Jakarta', from: 21, until: 6 } as const
const quiet = { volunteer: night, owner: night }
const WAITING: Timed = { state: 'waiting', turn: null, circle: 0, waitingSince: NINE, leaseFrom: null, reminded: 0, stillAskedAt: null, lastAt: NINE }
const HELD: Timed = { ...WAITING, state: 'claimed', turn: 'volunteer', leaseFrom: NINE }

describe('the next thing time does', () => {
  it.each<[string, Partial<Timed>, Step, number]>([
    ['not sent yet', { circle: -1 }, 'offer', SENT_ANYWAY_AFTER_MS / HOUR_MS],
    ['sent to fitting volunteers', { circle: 0 }, 'widen', 1],
    ['sent to everyone on duty', { circle: 1 }, 'tell-coordinators', 3],
    // Twelve waking hours until nine in the evening, twelve more from six on: eighteen o'clock the next day.
    ['coordinators were told', { circle: 2 }, 'tell-coordinators-again', 33],
    ['coordinators were told twice', { circle: 3 }, 'ask-still-needed', 48],
    ['sent late in the evening', { circle: 1, waitingSince: NINE + 11 * HOUR_MS, lastAt: NINE + 11 * HOUR_MS }, 'tell-coordinators', 23],
    ['she added something', { circle: 1, lastAt: NINE + HOUR_MS }, 'tell-coordinators', 3],
  ])('a case that waits, %s', (_, more, step, hours) => expect(nextStep({ ...WAITING, ...more }, quiet)).toEqual({ step, at: NINE + hours * HOUR_MS }))

  it.each<[string, Partial<Timed>, Step, number]>([
    ['just taken', {}, 'remind-half', 6],
    ['reminded once', { reminded: 1 }, 'remind-late', 10.8],
    ['reminded twice', { reminded: 2 }, 'lapse', 12],
    ['taken in the afternoon', { leaseFrom: NINE + 8 * HOUR_MS, reminded: 2 }, 'lapse', 29],
    ['answered', { turn: 'owner', leaseFrom: null }, 'ask-still-needed', 48],
    ['answered, and she was asked', { turn: 'owner', leaseFrom: null, stillAskedAt: NINE + 48 * HOUR_MS }, 'close-silent', 168],
    ['said to be solved', { state: 'closing', turn: 'owner', leaseFrom: null }, 'expire', 72],
  ])('a case in hand, %s', (_, more, step, hours) => expect(nextStep({ ...HELD, ...more }, quiet)).toEqual({ step, at: NINE + hours * HOUR_MS }))

  it('of a closed case is nothing', () => expect(nextStep({ ...HELD, state: 'closed', turn: null }, quiet)).toBeUndefined())

  it('of a reported case is one reminder to coordinators, after a day', () => {
    const frozen = { ...HELD, state: 'frozen', turn: null, leaseFrom: null } as const
    expect(nextStep(frozen, quiet)).toEqual({ step: 'remind-frozen', at: NINE + 24 * HOUR_MS })
    expect(nextStep({ ...frozen, reminded: 1 }, quiet)).toBeUndefined()
  })

  it('once she was asked whether she still needs it, and everyone was told, is nothing', () => {
    expect(nextStep({ ...WAITING, circle: 3, stillAskedAt: NINE }, quiet)).toBeUndefined()
  })

  it('goes by the nights of who is meant: the volunteer’s for an answer, the owner’s while it waits', () => {
    const apart = { volunteer: { timeZone: 'Asia/Jakarta', from: 8, until: 17 } as const, owner: { timeZone: 'Asia/Jayapura', from: 12, until: 13 } as const }
    expect(nextStep({ ...HELD, reminded: 2 }, apart)?.at).toBe(NINE + 20 * HOUR_MS)
    // It is eleven for her, and quiet from twelve until one.
    expect(nextStep({ ...WAITING, circle: 1 }, apart)?.at).toBe(NINE + 4 * HOUR_MS)
  })
})
