// Forgets what the clinic promised to forget: texts of sent messages, the ledger of seen updates, updates that could
// not be applied, what happened at the steps of forms.
import type { ClinicLimits } from '../../content/clinic.ts'
import { blankOldPayloads } from '../../delivery/housekeeping.ts'
import type { Job } from '../../schedule/job.ts'
import { defineFeature, type Feature } from '../../telegram/feature.ts'
import { pruneSteps } from '../../telegram/funnel-store.ts'
import { blankFailures, pruneSeen } from '../../telegram/update-store.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const BITE = 500

export function createHousekeeping(limits: ClinicLimits): Feature {
  const forget: Job = {
    name: 'forget',
    everyMs: HOUR_MS,
    run: async ({ tx, now }) => {
      const textsBefore = now - limits.outboxPayloadKeptDays * DAY_MS
      const forgotten = [
        await blankOldPayloads(tx, textsBefore, BITE),
        await blankFailures(tx, textsBefore, BITE),
        await pruneSeen(tx, now - limits.seenUpdateKeptDays * DAY_MS, BITE),
        await pruneSteps(tx, now - limits.funnelKeptMonths * 30 * DAY_MS, BITE),
      ]
      return forgotten.some((count) => count === BITE)
    },
  }
  return defineFeature({ name: 'housekeeping', jobs: [forget] })
}
