// What was learnt from closed cases: coordinators decide which lessons others who ask the same are shown.
import { z } from 'zod'
import { CaseData } from '../../cases/case-data.ts'
import type { CardWords } from '../../cases/card.ts'
import type { Instrument } from '../../content/assessment.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import { answerForm } from './form.ts'
import { createReviewing } from './reviewing.ts'

const AnswerData = z.object({ answer: z.coerce.number().int().positive() })

export function createLessons({ instrument, words }: { instrument: Instrument; words: CardWords }): Feature {
  const reviewing = createReviewing({ words, areaName: (area) => instrument.areas.find(({ id }) => id === area)?.name ?? area })
  return defineFeature({
    name: 'lessons',
    commands: { pelajaran: { for: ['coordinator'], run: (ctx) => reviewing.next(ctx) } },
    buttons: {
      'lesson-next': button(['coordinator'], NO_DATA, (ctx) => reviewing.next(ctx)),
      'lesson-publish': button(['coordinator'], CaseData, (ctx, data) => reviewing.publish(ctx, data.case)),
      'lesson-change': button(['coordinator'], CaseData, (ctx, data) => reviewing.change(ctx, data.case)),
      'lesson-decline': button(['coordinator'], CaseData, (ctx, data) => reviewing.decline(ctx, data.case)),
      'lesson-withdraw': button(['coordinator'], AnswerData, (ctx, { answer }) => reviewing.withdraw(ctx, answer)),
    },
    forms: [{ form: answerForm, texts: 'lessons.form', finish: (ctx, answers, subject) => reviewing.publishChanged(ctx, answers, subject) }],
  })
}
