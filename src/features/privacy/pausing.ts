// Pausing: the clinic keeps what it has, and writes nothing of its own accord until she wants it again (UU 27/2022 art. 11).
import { audit } from '../../people/audit.ts'
import { changePerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { dayIn } from './overview.ts'
import { dropWaitingNotices } from './store.ts'

/** Pauses; who has paused is asked whether to go on. */
export async function pause(ctx: Ctx): Promise<void> {
  const goOn = { keyboard: [[ctx.button('privacy.pause.end.button', 'pause-end')]] }
  const { id, pausedAt, telegramId } = ctx.person
  if (pausedAt !== null) {
    await ctx.say('privacy.pause.already', { since: dayIn(ctx, pausedAt) }, goOn)
    return
  }
  await changePerson(ctx.tx, id, { paused_at: ctx.now })
  await audit(ctx.tx, { at: ctx.now, actor: id, action: 'paused', subject: `person:${id}` })
  if (telegramId !== null) await dropWaitingNotices(ctx.tx, { id, telegramId }, ctx.now)
  await ctx.reload()
  await ctx.say('privacy.pause.done', {}, goOn)
}

export async function endPause(ctx: Ctx): Promise<void> {
  await ctx.changeButtons()
  const { id, pausedAt } = ctx.person
  if (pausedAt === null) {
    ctx.toast('privacy.pause.ended-already')
    return
  }
  await changePerson(ctx.tx, id, { paused_at: null })
  await audit(ctx.tx, { at: ctx.now, actor: id, action: 'pause-ended', subject: `person:${id}` })
  await ctx.reload()
  await ctx.say('privacy.pause.ended')
}
