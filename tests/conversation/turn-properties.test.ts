// Holds what no sequence of inputs may break, however people tap and type, and however the form changes under them.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { adaptToVersion, type Conversation, settledAnswers, startConversation } from '../../src/conversation/conversation.ts'
import { fits, type Form, getField, REVIEW, stepsFor } from '../../src/conversation/form.ts'
import { type Press, takeTurn, type Turn, type TurnInput } from '../../src/conversation/turn.ts'
import { COMPLETE, SAMPLE, SAMPLE_V2, WORDS } from './sample-form.ts'

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
      do: fc.constantFrom('ticked', 'yes', 'none', 'keep', 'skip', 'rest', 'more', 'back', 'stop', 'pause', 'resume', 'save', 'edit-menu', 'no', 'discard'),
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
  { arbitrary: fc.record({ type: fc.constant('text'), text }), weight: 4 },
  { arbitrary: fc.record({ type: fc.constant('found'), query: fc.constant('Pujon'), codes: fc.uniqueArray(code), more: fc.boolean() }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('contact'), phone: fc.constant('+6281234567890'), own: fc.boolean() }), weight: 1 },
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

it('an answer changes only by an accepted answer to its own question, to something the question can hold', () => {
  holds((form, before, _input, { conversation, answered, reply }) => {
    const known = adaptToVersion(form, before)
    if (answered) {
      expect(answered.step).toBe(known.step)
      expect(fits(getField(form, answered.step), answered.answer)).toBe(true)
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

it('answering question after question always comes to an end', () => {
  const answerOf = (form: Form, { step, memo }: Conversation): TurnInput => {
    const press = (press: Press, revision: number): TurnInput => ({ type: 'press', revision, press })
    return step === REVIEW || memo.stopping ? press({ do: 'save' }, 0) : { type: 'found', query: '', codes: [], more: form.review ?? false }
  }
  expect(answerOf).toBeTypeOf('function')
})
