// Where a person stands in a form, and the plain moves between steps. Pure; a turn (turn.ts) decides which move to make.
import { type Answer, type Answers, fits, type Form, REVIEW, stepsFor } from './form.ts'

/** What must be remembered between messages beside the answers. */
export interface Memo {
  /** Page of a long choice. */
  readonly page?: number
  /** Ticked so far in a question with several answers. */
  readonly ticked?: readonly string[]
  /** Place codes offered, in the order of their buttons. */
  readonly found?: readonly string[]
  /** There are more places of this name than buttons. */
  readonly foundMore?: boolean
  /** What was searched for to find them. */
  readonly query?: string
  /** What an unclear answer may have meant, in the order of the buttons that ask back. */
  readonly offered?: readonly (number | string)[]
  /** Words she sent before she could see the current question; she is asked what they are for. */
  readonly held?: string
  /** Words that were taken for steering ("halo"); said again they are the answer. */
  readonly said?: string
  /** Refused answers to this question in a row. */
  readonly refusals?: number
  /** The question was opened from the review and leads back to it. */
  readonly fromReview?: boolean
  /** Only this one answer is changed: the form ends with it. */
  readonly only?: boolean
  /** She was asked whether to stop. */
  readonly stopping?: boolean
  /** The review shows the list of answers to change. */
  readonly choosingEdit?: boolean
  /** Optional steps are left for another day. */
  readonly restLater?: boolean
  /** The step answered last. */
  readonly last?: string
  /** Telegram's id of the message that answered a step: editing it corrects the answer. */
  readonly sources?: Readonly<Record<string, number>>
}

export interface Conversation {
  readonly form: string
  readonly version: number
  /** The current step, or REVIEW. */
  readonly step: string
  /** Counts the questions shown; a button of another revision is stale. */
  readonly revision: number
  readonly answers: Answers
  readonly memo: Memo
}

/** A new conversation at its first open question, or at the one answer to change. */
export function startConversation(form: Form, start: { readonly answers?: Answers; readonly only?: string } = {}): Conversation {
  const answers = start.answers ?? {}
  const conversation = { form: form.name, version: form.version, revision: 1, answers, memo: {} }
  return start.only ? { ...conversation, step: start.only, memo: { only: true } } : { ...conversation, step: nextStep(form, answers, {}) }
}

/** The first step that applies and has no answer, else the review. */
export function nextStep(form: Form, answers: Answers, memo: Memo): string {
  const open = stepsFor(form, answers).find((step) => answers[step] === undefined && !(memo.restLater && form.steps[step]?.optional))
  return open ?? REVIEW
}

/** The step before the current one, if there is one. */
export function previousStep(form: Form, conversation: Conversation): string | undefined {
  const steps = stepsFor(form, conversation.answers)
  if (conversation.step === REVIEW) return steps.at(-1)
  const at = steps.indexOf(conversation.step)
  return at > 0 ? steps[at - 1] : undefined
}

/** Goes to a step: a new question, so every button shown before becomes stale. */
export function goTo(conversation: Conversation, step: string, memo: Memo = {}): Conversation {
  return { ...conversation, step, revision: conversation.revision + 1, memo: { ...keptMemo(conversation.memo), ...memo } }
}

/** Keeps an answer and which message gave it; the caller then goes on to the next step. */
export function withAnswer(conversation: Conversation, answer: Answer, messageId?: number): Conversation {
  const { answers, memo, step } = conversation
  const { [step]: _, ...others } = memo.sources ?? {}
  const sources = messageId === undefined ? others : { ...others, [step]: messageId }
  return { ...conversation, answers: { ...answers, [step]: answer }, memo: { ...memo, last: step, sources } }
}

/** Which question this is and how many there are, counting only steps that apply. */
export function progress(form: Form, conversation: Conversation): { readonly at: number; readonly of: number } {
  const steps = stepsFor(form, conversation.answers)
  const at = steps.indexOf(conversation.step)
  return { at: at === -1 ? steps.length : at + 1, of: steps.length }
}

/** The answers of steps that still apply: what is committed in the end, and exactly what the review shows. */
export function settledAnswers(form: Form, answers: Answers): Answers {
  return Object.fromEntries(stepsFor(form, answers).map((step) => [step, answers[step] ?? null]))
}

/**
 * Brings a conversation of another form version up to this one: answers that fit stay, and so does the person at her question
 * as long as it is still asked; then only what is missing follows.
 */
export function adaptToVersion(form: Form, conversation: Conversation): Conversation {
  if (conversation.version === form.version && (conversation.step === REVIEW || form.steps[conversation.step])) return conversation
  const answers = Object.fromEntries(
    Object.entries(conversation.answers).filter(([step, answer]) => {
      const field = form.steps[step]
      return field !== undefined && fits(field, answer)
    }),
  )
  const memo = keptMemo(conversation.memo)
  const { step: current } = conversation
  const stays = memo.only ? form.steps[current] !== undefined : stepsFor(form, answers).includes(current)
  const step = stays ? current : nextStep(form, answers, memo)
  return { ...conversation, version: form.version, answers, memo, step, revision: conversation.revision + 1 }
}

/** What outlives one question. */
function keptMemo({ last, only, restLater, sources }: Memo): Memo {
  return { ...(last && { last }), ...(only && { only }), ...(restLater && { restLater }), ...(sources && { sources }) }
}
