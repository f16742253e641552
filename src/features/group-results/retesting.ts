// Answering twice: a coordinator invites owners who agreed to research, and each of them begins or declines. What is measured are the
// questions, so nobody is told a result. The invitation itself is inviting.ts; how the questions are asked and kept is the form's business.
import type { Clinic } from '../../content/clinic.ts'
import type { Instrument } from '../../content/assessment.ts'
import { audit } from '../../people/audit.ts'
import { setNudge } from '../../people/nudge.ts'
import { isOpenToNotices } from '../../people/person.ts'
import { getPerson } from '../../people/store.ts'
import { zoneOf } from '../../people/time-zone.ts'
import { isQuiet } from '../../schedule/quiet.ts'
import type { Ctx } from '../../telegram/context.ts'
import { retestWindow } from './group.ts'
import { isInvited, markInvited, repeatableChecks } from './store.ts'

export interface Retesting {
  /** Tells a coordinator how many can be invited now. */
  offer(ctx: Ctx): Promise<void>
  /** Invites them, each once; a second tap or a second coordinator invites nobody again. */
  invite(ctx: Ctx): Promise<void>
  /** An owner begins; or reads that the time for it has passed, or that she no longer agrees. */
  begin(ctx: Ctx): Promise<void>
  decline(ctx: Ctx): Promise<void>
}

export interface RetestingDeps {
  readonly instrument: Instrument
  readonly clinic: Clinic
}

interface Invitable {
  readonly now: readonly { readonly check: number; readonly owner: number }[]
  /** Who has quiet hours now. */
  readonly later: number
}

export function createRetesting({ instrument, clinic }: RetestingDeps): Retesting {
  async function findInvitable(ctx: Ctx): Promise<Invitable> {
    const found = []
    for (const { check, person } of await repeatableChecks(ctx.tx, instrument.version, retestWindow(ctx.now, instrument))) {
      const owner = await getPerson(ctx.tx, person)
      if (isOpenToNotices(owner)) found.push({ check, owner: owner.id, isQuiet: isQuiet(ctx.now, zoneOf(owner), clinic) })
    }
    const now = found.filter((one) => !one.isQuiet)
    return { now, later: found.length - now.length }
  }

  /** How many were or can be invited now, and how many later. */
  function counted(ctx: Ctx, key: string, count: number, later: number): string {
    const now = count === 0 ? ctx.t('group-results.retest.nobody', { ...instrument.retest }) : ctx.t(key, { count })
    return later === 0 ? now : `${now}\n\n${ctx.t('group-results.retest.later', { count: later })}`
  }

  return {
    offer: async (ctx) => {
      const { now, later } = await findInvitable(ctx)
      const keyboard = now.length === 0 ? {} : { keyboard: [[ctx.button('group-results.retest.invite.button', 'invite-retest', {}, { count: now.length })]] }
      await ctx.sayHtml(counted(ctx, 'group-results.retest.offer', now.length, later), keyboard)
    },
    invite: async (ctx) => {
      await ctx.changeButtons()
      const { now, later } = await findInvitable(ctx)
      let count = 0
      for (const { check, owner } of now) {
        if (!(await markInvited(ctx.tx, check, ctx.now))) continue
        await setNudge(ctx.tx, owner, 'retest', { nextAt: ctx.now, since: ctx.now })
        count += 1
      }
      if (count > 0) await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'retest-invited', subject: `instrument:${instrument.version}`, detail: String(count) })
      await ctx.sayHtml(counted(ctx, 'group-results.retest.invited', count, later))
    },
    begin: async (ctx) => {
      await ctx.changeButtons()
      if (await isInvited(ctx.tx, ctx.person.id, instrument.version, retestWindow(ctx.now, instrument).from)) await ctx.startForm('retest')
      else await ctx.say('group-results.retest.over')
    },
    decline: async (ctx) => {
      await ctx.changeButtons()
      await ctx.say('group-results.retest.declined')
    },
  }
}
