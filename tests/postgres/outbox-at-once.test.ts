// The sender claims while updates change what waits: a message leaves as it was or as it is now, once, and never half.
import { describe, expect, it } from 'vitest'
import { claimDue } from '../../src/delivery/claim.ts'
import { enqueue, supersedePrompts } from '../../src/delivery/outbox.ts'
import { createPacing, TELEGRAM_LIMITS } from '../../src/delivery/pacing.ts'
import { settle } from '../../src/delivery/settlement.ts'
import { createLogger } from '../../src/logging.ts'
import type { Tx } from '../../src/storage/database.ts'
import { openTwo, overlap } from './support/overlap.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const CHAT = 7_310_555_001

const claim = async (tx: Tx) => (await claimDue(tx, ['reply'], { pacing: createPacing(TELEGRAM_LIMITS), now: NOW, leaseUntil: NOW + 1000, room: () => 30 })).claimed
const rows = (tx: Tx) => tx.selectFrom('outbox').select(['id', 'method', 'state']).orderBy('id').execute()
const edit = (targetId: number) => (tx: Tx) => enqueue(tx, { chatId: CHAT, method: 'editMessageText', targetId, payload: { text: 'baru' } }, NOW)
const unsend = (targetId: number) => (tx: Tx) => enqueue(tx, { chatId: CHAT, method: 'deleteMessage', targetId, payload: {} }, NOW)
const takeBack = (tx: Tx) => supersedePrompts(tx, CHAT, 'form:1', NOW)

/** A database with one question that waits to be sent. */
async function openQuestion() {
  const both = await openTwo()
  const id = await both.one.transaction((tx) => enqueue(tx, { chatId: CHAT, method: 'sendMessage', payload: { text: 'lama' }, promptKey: 'form:1' }, NOW))
  return { ...both, id }
}

describe('a message that is claimed at this moment', () => {
  it('is edited by a call of its own behind it', async () => {
    const both = await openQuestion()
    const [claimed, carrier] = await overlap(both, claim, edit(both.id))
    expect(claimed).toMatchObject([{ id: both.id, payload: { text: 'lama' } }])
    expect(carrier).not.toBe(both.id)
    expect(await both.one.transaction(rows)).toMatchObject([{ state: 'sending' }, { method: 'editMessageText', state: 'queued' }])
  })

  it('is deleted by a call of its own behind it', async () => {
    const both = await openQuestion()
    await overlap(both, claim, unsend(both.id))
    expect(await both.one.transaction(rows)).toMatchObject([{ state: 'sending' }, { method: 'deleteMessage', state: 'queued' }])
  })

  it('stays, when it is a question that a newer one replaces', async () => {
    const both = await openQuestion()
    await overlap(both, claim, takeBack)
    expect(await both.one.transaction(rows)).toMatchObject([{ state: 'sending' }])
  })
})

describe('a message that is being changed', () => {
  it.each([['edited', edit, 'baru'], ['deleted', unsend, undefined], ['taken back', () => takeBack, undefined]] as const)('does not leave while it is %s, and then as it is', async (_how, change, text) => {
    const both = await openQuestion()
    const [, claimed] = await overlap<unknown, Awaited<ReturnType<typeof claim>>>(both, change(both.id), claim)
    expect(claimed).toEqual([])
    expect((await both.one.transaction(claim)).map(({ payload }) => payload?.['text'])).toEqual(text === undefined ? [] : [text])
  })
})

describe('a message that Telegram refused for now', () => {
  it('goes back into the queue with the edit that came meanwhile behind it', async () => {
    const both = await openQuestion()
    const [row] = await both.one.transaction(claim)
    const requeue = (tx: Tx) => settle(tx, [{ row: row!, verdict: { type: 'retry', afterMs: 0, error: '502', flood: false } }], { now: NOW, log: createLogger({ level: 'silent' }), onSentHandlers: {} })
    await overlap(both, requeue, edit(both.id))
    expect((await both.one.transaction(claim)).map(({ payload }) => payload?.['text'])).toEqual(['lama'])
    expect(await both.one.transaction(rows)).toMatchObject([{ state: 'sending' }, { method: 'editMessageText', state: 'queued' }])
  })
})
