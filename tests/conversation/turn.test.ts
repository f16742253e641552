// Holds what each thing a person can do means at each kind of question: answering, steering, reviewing, stopping, going on.
import { describe, expect, it } from 'vitest'
import { type Conversation, startConversation } from '../../src/conversation/conversation.ts'
import { type Answer, type Answers, choiceField, defineForm, REVIEW, textField } from '../../src/conversation/form.ts'
import type { Turn } from '../../src/conversation/moves.ts'
import type { Press } from '../../src/conversation/press.ts'
import { takeTurn, type TurnInput } from '../../src/conversation/turn.ts'
import { answersBefore, COMPLETE, SAMPLE, SAMPLE_V2, without, WORDS } from './sample-form.ts'

const at = (step: string, memo: Conversation['memo'] = {}, answers: Answers = step === REVIEW ? COMPLETE : answersBefore(step)): Conversation => {
  return { form: 'sample', version: 1, step, revision: 7, answers, memo }
}
const take = (conversation: Conversation, input: TurnInput): Turn => takeTurn(SAMPLE, conversation, input, WORDS)
const says = (conversation: Conversation, text: string): Turn => take(conversation, { type: 'text', text })
const presses = (conversation: Conversation, press: Press): Turn => take(conversation, { type: 'press', revision: conversation.revision, press })

/** The conversation after a turn that did not end it. */
function going({ conversation }: Turn): Conversation {
  if (!conversation) throw new Error('The form is over: this turn should have gone on.')
  return conversation
}

describe('an answer', () => {
  it.each<[string, Press, Answer, string]>([
    ['consent', { do: 'yes' }, true, 'adult'],
    ['adult', { do: 'yes' }, true, 'name'],
    ['shop', { do: 'none' }, '', 'sector'],
    ['sector', { do: 'choose', at: 0 }, 'food', 'permit'],
    ['sector', { do: 'choose', at: 1 }, 'sewing', 'village'],
    ['product', { do: 'skip' }, null, 'age'],
    ['research', { do: 'no' }, false, REVIEW],
  ])('to %s by button %j is %j, and leads to %s', (step, press, answer, next) => {
    const turn = presses(at(step), press)
    expect(turn).toMatchObject({ reply: { type: 'ask' }, answered: { step, answer }, conversation: { step: next, revision: 8, answers: { [step]: answer } } })
  })

  it.each<[string, string, Answer, string]>([
    ['name', 'Sari', 'Sari', 'shop'],
    ['sector', 'bakso', 'food', 'permit'],
    ['permit', 'Not yet', 'not-yet', 'village'],
    ['permit', 'tidak tahu', 'unknown', 'village'],
    ['shop', 'gak tau', '', 'sector'],
    ['product', 'lewati', null, 'age'],
    ['product', 'lupa', null, 'age'],
    ['phone', '0812 3456 7890', '+6281234567890', 'research'],
  ])('to %s in words %j is %j, and leads to %s', (step, text, answer, next) => {
    expect(says(at(step), text)).toMatchObject({ reply: { type: 'ask' }, answered: { step, answer }, conversation: { step: next } })
  })

  it.each([
    ['consent', 'yes', 'ask'],
    ['consent', 'no', 'ended'],
    ['adult', 'no', 'ended'],
  ] as const)('to %s of "%s" lets the form: %s', (step, press, type) => {
    const turn = presses(at(step), { do: press })
    expect(turn.reply.type).toBe(type)
    expect(turn.conversation === null).toBe(type === 'ended')
  })

  it('in several parts is ticked and unticked, then taken in the order of the options', () => {
    const ticks = [2, 0, 1, 0, 0].reduce((conversation, at) => going(presses(conversation, { do: 'tick', at })), at('channels'))
    expect(presses(ticks, { do: 'ticked' }).answered).toEqual({ step: 'channels', answer: ['shop', 'whatsapp', 'market'] })
    expect(presses(at('channels'), { do: 'ticked' }).reply).toMatchObject({ problem: { reason: 'unknown' } })
  })

  it.each([
    [{ phone: '+6281234567890', own: true }, 'phone', { answered: { step: 'phone', answer: '+6281234567890' } }],
    [{ phone: '+6281234567890', own: false }, 'phone', { reply: { problem: { reason: 'not-yours' } } }],
    [{ phone: '+6281234567890', own: true }, 'product', { reply: { problem: { reason: 'not-text' } } }],
  ])('of a contact %j to %s', (contact, step, turn) => expect(take(at(step), { type: 'contact', ...contact })).toMatchObject(turn))
})

describe('a place', () => {
  const found = { type: 'found', query: 'Pujon', codes: ['35.07.26.2003', '35.07.26.2004'], more: true } as const

  it('is looked up, offered and chosen', () => {
    expect(says(at('village'), 'Pujon').reply).toEqual({ type: 'look-up', queries: ['Pujon'] })
    const offered = take(at('village'), found)
    expect(offered).toMatchObject({ reply: { type: 'ask' }, conversation: { step: 'village', revision: 8, memo: { found: found.codes, foundMore: true } } })
    expect(presses(going(offered), { do: 'choose', at: 1 }).answered).toEqual({ step: 'village', answer: '35.07.26.2004' })
    expect(says(going(offered), '1').answered).toEqual({ step: 'village', answer: '35.07.26.2003' })
    expect(presses(going(offered), { do: 'choose', at: 2 }).reply.type).toBe('stale')
  })

  it('nobody knows is asked for again, and the list shown before stays', () => {
    const offered = going(take(at('village'), found))
    const turn = take(offered, { ...found, codes: [] })
    expect(turn).toMatchObject({ reply: { problem: { reason: 'not-found' } }, conversation: { memo: { found: found.codes } } })
  })
})

describe('words that steer', () => {
  it.each([
    ['name', 'batal', 'ask-stop', 'name'],
    ['name', 'berhenti', 'ask-stop', 'name'],
    ['name', 'nanti saja', 'paused', 'name'],
    ['name', 'kembali', 'ask', 'adult'],
    ['consent', 'kembali', 'ask', 'consent'],
    ['name', 'bingung', 'explain', 'name'],
    ['name', 'lupa', 'explain', 'name'],
    ['name', 'nama siapa maksudnya?', 'explain', 'name'],
    ['permit', 'NIB itu apa', 'explain', 'permit'],
    ['consent', 'data saya aman tidak?', 'explain', 'consent'],
    ['hands', 'termasuk saya?', 'explain', 'hands'],
    ['name', 'akun WA saya dibajak', 'warn', 'name'],
    ['name', 'terima kasih', 'ask', 'name'],
  ])('at %s: "%s" gets %s at %s, and answers nothing', (step, text, type, then) => {
    const turn = says(at(step), text)
    expect(turn).toMatchObject({ reply: { type }, conversation: { step: then, answers: answersBefore(step) } })
    expect(turn.answered).toBeUndefined()
  })

  it.each([
    ['consent', { type: 'text', text: 'ya' }, 'buttons-only'],
    ['name', { type: 'text', text: 'lewati' }, 'needed'],
    ['name', { type: 'other' }, 'not-text'],
    ['name', { type: 'press', revision: 7, press: { do: 'skip' } }, 'needed'],
  ] as const)('cannot answer %s: %j is refused as %s', (step, input, reason) => {
    expect(take(at(step), input)).toMatchObject({ reply: { type: 'ask', problem: { reason, offersHuman: false } }, conversation: { step, revision: 7 } })
  })

  it('answers with a question mark are answers all the same where they fit, and a text once it is said again', () => {
    expect(says(at('sector'), 'kuliner?')).toMatchObject({ answered: { step: 'sector', answer: 'food' } })
    const asked = going(says(at('shop'), 'Apa Kabar?'))
    expect(says(asked, 'Apa Kabar?')).toMatchObject({ answered: { step: 'shop', answer: 'Apa Kabar?' } })
  })

  it('offers a human after three refusals in a row, and counts anew at the next question', () => {
    const refusals = (conversation: Conversation, count: number): Turn[] =>
      count === 0 ? [] : [says(conversation, '...'), ...refusals(going(says(conversation, '...')), count - 1)]
    const turns = refusals(at('name'), 4)
    expect(turns.map(({ reply }) => reply.type === 'ask' && reply.problem?.offersHuman)).toEqual([false, false, true, true])
    const next = going(says(going(turns[3] as Turn), 'Sari'))
    expect(says(next, '...').reply).toMatchObject({ problem: { offersHuman: false } })
  })

  it('leaves the optional rest for another day, but not a needed question', () => {
    expect(presses(at('product'), { do: 'rest' }).conversation).toMatchObject({ step: REVIEW, answers: answersBefore('product') })
    expect(presses(at('name'), { do: 'rest' }).reply.type).toBe('stale')
    expect(presses(at('product', { only: true }), { do: 'rest' }).reply.type).toBe('stale')
  })
})

describe('stopping', () => {
  const asked = going(says(at('channels', { ticked: ['market'] }), 'batal'))

  it.each([
    ['a press on "stop"', { type: 'press', revision: asked.revision, press: { do: 'discard' } }, 'discarded'],
    ['a press on "later"', { type: 'press', revision: asked.revision, press: { do: 'pause' } }, 'paused'],
    ['a press on "go on"', { type: 'press', revision: asked.revision, press: { do: 'resume' } }, 'ask'],
    ['a typed "ya", which throws nothing away', { type: 'text', text: 'ya' }, 'paused'],
    ['a typed "tidak"', { type: 'text', text: 'tidak' }, 'ask'],
    ['a typed "lanjut"', { type: 'text', text: 'lanjut' }, 'ask'],
    ['a typed "terus aja"', { type: 'text', text: 'terus aja' }, 'ask'],
    ['a typed "simpan dulu"', { type: 'text', text: 'simpan dulu' }, 'paused'],
    ['harm that was done', { type: 'text', text: 'akun WA saya dibajak' }, 'warn'],
    ['a wish for something else', { type: 'text', text: 'hapus data saya' }, 'elsewhere'],
    ['anything else', { type: 'text', text: 'Toko sendiri' }, 'ask-stop'],
    ['a sticker', { type: 'other' }, 'ask-stop'],
  ] as const)('is asked about; %s', (_, input, type) => {
    const turn = take(asked, input)
    expect(turn.reply.type).toBe(type)
    if (type === 'discarded') expect(turn.conversation).toBeNull()
    else expect(turn.conversation).toMatchObject({ step: 'channels', answers: asked.answers, memo: { ticked: ['market'] } })
  })

  it('and resuming much later goes on where she was, with what was ticked', () => {
    const paused = going(presses(asked, { do: 'pause' }))
    expect(presses(paused, { do: 'resume' })).toMatchObject({ reply: { type: 'ask' }, conversation: { step: 'channels', memo: { ticked: ['market'] } } })
    expect(says(paused, 'pasar')).toMatchObject({ answered: { step: 'channels', answer: ['market'] } })
  })
})

describe('the review', () => {
  const editing = (step: string) => going(presses(at(REVIEW), { do: 'edit', at: Object.keys(COMPLETE).indexOf(step) }))

  it.each([
    ['a press on "save"', { type: 'press', revision: 7, press: { do: 'save' } }],
    ['a typed "ya"', { type: 'text', text: 'ya' }],
  ] as const)('ends the form with %s', (_, input) => {
    expect(take(at(REVIEW), input)).toEqual({ conversation: null, reply: { type: 'done', answers: COMPLETE } })
  })

  it.each([
    ['opens the list of answers', { type: 'text', text: 'tidak' }, { reply: { type: 'redraw' }, conversation: { memo: { choosingEdit: true } } }],
    ['opens an answer by its name', { type: 'text', text: 'nama' }, { reply: { type: 'ask' }, conversation: { step: 'name' } }],
    ['asks for a button at anything else', { type: 'text', text: 'entah apa' }, { reply: { problem: { reason: 'buttons-only' } } }],
    ['stays at a sticker', { type: 'other' }, { reply: { type: 'ask' }, conversation: { step: REVIEW } }],
    ['asks before stopping', { type: 'text', text: 'batal' }, { reply: { type: 'ask-stop' }, conversation: { step: REVIEW } }],
    ['may wait', { type: 'text', text: 'nanti' }, { reply: { type: 'paused' }, conversation: { step: REVIEW } }],
    ['opens the list of answers at "ubah"', { type: 'text', text: 'ubah' }, { reply: { type: 'redraw' }, conversation: { memo: { choosingEdit: true } } }],
    ['returns a greeting', { type: 'text', text: 'halo' }, { reply: { type: 'ask', remark: 'greet' }, conversation: { step: REVIEW } }],
    ['explains', { type: 'text', text: 'bingung' }, { reply: { type: 'explain' }, conversation: { step: REVIEW } }],
    ['warns of harm', { type: 'text', text: 'akun WA saya dibajak' }, { reply: { type: 'warn' }, conversation: { step: REVIEW } }],
    ['hands on a wish for something else', { type: 'text', text: 'hapus data saya' }, { reply: { type: 'elsewhere' }, conversation: { step: REVIEW, answers: COMPLETE } }],
    ['has no answer buttons', { type: 'press', revision: 7, press: { do: 'yes' } }, { reply: { type: 'stale' } }],
  ] as const)('%s', (_, input, turn) => expect(take(at(REVIEW), input)).toMatchObject(turn))

  it.each(['simpan', 'simpan ya bu'])('ends the form with a typed "%s" too', (text) => expect(says(at(REVIEW), text).reply.type).toBe('done'))

  it('offers a human after three refusals in a row', () => {
    const twice = going(says(going(says(at(REVIEW), 'entah apa')), 'entah apa'))
    expect(says(twice, 'entah apa').reply).toMatchObject({ problem: { offersHuman: true } })
  })

  it('comes back after one changed answer, or none', () => {
    expect(says(editing('product'), 'Bakso')).toMatchObject({ conversation: { step: REVIEW, answers: { ...COMPLETE, product: 'Bakso' } } })
    expect(presses(editing('product'), { do: 'keep' })).toMatchObject({ conversation: { step: REVIEW, answers: COMPLETE } })
    expect(presses(editing('product'), { do: 'back' })).toMatchObject({ conversation: { step: REVIEW, answers: COMPLETE } })
  })

  it('still comes back after a pause in between', () => {
    const paused = going(says(editing('product'), 'nanti dulu'))
    const resumed = going(presses(paused, { do: 'resume' }))
    expect(presses(resumed, { do: 'back' })).toMatchObject({ conversation: { step: REVIEW } })
  })

  it('asks first what a changed answer makes needed', () => {
    const tailor = without({ ...COMPLETE, sector: 'sewing' }, 'permit')
    const turn = says(at('sector', { fromReview: true }, tailor), 'Kuliner')
    expect(turn).toMatchObject({ reply: { type: 'ask' }, conversation: { step: 'permit' } })
    expect(says(going(turn), 'Sudah ada')).toMatchObject({ conversation: { step: REVIEW } })
  })
})

describe('one answer to change', () => {
  const only = (step: string, answers: Answers = COMPLETE) => startConversation(SAMPLE, { only: step, answers })

  it('ends the form', () => {
    const turn = says(only('product'), 'Bakso')
    expect(turn).toEqual({ conversation: null, reply: { type: 'done', answers: { ...COMPLETE, product: 'Bakso' } }, answered: { step: 'product', answer: 'Bakso' } })
  })

  it('leads to a needed question it brings up, and to no other', () => {
    const tailor = without({ ...COMPLETE, sector: 'sewing' }, 'permit', 'phone')
    const turn = says(only('sector', tailor), 'Kuliner')
    expect(turn).toMatchObject({ reply: { type: 'ask' }, conversation: { step: 'permit' } })
    expect(says(going(turn), 'Sudah ada')).toMatchObject({ conversation: null, reply: { type: 'done', answers: { ...COMPLETE, phone: null } } })
  })

  it('going back asks whether to stop', () => expect(says(only('product'), 'kembali').reply.type).toBe('ask-stop'))
})

describe('a form without a review', () => {
  const form = defineForm({
    name: 'help', version: 1, review: false,
    steps: { what: textField({ min: 2, max: 200 }), when: choiceField(['today', 'later'], { optional: true }), who: textField({ min: 2, max: 40, optional: true }) },
  })
  const asked = going(takeTurn(form, startConversation(form), { type: 'text', text: 'Mesin rusak' }, WORDS))

  it.each([
    [{ type: 'press', revision: asked.revision, press: { do: 'rest' } }, { what: 'Mesin rusak', when: null, who: null }],
    [{ type: 'press', revision: asked.revision, press: { do: 'choose', at: 0 } }, undefined],
  ] as const)('is done with its last answer: %j', (input, answers) => {
    const turn = takeTurn(form, asked, input, WORDS)
    expect(turn.reply).toEqual(answers ? { type: 'done', answers } : { type: 'ask' })
  })
})

describe('a button of a form that changed since', () => {
  const old = at('shop')
  const takeNew = (input: TurnInput): Turn => takeTurn(SAMPLE_V2, old, input, WORDS)

  it.each([
    ['resume', 'ask'],
    ['pause', 'paused'],
    ['stop', 'ask-stop'],
    ['none', 'ask'],
  ] as const)('"%s" gets %s, at a question the form still has', (press, type) => {
    const turn = takeNew({ type: 'press', revision: old.revision, press: { do: press } })
    expect(turn).toMatchObject({ reply: { type }, conversation: { version: 2, step: 'nickname' } })
    expect(turn.answered).toBeUndefined()
  })

  it('takes typed words for the question they were typed for, or for none', () => {
    expect(takeNew({ type: 'text', text: 'Warung Sari' })).toMatchObject({ reply: { type: 'ask' }, conversation: { step: 'nickname' } })
    const same = takeTurn(SAMPLE_V2, at('name'), { type: 'text', text: 'Sari' }, WORDS)
    expect(same).toMatchObject({ answered: { step: 'name', answer: 'Sari' }, conversation: { step: 'nickname' } })
  })
})
