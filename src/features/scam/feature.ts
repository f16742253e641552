// First aid after a scam, for anyone at any moment: what to stop, whom to call, the next steps, and a human. It keeps nothing of what was
// typed; only who asks for a human opens a request, as always.
import { z } from 'zod'
import { SCAM_BRANCHES, type ScamBranch, scamSubject } from '../../cases/scam.ts'
import { casesOf, changeCase } from '../../cases/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { changeSubject, conversationsOf } from '../../telegram/conversation-store.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import type { InlineKeyboard } from '../../telegram/keyboards.ts'

const BranchData = z.object({ branch: z.enum(SCAM_BRANCHES) })

export function createScam(): Feature {
  return defineFeature({
    name: 'scam',
    buttons: {
      // Other features press it where someone tells of a scam.
      scam: button(['anyone'], NO_DATA, async (ctx) => {
        await ctx.say('scam.opening', {}, { keyboard: branchButtons(ctx) })
      }),
      'scam-branch': button(['anyone'], BranchData, async (ctx, { branch }) => {
        await ctx.say(`scam.${branch}.steps`, {}, { keyboard: [[ctx.button('scam.help.button', 'scam-help', { branch })]] })
      }),
      'scam-help': button(['anyone'], BranchData, (ctx, { branch }) => askHuman(ctx, branch)),
    },
  })
}

const branchButtons = (ctx: Ctx): InlineKeyboard => SCAM_BRANCHES.map((branch) => [ctx.button(`scam.${branch}.button`, 'scam-branch', { branch })])

/** Who told of it already need not tell it twice: what she wrote becomes the request about this scam. */
async function askHuman(ctx: Ctx, branch: ScamBranch): Promise<void> {
  const known = (await casesOf(ctx.tx, ctx.person.id)).find(({ state, urgent }) => urgent && state !== 'closed')
  if (known) {
    if (known.branch === null) await changeCase(ctx.tx, known.id, { branch })
    await ctx.press(known.circle < 0 && known.state === 'waiting' ? 'help-preview' : 'help-case', { case: known.id })
    return
  }
  const begun = ctx.conversations.find(({ form }) => form === 'help')
  if (!begun) {
    await ctx.startForm('help', { subject: scamSubject(branch) })
    return
  }
  await changeSubject(ctx.tx, begun.id, scamSubject(branch))
  ctx.conversations = await conversationsOf(ctx.tx, ctx.person.id)
  await ctx.resumeForm(begun.id)
}
