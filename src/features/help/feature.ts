// The owner's side of a case: asking for help in messages of any kind, sending it on, and how her cases stand.
import { z } from 'zod'
import { CaseData } from '../../cases/case-data.ts'
import { draftsOf, dropDrafts, rewordDraft } from '../../cases/drafts.ts'
import { partOf } from '../../telegram/part.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import { type AskingDeps, createAsking } from './asking.ts'
import { helpForm } from './form.ts'
import { createOwnCases, type OwnCasesDeps } from './own-cases.ts'

const ReadData = CaseData.extend({ tip: z.string().max(40) })
const TopicData = CaseData.extend({ topic: z.string().max(20) })

export function createHelp(deps: AskingDeps & OwnCasesDeps): Feature {
  const asking = createAsking(deps)
  const own = createOwnCases(deps)
  return defineFeature({
    name: 'help',
    commands: {
      bantuan: { for: ['anyone'], menu: 40, run: (ctx) => asking.begin(ctx) },
      kasus: { for: ['anyone'], run: (ctx) => own.list(ctx) },
    },
    buttons: {
      'ask-human': button(['anyone'], NO_DATA, (ctx) => asking.begin(ctx)),
      'help-new': button(['anyone'], NO_DATA, (ctx) => ctx.startForm('help')),
      'help-read': button(['anyone'], ReadData, (ctx, data) => asking.readTip(ctx, data.case, data.tip)),
      'help-preview': button(['anyone'], CaseData, (ctx, data) => asking.showPreview(ctx, data.case)),
      'help-send': button(['anyone'], CaseData, (ctx, data) => asking.send(ctx, data.case, 'volunteers')),
      'help-coordinators': button(['anyone'], CaseData, (ctx, data) => asking.send(ctx, data.case, 'coordinators')),
      'help-topic': button(['anyone'], CaseData, (ctx, data) => asking.askTopic(ctx, data.case)),
      'help-topic-set': button(['anyone'], TopicData, (ctx, data) => asking.setTopic(ctx, data.case, data.topic)),
      'help-helped': button(['anyone'], CaseData, (ctx, data) => own.helped(ctx, data.case)),
      'help-case': button(['anyone'], CaseData, (ctx, data) => own.show(ctx, data.case)),
      'case-cancel': button(['anyone'], CaseData, (ctx, data) => own.cancel(ctx, data.case)),
      'case-still': button(['anyone'], CaseData, (ctx, data) => own.keep(ctx, data.case)),
    },
    forms: [
      {
        form: helpForm,
        stepWords: (ctx, _step, part, answers) => {
          const count = (answers['message'] as readonly number[] | undefined)?.length ?? 0
          switch (part) {
            case 'name':
              return ctx.label('help.message.name')
            case 'ask':
              return count === 0 ? ctx.t('help.message.ask') : ctx.t('help.message.more', { count })
            case 'hint':
              return count === 0 ? ctx.t('help.message.hint') : ''
            default:
              return undefined
          }
        },
        keepMessage: (ctx) => asking.keep(ctx),
        onDiscarded: (ctx) => dropDrafts(ctx.tx, ctx.person.id, 'ask'),
        finish: (ctx, answers, about) => asking.ask(ctx, answers, about),
      },
    ],
    onEdit: async (ctx) => {
      const part = ctx.editedMessage && partOf(ctx.editedMessage)
      if (!ctx.editedMessage || !part) return false
      if ((await draftsOf(ctx.tx, ctx.person.id, 'ask')).length === 0) return false
      const isReworded = await rewordDraft(ctx.tx, ctx.person.id, ctx.editedMessage.message_id, part)
      if (isReworded) await ctx.say('help.reworded')
      return isReworded
    },
  })
}
