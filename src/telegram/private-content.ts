// Keeps numbers and pictures nobody should send out of the clinic: identity numbers, bank cards, one-time codes, photos of identity
// cards. Such a message is taken out of the chat and stored nowhere; what counts as one is conversation/parse/sensitive.ts.
import type { MiddlewareFn } from 'grammy'
import type { Update } from 'grammy/types'
import { findSensitive, namesIdentityCard, type Sensitive } from '../conversation/parse/sensitive.ts'
import { enqueue } from '../delivery/outbox.ts'
import type { Ctx } from './context.ts'

export type PrivateKind = Sensitive | 'identity-card'

/** What a message, new or edited, holds that must not be kept; undefined when it is an ordinary one. */
export function findPrivateContent(update: Update): PrivateKind | undefined {
  const message = update.message ?? update.edited_message
  if (!message) return undefined
  const words = message.text ?? message.caption ?? ''
  const isPicture = message.photo !== undefined || message.document !== undefined
  return findSensitive(words) ?? (isPicture && namesIdentityCard(words) ? 'identity-card' : undefined)
}

/** Takes such a message out of a private chat, says why, and shows the question she was at again. Goes before everything else. */
export const refusePrivateContent: MiddlewareFn<Ctx> = async (ctx, next) => {
  const kind = findPrivateContent(ctx.update)
  if (!kind || ctx.chat?.type !== 'private' || !ctx.msg) return next()
  await enqueue(ctx.tx, { chatId: ctx.chat.id, method: 'deleteMessage', payload: { message_id: ctx.msg.message_id } }, ctx.now)
  await ctx.say(`privacy.sensitive.${kind}`)
  const active = ctx.conversations.find((row) => row.active === 1)
  if (active) await ctx.resumeForm(active.id)
}
