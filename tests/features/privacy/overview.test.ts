import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { packed } from '../../../src/features/privacy/overview.ts'

/** Telegram's limit for a message (Bot API, sendMessage). */
const LIMIT = 4096
const line = fc.string({ minLength: 1, maxLength: 900, unit: fc.constantFrom('a', 'b', ' ') })
const section = fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'))

it('puts every section into messages Telegram takes, in order and with nothing lost', () => {
  fc.assert(fc.property(fc.array(section, { maxLength: 12 }), (sections) => {
    const messages = packed(sections)
    for (const message of messages) expect(message.length).toBeLessThanOrEqual(LIMIT)
    const words = (texts: readonly string[]) => texts.join('\n').split('\n').filter((one) => one !== '')
    expect(words(messages)).toEqual(words(sections))
  }))
})

it('needs one message for a short account', () => {
  expect(packed(['a', 'b\nc'])).toEqual(['a\n\nb\nc'])
})
