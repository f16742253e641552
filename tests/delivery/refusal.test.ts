// The verdict on every answer of Telegram a sent call can meet.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOff, type CallRule, judge, type Outcome } from '../../src/delivery/refusal.ts'

const REPLY: CallRule = { lane: 'reply', repeatable: false, jitter: 0 }
const BULK: CallRule = { lane: 'bulk', repeatable: false, jitter: 0 }
const BULK_EDIT: CallRule = { lane: 'bulk', repeatable: true, jitter: 0 }
const SETUP: CallRule = { lane: 'setup', repeatable: true, jitter: 0 }

const refused = (code: number, description: string, more: object = {}): Outcome => ({ type: 'refused', code, description, ...more })

describe('a reply', () => {
  it.each([
    [400, 'Bad Request: message text is empty', 'dead'],
    [400, 'Bad Request: message is too long', 'dead'],
    [400, 'Bad Request: MESSAGE_TOO_LONG', 'dead'],
    [400, 'Bad Request: message caption is too long', 'dead'],
    [400, 'Bad Request: MEDIA_CAPTION_TOO_LONG', 'dead'],
    [400, `Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 3`, 'dead'],
    [400, `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`, 'dead'],
    [400, 'Bad Request: chat not found', 'unreachable'],
    [400, 'Bad Request: PEER_ID_INVALID', 'unreachable'],
    [400, 'Bad Request: message to edit not found', 'moot'],
    [400, `Bad Request: message can't be edited`, 'moot'],
    [
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      'sent',
    ],
    [400, 'Bad Request: there is no text in the message to edit', 'moot'],
    [400, 'Bad Request: there is no caption in the message to edit', 'moot'],
    [400, 'Bad Request: message to be replied not found', 'dead'],
    [400, 'Bad Request: message to delete not found', 'moot'],
    [400, `Bad Request: message can't be deleted for everyone`, 'moot'],
    [400, 'Bad Request: message to copy not found', 'dead'],
    [400, 'Bad Request: message to forward not found', 'dead'],
    [400, 'Bad Request: BUTTON_DATA_INVALID', 'dead'],
    [400, 'Bad Request: inline keyboard button text must be non-empty', 'dead'],
    [400, 'Bad Request: inline keyboard expected', 'dead'],
    [400, 'Bad Request: wrong file identifier/HTTP URL specified', 'dead'],
    [400, 'Bad Request: PHOTO_INVALID_DIMENSIONS', 'dead'],
    [400, 'Bad Request: IMAGE_PROCESS_FAILED', 'dead'],
    [400, 'Bad Request: file must be non-empty', 'dead'],
    [400, 'Bad Request: message thread not found', 'dead'],
    [400, 'Bad Request: TOPIC_CLOSED', 'dead'],
    [400, 'Bad Request: user not found', 'dead'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'dead'],
    [400, 'Bad Request: BOT_COMMAND_INVALID', 'dead'],
    [401, 'Unauthorized', 'retry'],
    [403, 'Forbidden: bot was blocked by the user', 'unreachable'],
    [403, 'Forbidden: user is deactivated', 'unreachable'],
    [403, `Forbidden: bot can't initiate conversation with a user`, 'unreachable'],
    [403, 'Forbidden: bot was kicked from the group chat', 'unreachable'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'unreachable'],
    [404, 'Not Found', 'dead'],
    [409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running', 'retry'],
    [429, 'Too Many Requests: retry after 7', 'retry'],
    [500, 'Internal Server Error', 'retry'],
    [502, 'Bad Gateway', 'retry'],
  ])('%i %s -> %s', (code, description, type) => {
    expect(judge(refused(code, description), 1, REPLY).type).toBe(type)
  })

  it('that is a recording its reader refuses is not dead: it can go out as a document', () => {
    const forbidden = refused(400, 'Bad Request: VOICE_MESSAGES_FORBIDDEN')
    expect(judge(forbidden, 1, { ...REPLY, spoken: true }).type).toBe('as-document')
    expect(judge(forbidden, 1, REPLY).type).toBe('dead')
  })

  it('that was accepted keeps its message id', () => {
    expect(judge({ type: 'accepted', messageId: 42 }, 1, REPLY)).toEqual({ type: 'sent', messageId: 42 })
  })

  it('follows a group to its new id', () => {
    const outcome = refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrateToChatId: -1001 })
    expect(judge(outcome, 1, REPLY)).toMatchObject({ type: 'migrated', chatId: -1001 })
  })

  it('waits as long as Telegram says, however often it was tried', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 10_000 }), (seconds, attempts) => {
        const verdict = judge(refused(429, `Too Many Requests: retry after ${seconds}`, { retryAfter: seconds }), attempts, REPLY)
        if (verdict.type !== 'retry') throw new Error(verdict.type)
        expect(verdict.flood).toBe(true)
        expect(verdict.afterMs).toBeGreaterThan(seconds * 1000)
        expect(verdict.afterMs).toBeLessThanOrEqual(seconds * 1000 + 1000)
      }),
    )
  })

  it('reads the wait from the sentence when the number is missing', () => {
    expect(judge(refused(429, 'Too Many Requests: retry after 12'), 1, REPLY)).toMatchObject({ type: 'retry', afterMs: 12_250 })
  })

  it('is given up after about a day of silence', () => {
    const silent: Outcome = { type: 'unanswered', reached: true, reason: 'network ECONNRESET' }
    let waited = 0
    let attempts = 1
    for (;;) {
      const verdict = judge(silent, attempts, REPLY)
      if (verdict.type !== 'retry') {
        expect(verdict.type).toBe('dead')
        break
      }
      waited += verdict.afterMs
      attempts += 1
    }
    expect(waited / 3_600_000).toBeGreaterThan(20)
    expect(waited / 3_600_000).toBeLessThan(30)
  })
})

describe('when nobody knows whether it arrived', () => {
  const reset: Outcome = { type: 'unanswered', reached: true, reason: 'network ECONNRESET' }
  const refusedConnection: Outcome = { type: 'unanswered', reached: false, reason: 'network ECONNREFUSED' }
  it.each([
    ['a reply', REPLY, reset, 'retry'],
    ['a bulk message', BULK, reset, 'unknown'],
    ['a bulk message after 500', BULK, refused(500, 'Internal Server Error'), 'unknown'],
    ['a bulk message that never left', BULK, refusedConnection, 'retry'],
    ['an edit in the bulk lane', BULK_EDIT, reset, 'retry'],
    ['setup', SETUP, reset, 'retry'],
  ])('%s', (_, rule, outcome, type) => expect(judge(outcome, 1, rule).type).toBe(type))
})

describe('setup', () => {
  it.each([
    [refused(400, 'Bad Request: chat not found'), 1, 3_600_000],
    [refused(403, 'Forbidden: bot was blocked by the user'), 24, 3_600_000],
    [refused(400, 'Bad Request: chat not found'), 25, 86_400_000],
  ])('waits for the chat: %o, attempt %i', (outcome, attempts, afterMs) => {
    expect(judge(outcome, attempts, SETUP)).toMatchObject({ type: 'retry', afterMs })
  })

  it('gives up after months', () => {
    expect(judge(refused(400, 'Bad Request: chat not found'), 84, SETUP).type).toBe('dead')
  })

  it.each(['BOT_COMMAND_INVALID', 'BOT_COMMANDS_TOO_MUCH', 'command description must be non-empty'])('is dead on %s', (words) => {
    expect(judge(refused(400, `Bad Request: ${words}`), 1, SETUP).type).toBe('dead')
  })
})

describe('back-off', () => {
  it.each([
    [1, 1000],
    [2, 2000],
    [5, 16_000],
    [9, 256_000],
    [10, 300_000],
    [500, 300_000],
  ])('attempt %i without jitter waits %i ms', (attempts, ms) => expect(backOff(attempts, 0)).toBe(ms))

  it('stays between half and the whole, whatever the jitter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, jitter) => {
        const whole = backOff(attempts, 0)
        expect(backOff(attempts, jitter)).toBeGreaterThanOrEqual(whole / 2)
        expect(backOff(attempts, jitter)).toBeLessThanOrEqual(whole)
      }),
    )
  })
})
