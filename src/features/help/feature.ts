// Asking a human for help: a message becomes a numbered request, and coordinators' answers come back into the same chat.
import type { Clinic } from '../../content/clinic.ts'
import type { Answers } from '../../conversation/form.ts'
import { isNewestSent } from '../../delivery/outbox.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature, type FormHandler, mayUse, NO_DATA } from '../../telegram/feature.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { createAnswering } from './answering.ts'
import { createAsking } from './asking.ts'
import { createHelpForms } from './form.ts'
import { createPost, onSent, RequestData } from './post.ts'
import { type HelpRequest, MOST_BODY_CHARS } from './request.ts'
import { findRequest, findRequestShown, findWaitingRequest } from './store.ts'

export interface HelpDeps {
  readonly clinic: Clinic
  /** The group of volunteers that is told of new requests. */
  readonly volunteerChatId: number | undefined
  readonly speaker: Speaker
}

export function createHelp({ clinic, volunteerChatId, speaker }: HelpDeps): Feature {
  const { limits } = clinic
  const post = createPost({ speaker, volunteerChatId, quiet: clinic })
  const asking = createAsking({ post })
  const answering = createAnswering({ post })
  const forms = createHelpForms(limits.helpTextMaxChars)
  const maxChars = Math.min(limits.helpTextMaxChars, MOST_BODY_CHARS)

  /** Words for a request: the owner adds to it, a coordinator answers it; anyone else has nothing to do with it. */
  async function takeWords(ctx: Ctx, request: HelpRequest | undefined, body: string): Promise<void> {
    if (request?.personId === ctx.person.id) await asking.add(ctx, request, body)
    else if (request && mayUse(['coordinator'], ctx.person)) await answering.answer(ctx, request, body)
    else await ctx.say('help.not-here')
  }

  const aboutRequest = (form: FormHandler['form'], texts: string): FormHandler => ({
    form,
    texts,
    params: (_, answers) => ({ number: Number(answers['number']) }),
    finish: async (ctx, answers, subject) => takeWords(ctx, await findRequest(ctx.tx, Number(subject)), bodyOf(answers)),
  })

  return defineFeature({
    name: 'help',
    commands: {
      bantuan: { for: ['anyone'], menu: 40, run: (ctx) => asking.begin(ctx) },
      permintaan: { for: ['coordinator'], menu: 41, run: (ctx) => answering.list(ctx) },
    },
    buttons: {
      'ask-human': button(['anyone'], NO_DATA, (ctx) => asking.begin(ctx)),
      'help-new': button(['anyone'], NO_DATA, (ctx) => ctx.startForm('help')),
      'help-more': button(['anyone'], RequestData, (ctx, { request }) => asking.beginMore(ctx, request)),
      'help-done': button(['anyone'], RequestData, (ctx, { request }) => asking.close(ctx, request)),
      'help-read': button(['coordinator'], RequestData, (ctx, { request }) => answering.read(ctx, request)),
      'help-answer': button(['coordinator'], RequestData, (ctx, { request }) => answering.begin(ctx, request)),
    },
    forms: [
      {
        form: forms.ask,
        // Asked from a step she works on: whoever answers should know which.
        finish: (ctx, answers, about) => asking.ask(ctx, about === null ? bodyOf(answers) : `${ctx.label('help.about', { about })}\n${bodyOf(answers)}`),
      },
      aboutRequest(forms.more, 'help.more'),
      aboutRequest(forms.answer, 'help.answer'),
    ],
    // Who writes on before the request was confirmed is still telling it.
    onStray: async (ctx) => {
      const body = ctx.message?.text?.trim() ?? ''
      if (!ctx.message || body === '' || body.length > maxChars) return false
      if (await isNewestSent(ctx.tx, ctx.message.chat.id, ctx.message.message_id)) return false
      const request = await findWaitingRequest(ctx.tx, ctx.person.id)
      if (request) await asking.add(ctx, request, body)
      return request !== undefined
    },
    onReply: async (ctx, messageId) => {
      const request = await findRequestShown(ctx.tx, { chatId: ctx.chat?.id ?? 0, messageId })
      if (!request) return false
      const body = ctx.message?.text?.trim() ?? ''
      if (body === '') await ctx.say('help.words-only')
      else if (body.length > maxChars) await ctx.say('help.too-long', { max: maxChars })
      else await takeWords(ctx, request, body)
      return true
    },
    onSent,
  })
}

function bodyOf(answers: Answers): string {
  return String(answers['message'])
}
