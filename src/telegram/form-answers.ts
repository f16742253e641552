// What someone has answered so far in an unfinished form, as words. It reads; the form itself stays as it is.
import type { ConversationRow } from '../storage/schema.ts'
import type { Ctx } from './context.ts'
import { toConversation } from './conversation-store.ts'
import type { FormWords } from './form-words.ts'
import type { Registry } from './registry.ts'

export interface FormAnswers {
  readonly title: string
  /** Name of the question, and the answer. */
  readonly answers: readonly (readonly [string, string])[]
}

/** @param registry Read when a form is described: it is made from features that may themselves describe forms. */
export function createFormAnswers({ registry, words }: { registry: () => Registry; words: FormWords }): (ctx: Ctx, row: ConversationRow) => FormAnswers {
  return (ctx, row) => {
    const handler = registry().forms.get(row.form)
    if (!handler) return { title: row.form, answers: [] }
    const { answers } = toConversation(row)
    const asked = Object.keys(answers).filter((step) => handler.form.steps[step] !== undefined)
    return {
      title: ctx.label(registry().titleOf(row.form)),
      answers: asked.map((step) => [words.name(ctx, handler, step, answers), words.answer(ctx, handler, answers, step, answers[step] ?? null)]),
    }
  }
}
