// Holds what happens to words that come too early, to edited messages, and to answers that may mean several things.
import { describe, expect, it } from 'vitest'
import { type Conversation, startConversation } from '../../src/conversation/conversation.ts'
import { defineForm, REVIEW, textField } from '../../src/conversation/form.ts'
import { takeTurn, type TurnInput } from '../../src/conversation/turn.ts'
import { answersBefore, COMPLETE, SAMPLE, WORDS } from './sample-form.ts'

const at = (step: string): Conversation => ({ ...startConversation(SAMPLE, { answers: answersBefore(step) }), step })
const take = (conversation: Conversation, input: TurnInput) => takeTurn(SAMPLE, conversation, input, WORDS)
function after(conversation: Conversation, ...inputs: readonly TurnInput[]): Conversation {
  return inputs.reduce((now, input) => {
    const next = take(now, input).conversation
    if (!next) throw new Error('The form ended earlier than the test expects.')
    return next
  }, conversation)
}
const says = (text: string, messageId = 1): TurnInput => ({ type: 'text', text, messageId })
const saysEarly = (text: string): TurnInput => ({ type: 'text', text, early: true })

describe('words from before she could see the question', () => {
  it('do not answer it: she is asked what they are for', () => {
    const held = after(at('name'), says('Sari'), saysEarly('Warung Bu Sari'))
    expect(held).toMatchObject({ step: 'shop', memo: { held: 'Warung Bu Sari' } })
    expect(held.answers).not.toHaveProperty('shop')
  })

  it('answer it once she says so, with the button or with "ya"', () => {
    const held = after(at('name'), says('Sari'), saysEarly('Warung Bu Sari'))
    expect(after(held, { type: 'press', revision: held.revision, press: { do: 'use-held' } }).answers).toMatchObject({ shop: 'Warung Bu Sari' })
    expect(after(held, says('ya')).answers).toMatchObject({ shop: 'Warung Bu Sari' })
  })

  it('are left aside with the other button or "bukan", and the question is asked again', () => {
    const held = after(at('name'), says('Sari'), saysEarly('Warung Bu Sari'))
    for (const input of [says('bukan'), { type: 'press', revision: held.revision, press: { do: 'not-for-this' } } as const]) {
      const asked = after(held, input)
      expect(asked).toMatchObject({ step: 'shop' })
      expect(asked.memo.held).toBeUndefined()
    }
  })

  it('give way to another answer', () => {
    expect(after(at('name'), says('Sari'), saysEarly('halo semua apa kabar'), says('Toko Berkah')).answers).toMatchObject({ shop: 'Toko Berkah' })
  })

  it('stay together when there are several', () => {
    expect(after(at('name'), says('Sari'), saysEarly('Warung'), saysEarly('Bu Sari')).memo.held).toBe('Warung\nBu Sari')
  })

  it('are refused in place when they do not fit, and their buttons are used up', () => {
    const held = after(at('shop'), says('Toko Berkah'), saysEarly('roket antariksa'))
    const { conversation, reply } = take(held, { type: 'press', revision: held.revision, press: { do: 'use-held' } })
    expect(reply).toMatchObject({ type: 'ask', problem: { reason: 'unknown' } })
    expect(conversation?.revision).toBeGreaterThan(held.revision)
  })

  it('can still stop the form', () => {
    expect(take(after(at('name'), says('Sari')), saysEarly('batal')).reply).toMatchObject({ type: 'ask-stop' })
  })

  it('are shown back at the review too', () => {
    expect(after({ ...at('research'), step: REVIEW, answers: COMPLETE }, saysEarly('oh iya satu lagi')).memo.held).toBe('oh iya satu lagi')
  })

  it.each(['ya', 'tidak'])('at the review, "%s" shows the review again', (text) => {
    const held = after({ ...at('research'), step: REVIEW, answers: COMPLETE }, saysEarly('oh iya satu lagi'))
    const { conversation, reply } = take(held, says(text))
    expect(reply).toEqual({ type: 'ask' })
    expect(conversation).toMatchObject({ step: REVIEW, answers: COMPLETE })
    expect(conversation?.memo.held).toBeUndefined()
  })

  it('join a message in her own words', () => {
    const form = defineForm({ name: 'letter', version: 1, steps: { story: textField({ min: 2, max: 100, ownWords: true }), title: textField({ min: 2, max: 40 }) } })
    const asked = takeTurn(form, startConversation(form), says('Mesin rusak.'), WORDS).conversation
    const turn = asked && takeTurn(form, asked, saysEarly('Sejak Senin.'), WORDS)
    expect(turn?.conversation?.answers).toEqual({ story: 'Mesin rusak.\nSejak Senin.' })
    expect(turn?.reply).toEqual({ type: 'ask', remark: 'joined' })
  })
})

describe('an edited message', () => {
  const edits = (text: string, messageId: number): TurnInput => ({ type: 'edit', text, messageId })

  it('corrects the answer it gave', () => {
    const { conversation, reply } = take(after(at('name'), says('Sri', 7)), edits('Sari', 7))
    expect(conversation).toMatchObject({ step: 'shop', answers: { name: 'Sari' } })
    expect(reply).toEqual({ type: 'ask', corrected: 'name' })
  })

  it('leaves the answer as it was when the new words do not fit', () => {
    const { conversation, reply } = take(after(at('name'), says('Sari', 7)), edits('ya', 7))
    expect(conversation?.answers).toMatchObject({ name: 'Sari' })
    expect(reply).toEqual({ type: 'ask', remark: 'not-corrected' })
  })

  it('opens a question that now applies', () => {
    const typed = after(at('sector'), says('penjahit', 7))
    expect(typed.step).toBe('village')
    expect(take(typed, edits('bakso', 7)).conversation).toMatchObject({ answers: { sector: 'food' } })
    const reviewed = { ...typed, step: REVIEW, answers: { ...COMPLETE, sector: 'sewing', permit: undefined as never } }
    expect(take(reviewed, edits('bakso', 7)).conversation?.step).toBe('permit')
  })

  it('that answered nothing changes nothing', () => {
    expect(take(after(at('name'), says('Sari', 7)), edits('Siti', 8)).reply).toEqual({ type: 'stale' })
  })
})

describe('an answer that may mean several things', () => {
  it.each([
    ['revenue', '500', [500, 500_000, 500_000_000]],
    ['revenue', '500-700rb', [500_000, 700_000]],
  ])('%s "%s" is asked back', (step, text, offered) => {
    const { conversation, reply } = take(at(step), says(text))
    expect(reply).toMatchObject({ type: 'ask', problem: { reason: 'which' } })
    expect(conversation?.memo.offered).toEqual(offered)
    expect(conversation?.answers).not.toHaveProperty(step)
  })

  it('is settled by the button of one of them', () => {
    const asked = after(at('revenue'), says('500'))
    expect(after(asked, { type: 'press', revision: asked.revision, press: { do: 'choose', at: 1 } }).answers).toMatchObject({ revenue: 500_000 })
  })
})

it.each<[string, TurnInput, unknown]>([
  ['revenue', says('dua juta lima ratus ribu'), 2_500_000],
  ['price', says('900rb-1,2jt'), [900_000, 1_200_000]],
  ['hands', says('berdua'), 2],
  ['opened', says('17 agustus 2019'), '2019-08-17'],
  ['picture', { type: 'photo', fileId: 'abc' }, 'abc'],
  ['story', { type: 'voice', fileId: 'abc' }, 'abc'],
])('%s takes %j', (step, input, answer) => expect(after(at(step), input).answers[step]).toEqual(answer))

it.each<[string, TurnInput, string]>([
  ['revenue', says('lumayan'), 'not-an-amount'],
  ['hands', says('seribu'), 'out-of-range'],
  ['hands', says('banyak'), 'not-a-number'],
  ['opened', says('besok'), 'out-of-range'],
  ['opened', says('dulu sekali'), 'not-a-date'],
  ['picture', says('ini fotonya'), 'not-a-photo'],
  ['story', { type: 'photo', fileId: 'abc' }, 'not-a-voice'],
  ['product', { type: 'photo', fileId: 'abc' }, 'not-text'],
])('%s refuses %j', (step, input, reason) => expect(take(at(step), input).reply).toMatchObject({ problem: { reason } }))

it('a name that sounds like a greeting is taken when she says it again', () => {
  const greeted = take(at('name'), says('Salam'))
  expect(greeted.reply).toEqual({ type: 'ask', remark: 'greet' })
  expect(after(at('name'), says('Salam'), says('Salam')).answers).toMatchObject({ name: 'Salam' })
})
