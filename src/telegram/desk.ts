// Builds what handlers work with: grammY's context of one update together with the person, her forms, and ways to speak.
import { Api, Context } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import { enqueue } from '../delivery/outbox.ts'
import type { Person } from '../people/person.ts'
import { getPerson } from '../people/store.ts'
import type { Tx } from '../storage/database.ts'
import { packButton } from './callback-data.ts'
import type { Ctx, Desk } from './context.ts'
import type { OpenConversation } from './conversation-store.ts'
import { mayUse } from './feature.ts'
import type { FormRunner } from './form-runner.ts'
import { inlineMarkup } from './keyboards.ts'
import type { Menu } from './menu.ts'
import type { Registry } from './registry.ts'
import type { Speaker } from './speaker.ts'

export interface DeskDeps {
  readonly registry: Registry
  readonly speaker: Speaker
  readonly menu: Menu
  readonly forms: FormRunner
  readonly botInfo: UserFromGetMe
}

export interface Arrival {
  readonly update: Update
  readonly tx: Tx
  /** ms UTC. */
  readonly now: number
  readonly person: Person
  readonly conversations: readonly OpenConversation[]
  /** Where the note over a tapped button goes; it is shown after the commit. */
  readonly answerTap: (note: { text: string }) => void
}

/** grammY's own ways of sending would talk to Telegram in the middle of a transaction: here they throw. */
export function createSilentApi(): Api {
  const api = new Api('0:silent')
  api.config.use((_next, method) => {
    throw new Error(`A handler called Telegram's ${method} directly. Use ctx.say and friends: they send after the commit.`)
  })
  return api
}

export function createDesk({ registry, speaker, menu, forms, botInfo }: DeskDeps): (arrival: Arrival) => Ctx {
  const api = createSilentApi()
  return ({ update, tx, now, person, conversations, answerTap }) => {
    const chatIsPrivate = (ctx: Ctx) => ctx.chat?.type === 'private' || ctx.chat === undefined
    const desk: Desk = {
      tx,
      now,
      person,
      conversations,
      t: (key, params) => speaker.html(ctx.person, key, params, now),
      label: (key, params) => speaker.plain(ctx.person, key, params),
      button: (key, name, data = {}, params) => {
        const declared = registry.buttons.get(name)
        if (!declared) throw new Error(`No feature declares a button "${name}".`)
        return { text: speaker.plain(ctx.person, key, params), callback_data: packButton(name, declared.data, data) }
      },
      say: (key, params, options) => desk.sayHtml(speaker.html(ctx.person, key, params, now), options),
      sayHtml: async (html, options = {}) => {
        const plain = !options.keyboard && !options.replyKeyboard && !options.inChat && chatIsPrivate(ctx)
        const withMenu = plain ? { ...options, replyKeyboard: menu.keyboard(ctx.person, ctx.conversations.length) } : options
        return speaker.sayHtml(tx, ctx.person, html, withMenu, now)
      },
      toast: (key, params) => answerTap({ text: speaker.plain(ctx.person, key, params) }),
      changeButtons: async (keyboard = []) => {
        const tapped = ctx.callbackQuery?.message
        if (!tapped) return
        await enqueue(tx, { chatId: tapped.chat.id, method: 'editMessageReplyMarkup', payload: { message_id: tapped.message_id, reply_markup: inlineMarkup(keyboard) } }, now)
      },
      startForm: (name, start = {}) => forms.start(ctx, name, start),
      resumeForm: (id) => forms.resume(ctx, id),
      refreshCommandsOf: async (personId) => menu.registerCommands(tx, await getPerson(tx, personId), now),
      press: async (name, data) => {
        const declared = registry.buttons.get(name)
        if (!declared) throw new Error(`No feature declares a button "${name}".`)
        if (mayUse(declared.for, ctx.person)) await declared.run(ctx, declared.data.parse(data) as never)
      },
      reload: async () => {
        ctx.person = await getPerson(tx, ctx.person.id)
      },
    }
    const ctx: Ctx = Object.assign(new Context(update, api, botInfo), desk)
    return ctx
  }
}
