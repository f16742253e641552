// Coordinators look after the canned answers: add, change, remove. A second tap changes nothing.
import { CANNED_BODY_MAX_CHARS, CANNED_TITLE_MAX_CHARS, type CannedText } from '../../content/canned-answers.ts'
import { type Answers, defineForm, textField } from '../../conversation/form.ts'
import type { Ctx } from '../../telegram/context.ts'
import { addCannedAnswer, cannedAnswers, changeCannedAnswer, findCannedAnswer, removeCannedAnswer } from './canned-store.ts'

/** Its subject is the answer to be changed; none for a new one. */
export const cannedForm = defineForm({
  name: 'canned-answer',
  version: 1,
  steps: { heading: textField({ min: 3, max: CANNED_TITLE_MAX_CHARS, ownWords: true }), body: textField({ min: 10, max: CANNED_BODY_MAX_CHARS, ownWords: true }) },
})

/** More buttons than that nobody reads. */
const LISTED = 40

export interface Editing {
  menu(ctx: Ctx): Promise<void>
  /** Which one is to be changed or removed. */
  choose(ctx: Ctx, to: 'change' | 'remove'): Promise<void>
  change(ctx: Ctx, answer: number): Promise<void>
  askRemove(ctx: Ctx, answer: number): Promise<void>
  remove(ctx: Ctx, answer: number): Promise<void>
  save(ctx: Ctx, answers: Answers, subject: string | null): Promise<void>
}

export function createEditing({ shipped }: { shipped: readonly CannedText[] }): Editing {
  async function find(ctx: Ctx, id: number) {
    const answer = await findCannedAnswer(ctx.tx, id)
    if (answer) return answer
    ctx.toast('desk-tools.canned.gone')
    await ctx.changeButtons()
    return undefined
  }

  return {
    menu: async (ctx) => {
      const count = (await cannedAnswers(ctx.tx, shipped, ctx.now)).length
      await ctx.say('desk-tools.edit.menu', { count }, {
        keyboard: [[ctx.button('desk-tools.edit.add.button', 'canned-add')], [ctx.button('desk-tools.edit.change.button', 'canned-choose', { to: 'change' }), ctx.button('desk-tools.edit.remove.button', 'canned-choose', { to: 'remove' })]],
      })
    },
    choose: async (ctx, to) => {
      const answers = await cannedAnswers(ctx.tx, shipped, ctx.now)
      if (answers.length === 0) return ctx.toast('desk-tools.edit.none')
      await ctx.say(`desk-tools.edit.${to}.ask`, {}, {
        keyboard: answers.slice(0, LISTED).map(({ id, title }) => [{ ...ctx.button(`desk-tools.edit.${to}.button`, `canned-${to}`, { answer: id }), text: title }]),
      })
    },
    change: async (ctx, id) => {
      const answer = await find(ctx, id)
      if (answer) await ctx.startForm(cannedForm.name, { subject: String(id), answers: { heading: answer.title, body: answer.body } })
    },
    askRemove: async (ctx, id) => {
      const answer = await find(ctx, id)
      if (answer) await ctx.say('desk-tools.edit.remove.sure', { title: answer.title }, { keyboard: [[ctx.button('home.never-mind.button', 'never-mind')], [ctx.button('desk-tools.edit.remove.yes.button', 'canned-remove-now', { answer: id })]] })
    },
    remove: async (ctx, id) => {
      await ctx.changeButtons()
      if (await removeCannedAnswer(ctx.tx, id, { by: ctx.person.id, now: ctx.now })) await ctx.say('desk-tools.edit.removed')
      else ctx.toast('desk-tools.canned.gone')
    },
    save: async (ctx, answers, subject) => {
      // The role may have ended while the form was open.
      if (!ctx.person.roles.includes('coordinator')) {
        await ctx.say('home.not-for-you')
        return
      }
      const text = { title: String(answers['heading']), body: String(answers['body']) }
      const change = { by: ctx.person.id, now: ctx.now }
      if (subject === null) await addCannedAnswer(ctx.tx, text, change)
      // Removed meanwhile by someone else: what was written is kept as a new one.
      else if (!(await changeCannedAnswer(ctx.tx, Number(subject), text, change))) await addCannedAnswer(ctx.tx, text, change)
      await ctx.say('desk-tools.edit.saved', { title: text.title })
    },
  }
}
