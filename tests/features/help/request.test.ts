// Holds how long a request is said to have waited, and how much of its text is shown.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageOf, excerpt, latestThatFit } from '../../../src/features/help/request.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('age', () => {
  it.each([
    ['the same moment', 0, 'moments', 0],
    ['59 seconds', 59 * SECOND, 'moments', 0],
    ['a minute', MINUTE, 'minutes', 1],
    ['an hour but a second', HOUR - SECOND, 'minutes', 59],
    ['an hour', HOUR, 'hours', 1],
    ['a day but a second', DAY - SECOND, 'hours', 23],
    ['a day', DAY, 'days', 1],
    ['ten and a half days', 10.5 * DAY, 'days', 10],
    ['a clock set back', -HOUR, 'moments', 0],
  ] as const)('%s', (_, waited, unit, count) => expect(ageOf(1_000_000, 1_000_000 + waited)).toEqual({ unit, count }))
})

describe('excerpt', () => {
  it('leaves a short message whole', () => expect(excerpt('Bagaimana cara buat NIB?')).toBe('Bagaimana cara buat NIB?'))

  it('is never longer than 160 characters, and is the beginning', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (body) => {
      const shown = excerpt(body)
      expect(Array.from(shown).length).toBeLessThanOrEqual(160)
      expect(body.startsWith(shown.replace(/…$/u, ''))).toBe(true)
    }))
  })

  it('does not cut an emoji in half', () => {
    expect(excerpt('🙏'.repeat(200))).toBe(`${'🙏'.repeat(159)}…`)
  })
})

describe('the messages on a card', () => {
  const message = (body: string) => ({ authorId: 1, body })

  it('are the newest ones, in the order they were written', () => {
    const all = [message('a'.repeat(2000)), message('b'.repeat(2000)), message('c'.repeat(900))]
    expect(latestThatFit(all).map(({ body }) => body[0])).toEqual(['b', 'c'])
  })

  it('always hold the last one, however long', () => {
    expect(latestThatFit([message('a'), message('b'.repeat(3500))])).toHaveLength(1)
    expect(latestThatFit([])).toEqual([])
  })
})
