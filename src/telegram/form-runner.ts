// Runs guided forms in a chat: stores each turn with the update that caused it, and says what the turn replied.
// What a turn means is decided in conversation/; what an answer leads to is the owning feature's.
import type { Conversation } from '../conversation/conversation.ts'
import { happenings } from '../conversation/funnel.ts'
import { startConversation } from '../conversation/conversation.ts'
import type { Reply, Turn } from '../conversation/moves.ts'
import { takeTurn, type TurnInput } from '../conversation/turn.ts'
import { escapeHtml, type Translator } from '../i18n/translator.ts'
import type { Ctx, FormStart } from './context.ts'
import {
  activateConversation, conversationsOf, deactivateAll, deleteConversation, insertConversation, type OpenConversation, saveConversation, setPrompt, toConversation,
} from './conversation-store.ts'
import type { FormHandler } from './feature.ts'
import { drawQuestion, drawStopQuestion, type Drawing, problemText, questionText, usesLargeButtons } from './form-message.ts'
import { createFormWords } from './form-words.ts'
import { recordSteps } from './funnel-store.ts'
import type { Places } from './places.ts'
import { isOnPrompt, mayTurn, redrawPrompt, retirePrompt, showPrompt, turnPrompt } from './prompt.ts'
import type { Registry } from './registry.ts'

export interface FormRunner {
  start(ctx: Ctx, name: string, start: FormStart): Promise<void>
  /** Shows an unfinished form's question again; the active or newest one when no id is given. False when there is none. */
  resume(ctx: Ctx, id?: number): Promise<boolean>
  /** Gives the person's input to one of her conversations. False when it was no answer but wants something else of the clinic. */
  take(ctx: Ctx, row: OpenConversation, input: TurnInput): Promise<boolean>
  /** Asks whether to stop the active form. False when there is none. */
  askStop(ctx: Ctx): Promise<boolean>
}

export interface FormRunnerDeps {
  /** Read when a form runs: the registry is made from features that may themselves start forms. */
  readonly registry: () => Registry
  readonly translator: Translator
  readonly places: Places
  readonly firstReminderAfterMs: number
}

export function createFormRunner({ registry, translator, places, firstReminderAfterMs }: FormRunnerDeps): FormRunner {
  const words = createFormWords({ translator, places })

  const getHandler = (name: string): FormHandler => {
    const handler = registry().forms.get(name)
    if (!handler) throw new Error(`No feature owns a form "${name}".`)
    return handler
  }

  async function start(ctx: Ctx, name: string, { subject, ...begin }: FormStart): Promise<void> {
    const handler = getHandler(name)
    const unfinished = ctx.conversations.find((row) => row.form === name && row.subject === (subject ?? null))
    if (unfinished && !begin.only) {
      await resume(ctx, unfinished.id)
      return
    }
    if (unfinished) await deleteConversation(ctx.tx, unfinished.id)
    const conversation = startConversation(handler.form, begin)
    const row = await insertConversation(ctx.tx, {
      person: ctx.person.id, conversation, subject: subject ?? null, now: ctx.now, remindAt: ctx.now + firstReminderAfterMs,
    })
    await recordSteps(ctx.tx, { form: name, happenings: [{ step: conversation.step, event: 'reached' }], elapsedMs: 0, now: ctx.now })
    await showPrompt(ctx, row.id, drawQuestion(ctx, words, handler, { id: row.id, conversation }), true)
    await refresh(ctx)
  }

  async function resume(ctx: Ctx, id?: number): Promise<boolean> {
    const row = id === undefined ? ctx.conversations[0] : ctx.conversations.find((one) => one.id === id)
    if (!row) return false
    if (row.active === 0) await activateConversation(ctx.tx, ctx.person.id, row.id)
    await pressFor(ctx, row, 'resume')
    return true
  }

  /** What else the update does finds the forms as this left them. */
  async function pressFor(ctx: Ctx, row: OpenConversation, press: 'resume' | 'stop'): Promise<void> {
    await take(ctx, row, { type: 'press', revision: row.revision, press: { do: press } })
    await refresh(ctx)
  }

  async function take(ctx: Ctx, row: OpenConversation, input: TurnInput): Promise<boolean> {
    const handler = getHandler(row.form)
    const before = toConversation(row)
    let turn = takeTurn(handler.form, before, input, words.typed(ctx, handler, before.answers))
    if (turn.reply.type === 'look-up') turn = lookUp(ctx, handler, turn, turn.reply.queries)
    if (turn.reply.type === 'keep') turn = takeTurn(handler.form, before, { type: 'kept', id: await handler.keepMessage?.(ctx) }, words.typed(ctx, handler, before.answers))
    const { conversation, reply } = turn

    if (reply.type === 'elsewhere' || (input.type === 'edit' && reply.type === 'stale')) return false
    if (reply.type === 'stale') {
      await pointToCurrent(ctx, handler, row, before)
      return true
    }
    await recordSteps(ctx.tx, { form: row.form, happenings: happenings(before, turn), elapsedMs: ctx.now - (row.asked_at ?? row.updated_at), now: ctx.now })
    await keepAnswer(ctx, handler, row, before, turn)
    if (conversation === null) await deleteConversation(ctx.tx, row.id)
    else await saveConversation(ctx.tx, row.id, conversation, { now: ctx.now, remindAt: ctx.now + firstReminderAfterMs })
    await answer(ctx, handler, row, before, turn)
    return true
  }

  function lookUp(ctx: Ctx, handler: FormHandler, turn: Turn, queries: readonly string[]): Turn {
    const conversation = turn.conversation as Conversation
    const shown = conversation.memo.found ?? []
    const names = new Set(shown.map((code) => places.name(code)))
    const results = queries.map((query) => ({ ...places.search(query), query }))
    // A further word narrows the list when it leaves only places of the same name, and not the very same ones; else it is a new search.
    const narrowed = results.length > 1 && results[0]?.codes.every((code) => names.has(places.name(code))) && results[0].codes.join() !== shown.join()
    const found = (narrowed && results[0]?.codes.length ? results[0] : results.at(-1)) ?? { codes: [], more: false, query: '' }
    return takeTurn(handler.form, conversation, { type: 'found', ...found }, words.typed(ctx, handler, conversation.answers))
  }

  /** Tells the feature, and turns the question into a record of what was answered. */
  async function keepAnswer(ctx: Ctx, handler: FormHandler, row: OpenConversation, before: Conversation, { answered, conversation }: Turn): Promise<void> {
    if (!answered) return
    const asked = questionText(ctx, words, handler, before)
    await handler.onAnswer?.(ctx, { ...answered, asked, messageId: ctx.callbackQuery?.message?.message_id ?? null })
    if (conversation && mayTurn(ctx, handler.form, row)) return
    const shown = escapeHtml(words.answer(ctx, handler, before.answers, answered.step, answered.answer))
    await retirePrompt(ctx, handler.form, row, `${asked}\n\n✅ <b>${shown}</b>`)
  }

  async function answer(ctx: Ctx, handler: FormHandler, row: OpenConversation, before: Conversation, { conversation, reply, answered }: Turn): Promise<void> {
    const drawn = conversation && { id: row.id, conversation }
    const put = async (drawing: Drawing, isNewQuestion = false) => {
      if (mayTurn(ctx, handler.form, row)) return turnPrompt(ctx, row, drawing, isNewQuestion)
      await retirePrompt(ctx, handler.form, row)
      await showPrompt(ctx, row.id, drawing, isNewQuestion)
    }
    const ask = async (remark?: string, offersHuman = false) => {
      if (!drawn) return
      const drawing = drawQuestion(ctx, words, handler, drawn, remark)
      // A question she has not received yet is asked first by what replaces it.
      await put(offersHuman ? withHuman(ctx, drawing) : drawing, drawn.conversation.step !== before.step || row.asked_state === 'queued')
    }
    switch (reply.type) {
      case 'ask': {
        // The next question has buttons of its own, so the menu comes back with a message in between.
        if (drawn && usesLargeButtons(handler.form, before) && !usesLargeButtons(handler.form, drawn.conversation)) {
          await ctx.say(answered?.answer ? 'form.phone-done' : 'form.phone-left')
        }
        await ask(drawn ? remarkOn(ctx, handler, drawn.conversation, reply) : undefined, reply.problem?.offersHuman)
        return
      }
      case 'explain':
        await ask(words.step(ctx, handler, before.step, 'help', before.answers) || ctx.t('form.help'), true)
        return
      case 'warn':
        await ctx.press('scam', {})
        await ask(undefined, true)
        return
      case 'read-more':
        await ask(words.step(ctx, handler, before.step, 'more', before.answers))
        return
      case 'redraw':
        if (drawn) await redrawPrompt(ctx, row, drawQuestion(ctx, words, handler, drawn))
        return
      case 'ask-stop':
        if (drawn) await put(drawStopQuestion(ctx, drawn, reply.which))
        return
      case 'paused':
        await retirePrompt(ctx, handler.form, row)
        await setPrompt(ctx.tx, row.id, null)
        await deactivateAll(ctx.tx, ctx.person.id)
        await refresh(ctx)
        await ctx.say('form.paused', { ...words.params(ctx, handler, before.answers), form: title(ctx, row.form) })
        return
      case 'discarded':
        await retirePrompt(ctx, handler.form, row)
        await handler.onDiscarded?.(ctx)
        await refresh(ctx)
        await ctx.say('form.discarded')
        await offerOthers(ctx)
        return
      case 'ended':
        await refresh(ctx)
        await handler.onEnded?.(ctx, reply.step)
        return
      case 'done':
        await retirePrompt(ctx, handler.form, row)
        await refresh(ctx)
        await handler.finish(ctx, reply.answers, row.subject)
        await offerOthers(ctx)
        return
      case 'stale':
      case 'elsewhere':
      case 'look-up':
      case 'keep':
        return
    }
  }

  /** What stands above the question: why an answer did not fit, a greeting returned, a correction noted. */
  function remarkOn(ctx: Ctx, handler: FormHandler, conversation: Conversation, { corrected, problem, remark }: Extract<Reply, { type: 'ask' }>): string | undefined {
    if (problem) return problemText(ctx, words, handler, conversation, problem)
    if (corrected === undefined) return remark && ctx.t(`form.${remark}`, words.params(ctx, handler, conversation.answers))
    const { answers } = conversation
    return ctx.t('form.corrected', {
      name: words.typed(ctx, handler, answers).step(corrected),
      answer: words.answer(ctx, handler, answers, corrected, answers[corrected] ?? null),
    })
  }

  async function pointToCurrent(ctx: Ctx, handler: FormHandler, row: OpenConversation, before: Conversation): Promise<void> {
    ctx.toast('form.stale', { step: words.typed(ctx, handler, before.answers).step(before.step) })
    if (!(await isOnPrompt(ctx, row))) await ctx.changeButtons()
  }

  async function offerOthers(ctx: Ctx): Promise<void> {
    if (ctx.conversations.some((row) => row.active === 1)) return
    const [waiting] = ctx.conversations
    if (waiting) await ctx.say('form.waiting', { form: title(ctx, waiting.form) }, { keyboard: [[ctx.button('form.resume.button', 'resume', { id: waiting.id })]] })
  }

  function withHuman(ctx: Ctx, drawing: Drawing): Drawing {
    const { keyboard, replyKeyboard } = drawing
    if (keyboard) return { ...drawing, keyboard: [...keyboard, [ctx.button('form.ask-human.button', 'ask-human')]] }
    // A large button can only be words: there the command that asks a human stands in.
    return replyKeyboard ? { ...drawing, replyKeyboard: { ...replyKeyboard, keyboard: [...replyKeyboard.keyboard, [{ text: ctx.label('commands.bantuan.button') }]] } } : drawing
  }

  const title = (ctx: Ctx, form: string) => ctx.label(registry().titleOf(form))

  return {
    start,
    resume,
    take,
    askStop: async (ctx) => {
      const row = ctx.conversations.find((one) => one.active === 1)
      if (row) await pressFor(ctx, row, 'stop')
      return row !== undefined
    },
  }
}

async function refresh(ctx: Ctx): Promise<void> {
  ctx.conversations = await conversationsOf(ctx.tx, ctx.person.id)
}
