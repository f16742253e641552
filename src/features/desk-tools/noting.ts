// Notes of helpers about a case, for whoever helps in it now or later; owners never see them.
import { addNote, shownNotesOf } from '../../cases/notes.ts'
import type { CasePost } from '../../cases/post.ts'
import { defineForm, textField } from '../../conversation/form.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { Choosing } from './choosing.ts'

const MOST_CHARS = 1000

/** Its subject is the case. */
export const noteForm = defineForm({ name: 'case-note', version: 1, review: false, steps: { body: textField({ min: 2, max: MOST_CHARS, ownWords: true }) } })

export interface Noting {
  /** Shows what is noted, and asks for a note. */
  begin(ctx: Ctx, caseId: number): Promise<void>
  keep(ctx: Ctx, caseId: number, body: string): Promise<void>
}

export function createNoting({ post, choosing }: { post: CasePost; choosing: Choosing }): Noting {
  return {
    begin: async (ctx, caseId) => {
      const of = await choosing.mine(ctx, caseId)
      if (!of) return
      const notes = await shownNotesOf(ctx.tx, caseId)
      if (notes.length > 0) {
        const lines: string[] = []
        for (const { author, body } of notes) lines.push(ctx.t('desk.notes.line', { who: await post.helperName(ctx.tx, author, ctx.person), body }))
        await ctx.sayHtml([ctx.t('desk.notes.title', { number: of.number }), ...lines].join('\n'))
      }
      await ctx.startForm(noteForm.name, { subject: String(caseId) })
    },
    keep: async (ctx, caseId, body) => {
      const of = await choosing.mine(ctx, caseId)
      if (!of) return
      await addNote(ctx.tx, { caseId, author: ctx.person.id, body, now: ctx.now })
      await ctx.say('desk-tools.note.done', { number: of.number })
    },
  }
}
