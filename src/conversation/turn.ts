// One turn of a guided form: a conversation and what the person did give the next conversation and the reply to make.
// Pure: it sends nothing, stores nothing and looks nothing up (a place search is handed back to the caller).
import { namesOption, readAnswer } from './answer.ts'
import { adaptToVersion, type Conversation, goTo, nextStep } from './conversation.ts'
import { type Field, type Form, getField, type MessagesField, REVIEW, stepsFor } from './form.ts'
import { accept, ask, askedAnew, askRenewed, askStop, explain, goBack, moveOn, pause, redraw, refuse, stale, type Turn } from './moves.ts'
import { matchChoice } from './parse/choice.ts'
import type { CalendarDay } from './parse/date.ts'
import { type Intent, readIntent } from './parse/intent.ts'
import { normalise } from './parse/normalise.ts'
import { type Press, takePress } from './press.ts'

interface TypedText {
  readonly type: 'text'
  readonly text: string
  /** Telegram's id of the message, so that editing it can correct the answer. */
  readonly messageId?: number
  /** Sent before the current question could be seen: it answers something else. */
  readonly early?: boolean
}

export type TurnInput =
  | TypedText
  | { readonly type: 'press'; readonly revision: number; readonly press: Press }
  /** A message was edited that may have answered a step. */
  | { readonly type: 'edit'; readonly messageId: number; readonly text: string }
  | { readonly type: 'contact'; readonly phone: string; readonly own: boolean }
  | { readonly type: 'photo' | 'voice'; readonly fileId: string; readonly caption?: string }
  /** A message was kept, as `keep` asked for, under this number; none when it is of a kind that can't be passed on. */
  | { readonly type: 'kept'; readonly id: number | undefined }
  /** What a search asked for by `look-up` found: place codes, best first. */
  | { readonly type: 'found'; readonly query: string; readonly codes: readonly string[]; readonly more: boolean }
  /** A sticker, a document, a place on the map... where words or a button are expected. */
  | { readonly type: 'other' }

/** What reading needs to know of the reader: the words she may type, and the day where she lives. */
export interface Words {
  readonly option: (step: string, option: string) => readonly string[]
  readonly step: (step: string) => string
  readonly today: CalendarDay
}

const CHANGES_NO_ANSWER: ReadonlySet<Press['do']> = new Set(['stop', 'pause', 'discard', 'resume'] as const)

/** Takes one turn. Any input is allowed at any time; what does not fit changes no answer. */
export function takeTurn(form: Form, before: Conversation, input: TurnInput, words: Words): Turn {
  const conversation = adaptToVersion(form, before)
  if (input.type === 'edit') return correct(form, conversation, input, words)
  if (input.type === 'press') {
    if (input.revision !== before.revision) return stale(conversation)
    // The form changed since the button was shown: what it answered may mean something else now.
    if (conversation !== before && !CHANGES_NO_ANSWER.has(input.press.do)) return askRenewed(conversation)
    if (input.press.do === 'use-held') return useHeld(form, conversation, words)
    return takePress(form, conversation, input.press)
  }
  // Words typed for a question that is asked no more are no answer to the one that came in its place.
  if (conversation.step !== before.step) return askRenewed(conversation)
  const collecting = form.steps[conversation.step]
  if (collecting?.kind === 'messages') return takeMessage(form, conversation, collecting, input)
  if (conversation.memo.stopping) return answerStop(conversation, input)
  if (input.type === 'text' && input.early) return takeEarly(form, conversation, input, words)
  if (input.type === 'text' && conversation.memo.held !== undefined) return answerHeld(form, conversation, input, words)
  if (conversation.step === REVIEW) return input.type === 'text' ? typeAtReview(form, conversation, input.text, words) : ask(conversation)
  const field = getField(form, conversation.step)
  switch (input.type) {
    case 'text':
      return takeText(form, conversation, field, input, words)
    case 'contact':
      if (field.kind !== 'phone') return refuse(conversation, 'not-text')
      return input.own ? accept(form, conversation, field, input.phone) : refuse(conversation, 'not-yours')
    case 'photo':
    case 'voice':
      if (field.kind === 'showing' && input.type === 'photo') return accept(form, conversation, field, ['photo', input.fileId, input.caption ?? ''])
      return field.kind === input.type ? accept(form, conversation, field, input.fileId) : refuse(conversation, wrongMedium(field))
    case 'kept':
      return ask(conversation)
    case 'found':
      return takeFound(conversation, field, input)
    case 'other':
      return refuse(conversation, wrongMedium(field))
  }
}

/** What steers a form also where every message is kept; whatever else she writes is part of what she tells. */
const HEARD_ALWAYS: ReadonlySet<Intent> = new Set(['cancel', 'stop', 'later', 'back', 'menu'] as const)
const THAT_IS_ALL = /^(?:(?:ya|ok|oke|sudah|udah|cukup|itu saja|silakan|tolong) ?)*(?:kirim(?:kan)?|selesai|sudah|cukup|itu saja|send|done|that is all|thats all)(?: (?:saja|sekarang|semua|ya|now))*$/

/** One of several messages: kept first, then counted. */
function takeMessage(form: Form, conversation: Conversation, field: MessagesField, input: Exclude<TurnInput, { type: 'press' | 'edit' }>): Turn {
  const { answers, memo, step } = conversation
  const kept = (answers[step] ?? []) as readonly number[]
  if (input.type === 'kept') {
    if (input.id === undefined) return refuse(conversation, 'not-carried')
    return ask({ ...askedAnew({ ...conversation, answers: { ...answers, [step]: [...kept, input.id] } }), memo: {} })
  }
  if (input.type === 'text') {
    const intent = readIntent(input.text)
    if (memo.stopping && intent) return answerStop(conversation, input)
    const steered = intent && HEARD_ALWAYS.has(intent) && takeIntent(form, conversation, field, intent)
    if (steered) return steered
    if (kept.length > 0 && THAT_IS_ALL.test(normalise(input.text))) return takePress(form, conversation, { do: 'that-is-all' })
  }
  return kept.length < field.most ? { conversation, reply: { type: 'keep' } } : refuse(conversation, 'too-many')
}

/** A question about the question ("NIB itu apa?") is explained, not refused or kept as an answer. */
const ASKS_BACK = /\?\s*$|\b(?:itu apa|apa itu|maksudnya)\b/i

function takeText(form: Form, conversation: Conversation, field: Field, { text, messageId }: TypedText, words: Words): Turn {
  const { memo, step } = conversation
  const option = (id: string) => words.option(step, id)
  const reading = readAnswer(field, memo, text, option, words.today)
  // The words on a button are its answer, whatever else they may mean ("not yet"); so is an "I don't know" the field knows.
  const asks = ASKS_BACK.test(text) && (reading.type === 'refused' || (field.kind === 'text' && !field.ownWords))
  const intent = namesOption(field, text, option) ? undefined : (readIntent(text) ?? (asks ? 'help' : undefined))
  const isAnswer = intent === 'dont-know' && reading.type === 'answer'
  const control = intent && !isAnswer && takeIntent(form, conversation, field, intent)
  if (control && !(field.kind === 'text' && memo.said === text)) {
    return control.conversation && control.conversation.step === step ? { ...control, conversation: remember(control.conversation, text) } : control
  }
  // "Salam" may be her name: said once more it is taken as it stands.
  if (control && field.kind === 'text' && text.length >= field.min && text.length <= field.max) return accept(form, conversation, field, text, messageId)
  switch (reading.type) {
    case 'answer':
      return accept(form, conversation, field, reading.answer, messageId)
    case 'refused':
      return refuse(conversation, reading.reason)
    case 'ask':
      return refuse({ ...conversation, memo: { ...memo, offered: reading.answers } }, 'which')
    case 'look-up':
      return { conversation, reply: reading }
  }
}

const remember = (conversation: Conversation, said: string): Conversation => ({ ...conversation, memo: { ...conversation.memo, said } })

/** Words that steer the form instead of answering it, wherever the field itself gives them no meaning; the review has no field. */
function takeIntent(form: Form, conversation: Conversation, field: Field | undefined, intent: Intent): Turn | undefined {
  const inOwnWords = field?.kind === 'showing' || (field?.kind === 'text' && field.ownWords)
  switch (intent) {
    case 'cancel':
      return askStop(conversation)
    case 'stop':
      return askStop(conversation, true)
    case 'later':
      return pause(conversation)
    case 'back':
      return goBack(form, conversation)
    case 'skip':
      return field && takePress(form, conversation, { do: 'skip' })
    case 'dont-know':
      return field?.optional ? takePress(form, conversation, { do: 'skip' }) : explain(conversation)
    case 'help':
      return explain(conversation)
    case 'urgent':
      return inOwnWords ? undefined : { conversation, reply: { type: 'warn' } }
    case 'greet':
    case 'thanks':
      return { conversation, reply: { type: 'ask', remark: intent } }
    case 'menu':
    case 'register':
    case 'data-see':
    case 'data-change':
    case 'data-erase':
    case 'leave':
      return inOwnWords ? undefined : { conversation, reply: { type: 'elsewhere' } }
    case 'yes':
    case 'no':
    case 'maybe':
    case 'fine':
      return undefined
  }
}

const ELSEWHERE: ReadonlySet<Intent> = new Set(['menu', 'register', 'data-see', 'data-change', 'data-erase', 'leave'] as const)

const HEARD_EARLY: ReadonlySet<Intent> = new Set(['cancel', 'stop', 'later', 'help', 'urgent', 'greet', 'thanks'] as const)

/** Words from before she saw the question: joined to a message in her own words, else kept until she says what they are for. */
function takeEarly(form: Form, conversation: Conversation, input: TypedText, words: Words): Turn {
  const { answers, memo, step } = conversation
  const field = form.steps[step]
  const intent = readIntent(input.text)
  if (field && intent && HEARD_EARLY.has(intent)) return takeText(form, conversation, field, input, words)
  const last = memo.last === undefined ? undefined : form.steps[memo.last]
  if (memo.last !== undefined && last?.kind === 'text' && last.ownWords) {
    const joined = `${String(answers[memo.last] ?? '')}\n${input.text}`
    if (joined.length <= last.max) return { conversation: { ...conversation, answers: { ...answers, [memo.last]: joined } }, reply: { type: 'ask', remark: 'joined' } }
  }
  const held = memo.held === undefined ? input.text : `${memo.held}\n${input.text}`
  return ask({ ...askedAnew(conversation), memo: { ...memo, held } })
}

function useHeld(form: Form, conversation: Conversation, words: Words): Turn {
  const { held, ...memo } = conversation.memo
  const field = form.steps[conversation.step]
  if (held === undefined || !field) return stale(conversation)
  const turn = takeText(form, { ...conversation, memo }, field, { type: 'text', text: held }, words)
  // Buttons shown with the held words are used up, also when the words did not fit.
  return turn.conversation?.revision === conversation.revision ? { ...turn, conversation: { ...turn.conversation, revision: conversation.revision + 1 } } : turn
}

/** She types instead of saying what the held words are for: yes and no are about them, anything else answers the question. */
function answerHeld(form: Form, conversation: Conversation, input: TypedText, words: Words): Turn {
  const intent = readIntent(input.text)
  if (intent === 'yes' && conversation.step !== REVIEW) return useHeld(form, conversation, words)
  const { held: _, ...memo } = conversation.memo
  const without = { ...conversation, memo }
  // At the review there is no question the words could answer: "ya" goes on as the button does.
  if (intent === 'no' || conversation.step === REVIEW) return ask(askedAnew(without))
  return takeTurn(form, without, input, words)
}

/** An edited message corrects the answer it gave; one that does not fit leaves the answer as it was. */
function correct(form: Form, conversation: Conversation, { messageId, text }: Extract<TurnInput, { type: 'edit' }>, words: Words): Turn {
  const [step] = Object.entries(conversation.memo.sources ?? {}).find(([, source]) => source === messageId) ?? []
  const field = step === undefined ? undefined : form.steps[step]
  if (step === undefined || !field || !stepsFor(form, conversation.answers).includes(step)) return stale(conversation)
  const reading = readAnswer(field, {}, text, (id) => words.option(step, id), words.today)
  if (reading.type !== 'answer' || field.endsOn === reading.answer) return { conversation, reply: { type: 'ask', remark: 'not-corrected' } }
  const answers = { ...conversation.answers, [step]: reading.answer }
  const corrected = { ...conversation, answers }
  const isOpen = conversation.step === REVIEW ? nextStep(form, answers, conversation.memo) === REVIEW : stepsFor(form, answers).includes(conversation.step)
  const { conversation: next } = isOpen ? ask(corrected) : moveOn(form, corrected)
  return { conversation: next ?? corrected, reply: { type: 'ask', corrected: step } }
}

function wrongMedium(field: Field): 'not-a-photo' | 'not-a-voice' | 'not-text' {
  return field.kind === 'photo' ? 'not-a-photo' : field.kind === 'voice' ? 'not-a-voice' : 'not-text'
}

function takeFound(conversation: Conversation, field: Field, found: Extract<TurnInput, { type: 'found' }>): Turn {
  if (field.kind !== 'place') return stale(conversation)
  if (found.codes.length === 0) return refuse(conversation, 'not-found')
  return ask(goTo(conversation, conversation.step, { ...conversation.memo, found: found.codes, foundMore: found.more, query: found.query, refusals: 0 }))
}

function typeAtReview(form: Form, conversation: Conversation, text: string, words: Words): Turn {
  const intent = readIntent(text)
  if (intent === 'yes') return takePress(form, conversation, { do: 'save' })
  if (intent === 'back' || intent === 'no' || intent === 'data-change') return redraw(conversation, { choosingEdit: true })
  const steered = intent && takeIntent(form, conversation, undefined, intent)
  if (steered) return steered
  const steps = stepsFor(form, conversation.answers)
  const match = matchChoice(text, steps.map((step) => ({ id: step, label: words.step(step) })))
  return match.type === 'one' ? ask(goTo(conversation, match.id, { fromReview: true })) : refuse(conversation, 'buttons-only')
}

/** "Lanjut" says yes to most questions, but to "shall we stop?" it says no. */
const GO_ON = /^(?:(?:ayo|mau|kita) )?(?:lanjut(?:kan|in)?|lnjt|terus(?:kan|in)?|continue|go on|carry on)(?: (?:saja|aja|isi|mengisi|filling))*$/

function answerStop(conversation: Conversation, input: Exclude<TurnInput, { type: 'press' | 'edit' }>): Turn {
  const text = input.type === 'text' ? input.text : ''
  const intent = readIntent(text)
  if (GO_ON.test(normalise(text))) return ask(askedAnew(conversation))
  if (intent === 'urgent') return { conversation: askedAnew(conversation), reply: { type: 'warn' } }
  if (intent && ELSEWHERE.has(intent)) return { conversation, reply: { type: 'elsewhere' } }
  // A typed "ya" keeps what she has written: only the button throws it away.
  if (intent === 'yes' || intent === 'later') return pause(conversation)
  if (intent === 'no') return ask(askedAnew(conversation))
  return { conversation, reply: { type: 'ask-stop' } }
}
