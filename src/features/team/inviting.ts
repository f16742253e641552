// Invitations: a coordinator makes a link for one person, and that person accepts it.
import { audit } from '../../people/audit.ts'
import { grantRole } from '../../people/roles.ts'
import { findPerson } from '../../people/store.ts'
import { formatLocal } from '../../people/time-zone.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { judgeInvite, linkOf, TEAM_ROLES, type TeamRole } from './invite.ts'
import { askName } from './naming.ts'
import { createInvite, findInvite, hasInvitedSince, useInvite } from './store.ts'

const DAY_MS = 86_400_000

/** A second tap within this time is the same wish. */
const DOUBLE_TAP_MS = 10_000

export interface Inviting {
  /** Asks which role the invitation is for. */
  begin(ctx: Ctx): Promise<void>
  /** Makes a link and shows it, ready to be handed on. */
  invite(ctx: Ctx, role: TeamRole): Promise<void>
  /** Someone opened a link. */
  accept(ctx: Ctx, token: string): Promise<void>
}

export interface InvitingDeps {
  readonly inviteValidDays: number
  /** 22 characters of A-Za-z0-9_-, never the same twice. */
  readonly randomToken: () => string
  readonly speaker: Speaker
}

export function createInviting({ inviteValidDays, randomToken, speaker }: InvitingDeps): Inviting {
  async function begin(ctx: Ctx): Promise<void> {
    await ctx.say('team.invite.ask', {}, { keyboard: TEAM_ROLES.toReversed().map((role) => [ctx.button(`team.invite.${role}.button`, 'invite', { role })]) })
  }

  async function invite(ctx: Ctx, role: TeamRole): Promise<void> {
    await ctx.changeButtons()
    if (await hasInvitedSince(ctx.tx, { by: ctx.person.id, role, since: ctx.now - DOUBLE_TAP_MS })) {
      ctx.toast('team.invite.just-made')
      return
    }
    const token = randomToken()
    const link = linkOf(ctx.me.username, token)
    const expiresAt = ctx.now + inviteValidDays * DAY_MS
    const id = await createInvite(ctx.tx, { token, role, by: ctx.person.id, now: ctx.now, expiresAt })
    await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'invite-made', subject: `invite:${id}`, detail: role })
    const about = { role: ctx.label(`team.roles.${role}`), until: formatLocal(expiresAt, ctx.person.timeZone ?? 'Asia/Jakarta', ctx.person.language) }
    await ctx.say('team.invite.made', about)
    await ctx.say('team.invite.letter', { ...about, link })
  }

  async function accept(ctx: Ctx, token: string): Promise<void> {
    const verdict = judgeInvite(await findInvite(ctx.tx, token), ctx.person.roles, ctx.now)
    if (verdict.type === 'refused') {
      await ctx.say(`team.refused.${verdict.reason}`)
      return
    }
    const { id, role, createdBy } = verdict.invite
    if (!(await useInvite(ctx.tx, { id, person: ctx.person.id, now: ctx.now }))) {
      await ctx.say('team.refused.used')
      return
    }
    await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'invite-used', subject: `invite:${id}`, detail: role })
    await grantRole(ctx.tx, { person: ctx.person.id, role, by: createdBy, now: ctx.now })
    await ctx.reload()
    await ctx.say(`team.welcome.${role}`)
    await tellInviter(ctx, createdBy, role)
    await askName(ctx)
  }

  async function tellInviter(ctx: Ctx, inviterId: number, role: TeamRole): Promise<void> {
    const inviter = await findPerson(ctx.tx, inviterId)
    if (!inviter || inviter.telegramId === null || inviter.unreachableAt !== null) return
    const who = ctx.person.givenName ?? speaker.plain(inviter, 'team.guest')
    await speaker.say(ctx.tx, inviter, 'team.joined', { who, role: speaker.plain(inviter, `team.roles.${role}`) }, {}, ctx.now)
  }

  return { begin, invite, accept }
}
