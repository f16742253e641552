// The command that puts a backup in the place of the database, or with --drill only tries it. How is in src/operations/.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listBackups } from '../operations/backup.ts'
import type { DataFolder } from '../operations/data-folder.ts'
import { drill, type Refusal, restore, type RestoreOptions } from '../operations/restore.ts'
import type { Contents } from '../operations/revival.ts'
import { isLeftToPostgres, runCommand } from './operator-command.ts'

const USAGE = 'Usage: npm run restore -- FILE, or npm run restore -- --drill [FILE]'

const args = process.argv.slice(2)
const isDrill = args.includes('--drill')
const [named, ...more] = args.filter((arg) => arg !== '--drill')

await runCommand(async ({ folder, clinicSecret, config, botId }) => {
  if (isLeftToPostgres(config, 'restore', Date.now())) return 1
  if (more.length > 0 || named?.startsWith('-')) {
    console.error(USAGE)
    return 2
  }
  const files = (await listBackups(folder)).filter(({ kind }) => kind !== 'part').map(({ file }) => join(folder.backups, file))
  const file = named === undefined ? isDrill && (await newest(folder)) : find(named, folder)
  if (!file) {
    console.error(files.length === 0 ? `There is no backup in ${folder.backups}. npm run backup makes one.` : `${USAGE}\nThere are:\n${files.join('\n')}`)
    return 2
  }
  return run({ folder, file, botId, clinicSecret, now: Date.now() })
})

async function run(options: RestoreOptions): Promise<number> {
  const began = performance.now()
  const outcome = await (isDrill ? drill(options) : restore(options))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  switch (outcome.type) {
    case 'refused':
      console.error(`${isDrill ? 'This backup would not be restored' : 'Nothing was changed'}: ${explain(outcome, options)}`)
      return 1
    case 'works':
      console.log(`${options.file} would be restored within ${seconds} s: ${describe(outcome.contents)}. Nothing was changed.`)
      return 0
    case 'restored':
      console.log(`${options.file} was restored in ${seconds} s: ${describe(outcome.contents)}.`)
      if (outcome.aside !== undefined) console.log(`The database that stood there is kept as ${outcome.aside}.`)
      console.log('Start the clinic again, then run npm run doctor.')
      return 0
  }
}

/** A path, or the name of a file in the backups folder. */
function find(name: string, folder: DataFolder): string {
  const kept = join(folder.backups, name)
  return !existsSync(name) && existsSync(kept) ? kept : name
}

async function newest(folder: DataFolder): Promise<string | undefined> {
  const backup = (await listBackups(folder)).findLast(({ kind }) => kind === 'backup')
  return backup && join(folder.backups, backup.file)
}

function describe({ people, businesses, answers, erased, notSent }: Contents): string {
  const counts = [`people ${people}`, `businesses ${businesses}`, `answers in unfinished forms ${answers}`]
  if (erased > 0) counts.push(`erased again, because they asked for it since: ${erased}`)
  if (notSent > 0) counts.push(`messages that waited then and are not sent: ${notSent}`)
  return counts.join(', ')
}

function explain(refusal: Refusal, { folder, file }: RestoreOptions): string {
  switch (refusal.reason) {
    case 'missing':
      return `there is no file ${file}.`
    case 'is-the-database':
      return `${file} is the clinic's database itself. Name a backup.`
    case 'in-use':
      return `${folder.database} is in use. Stop the clinic first.`
    case 'damaged':
      return `${file} is damaged, or no database at all (${refusal.detail}). Take an older backup.`
    case 'not-a-clinic':
      return `${file} is not a database of a clinic.`
    case 'other-bot':
      return `${file} belongs to the bot ${refusal.theirs}, this clinic to the bot ${refusal.ours}.`
    case 'newer':
      return `${file} is at version ${refusal.version}, newer than this program knows (${refusal.known}). Install the program that made it.`
    case 'other-secret':
      return refusal.detail
  }
}
