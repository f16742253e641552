// How a case ends and goes on: the helper proposes it, the owner confirms, rates and thanks, may go on within two weeks, and can have what
// was said as a text.
import { z } from 'zod'
import type { CardWords } from '../../cases/card.ts'
import { CaseData } from '../../cases/case-data.ts'
import type { Offering } from '../../cases/offering.ts'
import type { CasePost } from '../../cases/post.ts'
import { button, defineFeature, type Feature } from '../../telegram/feature.ts'
import { createConfirming } from './confirming.ts'
import { createEnding, ENDINGS } from './ending.ts'
import { lessonForm, thanksForm } from './forms.ts'
import { createRating } from './rating.ts'
import { createReopening } from './reopening.ts'
import { createTranscript, sendTranscript } from './transcript.ts'

export interface ClosingDeps {
  readonly post: CasePost
  readonly offering: Offering
  readonly words: CardWords
}

const HELPERS = ['volunteer', 'coordinator'] as const
const OutcomeData = CaseData.extend({ as: z.enum(ENDINGS) })
const RatingData = CaseData.extend({ rating: z.coerce.number().int().min(1).max(5) })

export function createClosing(deps: ClosingDeps): Feature {
  const ending = createEnding(deps)
  const confirming = createConfirming(deps)
  const rating = createRating(deps)
  const reopen = createReopening(deps)
  return defineFeature({
    name: 'closing',
    buttons: {
      'case-solved': button(HELPERS, CaseData, (ctx, data) => ending.ask(ctx, data.case)),
      'case-outcome': button(HELPERS, OutcomeData, (ctx, data) => ending.end(ctx, data.case, data.as)),
      'case-lesson': button(HELPERS, CaseData, (ctx, data) => ending.askLesson(ctx, data.case)),
      'case-confirm': button(['anyone'], CaseData, (ctx, data) => confirming.confirm(ctx, data.case)),
      'case-deny': button(['anyone'], CaseData, (ctx, data) => confirming.deny(ctx, data.case)),
      'case-rate': button(['anyone'], RatingData, (ctx, data) => rating.rate(ctx, data.case, data.rating)),
      'case-thanks': button(['anyone'], CaseData, (ctx, data) => rating.askThanks(ctx, data.case)),
      'case-thanks-withdraw': button(['anyone'], CaseData, (ctx, data) => rating.withdrawThanks(ctx, data.case)),
      'case-reopen': button(['anyone'], CaseData, (ctx, data) => reopen(ctx, data.case)),
      'case-transcript': button(['anyone'], CaseData, (ctx, data) => sendTranscript(ctx, data.case)),
    },
    forms: [
      { form: lessonForm, texts: 'closing.lesson', finish: (ctx, answers, subject) => ending.keepLesson(ctx, answers, subject) },
      { form: thanksForm, texts: 'closing.thanks', finish: (ctx, answers, subject) => rating.keepThanks(ctx, answers, subject) },
    ],
    documents: { 'case-transcript': createTranscript(deps) },
  })
}
