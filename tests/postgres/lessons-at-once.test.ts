// Two coordinators who decide on the same lesson at the same moment: one decides, the other hears that it is decided.
import { describe, expect, it } from 'vitest'
import { approvedAnswers, countLessons, decideLesson } from '../../src/cases/answer-store.ts'
import { changeCase, createCase } from '../../src/cases/store.ts'
import { createPerson } from '../../src/people/store.ts'
import type { Tx } from '../../src/storage/database.ts'
import { openTwo, overlap } from './support/overlap.ts'

const NOW = Date.UTC(2026, 10, 23, 2)

describe('a lesson decided on twice at once', () => {
  it.each([
    { first: 'approved', published: 1 },
    { first: 'declined', published: 0 },
  ] as const)('is $first when that was first', async ({ first, published }) => {
    const two = await openTwo()
    const { caseId, by } = await two.one.transaction(async (tx) => {
      const owner = await createPerson(tx, 7_310_555_001, NOW)
      const made = await createCase(tx, { person: owner.id, topic: 'qris', area: 'transaksi', about: null, branch: null, urgent: false, dueAt: NOW, now: NOW })
      await changeCase(tx, made.id, { state: 'closed', outcome: 'solved', closed_at: NOW, lesson: 'Ganti stikernya' })
      return { caseId: made.id, by: owner.id }
    })
    const decides = (state: 'approved' | 'declined') => (tx: Tx) => decideLesson(tx, { caseId, area: 'transaksi', by, now: NOW, state, question: 'Kode QRIS rusak', answer: 'Ganti stikernya' })
    const [one, other] = await overlap(two, decides(first), decides(first === 'approved' ? 'declined' : 'approved'))
    expect(one).toBeDefined()
    expect(other).toBeUndefined()
    expect(await two.one.transaction((tx) => approvedAnswers(tx, 'transaksi'))).toHaveLength(published)
    expect(await two.one.transaction(countLessons)).toBe(0)
  })
})
