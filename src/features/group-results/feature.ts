// What coordinators learn of the self-assessment: results of twenty people or more together, never of one. And how reliable its
// questions are, from owners who agree to answer them twice.
import type { Instrument } from '../../content/assessment.ts'
import type { Clinic } from '../../content/clinic.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import { createInviting } from './inviting.ts'
import { showGroup } from './report.ts'
import { createRetesting } from './retesting.ts'
import { createTable, sendTable } from './table.ts'

export interface GroupResultsDeps {
  readonly instrument: Instrument
  readonly clinic: Clinic
}

export function createGroupResults({ instrument, clinic }: GroupResultsDeps): Feature {
  const retesting = createRetesting({ instrument, clinic })
  return defineFeature({
    name: 'group-results',
    commands: {
      hasilkelompok: { for: ['coordinator'], run: (ctx) => showGroup(ctx, instrument) },
      ujiulang: { for: ['coordinator'], run: retesting.offer },
    },
    buttons: {
      'group-csv': button(['coordinator'], NO_DATA, (ctx) => sendTable(ctx, instrument)),
      'invite-retest': button(['coordinator'], NO_DATA, retesting.invite),
      retest: button(['owner'], NO_DATA, retesting.begin),
      'no-retest': button(['owner'], NO_DATA, retesting.decline),
    },
    notices: [createInviting(instrument)],
    documents: { 'group-results': createTable(instrument) },
  })
}
