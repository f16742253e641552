// Where an owner stands: five areas of questions, a result with a picture, all results over time, and months later the question
// whether anything changed. What is asked stands in data/assessment.yaml; how it is scored in score.ts.
import type { Instrument } from '../../content/assessment.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import { createChecking } from './checking.ts'
import { createOffering } from './offering.ts'
import { createResultPictures } from './pictures.ts'
import { createShowing } from './showing.ts'
import { endOffers } from './store.ts'

export interface AssessmentDeps {
  readonly instrument: Instrument
  readonly clinicName: string
}

export function createAssessment({ instrument, clinicName }: AssessmentDeps): Feature {
  const showing = createShowing(instrument)
  const checking = createChecking({ instrument, showing })

  return defineFeature({
    name: 'assessment',
    commands: {
      cek: { for: ['anyone'], menu: 24, menuWhen: ({ person }) => person.memberNumber !== null, run: checking.introduce },
      riwayat: { for: ['owner'], run: showing.history },
    },
    buttons: {
      check: button(['anyone'], NO_DATA, checking.introduce),
      'begin-check': button(['owner'], NO_DATA, checking.begin),
      'last-result': button(['owner'], NO_DATA, showing.lastResult),
      'check-history': button(['owner'], NO_DATA, showing.history),
      'no-check': button(['owner'], NO_DATA, async (ctx) => {
        await endOffers(ctx.tx, ctx.person.id)
        await ctx.changeButtons()
        await ctx.say('assessment.offer.declined')
      }),
    },
    forms: checking.forms,
    pictures: createResultPictures({ instrument, clinicName }),
    notices: [createOffering(instrument)],
  })
}
