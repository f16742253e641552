// The rates hold in every window, nobody starves, and idle chats are forgotten; all on a simulated clock.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lane } from '../../src/delivery/outgoing.ts'
import { createPacing, type PacedCall, type Pacing, TELEGRAM_LIMITS } from '../../src/delivery/pacing.ts'

interface Sent extends PacedCall {
  /** ms since the start. */
  readonly at: number
}

interface Wanted extends PacedCall {
  readonly from: number
}

const message = (chatId: number, lane: Lane = 'reply'): PacedCall => ({ chatId, lane, change: false })

/** Sends greedily, replies first, as soon as the slots allow; answers what left when. */
function run(pacing: Pacing, wanted: readonly Wanted[]): readonly Sent[] {
  const waiting = wanted.toSorted((a, b) => Number(a.lane === 'bulk') - Number(b.lane === 'bulk') || a.from - b.from)
  const sent: Sent[] = []
  let now = 1_000_000
  const start = now
  while (waiting.length > 0) {
    let next = Number.POSITIVE_INFINITY
    for (let i = 0; i < waiting.length; ) {
      const { from, ...call } = waiting[i]!
      const slot = start + from > now ? start + from : pacing.nextSlot(call, now)
      if (slot <= now) {
        pacing.take(call, now)
        sent.push({ ...call, at: now - start })
        waiting.splice(i, 1)
      } else {
        next = Math.min(next, slot)
        i += 1
      }
    }
    if (waiting.length > 0 && !(next > now && next < Number.POSITIVE_INFINITY)) throw new Error('time stands still')
    now = next
  }
  return sent
}

/** The most of them in any half-open window of so many ms. */
function most(sent: readonly Sent[], ms: number): number {
  let best = 0
  let tail = 0
  for (let head = 0; head < sent.length; head += 1) {
    while (sent[tail]!.at <= sent[head]!.at - ms) tail += 1
    best = Math.max(best, head - tail + 1)
  }
  return best
}

const CHATS = [11, 12, 13, 14, -21, -22]
const wanted = fc.array(
  fc.record({
    chatId: fc.oneof(fc.constantFrom(...CHATS), fc.integer({ min: 1000, max: 1100 })),
    lane: fc.constantFrom<Lane>('reply', 'bulk', 'setup'),
    change: fc.boolean(),
    from: fc.integer({ min: 0, max: 20_000 }),
  }),
  { minLength: 1, maxLength: 250 },
)

describe('whatever is wanted', () => {
  it('everything leaves, and no rate is ever exceeded', () => {
    fc.assert(
      fc.property(wanted, (calls) => {
        const sent = run(createPacing(TELEGRAM_LIMITS), calls)
        expect(sent).toHaveLength(calls.length)
        expect(most(sent, 1000)).toBeLessThanOrEqual(30)
        expect(most(sent.filter((call) => call.lane === 'bulk'), 1000)).toBeLessThanOrEqual(24)
        for (const chatId of CHATS) {
          const ofChat = sent.filter((call) => call.chatId === chatId && call.lane !== 'setup')
          if (chatId < 0) expect(most(ofChat, 60_000)).toBeLessThanOrEqual(20)
          else expect(most(ofChat.filter((call) => !call.change), 5000)).toBeLessThanOrEqual(5)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('one person', () => {
  it('gets five at once, and never more than five in five seconds', () => {
    const calls = Array.from({ length: 12 }, () => ({ ...message(11), from: 0 }))
    const times = run(createPacing(TELEGRAM_LIMITS), calls).map((call) => call.at)
    expect(times).toEqual([0, 0, 0, 0, 0, 5000, 5000, 5000, 5000, 5000, 10_000, 10_000])
  })

  it('who gets one a second never waits', () => {
    const calls = Array.from({ length: 100 }, (_, i) => ({ ...message(11), from: i * 1000 }))
    expect(run(createPacing(TELEGRAM_LIMITS), calls).map((call) => call.at)).toEqual(calls.map((call) => call.from))
  })

  it('can tap faster than that: changes of messages use no allowance, but in groups they do', () => {
    const pacing = createPacing(TELEGRAM_LIMITS)
    for (const chatId of [11, -21]) for (let i = 0; i < 20; i += 1) pacing.take({ chatId, lane: 'reply', change: true }, i * 100)
    expect(pacing.nextSlot(message(11), 2000)).toBe(2000)
    expect(pacing.nextSlot(message(-21), 2000)).toBe(60_000)
  })
})

describe('a broadcast under way', () => {
  it('keeps a fifth of the rate free: a reply leaves at once', () => {
    const calls = Array.from({ length: 500 }, (_, i) => ({ ...message(1000 + i, 'bulk'), from: 0 }))
    const replies = [500, 3250, 7777].map((from) => Object.assign(message(11), { from }))
    const sent = run(createPacing(TELEGRAM_LIMITS), [...calls, ...replies])
    expect(sent.filter((call) => call.lane === 'reply').map((call) => call.at)).toEqual([500, 3250, 7777])
    expect(sent.at(-1)!.at).toBe(20_000)
  })

  it('goes on beside a busy desk', () => {
    const replies = Array.from({ length: 400 }, (_, i) => ({ ...message(i), from: i * 50 }))
    const calls = Array.from({ length: 90 }, (_, i) => ({ ...message(1000 + i, 'bulk'), from: 0 }))
    const sent = run(createPacing(TELEGRAM_LIMITS), [...replies, ...calls])
    expect(sent.findLast((call) => call.lane === 'bulk')!.at).toBeLessThanOrEqual(10_000)
  })
})

describe('pauses', () => {
  it('of a chat hold up that chat in every lane, and no other', () => {
    const pacing = createPacing(TELEGRAM_LIMITS)
    pacing.pauseUntil(11, 9000)
    for (const lane of ['reply', 'bulk', 'setup'] as const) expect(pacing.nextSlot(message(11, lane), 1000)).toBe(9000)
    expect(pacing.nextSlot(message(12), 1000)).toBe(1000)
    expect(pacing.nextSlot(message(11), 9000)).toBe(9000)
  })

  it('never get shorter', () => {
    const pacing = createPacing(TELEGRAM_LIMITS)
    pacing.pauseUntil('all', 9000)
    pacing.pauseUntil('all', 5000)
    expect(pacing.nextSlot({ lane: 'reply' }, 1000)).toBe(9000)
  })

  it('of bulk let replies through', () => {
    const pacing = createPacing(TELEGRAM_LIMITS)
    pacing.pauseUntil('bulk', 9000)
    expect(pacing.nextSlot(message(12, 'bulk'), 1000)).toBe(9000)
    expect(pacing.nextSlot(message(12), 1000)).toBe(1000)
  })

  it('asked for by three chats within ten seconds stop everything; far apart they do not', () => {
    const together = createPacing(TELEGRAM_LIMITS)
    const apart = createPacing(TELEGRAM_LIMITS)
    for (const [i, chat] of [11, 12, 13].entries()) {
      together.flooded(chat, 30_000, 1000 + i)
      apart.flooded(chat, 90_000, 1000 + i * 11_000)
    }
    expect(together.nextSlot(message(14), 2000)).toBe(30_000)
    expect(apart.nextSlot(message(14), 24_000)).toBe(24_000)
    expect(apart.nextSlot(message(13), 24_000)).toBe(90_000)
  })

  it('asked for by one chat again and again stop only that chat', () => {
    const pacing = createPacing(TELEGRAM_LIMITS)
    for (let i = 0; i < 5; i += 1) pacing.flooded(11, 30_000, 1000 + i)
    expect(pacing.nextSlot(message(12), 2000)).toBe(2000)
  })
})

it('forgets idle chats', () => {
  const pacing = createPacing(TELEGRAM_LIMITS)
  for (let i = 0; i < 20_000; i += 1) pacing.take(message(i % 2 === 0 ? i : -i), i * 100)
  expect(pacing.size()).toBeLessThan(1500)
})

it('is not stuck when the clock is set back', () => {
  const pacing = createPacing(TELEGRAM_LIMITS)
  for (const chat of [11, 11, 11, 11, 11, 11, -21]) pacing.take(message(chat, 'bulk'), 90_000_000)
  for (let i = 0; i < 30; i += 1) pacing.take(message(1000 + i), 90_000_000)
  for (let i = 0; i < 20; i += 1) pacing.take(message(-21), 90_000_000)
  for (const chat of [11, -21, 12]) expect(pacing.nextSlot(message(chat), 1000)).toBeLessThanOrEqual(2000)
  pacing.take(message(12), 1000)
  expect(pacing.nextSlot(message(13), 1000)).toBeLessThanOrEqual(2000)
})

it('lets everything through without limits', () => {
  const none = Number.POSITIVE_INFINITY
  const pacing = createPacing({ overallPerSecond: none, bulkShare: 1, privatePerSecond: none, privateBurst: 1, groupPerMinute: none })
  for (let i = 0; i < 1000; i += 1) {
    for (const chat of [11, -21]) {
      expect(pacing.nextSlot(message(chat, 'bulk'), 5)).toBe(5)
      pacing.take(message(chat, 'bulk'), 5)
    }
  }
})
