// Holds how long messages of the clinic's own accord wait for the share of Telegram's rate they may use.
import { expect, it } from 'vitest'
import { bulkPerSecond, minutesToSend } from '../../src/delivery/waiting-time.ts'

const limits = { sendPerSecondOverall: 30, bulkSharePercent: 80 }

it('leaves a fifth of the rate to answers', () => expect(bulkPerSecond(limits)).toBe(24))

it.each([
  [0, 0],
  [1, 1],
  [1440, 1],
  [1441, 2],
  [10_000, 7],
])('%i messages take %i minutes', (count, minutes) => expect(minutesToSend(count, limits)).toBe(minutes))
