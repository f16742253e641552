// The command that shows where people get stuck: for each form, what happened at each step in the last days (30, or as many as named).
import { sumFunnel } from '../conversation/funnel.ts'
import { databaseFile, engineOfUrl } from '../storage/address.ts'
import { openDatabase } from '../storage/database.ts'
import { formsSince, silentSteps, stepsSince } from '../telegram/funnel-store.ts'
import { existsSync } from 'node:fs'
import { runCommand } from './operator-command.ts'

const DAY_MS = 86_400_000
/** A conversation silent for this long counts as abandoned. */
const SILENT_MS = 7 * DAY_MS

await runCommand(async ({ config }) => {
  const days = Number(process.argv[2] ?? 30)
  if (!Number.isInteger(days) || days < 1) {
    console.error(`"${process.argv[2]}" is no number of days. Example: npm run funnel -- 30`)
    return 2
  }
  if (engineOfUrl(config.databaseUrl) === 'sqlite' && !existsSync(databaseFile(config.databaseUrl))) {
    console.error('There is no database yet; the first start of the clinic makes it.')
    return 1
  }
  const now = Date.now()
  const since = now - days * DAY_MS
  const database = await openDatabase(config.databaseUrl)
  const forms = await database.transaction((tx) => formsSince(tx, since))
  if (forms.length === 0) console.log(`Nobody was in a form in the last ${days} days.`)
  for (const form of forms) {
    const [records, waiting] = await database.transaction(async (tx) => [await stepsSince(tx, form, since), await silentSteps(tx, form, now - SILENT_MS)] as const)
    const steps = [...new Set([...records.map((record) => record.step), ...waiting])]
    console.log(`\n${form}, last ${days} days`)
    console.table(
      Object.fromEntries(
        sumFunnel(steps, records, waiting).map(({ abandoned, counts, medianMs, step }) => [
          step,
          { ...counts, abandoned, 'median s': medianMs === undefined ? '' : Math.round(medianMs / 1000) },
        ]),
      ),
    )
  }
  await database.close()
  return 0
})
