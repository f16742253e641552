// The message that asks a form's current question: brought, turned to the next question, redrawn, and retired once it is answered.
// It decides nothing about the form; the outbox carries what it asks for.
import type { Form } from '../conversation/form.ts'
import { enqueue, findMessageOf, supersedePrompts } from '../delivery/outbox.ts'
import { buttonName } from './callback-data.ts'
import type { Ctx } from './context.ts'
import { type OpenConversation, setPrompt, toConversation } from './conversation-store.ts'
import { FORM_BUTTON } from './form-button.ts'
import { type Drawing, usesLargeButtons } from './form-message.ts'
import { inlineMarkup } from './keyboards.ts'

/** Asks in a new message; an older question that has not left yet is not sent any more. */
export async function showPrompt(ctx: Ctx, id: number, drawing: Drawing, isNewQuestion = false): Promise<void> {
  const promptKey = `form:${id}`
  if (ctx.person.telegramId !== null) await supersedePrompts(ctx.tx, ctx.person.telegramId, promptKey, ctx.now)
  const prompt = await ctx.sayHtml(drawing.html, {
    promptKey,
    ...(drawing.keyboard && { keyboard: drawing.keyboard }),
    ...(drawing.replyKeyboard && { replyKeyboard: drawing.replyKeyboard }),
  })
  await setPrompt(ctx.tx, id, prompt, isNewQuestion)
}

/** Whether the message she tapped may become the next question. */
export function mayTurn(ctx: Ctx, form: Form, row: OpenConversation): boolean {
  return form.turns === true && row.prompt_id !== null && buttonName(ctx.callbackQuery?.data ?? '') === FORM_BUTTON
}

/** Turns the tapped message to another question; should it be gone or no longer the newest, the question comes in a new one. */
export async function turnPrompt(ctx: Ctx, row: OpenConversation, drawing: Drawing, isNewQuestion: boolean): Promise<void> {
  await setPrompt(ctx.tx, row.id, await editPrompt(ctx, row, { ...content(drawing.html), reply_markup: inlineMarkup(drawing.keyboard ?? []) }, true), isNewQuestion)
}

/** Other buttons or another remark under the same question; a tap means that its message is at hand. */
export async function redrawPrompt(ctx: Ctx, row: OpenConversation, drawing: Drawing): Promise<void> {
  if (row.prompt_id === null || !ctx.callbackQuery) await showPrompt(ctx, row.id, drawing)
  else await editPrompt(ctx, row, { ...content(drawing.html), reply_markup: inlineMarkup(drawing.keyboard ?? []) })
}

/** Takes the buttons off the last question, and shows the answer under it when there is one. What is asked instead, or nothing, is stored by the caller. */
export async function retirePrompt(ctx: Ctx, form: Form, row: OpenConversation, html?: string): Promise<void> {
  if (row.prompt_id === null) return
  // Telegram refuses to edit a message that was sent with large buttons.
  if (!usesLargeButtons(form, toConversation(row))) await editPrompt(ctx, row, html === undefined ? undefined : content(html))
  row.prompt_id = null
}

/** A tap on the message that asks now, with a button of an earlier question of the same message: its buttons are still needed. */
export async function isOnPrompt(ctx: Ctx, row: OpenConversation): Promise<boolean> {
  const tapped = ctx.callbackQuery?.message
  return tapped !== undefined && row.prompt_id !== null && (await findMessageOf(ctx.tx, row.prompt_id)) === tapped.message_id
}

const content = (html: string) => ({ text: html, parse_mode: 'HTML' })

/** Changes the prompt's text and buttons, or without a content only takes the buttons away. Returns the outbox id. */
async function editPrompt(ctx: Ctx, row: OpenConversation, payload: Readonly<Record<string, unknown>> | undefined, editOrSend = false): Promise<number> {
  // What is asked in a chat was asked of someone with a Telegram account.
  const chatId = ctx.person.telegramId as number
  const method = payload ? 'editMessageText' : 'editMessageReplyMarkup'
  return enqueue(ctx.tx, { chatId, method, targetId: row.prompt_id as number, payload: payload ?? {}, editOrSend }, ctx.now)
}
