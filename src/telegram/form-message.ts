// Draws a question or the review of a form: its text and its buttons. It decides nothing and stores nothing.
import type { ReplyKeyboardMarkup } from 'grammy/types'
import { type Conversation, previousStep, progress, settledAnswers } from '../conversation/conversation.ts'
import { type ChoiceField, type Field, type Form, getField, letterOf, REVIEW, stepsFor } from '../conversation/form.ts'
import type { Problem } from '../conversation/moves.ts'
import { type Press, tickedNow } from '../conversation/press.ts'
import { escapeHtml } from '../i18n/translator.ts'
import type { Ctx } from './context.ts'
import type { FormHandler } from './feature.ts'
import { packPress } from './form-button.ts'
import type { FormWords } from './form-words.ts'
import { contactMarkup, type InlineButton, type InlineKeyboard, inRows } from './keyboards.ts'

export interface Drawing {
  readonly html: string
  readonly keyboard?: InlineKeyboard
  readonly replyKeyboard?: ReplyKeyboardMarkup
}

export interface Drawn {
  readonly id: number
  readonly conversation: Conversation
}

/** A button label longer than this is cut on a small phone when two stand in a row. */
const HALF_ROW_CHARS = 18
const THIRD_ROW_CHARS = 10
const MOST_BUTTON_CHARS = 24
/** Of a message quoted back: she knows what she wrote. */
const MOST_QUOTED_CHARS = 300

/** The current question (or the review), after an optional remark such as why the last answer did not fit. */
export function drawQuestion(ctx: Ctx, words: FormWords, handler: FormHandler, drawn: Drawn, remark?: string): Drawing {
  const { conversation } = drawn
  if (conversation.step === REVIEW && conversation.memo.held === undefined) return drawReview(ctx, words, handler, drawn, remark)
  if (conversation.memo.held !== undefined) return drawHeld(ctx, words, handler, drawn)
  const field = getField(handler.form, conversation.step)
  const html = [remark, ...questionLines(ctx, words, handler, conversation)].filter(Boolean).join('\n\n')
  return usesLargeButtons(handler.form, conversation)
    ? { html, replyKeyboard: contactMarkup(ctx.label('form.share-phone.button'), phoneControls(ctx, words, handler, conversation, field)) }
    : { html, keyboard: [...answerRows(ctx, words, handler, drawn, field), ...controlRows(ctx, words, handler, drawn, field)] }
}

/** Whether the current question is asked with large buttons below the text field: only there can a phone number be shared. */
export function usesLargeButtons(form: Form, { memo, step }: Conversation): boolean {
  return form.steps[step]?.kind === 'phone' && !memo.stopping
}

/** The question alone, as it stands above the chosen answer afterwards. */
export function questionText(ctx: Ctx, words: FormWords, handler: FormHandler, conversation: Conversation): string {
  return words.step(ctx, handler, conversation.step, 'ask', conversation.answers)
}

/** The remark that says why an answer did not fit, with an example. */
export function problemText(ctx: Ctx, words: FormWords, handler: FormHandler, conversation: Conversation, problem: Problem): string {
  return words.refusal(ctx, handler, conversation.step, problem.reason, words.params(ctx, handler, conversation.answers))
}

/** Shows words that came before she could see the question, and asks what they are for. */
function drawHeld(ctx: Ctx, words: FormWords, handler: FormHandler, { id, conversation }: Drawn): Drawing {
  const isReview = conversation.step === REVIEW
  const press = (key: string, press: Press) => pressButton(ctx, id, conversation, key, press)
  const params = { text: shorten(conversation.memo.held ?? '', MOST_QUOTED_CHARS) }
  return {
    html: [ctx.t(isReview ? 'form.held.at-review' : 'form.held.ask', params), isReview ? '' : bold(questionText(ctx, words, handler, conversation))].filter(Boolean).join('\n\n'),
    keyboard: [isReview ? [] : [press('form.held.use.button', { do: 'use-held' })], [press(isReview ? 'form.held.go-on.button' : 'form.held.not.button', { do: 'not-for-this' })]],
  }
}

/** Asks whether to stop: nothing is thrown away without a button that says so. */
export function drawStopQuestion(ctx: Ctx, { id, conversation }: Drawn, which = false): Drawing {
  const press = (key: string, press: Press) => pressButton(ctx, id, conversation, key, press)
  return {
    html: ctx.t(which ? 'form.stop.which' : 'form.stop.ask'),
    keyboard: [[press('form.stop.resume.button', { do: 'resume' })], [press('form.stop.pause.button', { do: 'pause' })], [press('form.stop.discard.button', { do: 'discard' })], ...(which ? stopElsewhere(ctx) : [])],
  }
}

/** "Berhenti" may also mean the messages, or the clinic itself. */
export function stopElsewhere(ctx: Ctx): InlineKeyboard {
  return [[ctx.button('form.stop.messages.button', 'pause')], [ctx.button('form.stop.leave.button', 'erase')]]
}

function questionLines(ctx: Ctx, words: FormWords, handler: FormHandler, conversation: Conversation): string[] {
  const { at, of } = progress(handler.form, conversation)
  const { found, foundMore } = conversation.memo
  return [
    conversation.memo.only || of === 1 ? '' : ctx.t('form.progress', { at, of }),
    bold(questionText(ctx, words, handler, conversation)),
    letteredOptions(ctx, words, handler, conversation),
    found ? ctx.t(foundMore ? 'form.place.choose-or-narrow' : 'form.place.choose') : words.step(ctx, handler, conversation.step, 'hint', conversation.answers),
  ]
}

/** Options that are whole sentences stand in the message; a button has room for their letter only. */
function letteredOptions(ctx: Ctx, words: FormWords, handler: FormHandler, { answers, step }: Conversation): string {
  const field = getField(handler.form, step)
  if (field.kind !== 'choice' || !field.lettered) return ''
  return field.options.map((one, at) => `<b>${letterOf(at)}.</b> ${escapeHtml(words.answer(ctx, handler, answers, step, one))}`).join('\n')
}

function answerRows(ctx: Ctx, words: FormWords, handler: FormHandler, drawn: Drawn, field: Field): InlineButton[][] {
  const { id, conversation } = drawn
  const key = (key: string, press: Press) => pressButton(ctx, id, conversation, key, press)
  const labelled = (text: string, press: Press): InlineButton => ({ text, callback_data: packPress(id, conversation.revision, press) })
  const option = (one: string) => words.answer(ctx, handler, conversation.answers, conversation.step, field.kind === 'choices' ? [one] : one)
  switch (field.kind) {
    case 'consent':
      return [
        [key('form.agree.button', { do: 'yes' })],
        [key('form.disagree.button', { do: 'no' })],
        field.readMore ? [key('form.read-more.button', { do: 'more' })] : [],
      ]
    case 'yes-no':
      return [[key('form.yes', { do: 'yes' }), key('form.no', { do: 'no' })]]
    case 'choice':
      return field.lettered ? [field.options.map((_, at) => labelled(letterOf(at), { do: 'choose', at }))] : choiceRows(ctx, drawn, field, option)
    case 'choices': {
      const ticked = tickedNow(conversation)
      const options = field.options.map((one, at) => labelled(`${ticked.includes(one) ? '✅' : '▫️'} ${option(one)}`, { do: 'tick', at }))
      return [...inRows(options, 2), [key('form.ticked.button', { do: 'ticked' })]]
    }
    case 'place':
      return (conversation.memo.found ?? []).map((code, at) => [labelled(option(code), { do: 'choose', at })])
    case 'text':
      return field.noneAllowed ? [[labelled(words.answer(ctx, handler, conversation.answers, conversation.step, ''), { do: 'none' })]] : []
    case 'rupiah':
    case 'number':
    case 'date':
      return (conversation.memo.offered ?? []).map((one, at) => [labelled(words.answer(ctx, handler, conversation.answers, conversation.step, one), { do: 'choose', at })])
    case 'messages':
      return conversation.answers[conversation.step] === undefined ? [] : [[key('form.that-is-all.button', { do: 'that-is-all' })]]
    case 'phone':
    case 'photo':
    case 'voice':
    case 'showing':
      return []
  }
}

function choiceRows(ctx: Ctx, { id, conversation }: Drawn, field: ChoiceField, option: (id: string) => string): InlineButton[][] {
  const size = field.pageSize ?? field.options.length
  const pages = Math.ceil(field.options.length / size)
  const page = Math.min(conversation.memo.page ?? 0, pages - 1)
  const buttons = field.options.slice(page * size, (page + 1) * size).map((one, at): InlineButton => ({
    text: option(one),
    callback_data: packPress(id, conversation.revision, { do: 'choose', at: page * size + at }),
  }))
  const longest = Math.max(...buttons.map((one) => one.text.length))
  const width = longest > HALF_ROW_CHARS ? 1 : longest > THIRD_ROW_CHARS ? 2 : 3
  const turn = [
    page > 0 ? pressButton(ctx, id, conversation, 'form.previous-page.button', { do: 'page', at: page - 1 }) : undefined,
    page < pages - 1 ? pressButton(ctx, id, conversation, 'form.next-page.button', { do: 'page', at: page + 1 }) : undefined,
  ].filter((one) => one !== undefined)
  return [...inRows(buttons, width), turn]
}

function controlRows(ctx: Ctx, words: FormWords, handler: FormHandler, { id, conversation }: Drawn, field: Field): InlineButton[][] {
  const { form } = handler
  const { answers, memo, step } = conversation
  const before = answers[step]
  const press = (key: string, press: Press) => pressButton(ctx, id, conversation, key, press)
  const hasBack = leadsBack(form, conversation)
  const keep: InlineButton[] =
    before === undefined || memo.only || field.kind === 'messages'
      ? []
      : [{ text: ctx.label('form.keep.button', { answer: shorten(words.answer(ctx, handler, answers, step, before), MOST_BUTTON_CHARS) }), callback_data: packPress(id, conversation.revision, { do: 'keep' }) }]
  const isFirst = !hasBack && !memo.only && field.kind === 'consent'
  return [
    keep,
    [
      ...(hasBack ? [press('form.back.button', { do: 'back' })] : []),
      ...(field.optional && before === undefined ? [press('form.skip.button', { do: 'skip' })] : []),
      ...(isFirst ? [] : [press('form.stop.button', { do: 'stop' })]),
    ],
    !handler.form.turns && field.optional && !memo.only && !memo.fromReview && field.kind !== 'consent' ? [press('form.rest.button', { do: 'rest' })] : [],
  ]
}

/** With the phone question the controls are large buttons, because a message carries one keyboard; their words steer the form when sent. */
function phoneControls(ctx: Ctx, words: FormWords, handler: FormHandler, conversation: Conversation, field: Field): string[] {
  const { answers, step } = conversation
  const before = answers[step]
  return [
    ...(before ? [ctx.label('form.keep.button', { answer: words.answer(ctx, handler, answers, step, before) })] : field.optional ? [ctx.label('form.skip.button')] : []),
    ...(leadsBack(handler.form, conversation) ? [ctx.label('form.back.button')] : []),
    ctx.label('form.stop.button'),
  ]
}

function leadsBack(form: Form, conversation: Conversation): boolean {
  const { fromReview, only } = conversation.memo
  return fromReview === true || (!only && previousStep(form, conversation) !== undefined)
}

function drawReview(ctx: Ctx, words: FormWords, handler: FormHandler, { id, conversation }: Drawn, remark?: string): Drawing {
  const press = (key: string, press: Press) => pressButton(ctx, id, conversation, key, press)
  const steps = stepsFor(handler.form, conversation.answers)
  const stepName = (step: string) => words.name(ctx, handler, step, conversation.answers)
  const answers = settledAnswers(handler.form, conversation.answers)
  const given = steps.filter((step) => (answers[step] ?? null) !== null)
  const lines = given.map((step) => `• ${escapeHtml(stepName(step))}: <b>${escapeHtml(words.answer(ctx, handler, answers, step, answers[step] ?? null))}</b>`)
  const open = steps.filter((step) => !given.includes(step)).map((step) => words.typed(ctx, handler, answers).step(step))
  const rest = open.length > 0 ? ctx.t('form.review.open', { steps: open.join(', ') }) : ''
  const html = [remark, ctx.t('form.review.title'), lines.join('\n'), rest, ctx.t(conversation.memo.choosingEdit ? 'form.review.which' : 'form.review.ask')]
  const edits = steps.map((step, at): InlineButton => ({
    text: stepName(step),
    callback_data: packPress(id, conversation.revision, { do: 'edit', at }),
  }))
  return {
    html: html.filter(Boolean).join('\n\n'),
    keyboard: conversation.memo.choosingEdit
      ? [...inRows(edits, 2), [press('form.back.button', { do: 'edit-menu' })]]
      : [[press('form.save.button', { do: 'save' })], [press('form.edit.button', { do: 'edit-menu' }), press('form.stop.button', { do: 'stop' })]],
  }
}

function pressButton(ctx: Ctx, id: number, conversation: Conversation, key: string, press: Press): InlineButton {
  return { text: ctx.label(key), callback_data: packPress(id, conversation.revision, press) }
}

/** The question stands out, unless its text says itself what does. */
function bold(html: string): string {
  return html.includes('<b>') ? html : `<b>${html}</b>`
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
