// Holds what counts as happening at a step, and how a funnel is summed up from it.
import { describe, expect, it } from 'vitest'
import { startConversation } from '../../src/conversation/conversation.ts'
import { happenings, sumFunnel } from '../../src/conversation/funnel.ts'
import { takeTurn, type TurnInput } from '../../src/conversation/turn.ts'
import { answersBefore, SAMPLE, WORDS } from './sample-form.ts'

const at = (step: string) => ({ ...startConversation(SAMPLE, { answers: answersBefore(step) }), step })
const press = (what: 'skip' | 'back' | 'pause' | 'discard' | 'more' | 'rest'): TurnInput => ({ type: 'press', revision: 1, press: { do: what } })

it.each<[string, string, TurnInput, readonly string[]]>([
  ['an answer', 'name', { type: 'text', text: 'Sari' }, ['name answered', 'shop reached']],
  ['a skipped question', 'product', press('skip'), ['product skipped', 'age reached']],
  ['leaving the rest for later', 'product', press('rest'), ['product skipped', 'review reached']],
  ['an answer that does not fit', 'name', { type: 'text', text: 'ya' }, ['name refused']],
  ['going back', 'shop', press('back'), ['shop back', 'name reached']],
  ['pausing', 'shop', press('pause'), ['shop paused']],
  ['throwing it away', 'shop', press('discard'), ['shop discarded']],
  ['reading more', 'consent', press('more'), []],
])('%s', (_what, step, input, expected) => {
  const before = at(step)
  expect(happenings(before, takeTurn(SAMPLE, before, input, WORDS)).map((one) => `${one.step} ${one.event}`)).toEqual(expected)
})

describe('a funnel', () => {
  const answered = (elapsedMs: number) => ({ step: 'name', event: 'answered' as const, elapsedMs })

  it('counts each step on its own, with the median time of its answers', () => {
    const [name, shop] = sumFunnel(
      ['name', 'shop'],
      [answered(1000), answered(9000), answered(2000), { step: 'name', event: 'refused', elapsedMs: 500 }, { step: 'shop', event: 'reached', elapsedMs: 0 }],
      ['shop', 'shop'],
    )
    expect(name).toMatchObject({ step: 'name', counts: { answered: 3, refused: 1, reached: 0 }, abandoned: 0, medianMs: 2000 })
    expect(shop).toMatchObject({ counts: { reached: 1, answered: 0 }, abandoned: 2, medianMs: undefined })
  })

  it('takes the middle of two for an even number of answers', () => {
    expect(sumFunnel(['name'], [answered(1000), answered(3000)], [])[0]?.medianMs).toBe(2000)
  })
})
