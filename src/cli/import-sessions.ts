// The command that takes over the people of an earlier pilot from its session store, or with --dry-run only says what it would take.
// How is in src/operations/import-sessions/.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadSectors } from '../content/sectors.ts'
import { createRegistration } from '../features/registration/feature.ts'
import { createTranslator } from '../i18n/translator.ts'
import type { Reading } from '../operations/import-sessions/answers.ts'
import { createOptionWords } from '../operations/import-sessions/option-words.ts'
import { planImport } from '../operations/import-sessions/plan.ts'
import { describeImport } from '../operations/import-sessions/report.ts'
import { readSessionFile, type SessionFile } from '../operations/import-sessions/session-file.ts'
import { takeIn } from '../operations/import-sessions/taking-in.ts'
import { findVillage } from '../operations/import-sessions/village.ts'
import { packageRoot } from '../package-root.ts'
import { localTime } from '../people/time-zone.ts'
import { openDatabase } from '../storage/database.ts'
import { createVillages } from '../villages/villages.ts'
import { runCommand } from './operator-command.ts'

const USAGE = 'Usage: npm run import:sessions -- [--dry-run] FILE'
const args = process.argv.slice(2)
const dryRun = args.includes('--dry-run')
const [file, ...more] = args.filter((arg) => arg !== '--dry-run')

await runCommand(async ({ botId, clinic, clinicSecret, config, folder }) => {
  if (file === undefined || more.length > 0 || file.startsWith('-')) {
    console.error(USAGE)
    return 2
  }
  const store = await readSessionFile(file)
  if (store.type === 'unreadable') {
    console.error(explain(store.reason, file))
    return 1
  }
  const now = Date.now()
  const sectors = loadSectors(join(packageRoot(), 'data/sectors.yaml'))
  const translator = createTranslator(join(packageRoot(), 'locales'))
  const villages = createVillages()
  const form = createRegistration({ clinic, sectors, placeLabel: (code) => code }).forms?.find((one) => one.form.name === 'registration')?.form
  if (!form) throw new Error('The registration feature has no form "registration": name here the form that people join with.')
  const reading: Reading = {
    form,
    optionWords: createOptionWords({ form, sectors, translator }),
    findVillage: (text) => findVillage(villages, text),
    today: localTime(now, 'Asia/Jakarta'),
  }
  const plan = planImport(store.sessions, reading, botId)
  if (botId === undefined) console.log('BOT_TOKEN is not set: this is the database of the simulator.')
  // A dry run leaves no database behind: where there is none, nobody is known.
  const isFirst = config.databaseUrl.startsWith('sqlite:') && !existsSync(folder.database)
  const database = dryRun && isFirst ? undefined : await openDatabase(config.databaseUrl)
  try {
    const taken = database
      ? await takeIn(plan.newcomers, { transaction: database.transaction, form, secret: clinicSecret, now, dryRun })
      : { taken: plan.newcomers, left: { known: 0, erased: 0 } }
    for (const line of describeImport(plan, taken, dryRun)) console.log(line)
  } finally {
    await database?.close()
  }
  return 0
})

function explain(reason: Extract<SessionFile, { type: 'unreadable' }>['reason'], file: string): string {
  switch (reason) {
    case 'missing':
      return `There is no file ${file}.`
    case 'folder':
      return `${file} is a folder. Name the file in it; a pilot calls it sessions.json unless told otherwise.`
    case 'empty':
      return `${file} is empty. Take a copy of it from a backup of the pilot.`
    case 'broken':
      return (
        `${file} is broken or only half written: it is no complete JSON. The pilot writes the whole file anew at every message, so stop the pilot and ` +
        'try again; if the file stays like this, take a copy of it from a backup. Nothing was changed.'
      )
    case 'not-a-store':
      return `${file} is no session store: it has no list named "sessions". telegraf-session-local calls its file sessions.json unless told otherwise.`
    case 'no-reader':
      return 'Reading a session store needs the package telegraf-session-local, which is not installed here. Run npm install --include=optional, and try again.'
  }
}
