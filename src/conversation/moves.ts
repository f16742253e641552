// The moves a turn can make with a conversation, each with the reply that goes with it. Pure; turn.ts decides which one.
import type { Refusal } from './answer.ts'
import { type Conversation, goTo, nextStep, previousStep, settledAnswers, withAnswer } from './conversation.ts'
import { type Answer, type Answers, type Field, type Form, REVIEW } from './form.ts'

export interface Problem {
  readonly reason: Refusal
  /** Three refusals in a row: time to offer a human. */
  readonly offersHuman: boolean
}

export type Reply =
  /** Show the current question, or the review, in a new message, after what went before it. */
  | { readonly type: 'ask'; readonly problem?: Problem; readonly remark?: 'greet' | 'thanks' | 'joined' | 'not-corrected' | 'renewed'; readonly corrected?: string }
  /** Same question, other buttons: change the message in place. */
  | { readonly type: 'redraw' }
  /** An old button: nothing changed, point to the current question. */
  | { readonly type: 'stale' }
  /** She tells of harm that can't wait: advice first, then the question again. */
  | { readonly type: 'warn' }
  | { readonly type: 'explain' | 'read-more' }
  /** She wants something else than this form: for the caller to answer; the question stays open. */
  | { readonly type: 'elsewhere' }
  /** Asks whether to stop; `which` when she may have meant more than this form. */
  | { readonly type: 'ask-stop'; readonly which?: boolean }
  | { readonly type: 'look-up'; readonly queries: readonly string[] }
  /** Keep this message and say under which number. */
  | { readonly type: 'keep' }
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

const REFUSALS_BEFORE_HUMAN = 3

export const ask = (conversation: Conversation): Turn => ({ conversation, reply: { type: 'ask' } })
/** The form changed while she was away: the question as it is now. */
export const askRenewed = (conversation: Conversation): Turn => ({ conversation, reply: { type: 'ask', remark: 'renewed' } })
export const explain = (conversation: Conversation): Turn => ({ conversation, reply: { type: 'explain' } })
export const stale = (conversation: Conversation): Turn => ({ conversation, reply: { type: 'stale' } })
export const redraw = (conversation: Conversation, memo: Conversation['memo']): Turn => ({
  conversation: { ...conversation, memo: { ...conversation.memo, ...memo } },
  reply: { type: 'redraw' },
})

/** Takes an answer to the current question. `messageId` is Telegram's id of the message that typed it. */
export function accept(form: Form, conversation: Conversation, field: Field, answer: Answer, messageId?: number): Turn {
  const { step } = conversation
  const answered = { step, answer }
  if (field.endsOn !== undefined && field.endsOn === answer) return { conversation: null, reply: { type: 'ended', step }, answered }
  return { ...moveOn(form, withAnswer(conversation, answer, messageId)), answered }
}

/** On to the next open question; past the last one to the review, or without one to the end. */
export function moveOn(form: Form, conversation: Conversation): Turn {
  const { answers, memo } = conversation
  // A single changed answer may lead to a question that needs an answer too, never to those left open before.
  const next = nextStep(form, answers, memo.only ? { restLater: true } : memo)
  if (next !== REVIEW || !(memo.only || form.review === false)) return ask(goTo(conversation, next))
  return { conversation: null, reply: { type: 'done', answers: settledAnswers(form, answers) } }
}

export function refuse(conversation: Conversation, reason: Refusal): Turn {
  const refusals = (conversation.memo.refusals ?? 0) + 1
  return {
    conversation: { ...conversation, memo: { ...conversation.memo, refusals } },
    reply: { type: 'ask', problem: { reason, offersHuman: refusals >= REFUSALS_BEFORE_HUMAN } },
  }
}

export function goBack(form: Form, conversation: Conversation): Turn {
  if (conversation.memo.only) return askStop(conversation)
  if (conversation.memo.fromReview) return ask(goTo(conversation, REVIEW))
  const previous = previousStep(form, conversation)
  return previous ? ask(goTo(conversation, previous)) : ask(goTo(conversation, conversation.step))
}

export function askStop(conversation: Conversation, which = false): Turn {
  return {
    conversation: { ...askedAnew(conversation), memo: { ...conversation.memo, stopping: true } },
    reply: which ? { type: 'ask-stop', which } : { type: 'ask-stop' },
  }
}

export function pause(conversation: Conversation): Turn {
  return { conversation: askedAnew(conversation), reply: { type: 'paused' } }
}

/** The same question once more, with what was ticked and found for it. */
export function askedAnew(conversation: Conversation): Conversation {
  const { stopping: _, ...memo } = conversation.memo
  return { ...goTo(conversation, conversation.step), memo }
}
