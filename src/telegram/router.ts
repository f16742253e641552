// Leads an update to the one handler that owns it: command, button, reply, form answer, and in the end the fallback.
// It checks who may use what, every time; it knows no feature by name.
import { Composer } from 'grammy'
import { z } from 'zod'
import type { TurnInput } from '../conversation/turn.ts'
import { buttonName, unpackButton } from './callback-data.ts'
import type { Ctx } from './context.ts'
import { mayUse } from './feature.ts'
import { FORM_BUTTON, FormButtonData, toPress } from './form-button.ts'
import type { FormRunner } from './form-runner.ts'
import type { Menu } from './menu.ts'
import type { Registry } from './registry.ts'

export interface RouterDeps {
  readonly registry: Registry
  readonly forms: FormRunner
  readonly menu: Menu
}

export function createRouter({ registry, forms, menu }: RouterDeps): Composer<Ctx> {
  const router = new Composer<Ctx>()

  router.on('callback_query:data', async (ctx) => {
    const packed = ctx.callbackQuery.data
    if (buttonName(packed) === FORM_BUTTON) return pressFormButton(ctx, packed)
    const declared = registry.buttons.get(buttonName(packed))
    const data = declared && unpackButton(declared.data, packed)
    if (!declared || !data) return passedButton(ctx)
    if (!mayUse(declared.for, ctx.person)) return ctx.toast('home.not-for-you')
    await declared.run(ctx, data as never)
  })

  const privately = router.chatType('private')
  const messages = privately.on('message')
  messages.command([...registry.commands.keys()], async (ctx) => runCommand(ctx, ctx.msg.text.slice(1).split(/[\s@]/, 1)[0] ?? ''))
  messages.on('message:text', async (ctx, next) => {
    const name = menu.findCommand(ctx.message.text)
    return name === undefined ? next() : runCommand(ctx, name)
  })
  messages.filter(
    (ctx) => ctx.message.reply_to_message !== undefined,
    async (ctx, next) => {
      const replied = ctx.message.reply_to_message?.message_id ?? 0
      for (const feature of registry.features) if (await feature.onReply?.(ctx, replied)) return
      await next()
    },
  )
  messages.use(async (ctx, next) => {
    const active = ctx.conversations.find((row) => row.active === 1)
    return active ? forms.take(ctx, active, toInput(ctx)) : next()
  })
  messages.use(fallBack)
  // In a group only what is said to the bot is heard: a command with its name, or a reply to it.
  router.chatType(['group', 'supergroup']).on('message').filter(isAddressed, async (ctx) => {
    await ctx.say('home.group', {}, { inChat: { chatId: ctx.chat.id, replyTo: ctx.message.message_id }, keyboard: [[{ text: ctx.label('home.open-chat.button'), url: `https://t.me/${ctx.me.username}?start=grup` }]] })
  })

  /** A command may come in between: the open question stays open, and is pointed to afterwards. */
  async function runCommand(ctx: Ctx, name: string): Promise<void> {
    const command = registry.commands.get(name)
    if (!command) return
    if (!mayUse(command.for, ctx.person)) {
      await ctx.say('home.not-for-you')
      return
    }
    const before = ctx.conversations.find((row) => row.active === 1)
    await command.run(ctx)
    const after = ctx.conversations.find((row) => row.active === 1)
    const untouched = before && after && before.id === after.id && before.revision === after.revision
    if (untouched) await ctx.say('form.still-open', { form: ctx.label(formTitle(after.form)) }, { keyboard: [[ctx.button('form.resume.button', 'resume', { id: after.id })]] })
  }

  function formTitle(form: string): string {
    return `${registry.forms.get(form)?.texts ?? form}.title`
  }

  async function pressFormButton(ctx: Ctx, packed: string): Promise<void> {
    const data = unpackButton(FormButtonData, packed)
    const press = data && toPress(data)
    const row = data && ctx.conversations.find((one) => one.id === data.conversation)
    if (!data || !press || !row) return passedButton(ctx)
    await forms.take(ctx, row, { type: 'press', revision: data.revision, press })
  }

  async function fallBack(ctx: Ctx): Promise<void> {
    const feature = registry.features.find((one) => one.fallback)
    await feature?.fallback?.(ctx)
  }

  return router
}

/** A button whose form is over, or that was never ours: it says so and goes away. */
async function passedButton(ctx: Ctx): Promise<void> {
  ctx.toast('form.over')
  await ctx.changeButtons()
}

function isAddressed(ctx: Ctx): boolean {
  const { message } = ctx
  if (message?.reply_to_message?.from?.id === ctx.me.id) return true
  const name = `@${ctx.me.username}`.toLowerCase()
  return (message?.entities ?? []).some((entity) => {
    const text = message?.text?.slice(entity.offset, entity.offset + entity.length).toLowerCase() ?? ''
    return (entity.type === 'mention' && text === name) || (entity.type === 'bot_command' && text.endsWith(name))
  })
}

function toInput({ message }: Ctx): TurnInput {
  if (message?.text !== undefined) return { type: 'text', text: message.text }
  if (message?.contact) return { type: 'contact', phone: toE164(message.contact.phone_number), own: message.contact.user_id === message.from.id }
  return { type: 'other' }
}

/** Telegram gives shared numbers as digits of the international number, with or without a plus. */
function toE164(number: string): string {
  return `+${number.replace(/\D/g, '')}`
}

/** The data of buttons that carry none. */
export const NO_DATA = z.object({})
