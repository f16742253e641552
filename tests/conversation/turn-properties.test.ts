// Holds what no sequence of inputs may break, however people tap and type, and however the form changes under them.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { adaptToVersion, type Conversation, settledAnswers, startConversation } from '../../src/conversation/conversation.ts'
import { fits, type Form, getField, REVIEW, stepsFor } from '../../src/conversation/form.ts'
import type { Turn } from '../../src/conversation/moves.ts'
import type { Press } from '../../src/conversation/press.ts'
import { takeTurn, type TurnInput } from '../../src/conversation/turn.ts'
import { answersBefore, COMPLETE, SAMPLE, SAMPLE_V2, WORDS } from './sample-form.ts'

type Act =
  | { readonly do: 'give'; readonly input: Exclude<TurnInput, { type: 'press' }> }
  /** `off` is how far the button's revision is from the current one: 0 is a button of the current question. */
  | { readonly do: 'press'; readonly off: number; readonly press: Press }
  /** The clinic starts with the other version of the form. */
  | { readonly do: 'deploy' }

const position = fc.integer({ min: 0, max: 13 })
const press = fc.oneof(
  { arbitrary: fc.record({ do: fc.constantFrom('choose', 'tick', 'page', 'edit'), at: position }), weight: 2 },
  {
    arbitrary: fc.record({
      do: fc.constantFrom('ticked', 'yes', 'none', 'keep', 'skip', 'rest', 'more', 'back', 'stop', 'pause', 'resume', 'save', 'edit-menu', 'no', 'discard', 'use-held', 'not-for-this', 'that-is-all'),
    }),
    weight: 3,
  },
) as fc.Arbitrary<Press>
const text = fc.oneof(
  { arbitrary: fc.constantFrom('Sari', 'Keripik tempe', 'Pujon', 'kuliner', 'penjahit', '1', '2', 'sudah ada', '3 tahun', '7 juta', 'WA', '0812 3456 7890'), weight: 4 },
  { arbitrary: fc.constantFrom('ya', 'tidak', 'batal', 'kembali', 'lewati', 'nanti', 'tidak tahu', 'tolong', 'halo', 'makasih', 'menu', 'hapus data saya'), weight: 2 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 1 },
)
const code = fc.constantFrom('35.07.26.2003', '35.07.26.2004', '35.79.01.1001')
const input = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('text'), text, messageId: fc.integer({ min: 1, max: 9 }) }), weight: 4 },
  { arbitrary: fc.record({ type: fc.constant('text'), text, early: fc.constant(true) }), weight: 1 },
  { arbitrary: fc.record({ type: fc.constant('edit'), text, messageId: fc.integer({ min: 1, max: 9 }) }), weight: 1 },
  { arbitrary: fc.record({ type: fc.constantFrom('photo', 'voice'), fileId: fc.constant('file') }), weight: 1 },
  { arbitrary: fc.record({ type: fc.constant('found'), query: fc.constant('Pujon'), codes: fc.uniqueArray(code), more: fc.boolean() }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('contact'), phone: fc.constant('+6281234567890'), own: fc.boolean() }), weight: 1 },
  { arbitrary: fc.record({ type: fc.constant('kept'), id: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }) }), weight: 1 },
  { arbitrary: fc.record({ type: fc.constant('other') }), weight: 1 },
) as fc.Arbitrary<Exclude<TurnInput, { type: 'press' }>>
const act: fc.Arbitrary<Act> = fc.oneof(
  { arbitrary: fc.record({ do: fc.constant('give' as const), input }), weight: 5 },
  { arbitrary: fc.record({ do: fc.constant('press' as const), off: fc.constant(0), press }), weight: 5 },
  { arbitrary: fc.record({ do: fc.constant('press' as const), off: fc.integer({ min: -5, max: 5 }), press }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('deploy' as const) }), weight: 1 },
)
const start = fc.oneof(
  fc.constant({}),
  fc.constantFrom('sector', 'product', 'village', 'phone').map((only) => ({ answers: COMPLETE, only })),
  fc.constantFrom(...Object.keys(COMPLETE)).map((step) => ({ answers: answersBefore(step) })),
  fc.subarray(Object.keys(COMPLETE)).map((steps) => ({ answers: Object.fromEntries(steps.map((step) => [step, COMPLETE[step] ?? null])) })),
)

/** Runs acts until the form is over, and shows each turn to `look`. */
function run(begin: Parameters<typeof startConversation>[1], acts: readonly Act[], look: (form: Form, before: Conversation, input: TurnInput, turn: Turn) => void): void {
  let form: Form = SAMPLE
  let conversation = startConversation(form, begin)
  for (const one of acts) {
    if (one.do === 'deploy') {
      form = form === SAMPLE ? SAMPLE_V2 : SAMPLE
      continue
    }
    const input: TurnInput = one.do === 'give' ? one.input : { type: 'press', revision: conversation.revision + one.off, press: one.press }
    const turn = takeTurn(form, conversation, input, WORDS)
    look(form, conversation, input, turn)
    if (turn.conversation === null) return
    conversation = turn.conversation
  }
}

const holds = (look: Parameters<typeof run>[2]) =>
  fc.assert(fc.property(start, fc.array(act, { maxLength: 60, size: 'max' }), (begin, acts) => run(begin, acts, look)), { numRuns: 400 })

it('the current question always exists and applies, or is the review', () => {
  holds((form, _before, _input, { conversation }) => {
    if (conversation) expect([...stepsFor(form, conversation.answers), REVIEW]).toContain(conversation.step)
  })
})

it('an answer changes only by an accepted answer to its own question or an edit of its message, to something the question can hold', () => {
  holds((form, before, input, { conversation, answered, reply }) => {
    const known = adaptToVersion(form, before)
    if (answered) {
      expect(answered.step).toBe(known.step)
      expect(fits(getField(form, answered.step), answered.answer)).toBe(true)
    }
    if (input.type === 'edit') {
      const corrected = reply.type === 'ask' ? reply.corrected : undefined
      if (corrected !== undefined) expect(known.memo.sources?.[corrected]).toBe(input.messageId)
      const changed = Object.keys(known.answers).filter((step) => conversation?.answers[step] !== known.answers[step])
      expect(changed.filter((step) => step !== corrected)).toEqual([])
      return
    }
    const expected = answered ? { ...known.answers, [answered.step]: answered.answer } : known.answers
    if (conversation) expect(conversation.answers).toEqual(expected)
    if (reply.type === 'done') expect(reply.answers).toEqual(settledAnswers(form, expected))
  })
})

it('a stale press changes nothing at all, and every button of another revision is stale', () => {
  holds((form, before, input, { conversation, answered, reply }) => {
    if (input.type === 'press' && input.revision !== before.revision) expect(reply.type).toBe('stale')
    if (reply.type !== 'stale') return
    expect(conversation).toEqual(adaptToVersion(form, before))
    expect(answered).toBeUndefined()
  })
})

it('an answer makes every button shown before stale', () => {
  holds((_form, before, _input, { conversation, answered }) => {
    if (!conversation) return
    expect(conversation.revision).toBeGreaterThanOrEqual(before.revision)
    if (answered || conversation.step !== before.step) expect(conversation.revision).toBeGreaterThan(before.revision)
  })
})

it('is done only when every needed question that applies has its answer', () => {
  holds((form, _before, _input, { reply }) => {
    if (reply.type !== 'done') return
    const open = stepsFor(form, reply.answers).filter((step) => !form.steps[step]?.optional && (reply.answers[step] ?? null) === null)
    expect(open).toEqual([])
  })
})

it('is over only when done, ended by an answer, or thrown away with the button', () => {
  holds((_form, _before, input, { conversation, reply }) => {
    expect(conversation === null).toBe(['done', 'ended', 'discarded'].includes(reply.type))
    if (reply.type === 'discarded') expect(input).toMatchObject({ type: 'press', press: { do: 'discard' } })
  })
})

/** What someone does who simply wants to finish. */
function nextDeed(form: Form, { answers, step, memo, revision }: Conversation): TurnInput {
  const pressing = (press: Press): TurnInput => ({ type: 'press', revision, press })
  if (memo.stopping) return pressing({ do: 'resume' })
  if (memo.held !== undefined) return pressing({ do: 'not-for-this' })
  if (step === REVIEW) return pressing({ do: 'save' })
  const field = getField(form, step)
  switch (field.kind) {
    case 'text':
    case 'showing':
      return { type: 'text', text: 'Sari' }
    case 'choice':
      return pressing({ do: 'choose', at: 0 })
    case 'choices':
      return { type: 'text', text: WORDS.option(step, field.options[0] ?? '')[0] ?? '' }
    case 'yes-no':
    case 'consent':
      return pressing({ do: 'yes' })
    case 'place':
      return memo.found ? pressing({ do: 'choose', at: 0 }) : { type: 'found', query: 'Pujon', codes: ['35.07.26.2003'], more: false }
    case 'phone':
      return { type: 'contact', phone: '+6281234567890', own: true }
    case 'rupiah':
      return { type: 'text', text: 'Rp1.500.000' }
    case 'number':
      return { type: 'text', text: '3' }
    case 'date':
      return { type: 'text', text: '17-05-2020' }
    case 'photo':
    case 'voice':
      return { type: field.kind, fileId: 'file' }
    case 'messages':
      return answers[step] === undefined ? { type: 'kept', id: 1 } : pressing({ do: 'that-is-all' })
  }
}

it('can be finished from wherever someone got to, within two turns a question', () => {
  fc.assert(fc.property(start, fc.array(act, { maxLength: 30 }), (begin, acts) => {
    let reached: { form: Form; conversation: Conversation } | undefined
    run(begin, acts, (form, _before, _input, { conversation }) => {
      reached = conversation ? { form, conversation } : undefined
    })
    if (!reached) return
    const { form } = reached
    let turn: Turn = { conversation: reached.conversation, reply: { type: 'ask' } }
    for (let turns = 2 * Object.keys(form.steps).length + 2; turns > 0 && turn.conversation; turns -= 1) {
      turn = takeTurn(form, turn.conversation, nextDeed(form, turn.conversation), WORDS)
    }
    expect(turn.reply.type).toBe('done')
  }), { numRuns: 300 })
})
