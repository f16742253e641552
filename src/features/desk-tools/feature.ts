// What helps a helper in a case: notes for each other, answers that are ready, the owner's card and asking for what
// it leaves open; and one message a day about what waits, for who wants it so. Every use is checked against who helps in it now.
import { z } from 'zod'
import type { CardWords } from '../../cases/card.ts'
import { CaseData } from '../../cases/case-data.ts'
import type { CasePost } from '../../cases/post.ts'
import type { Relaying } from '../../cases/relaying.ts'
import { casesAssignedTo } from '../../cases/store.ts'
import type { CannedText } from '../../content/canned-answers.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import { createAnswering, searchForm } from './answering.ts'
import { createChoosing } from './choosing.ts'
import { createDigest } from './digest.ts'
import { cannedForm, createEditing } from './editing.ts'
import { AskData, createFieldAsking } from './field-asking.ts'
import { createNoting, noteForm } from './noting.ts'
import { createOwnerCard, type OwnerCardDeps } from './owner-card.ts'
import { createProfileWords } from './profile.ts'

const HELPERS = ['volunteer', 'coordinator'] as const

const id = z.coerce.number().int().positive()
const AnswerData = z.object({ answer: id })
const CaseAnswerData = CaseData.extend({ answer: id })
const FieldData = CaseData.extend({ field: z.string().max(20) })
const BusinessData = z.object({ business: id })
const ChooseData = z.object({ to: z.enum(['change', 'remove']) })

export interface DeskToolsDeps extends Pick<OwnerCardDeps, 'form' | 'sectorName' | 'district' | 'areaName' | 'tipTitle'> {
  readonly post: CasePost
  readonly relaying: Relaying
  readonly words: CardWords
  readonly cannedAnswers: readonly CannedText[]
}

export function createDeskTools({ post, relaying, words, cannedAnswers: shipped, ...knows }: DeskToolsDeps): Feature {
  const choosing = createChoosing({ post })
  const noting = createNoting({ post, choosing })
  const answering = createAnswering({ post, relaying, choosing, shipped })
  const editing = createEditing({ shipped })
  const profile = createProfileWords({ speaker: post.speaker, form: knows.form })
  const showOwner = createOwnerCard({ post, choosing, profile, ...knows })
  const fields = createFieldAsking({ post, choosing, profile, form: knows.form })
  return defineFeature({
    name: 'desk-tools',
    commands: {
      catatan: {
        for: HELPERS,
        run: async (ctx) => {
          const caseId = await choosing.current(ctx, 'case-note')
          if (caseId !== undefined) await noting.begin(ctx, caseId)
        },
      },
      balas: {
        for: HELPERS,
        run: async (ctx) => {
          if (ctx.person.roles.includes('coordinator')) {
            await editing.menu(ctx)
            if ((await casesAssignedTo(ctx.tx, ctx.person.id)).length === 0) return
          }
          const caseId = await choosing.current(ctx, 'case-canned')
          const [, typed = ''] = /^\S+\s+(.+)/s.exec(ctx.message?.text ?? '') ?? []
          if (caseId !== undefined) await answering.list(ctx, caseId, typed)
        },
      },
    },
    buttons: {
      'case-note': button(HELPERS, CaseData, (ctx, data) => noting.begin(ctx, data.case)),
      'case-canned': button(HELPERS, CaseData, (ctx, data) => answering.list(ctx, data.case)),
      'case-owner-card': button(HELPERS, CaseData, (ctx, data) => showOwner(ctx, data.case)),
      'case-ask-field': button(HELPERS, CaseData, (ctx, data) => fields.choose(ctx, data.case)),
      'case-ask-this': button(HELPERS, FieldData, (ctx, data) => fields.ask(ctx, data.case, data.field)),
      'field-answer': button(['owner'], AskData, (ctx, data) => fields.answer(ctx, data.ask)),
      // Registration presses it when a business was changed.
      'field-answered': button(['owner'], BusinessData, (ctx, data) => fields.tell(ctx, data.business)),
      'canned-search': button(HELPERS, CaseData, (ctx, data) => answering.askWords(ctx, data.case)),
      'canned-show': button(HELPERS, CaseAnswerData, (ctx, data) => answering.show(ctx, data.case, data.answer)),
      'canned-send': button(HELPERS, CaseAnswerData, (ctx, data) => answering.send(ctx, data.case, data.answer)),
      'canned-add': button(['coordinator'], NO_DATA, (ctx) => ctx.startForm(cannedForm.name)),
      'canned-choose': button(['coordinator'], ChooseData, (ctx, { to }) => editing.choose(ctx, to)),
      'canned-change': button(['coordinator'], AnswerData, (ctx, { answer }) => editing.change(ctx, answer)),
      'canned-remove': button(['coordinator'], AnswerData, (ctx, { answer }) => editing.askRemove(ctx, answer)),
      'canned-remove-now': button(['coordinator'], AnswerData, (ctx, { answer }) => editing.remove(ctx, answer)),
    },
    jobs: [createDigest({ post, words })],
    forms: [
      { form: noteForm, texts: 'desk-tools.note', finish: (ctx, { body }, subject) => noting.keep(ctx, Number(subject), String(body)) },
      { form: searchForm, texts: 'desk-tools.search', finish: (ctx, { words }, subject) => answering.list(ctx, Number(subject), String(words)) },
      { form: cannedForm, texts: 'desk-tools.canned-form', finish: (ctx, answers, subject) => editing.save(ctx, answers, subject) },
    ],
  })
}
