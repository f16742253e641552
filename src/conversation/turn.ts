// One turn of a guided form: a conversation and what the person did give the next conversation and the reply to make.
// Pure: it sends nothing, stores nothing and looks nothing up (a place search is handed back to the caller).
import { namesOption, type OptionWords, readAnswer, type Refusal } from './answer.ts'
import { adaptToVersion, type Conversation, goTo, nextStep, previousStep, settledAnswers, withAnswer } from './conversation.ts'
import { type Answer, type Answers, type Field, type Form, getField, REVIEW, stepsFor } from './form.ts'
import { matchChoice } from './parse/choice.ts'
import { type Intent, readIntent } from './parse/intent.ts'

/** A button that answers the current question. `at` is a position in what the message showed. */
type AnswerPress =
  | { readonly do: 'choose' | 'tick' | 'page'; readonly at: number }
  | { readonly do: 'ticked' | 'yes' | 'no' | 'none' | 'keep' | 'skip' | 'rest' | 'more' }

/** A button of the form itself. */
type FormPress =
  | { readonly do: 'edit'; readonly at: number }
  | { readonly do: 'back' | 'stop' | 'pause' | 'discard' | 'resume' | 'save' | 'edit-menu' }

export type Press = AnswerPress | FormPress

export type TurnInput =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'press'; readonly revision: number; readonly press: Press }
  | { readonly type: 'contact'; readonly phone: string; readonly own: boolean }
  /** What a search asked for by `look-up` found: place codes, best first. */
  | { readonly type: 'found'; readonly query: string; readonly codes: readonly string[]; readonly more: boolean }
  /** A photo, sticker, voice note... where words or a button are expected. */
  | { readonly type: 'other' }

export interface Problem {
  readonly reason: Refusal
  /** Three refusals in a row: time to offer a human. */
  readonly offersHuman: boolean
}

export type Reply =
  /** Show the current question, or the review, in a new message. */
  | { readonly type: 'ask'; readonly problem?: Problem; readonly greeting?: 'greet' | 'thanks' }
  /** Same question, other buttons: change the message in place. */
  | { readonly type: 'redraw' }
  /** An old button: nothing changed, point to the current question. */
  | { readonly type: 'stale' }
  | { readonly type: 'explain' | 'read-more' | 'ask-stop' }
  | { readonly type: 'look-up'; readonly queries: readonly string[] }
  | { readonly type: 'paused' | 'discarded' }
  /** An answer that ends the form kindly. */
  | { readonly type: 'ended'; readonly step: string }
  | { readonly type: 'done'; readonly answers: Answers }

export interface Turn {
  /** Null when the form is over. */
  readonly conversation: Conversation | null
  readonly reply: Reply
  /** The answer this turn took, if it took one. */
  readonly answered?: { readonly step: string; readonly answer: Answer }
}

/** The words people may type for an option of a step, or for a step itself in the review. */
export interface Words {
  readonly option: (step: string, option: string) => readonly string[]
  readonly step: (step: string) => string
}

const REFUSALS_BEFORE_HUMAN = 3

const CHANGES_NO_ANSWER: ReadonlySet<Press['do']> = new Set(['stop', 'pause', 'discard', 'resume'] as const)

/** Takes one turn. Any input is allowed at any time; what does not fit changes no answer. */
export function takeTurn(form: Form, before: Conversation, input: TurnInput, words: Words): Turn {
  const conversation = adaptToVersion(form, before)
  if (input.type === 'press') {
    if (input.revision !== before.revision) return stale(conversation)
    // The form changed since the button was shown: what it answered may mean something else now.
    if (conversation !== before && !CHANGES_NO_ANSWER.has(input.press.do)) return ask(conversation)
    return takePress(form, conversation, input.press)
  }
  // Words typed for a question that is asked no more are no answer to the one that came in its place.
  if (conversation.step !== before.step) return ask(conversation)
  if (conversation.memo.stopping) return answerStop(conversation, input)
  if (conversation.step === REVIEW) return input.type === 'text' ? typeAtReview(form, conversation, input.text, words) : ask(conversation)
  const field = getField(form, conversation.step)
  switch (input.type) {
    case 'text':
      return takeText(form, conversation, field, input.text, words)
    case 'contact':
      if (field.kind !== 'phone') return refuse(conversation, 'not-text')
      return input.own ? accept(form, conversation, field, input.phone) : refuse(conversation, 'not-yours')
    case 'found':
      return takeFound(conversation, field, input)
    case 'other':
      return refuse(conversation, 'not-text')
  }
}

function takeText(form: Form, conversation: Conversation, field: Field, text: string, words: Words): Turn {
  const option: OptionWords = (id) => words.option(conversation.step, id)
  const reading = readAnswer(field, conversation.memo, text, option)
  // The words on a button are its answer, whatever else they may mean ("not yet"); so is an "I don't know" the field knows.
  const intent = namesOption(field, text, option) ? undefined : readIntent(text)
  const isAnswer = intent === 'dont-know' && reading.type === 'answer'
  const control = intent && !isAnswer && takeIntent(form, conversation, field, intent)
  if (control) return control
  switch (reading.type) {
    case 'answer':
      return accept(form, conversation, field, reading.answer)
    case 'refused':
      return refuse(conversation, reading.reason)
    case 'look-up':
      return { conversation, reply: reading }
  }
}

/** Words that steer the form instead of answering it, wherever the field itself gives them no meaning. */
function takeIntent(form: Form, conversation: Conversation, field: Field, intent: Intent): Turn | undefined {
  switch (intent) {
    case 'cancel':
    case 'stop':
      return askStop(conversation)
    case 'later':
      return takePress(form, conversation, { do: 'pause' })
    case 'back':
      return takePress(form, conversation, { do: 'back' })
    case 'skip':
      return takePress(form, conversation, { do: 'skip' })
    case 'dont-know':
      return field.optional ? takePress(form, conversation, { do: 'skip' }) : explain(conversation)
    case 'help':
    case 'urgent':
      return explain(conversation)
    case 'greet':
    case 'thanks':
      return { conversation, reply: { type: 'ask', greeting: intent } }
    case 'yes':
    case 'no':
    case 'maybe':
    case 'fine':
    case 'menu':
    case 'register':
    case 'data-see':
    case 'data-change':
    case 'data-erase':
    case 'leave':
      return undefined
  }
}

function takePress(form: Form, conversation: Conversation, press: Press): Turn {
  const { step, memo } = conversation
  switch (press.do) {
    case 'stop':
      return askStop(conversation)
    case 'resume':
      return ask(askedAnew(conversation))
    case 'pause':
      return { conversation: askedAnew(conversation), reply: { type: 'paused' } }
    case 'discard':
      return { conversation: null, reply: { type: 'discarded' } }
    case 'back':
      return goBack(form, conversation)
    case 'save':
      return step === REVIEW ? { conversation: null, reply: { type: 'done', answers: settledAnswers(form, conversation.answers) } } : stale(conversation)
    case 'edit-menu':
      return step === REVIEW ? redraw(conversation, { choosingEdit: !memo.choosingEdit }) : stale(conversation)
    case 'edit': {
      const chosen = step === REVIEW ? stepsFor(form, conversation.answers)[press.at] : undefined
      return chosen ? ask(goTo(conversation, chosen, { fromReview: true })) : stale(conversation)
    }
    default:
      return step === REVIEW ? stale(conversation) : pressAnswer(form, conversation, getField(form, step), press)
  }
}

/** A button that answers the current question or turns its page. A button the question never had is stale. */
function pressAnswer(form: Form, conversation: Conversation, field: Field, press: AnswerPress): Turn {
  const { memo } = conversation
  switch (press.do) {
    case 'choose': {
      const offered = field.kind === 'choice' ? field.options : field.kind === 'place' ? (memo.found ?? []) : []
      const chosen = offered[press.at]
      return chosen === undefined ? stale(conversation) : accept(form, conversation, field, chosen)
    }
    case 'tick': {
      const chosen = field.kind === 'choices' ? field.options[press.at] : undefined
      if (chosen === undefined) return stale(conversation)
      const ticked = tickedNow(conversation)
      return redraw(conversation, { ticked: ticked.includes(chosen) ? ticked.filter((one) => one !== chosen) : [...ticked, chosen] })
    }
    case 'ticked': {
      if (field.kind !== 'choices') return stale(conversation)
      const ticked = tickedNow(conversation)
      if (ticked.length === 0) return refuse(conversation, 'unknown')
      return accept(form, conversation, field, field.options.filter((one) => ticked.includes(one)))
    }
    case 'page':
      return field.kind === 'choice' && field.pageSize ? redraw(conversation, { page: press.at }) : stale(conversation)
    case 'yes':
    case 'no':
      return field.kind === 'yes-no' || field.kind === 'consent' ? accept(form, conversation, field, press.do === 'yes') : stale(conversation)
    case 'none':
      return field.kind === 'text' && field.noneAllowed ? accept(form, conversation, field, '') : stale(conversation)
    case 'keep': {
      const before = conversation.answers[conversation.step]
      return before === undefined ? stale(conversation) : accept(form, conversation, field, before)
    }
    case 'skip':
      return field.optional ? accept(form, conversation, field, null) : refuse(conversation, 'needed')
    case 'rest': {
      if (!field.optional || memo.only) return stale(conversation)
      return moveOn(form, { ...conversation, memo: { restLater: true } })
    }
    case 'more':
      return field.kind === 'consent' && field.readMore ? { conversation, reply: { type: 'read-more' } } : stale(conversation)
  }
}

/** What is ticked: this time's ticks, or at first the answer given before. */
export function tickedNow({ answers, memo, step }: Conversation): readonly string[] {
  const before = answers[step]
  return memo.ticked ?? (Array.isArray(before) ? (before as readonly string[]) : [])
}

function accept(form: Form, conversation: Conversation, field: Field, answer: Answer): Turn {
  const { step } = conversation
  const answered = { step, answer }
  if (field.endsOn !== undefined && field.endsOn === answer) return { conversation: null, reply: { type: 'ended', step }, answered }
  return { ...moveOn(form, withAnswer(conversation, answer)), answered }
}

/** On to the next open question; past the last one to the review, or without one to the end. */
function moveOn(form: Form, conversation: Conversation): Turn {
  const { answers, memo } = conversation
  // A single changed answer may lead to a question that needs an answer too, never to those left open before.
  const next = nextStep(form, answers, memo.only ? { restLater: true } : memo)
  if (next !== REVIEW || !(memo.only || form.review === false)) return ask(goTo(conversation, next))
  return { conversation: null, reply: { type: 'done', answers: settledAnswers(form, answers) } }
}

function takeFound(conversation: Conversation, field: Field, found: Extract<TurnInput, { type: 'found' }>): Turn {
  if (field.kind !== 'place') return stale(conversation)
  if (found.codes.length === 0) return refuse(conversation, 'not-found')
  return ask(goTo(conversation, conversation.step, { ...conversation.memo, found: found.codes, foundMore: found.more, query: found.query, refusals: 0 }))
}

function typeAtReview(form: Form, conversation: Conversation, text: string, words: Words): Turn {
  const intent = readIntent(text)
  if (intent === 'yes') return takePress(form, conversation, { do: 'save' })
  if (intent === 'cancel' || intent === 'stop') return askStop(conversation)
  if (intent === 'later') return takePress(form, conversation, { do: 'pause' })
  if (intent === 'back' || intent === 'no') return redraw(conversation, { choosingEdit: true })
  const steps = stepsFor(form, conversation.answers)
  const match = matchChoice(text, steps.map((step) => ({ id: step, label: words.step(step) })))
  if (match.type === 'one') return ask(goTo(conversation, match.id, { fromReview: true }))
  return { conversation, reply: { type: 'ask', problem: { reason: 'buttons-only', offersHuman: false } } }
}

function answerStop(conversation: Conversation, input: Exclude<TurnInput, { type: 'press' }>): Turn {
  const intent = input.type === 'text' ? readIntent(input.text) : undefined
  // A typed "ya" keeps what she has written: only the button throws it away.
  if (intent === 'yes' || intent === 'later') return { conversation: askedAnew(conversation), reply: { type: 'paused' } }
  if (intent === 'no') return ask(askedAnew(conversation))
  return { conversation, reply: { type: 'ask-stop' } }
}

function goBack(form: Form, conversation: Conversation): Turn {
  if (conversation.memo.only) return askStop(conversation)
  if (conversation.memo.fromReview) return ask(goTo(conversation, REVIEW))
  const previous = previousStep(form, conversation)
  return previous ? ask(goTo(conversation, previous)) : ask(goTo(conversation, conversation.step))
}

function askStop(conversation: Conversation): Turn {
  return { conversation: { ...askedAnew(conversation), memo: { ...conversation.memo, stopping: true } }, reply: { type: 'ask-stop' } }
}

function refuse(conversation: Conversation, reason: Refusal): Turn {
  const refusals = (conversation.memo.refusals ?? 0) + 1
  return {
    conversation: { ...conversation, memo: { ...conversation.memo, refusals } },
    reply: { type: 'ask', problem: { reason, offersHuman: refusals >= REFUSALS_BEFORE_HUMAN } },
  }
}

/** The same question once more, with what was ticked and found for it. */
function askedAnew(conversation: Conversation): Conversation {
  const { stopping: _, ...memo } = conversation.memo
  return { ...goTo(conversation, conversation.step), memo }
}

const ask = (conversation: Conversation): Turn => ({ conversation, reply: { type: 'ask' } })
const explain = (conversation: Conversation): Turn => ({ conversation, reply: { type: 'explain' } })
const stale = (conversation: Conversation): Turn => ({ conversation, reply: { type: 'stale' } })
const redraw = (conversation: Conversation, memo: Conversation['memo']): Turn => ({
  conversation: { ...conversation, memo: { ...conversation.memo, ...memo } },
  reply: { type: 'redraw' },
})
