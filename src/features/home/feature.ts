// The front door: start, guide, language, and a useful answer to whatever nothing else understood. Stays last in the feature list.
import { z } from 'zod'
import { LANGUAGES } from '../../content/language.ts'
import { readIntent } from '../../conversation/parse/intent.ts'
import { normalise } from '../../conversation/parse/normalise.ts'
import { audit } from '../../people/audit.ts'
import { changePerson } from '../../people/store.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import { stopElsewhere } from '../../telegram/form-message.ts'
import type { InlineButton } from '../../telegram/keyboards.ts'
import type { Registry } from '../../telegram/registry.ts'
import { findSilent, missing } from './missing.ts'

const LanguageData = z.object({ language: z.enum(LANGUAGES) })

/** What each thing people type leads to when no form is open: a text, and a command run or a button pressed after it where one fits. */
const ANSWERS: Readonly<Record<string, { readonly text?: string; readonly command?: string; readonly button?: string }>> = {
  greet: { text: 'home.greet' },
  thanks: { text: 'home.thanks' },
  yes: { text: 'home.yes' },
  no: { text: 'home.no' },
  later: { text: 'home.no' },
  maybe: { text: 'home.no' },
  fine: { text: 'home.no' },
  help: { command: 'bantuan' },
  'dont-know': { text: 'home.confused', command: 'panduan' },
  register: { command: 'daftar' },
  menu: { command: 'panduan' },
  back: { command: 'lanjut' },
  cancel: { command: 'batal' },
  urgent: { button: 'scam' },
  'data-see': { command: 'datasaya' },
  'data-change': { command: 'ubahdata' },
  'data-erase': { command: 'hapusdata' },
  leave: { command: 'hapusdata' },
}

/** A row with the button that offers English, for who does not read it yet. */
function offersEnglish(ctx: Ctx): InlineButton[] {
  return ctx.person.language === 'id' ? [ctx.button('home.language.en.button', 'language', { language: 'en' })] : []
}

/** Who greets with peace is greeted with peace. */
const SALAM = /^ass?alam/

/** @param registry Read when a message comes in: this feature is itself part of it. */
export function createHome({ registry }: { registry: () => Registry }): Feature {
  const run = async (ctx: Ctx, command: string) => registry().commands.get(command)?.run(ctx)

  /** A deep link goes to the feature that owns its prefix; anything else is a plain start. */
  async function start(ctx: Ctx): Promise<void> {
    const payload = ctx.message?.text?.split(/\s+/, 2)[1] ?? ''
    const [prefix = '', ...rest] = payload.split('_')
    const link = registry().startLinks.get(prefix)
    if (link) {
      await link(ctx, rest.join('_'))
      return
    }
    if (ctx.person.memberNumber !== null) await ctx.say('home.welcome-back')
    else if (ctx.person.roles.length > 0) await receiveStaff(ctx)
    else await receiveNewcomer(ctx)
    if (!ctx.conversations.some((row) => row.active === 1) && ctx.conversations.length > 0) await ctx.resumeForm()
  }

  async function receiveNewcomer(ctx: Ctx): Promise<void> {
    await ctx.say('home.welcome')
    if (ctx.conversations.length > 0) return
    const english = offersEnglish(ctx)
    await ctx.sayHtml([ctx.t('home.offer'), ...english.map(() => ctx.t('home.english'))].join('\n'), {
      keyboard: [[ctx.button('registration.start.button', 'register')], english],
    })
  }

  /** Who works for the clinic need not register a business. */
  async function receiveStaff(ctx: Ctx): Promise<void> {
    await ctx.say('home.greet')
    const english = offersEnglish(ctx)
    if (english.length > 0) await ctx.say('home.english', {}, { keyboard: [english] })
  }

  async function showGuide(ctx: Ctx): Promise<void> {
    const commands = registry().commandsFor(ctx.person).map((name) => `/${name} - ${ctx.t(`commands.${name}.description`)}`)
    await ctx.sayHtml([ctx.t('home.guide'), commands.join('\n')].join('\n\n'))
  }

  async function askLanguage(ctx: Ctx): Promise<void> {
    await ctx.say('home.language.ask', {}, {
      keyboard: LANGUAGES.map((language) => [ctx.button(`home.language.${language}.button`, 'language', { language })]),
    })
  }

  /** The command someone means who leaves out the slash, or types the words of its large button or a language's name. */
  function commandNamed(ctx: Ctx, typed: string): string | undefined {
    const names = registry().commandsFor(ctx.person)
    const says = (key: string) => normalise(ctx.label(key)) === typed
    if (LANGUAGES.some((language) => says(`home.language.${language}.button`))) return 'bahasa'
    return names.find((name) => name === typed || (registry().commands.get(name)?.menu !== undefined && says(`commands.${name}.button`)))
  }

  async function fallback(ctx: Ctx): Promise<void> {
    if (ctx.message?.text === undefined) {
      await ctx.say('home.not-text')
      return
    }
    const typed = normalise(ctx.message.text)
    const named = commandNamed(ctx, typed)
    if (named !== undefined) {
      await run(ctx, named)
      return
    }
    const intent = readIntent(ctx.message.text)
    if (intent === 'greet' && SALAM.test(typed)) {
      await ctx.say('home.greet-salam')
      return
    }
    if (intent === 'stop') {
      await ctx.say('form.stop.which', {}, { keyboard: [...stopElsewhere(ctx), [ctx.button('home.never-mind.button', 'never-mind')]] })
      return
    }
    const answer = (typeof intent === 'string' ? ANSWERS[intent] : undefined) ?? { text: 'home.unknown' }
    if (answer.text) await ctx.say(answer.text)
    if (answer.command) await run(ctx, answer.command)
    if (answer.button) await ctx.press(answer.button, {})
  }

  return defineFeature({
    name: 'home',
    commands: {
      start: { for: ['anyone'], run: start },
      panduan: { for: ['anyone'], menu: 60, run: showGuide },
      bahasa: { for: ['anyone'], run: askLanguage },
    },
    buttons: {
      'never-mind': button(['anyone'], NO_DATA, async (ctx) => {
        await ctx.changeButtons()
        await ctx.say('home.no')
      }),
      language: button(['anyone'], LanguageData, async (ctx, { language }) => {
        await changePerson(ctx.tx, ctx.person.id, { language })
        await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'language-chosen', subject: `person:${ctx.person.id}`, detail: language })
        await ctx.reload()
        await ctx.changeButtons()
        await ctx.say('home.language.done')
        const isNewcomer = ctx.person.memberNumber === null && ctx.person.roles.length === 0
        if (!(await ctx.resumeForm()) && isNewcomer) {
          await ctx.say('home.offer', {}, { keyboard: [[ctx.button('registration.start.button', 'register')]] })
        }
      }),
    },
    jobs: [findSilent],
    notices: [missing],
    fallback,
  })
}
