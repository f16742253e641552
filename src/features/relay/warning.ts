// Warns both sides of a case where codes, papers or money are spoken of. It forbids nothing.
import { CaseData } from '../../cases/case-data.ts'
import type { CasePost } from '../../cases/post.ts'
import { type CaseRecord, helpersOf } from '../../cases/store.ts'
import { getPerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'

export async function warnBoth(post: CasePost, ctx: Ctx, of: CaseRecord): Promise<void> {
  const everyone = new Set([of.personId, ctx.person.id, ...(await helpersOf(ctx.tx, of.id)).map(({ person }) => person)])
  for (const id of everyone) {
    const reader = await getPerson(ctx.tx, id)
    await post.tell(ctx, reader, of.id, id === of.personId ? 'relay.caution.owner' : 'relay.caution.helper', {}, [
      [post.button(reader, 'cases.report.button', 'case-report', CaseData, { case: of.id })],
    ])
  }
}
