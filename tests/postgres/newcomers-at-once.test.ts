// Someone who comes to two processes at once, or two who come at once: one record each, one number each.
import { describe, expect, it } from 'vitest'
import { createPerson, nextNumber } from '../../src/people/store.ts'
import type { Tx } from '../../src/storage/database.ts'
import { openTwo, overlap } from './support/overlap.ts'

const NOW = Date.UTC(2026, 10, 23, 2)

describe('someone new', () => {
  it('whom two processes meet at once is one person', async () => {
    const both = await openTwo()
    const meet = (tx: Tx) => createPerson(tx, 7001, NOW)
    const [first, second] = await overlap(both, meet, meet)
    expect(second.id).toBe(first.id)
  })
})

describe('a number', () => {
  it('is given to one, and none is left out when a transaction fails', async () => {
    const both = await openTwo()
    const next = (tx: Tx) => nextNumber(tx, 'member')
    expect(await overlap(both, next, next)).toEqual([1, 2])
    const failing = async (tx: Tx) => {
      await next(tx)
      throw new Error('in the middle')
    }
    await expect(both.one.transaction(failing)).rejects.toThrow('in the middle')
    expect(await both.other.transaction(next)).toBe(3)
  })
})
