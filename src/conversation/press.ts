// What a button of a form does. Pure; whether the button belongs to the current question was checked before (turn.ts).
import { type Conversation, goTo, settledAnswers } from './conversation.ts'
import { type Field, type Form, getField, REVIEW, stepsFor } from './form.ts'
import { accept, ask, askedAnew, askStop, goBack, moveOn, pause, redraw, refuse, stale, type Turn } from './moves.ts'

/** A button that answers the current question. `at` is a position in what the message showed. */
type AnswerPress =
  | { readonly do: 'choose' | 'tick' | 'page'; readonly at: number }
  | { readonly do: 'ticked' | 'yes' | 'no' | 'none' | 'keep' | 'skip' | 'rest' | 'more' | 'that-is-all' }

/** A button of the form itself. */
type FormPress =
  | { readonly do: 'edit'; readonly at: number }
  | { readonly do: 'back' | 'stop' | 'pause' | 'discard' | 'resume' | 'save' | 'edit-menu' | 'not-for-this' }

/** `use-held` takes words sent too early as the answer; it is read like typed text (turn.ts). */
export type Press = AnswerPress | FormPress | { readonly do: 'use-held' }

export function takePress(form: Form, conversation: Conversation, press: AnswerPress | FormPress): Turn {
  const { step, memo } = conversation
  switch (press.do) {
    case 'stop':
      return askStop(conversation)
    case 'resume':
      return ask(askedAnew(conversation))
    case 'pause':
      return pause(conversation)
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
    case 'not-for-this': {
      const { held: _, ...rest } = memo
      return ask({ ...askedAnew(conversation), memo: rest })
    }
    default:
      return step === REVIEW ? stale(conversation) : pressAnswer(form, conversation, getField(form, step), press)
  }
}

/** A button that answers the current question or turns its page. A button the question never had is stale. */
function pressAnswer(form: Form, conversation: Conversation, field: Field, press: AnswerPress): Turn {
  const { answers, memo, step } = conversation
  const before = answers[step]
  switch (press.do) {
    case 'choose': {
      const chosen = offered(field, conversation)[press.at]
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
    case 'that-is-all':
      if (field.kind !== 'messages') return stale(conversation)
      return before === undefined ? refuse(conversation, 'needed') : accept(form, conversation, field, before)
    case 'none':
      return field.kind === 'text' && field.noneAllowed ? accept(form, conversation, field, '') : stale(conversation)
    case 'keep':
      return before === undefined ? stale(conversation) : accept(form, conversation, field, before)
    case 'skip':
      // Who skips a question answered before leaves the answer as it is.
      if (before !== undefined) return accept(form, conversation, field, before)
      return field.optional ? accept(form, conversation, field, null) : refuse(conversation, 'needed')
    case 'rest':
      return field.optional && !memo.only ? moveOn(form, { ...conversation, memo: { ...memo, restLater: true } }) : stale(conversation)
    case 'more':
      return field.kind === 'consent' && field.readMore ? { conversation, reply: { type: 'read-more' } } : stale(conversation)
  }
}

/** What the numbered buttons of a question stand for. */
function offered(field: Field, { memo }: Conversation): readonly (string | number)[] {
  if (field.kind === 'choice') return field.options
  return (field.kind === 'place' ? memo.found : memo.offered) ?? []
}

/** What is ticked: this time's ticks, or at first the answer given before. */
export function tickedNow({ answers, memo, step }: Conversation): readonly string[] {
  const before = answers[step]
  return memo.ticked ?? (Array.isArray(before) ? (before as readonly string[]) : [])
}
