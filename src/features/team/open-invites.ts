// Invitations that can still be used: coordinators see them all, and withdraw one with a tap.
import { audit } from '../../people/audit.ts'
import { formatDay, zoneOf } from '../../people/time-zone.ts'
import type { Ctx } from '../../telegram/context.ts'
import { inRows } from '../../telegram/keyboards.ts'
import { openInvites, withdrawInvite } from './invite-store.ts'

/** More do not fit on a small screen. */
const PAGE_SIZE = 8

/** Lists them, the newest first; pages count from 0. */
export async function showOpenInvites(ctx: Ctx, page: number): Promise<void> {
  const found = await openInvites(ctx.tx, { now: ctx.now, at: page, size: PAGE_SIZE })
  const invites = found.slice(0, PAGE_SIZE)
  if (invites.length === 0) {
    await ctx.say('team.open.none')
    return
  }
  const place = (at: number) => page * PAGE_SIZE + at + 1
  const lines = invites.map(({ role, uses, used, expiresAt, by }, at) =>
    ctx.t('team.open.entry', {
      place: place(at), role: ctx.label(`team.roles.${role}`), uses, used, by: by ?? ctx.label('team.nameless'),
      until: formatDay(expiresAt, zoneOf(ctx.person), ctx.person.language),
    }),
  )
  await ctx.sayHtml([ctx.t('team.open.title'), lines.join('\n')].join('\n\n'), {
    keyboard: [
      ...inRows(invites.map(({ id }, at) => ctx.button('team.open.withdraw.button', 'invite-withdraw', { invite: id }, { place: place(at) })), 2),
      found.length > PAGE_SIZE ? [ctx.button('team.list.next.button', 'invites-open', { page: page + 1 })] : [],
    ],
  })
}

/** Withdraws one and shows what is left; a second tap changes nothing. */
export async function withdraw(ctx: Ctx, id: number): Promise<void> {
  await ctx.changeButtons()
  if (!(await withdrawInvite(ctx.tx, { id, now: ctx.now }))) {
    ctx.toast('team.open.gone')
    return
  }
  await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'invite-withdrawn', subject: `invite:${id}` })
  await ctx.say('team.open.withdrawn')
  await showOpenInvites(ctx, 0)
}
