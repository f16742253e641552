// Invitations: a coordinator makes a link, and whoever it is for accepts it. What is left of open ones is open-invites.ts.
import { audit } from '../../people/audit.ts'
import { grantRole } from '../../people/roles.ts'
import { findPerson } from '../../people/store.ts'
import { formatLocal, zoneOf } from '../../people/time-zone.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { inRows } from '../../telegram/keyboards.ts'
import { judgeInvite, linkOf, TEAM_ROLES, type TeamRole, type Uses, USES, VALID_DAYS } from './invite.ts'
import { createInvite, findInvite, hasInvitedSince, useInvite } from './invite-store.ts'
import { askName } from './naming.ts'

const DAY_MS = 86_400_000

/** A second tap within this time is the same wish. */
const DOUBLE_TAP_MS = 10_000

/** What a link is made for. */
export interface Plan {
  readonly role: TeamRole
  readonly uses: Uses
  readonly days: number
}

export interface Inviting {
  /** Asks which role the invitation is for; the usual one takes one tap. */
  begin(ctx: Ctx): Promise<void>
  /** Shows what can be chosen beside the role. */
  choose(ctx: Ctx): Promise<void>
  /** Shows a choice as it now stands. */
  change(ctx: Ctx, plan: Plan): Promise<void>
  /** Makes a link for one person, valid as long as the clinic usually takes. */
  inviteOne(ctx: Ctx, role: TeamRole): Promise<void>
  /** Makes a link and shows it, ready to be handed on. */
  invite(ctx: Ctx, plan: Plan): Promise<void>
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
  const days = [...new Set([...VALID_DAYS, inviteValidDays])].toSorted((a, b) => a - b)

  async function begin(ctx: Ctx): Promise<void> {
    await ctx.say('team.invite.ask', { count: inviteValidDays }, {
      keyboard: [
        ...TEAM_ROLES.toReversed().map((role) => [ctx.button(`team.invite.${role}.button`, 'invite', { role })]),
        [ctx.button('team.invite.choose-open.button', 'invite-choose')],
        [ctx.button('team.open.button', 'invites-open', { page: 0 })],
      ],
    })
  }

  async function choose(ctx: Ctx): Promise<void> {
    await ctx.say('team.invite.choose', {}, { keyboard: choices(ctx, { role: 'volunteer', uses: 1, days: inviteValidDays }) })
  }

  /** Every choice with the taken ones ticked: a tap carries the whole plan, so nothing has to be remembered. */
  function choices(ctx: Ctx, plan: Plan) {
    const option = (key: string, is: boolean, changed: Partial<Plan>, params = {}) => {
      const one = ctx.button(key, 'invite-set', { ...plan, ...changed }, params)
      return is ? { ...one, text: `✅ ${one.text.replace(/^[^\p{L}\p{N}]+/u, '')}` } : one
    }
    return [
      TEAM_ROLES.toReversed().map((role) => option(`team.invite.${role}.button`, role === plan.role, { role })),
      USES.map((uses) => option('team.invite.uses.button', uses === plan.uses, { uses }, { count: uses })),
      ...inRows(days.map((count) => option('team.invite.days.button', count === plan.days, { days: count }, { count })), 4),
      [ctx.button('team.invite.make.button', 'invite-make', { ...plan })],
    ]
  }

  async function invite(ctx: Ctx, { role, uses, days: valid }: Plan): Promise<void> {
    if (!days.includes(valid)) {
      ctx.toast('form.over')
      return
    }
    await ctx.changeButtons()
    if (await hasInvitedSince(ctx.tx, { by: ctx.person.id, role, since: ctx.now - DOUBLE_TAP_MS })) {
      ctx.toast('team.invite.just-made')
      return
    }
    const token = randomToken()
    const link = linkOf(ctx.me.username, token)
    const expiresAt = ctx.now + valid * DAY_MS
    const id = await createInvite(ctx.tx, { token, role, uses, by: ctx.person.id, now: ctx.now, expiresAt })
    await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'invite-made', subject: `invite:${id}`, detail: uses === 1 ? role : `${role} x${uses}` })
    const about = { role: ctx.label(`team.roles.${role}`), uses, until: formatLocal(expiresAt, zoneOf(ctx.person), ctx.person.language) }
    await ctx.say(uses === 1 ? 'team.invite.made' : 'team.invite.made-many', about)
    await ctx.say(uses === 1 ? 'team.invite.letter' : 'team.invite.letter-many', { ...about, link })
  }

  async function accept(ctx: Ctx, token: string): Promise<void> {
    const verdict = judgeInvite(await findInvite(ctx.tx, token, ctx.person.id), ctx.person.roles, ctx.now)
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
    if (role === 'volunteer') await ctx.press('volunteer-welcome', {})
    else await askName(ctx)
  }

  async function tellInviter(ctx: Ctx, inviterId: number, role: TeamRole): Promise<void> {
    const inviter = await findPerson(ctx.tx, inviterId)
    if (!inviter || inviter.telegramId === null || inviter.unreachableAt !== null) return
    const who = ctx.person.givenName ?? speaker.plain(inviter, 'team.guest')
    await speaker.say(ctx.tx, inviter, 'team.joined', { who, role: speaker.plain(inviter, `team.roles.${role}`) }, {}, ctx.now)
  }

  return {
    begin,
    choose,
    change: (ctx, plan) => ctx.changeButtons(choices(ctx, plan)),
    inviteOne: (ctx, role) => invite(ctx, { role, uses: 1, days: inviteValidDays }),
    invite,
    accept,
  }
}
