// Going on with unfinished forms: resume, stop, and a reminder or two at a fitting hour.
import type { Clinic } from '../../content/clinic.ts'
import { button, defineFeature, type Feature } from '../../telegram/feature.ts'
import type { FormRunner } from '../../telegram/form-runner.ts'
import { createReminding, ResumeData, stopReminding } from './reminding.ts'

export function createForms({ clinic, forms, titleKey }: { clinic: Clinic; forms: FormRunner; titleKey: (form: string) => string }): Feature {
  return defineFeature({
    name: 'forms',
    commands: {
      lanjut: {
        for: ['anyone'],
        menu: 10,
        menuWhen: ({ unfinishedForms }) => unfinishedForms > 0,
        run: async (ctx) => {
          if (!(await ctx.resumeForm())) await ctx.say('form.nothing-open')
        },
      },
      batal: {
        for: ['anyone'],
        run: async (ctx) => {
          if (await forms.askStop(ctx)) return
          await ctx.say(ctx.conversations.length > 0 ? 'form.already-paused' : 'form.nothing-open')
        },
      },
    },
    buttons: {
      resume: button(['anyone'], ResumeData, async (ctx, { id }) => {
        // Her own forms only: an id from elsewhere is simply not among them.
        if (!(await ctx.resumeForm(id))) ctx.toast('form.over')
        await ctx.changeButtons()
      }),
      'stop-form': button(['anyone'], ResumeData, async (ctx, { id }) => {
        await stopReminding(ctx.tx, ctx.person.id, id)
        await ctx.changeButtons()
        await ctx.say('notices.stopped')
      }),
    },
    notices: [createReminding({ clinic, titleKey })],
  })
}
