// Going on with a case that was closed: with whoever helped before while they are there for it, else at the front of the queue. What she
// wrote meanwhile goes along.
import { setActiveCase } from '../../cases/active.ts'
import { mayVolunteersHelp } from '../../cases/audience.ts'
import { canHelp } from '../../cases/availability.ts'
import { CaseData } from '../../cases/case-data.ts'
import type { CaseRefusal } from '../../cases/case.ts'
import { draftsOf } from '../../cases/drafts.ts'
import { letHappen } from '../../cases/happening.ts'
import type { Offering } from '../../cases/offering.ts'
import type { CasePost } from '../../cases/post.ts'
import { type CaseRecord, changeCase, findCase, holdCase } from '../../cases/store.ts'
import { noteAccess } from '../../people/access.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'

export function createReopening({ post, offering }: { post: CasePost; offering: Offering }): (ctx: Ctx, caseId: number) => Promise<void> {
  async function refuse(ctx: Ctx, of: CaseRecord, reason: CaseRefusal): Promise<void> {
    await ctx.changeButtons()
    if (reason !== 'too-late') {
      ctx.toast(reason === 'frozen' ? 'help.frozen' : reason === 'not-closed' ? 'closing.goes-on' : 'help.not-here')
      return
    }
    // What she wrote for it begins the new one.
    await ctx.say('closing.reopen.too-late', { number: of.number }, { keyboard: [[ctx.button('help.new.button', 'relay-new')]] })
  }

  async function tellHelper(ctx: Ctx, of: CaseRecord, helper: number): Promise<void> {
    const reader = await getPerson(ctx.tx, helper)
    await noteAccess(ctx.tx, { person: of.personId, by: helper, what: 'help-request', now: ctx.now })
    await post.tell(ctx, reader, of.id, 'closing.told.reopened', { number: of.number, who: post.ownerName(ctx.person, reader) }, [
      [post.button(reader, 'desk.ask-release.button', 'case-ask-release', CaseData, { case: of.id })],
      [post.button(reader, 'desk.menu.button', 'case-menu', CaseData, { case: of.id })],
    ])
    await post.tell(ctx, ctx.person, of.id, 'closing.reopen.same', { number: of.number, who: await post.helperName(ctx.tx, helper, ctx.person) })
  }

  /** She may have taken back that volunteers write to her. */
  async function isLetHelp(ctx: Ctx, of: CaseRecord, helper: number): Promise<boolean> {
    return (await mayVolunteersHelp(ctx.tx, of)) || (await getPerson(ctx.tx, helper)).roles.includes('coordinator')
  }

  return async (ctx, caseId) => {
    const of = await holdCase(ctx.tx, caseId)
    if (of?.personId !== ctx.person.id) {
      ctx.toast('help.not-here')
      await ctx.changeButtons()
      return
    }
    const toQueue = of.volunteerId === null || !(await isLetHelp(ctx, of, of.volunteerId)) || !(await canHelp(ctx.tx, of.volunteerId, ctx.now, true))
    const happened = await letHappen(ctx.tx, { caseId, event: { type: 'reopen', toQueue }, by: ctx.person.id, now: ctx.now })
    if (happened.type === 'gone') return
    if (happened.type === 'refused') return refuse(ctx, of, happened.reason)
    const { after, before } = happened
    await ctx.changeButtons()
    await setActiveCase(ctx.tx, { person: ctx.person.id, caseId, now: ctx.now })
    const wasSent = before.circle >= 0 || before.volunteerId !== null
    if (after.volunteerId !== null) await tellHelper(ctx, after, after.volunteerId)
    else {
      // What was said of the help before does not count for whoever helps next.
      await changeCase(ctx.tx, caseId, { rating: null, thanks: null, thanks_outbox: null })
      if (wasSent) await ctx.say(before.volunteerId === null ? 'closing.reopen.again' : 'closing.reopen.queue', { number: after.number })
    }
    if ((await draftsOf(ctx.tx, ctx.person.id, 'relay')).length > 0) await ctx.press('relay-to', { case: caseId })
    if (after.state !== 'waiting') return
    if (!wasSent) return ctx.press('help-preview', { case: caseId })
    const fresh = (await findCase(ctx.tx, caseId)) ?? after
    await offering.offer(ctx, fresh)
    await offering.tellStanding(ctx, fresh)
  }
}
