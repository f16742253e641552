// Safety in conversations: whoever is in one reports it, it stands still, and a coordinator looks into it for a day and decides.
import { z } from 'zod'
import { CaseData } from '../../cases/case-data.ts'
import type { Offering } from '../../cases/offering.ts'
import type { CasePost } from '../../cases/post.ts'
import { REPORT_REASONS } from '../../cases/reported.ts'
import { button, defineFeature, type Feature } from '../../telegram/feature.ts'
import { reportForm } from './form.ts'
import { createJudging, DECISIONS } from './judging.ts'
import { createReporting } from './reporting.ts'

const ReasonData = CaseData.extend({ reason: z.enum(REPORT_REASONS) })
const PieceData = CaseData.extend({ after: z.coerce.number().int().nonnegative() })
const DecisionData = CaseData.extend({ as: z.enum(DECISIONS) })

export function createSafety(deps: { readonly post: CasePost; readonly offering: Offering }): Feature {
  const reporting = createReporting(deps)
  const judging = createJudging(deps)
  return defineFeature({
    name: 'safety',
    buttons: {
      'case-report': button(['anyone'], CaseData, (ctx, data) => reporting.ask(ctx, data.case)),
      'case-report-for': button(['anyone'], ReasonData, (ctx, data) => reporting.report(ctx, data.case, data.reason)),
      'case-report-words': button(['anyone'], CaseData, (ctx, data) => reporting.askWords(ctx, data.case)),
      'case-open': button(['coordinator'], CaseData, (ctx, data) => judging.open(ctx, data.case)),
      'case-read': button(['coordinator'], PieceData, (ctx, data) => judging.read(ctx, data.case, data.after)),
      'case-settle': button(['coordinator'], DecisionData, (ctx, data) => judging.settle(ctx, data.case, data.as)),
    },
    forms: [
      {
        form: reportForm,
        texts: 'safety.form',
        finish: (ctx, { words }, subject) => reporting.report(ctx, Number(subject), 'words', String(words)),
      },
    ],
  })
}
