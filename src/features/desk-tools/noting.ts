// Notes of helpers about a case, for whoever helps in it now or later; owners never see them.
import { addNote, notesOf } from '../../cases/notes.ts'
import type { CasePost } from '../../cases/post.ts'
import { defineForm, textField } from '../../conversation/form.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { Choosing } from './choosing.ts'

const MOST_CHARS = 1000
/** The newest are shown; more do not fit into a message. */
const SHOWN = 10
const SHOWN_CHARS = 300

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
      const notes = await notesOf(ctx.tx, caseId)
      if (notes.length > 0) {
        const lines: string[] = []
        for (const { author, body } of notes.slice(-SHOWN)) lines.push(ctx.t('desk.notes.line', { who: await post.helperName(ctx.tx, author, ctx.person), body: cut(body) }))
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

function cut(body: string): string {
  const characters = Array.from(body)
  return characters.length > SHOWN_CHARS ? `${characters.slice(0, SHOWN_CHARS - 1).join('').trimEnd()}…` : body
}
