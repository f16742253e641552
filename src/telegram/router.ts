// Leads an update to the one handler that owns it: command, button, reply, form answer, and in the end the fallback.
// It checks who may use what, every time; it knows no feature by name.
import { Composer } from 'grammy'
import { buttonName, unpackButton } from './callback-data.ts'
import type { Ctx } from './context.ts'
import { type Audience, mayUse } from './feature.ts'
import { FORM_BUTTON, FormButtonData, toPress } from './form-button.ts'
import { toInput } from './form-input.ts'
import type { FormRunner } from './form-runner.ts'
import type { Menu } from './menu.ts'
import { refusePrivateContent } from './private-content.ts'
import type { Registry } from './registry.ts'

export interface RouterDeps {
  readonly registry: Registry
  readonly forms: FormRunner
  readonly menu: Menu
}

export function createRouter({ registry, forms, menu }: RouterDeps): Composer<Ctx> {
  const router = new Composer<Ctx>()

  router.use(refusePrivateContent)
  router.on('callback_query:data', async (ctx) => {
    const packed = ctx.callbackQuery.data
    if (buttonName(packed) === FORM_BUTTON) return pressFormButton(ctx, packed)
    const declared = registry.buttons.get(buttonName(packed))
    const data = declared && unpackButton(declared.data, packed)
    if (!declared || !data) return passedButton(ctx)
    if (!mayUse(declared.for, ctx.person)) return ctx.toast(refusalTo(declared.for))
    await declared.run(ctx, data as never)
  })

  const privately = router.chatType('private')
  const messages = privately.on('message')
  messages.on('message:text', async (ctx, next) => {
    const name = commandTyped(ctx.message.text) ?? menu.findCommand(ctx.message.text)
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
    if (!active) return next()
    if (!(await forms.take(ctx, active, toInput(ctx.message, active)))) await meanwhile(ctx, fallBack)
  })
  messages.use(async (ctx, next) => {
    for (const feature of registry.features) if (await feature.onStray?.(ctx)) return
    await next()
  })
  messages.use(fallBack)
  // What she edits corrects the answer it gave, as long as its form is open. A place that moves is no edit (Bot API, live locations).
  privately.on('edited_message').filter(
    (ctx) => ctx.editedMessage.location === undefined,
    async (ctx) => {
      const { message_id: messageId, text } = ctx.editedMessage
      if (text !== undefined) for (const row of ctx.conversations) if (await forms.take(ctx, row, { type: 'edit', messageId, text })) return
      for (const feature of registry.features) if (await feature.onEdit?.(ctx)) return
      if (text !== undefined) await ctx.say('form.edit-too-late')
    },
  )
  // What comes from a group was said to the bot (addressed.ts); a person's matters are not discussed there.
  router.chatType(['group', 'supergroup']).on('message', async (ctx) => {
    const openChat = { text: ctx.label('home.open-chat.button'), url: `https://t.me/${ctx.me.username}?start=grup` }
    await ctx.say('home.group', {}, { inChat: { chatId: ctx.chat.id, replyTo: ctx.message.message_id }, keyboard: [[openChat]] })
  })

  /** A command we don't have is no answer to a question either. */
  async function runCommand(ctx: Ctx, name: string): Promise<void> {
    const command = registry.commands.get(name)
    if (command && !mayUse(command.for, ctx.person)) await ctx.say(refusalTo(command.for))
    else await meanwhile(ctx, command?.run ?? fallBack)
  }

  /** Something may come in between: the open question stays open, and is pointed to afterwards. */
  async function meanwhile(ctx: Ctx, run: (ctx: Ctx) => Promise<void>): Promise<void> {
    const before = ctx.conversations.find((row) => row.active === 1)
    await run(ctx)
    const after = ctx.conversations.find((row) => row.active === 1)
    const untouched = before && after && before.id === after.id && before.revision === after.revision
    if (!untouched) return
    await ctx.say('form.still-open', { form: ctx.label(registry.titleOf(after.form)) }, {
      keyboard: [[ctx.button('form.resume.button', 'resume', { id: after.id })]],
    })
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

/** Who is no member yet is told how to become one; what the team does is for the team. */
function refusalTo(audience: readonly Audience[]): string {
  return audience.includes('owner') ? 'home.for-members' : 'home.not-for-you'
}

/** A button whose form is over, or that was never ours: it says so and goes away. */
async function passedButton(ctx: Ctx): Promise<void> {
  ctx.toast('form.over')
  await ctx.changeButtons()
}

/** The command a text begins with, as phones write it: "/Daftar", "/daftar@klinik_bot". */
function commandTyped(text: string): string | undefined {
  return /^\/([a-z0-9_]+)(?:@\w+)?(?!\S)/i.exec(text)?.[1]?.toLowerCase()
}
