// Looks at everything a clinic needs and says in a line each whether it is well, and what to do when not. It changes nothing.
import { resolve } from 'node:path'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { checkContent } from '../content/check.ts'
import { readMedia } from '../content/media.ts'
import { type Clinic, hasExampleOperator, loadClinic } from '../content/clinic.ts'
import { ContentError, describeProblem } from '../content/problem.ts'
import { readSources } from '../content/sources.ts'
import { databaseFile, engineOfUrl } from '../storage/address.ts'
import { checkBackups } from './checks/backups.ts'
import { checkDatabase } from './checks/database.ts'
import { checkDataFolder } from './checks/disk.ts'
import { checkPostgres } from './checks/postgres.ts'
import { checkTelegram } from './checks/telegram.ts'
import { checkUndelivered } from './checks/undelivered.ts'
import { dataFolderOf } from './data-folder.ts'
import { type Finding, ok, problem } from './finding.ts'

export interface DoctorOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folder with `locales/` and `data/`. */
  readonly root: string
  /** ms UTC. */
  readonly now: () => number
}

/** Examines the clinic that these settings describe; one that runs is not disturbed. Never throws for what an operator can mend. */
export async function examine({ env, root, now }: DoctorOptions): Promise<readonly Finding[]> {
  const { config, findings } = checkConfiguration(env)
  if (!config) return [...findings, ...checkTexts(root, now())]
  const botId = config.updates === 'simulator' ? undefined : Number(config.token.split(':')[0])
  return [
    ...findings,
    ...checkClinicFile(resolve(root, config.clinicFile), config),
    ...checkTexts(root, now()),
    ...(await checkTelegram(config, now)),
    ...(engineOfUrl(config.databaseUrl) === 'postgres' ? await checkPostgres(config.databaseUrl, botId, now()) : await checkFiles(config, botId, now())),
  ]
}

async function checkFiles({ clinicSecret, databaseUrl }: Config, botId: number | undefined, now: number): Promise<readonly Finding[]> {
  const folder = dataFolderOf(databaseFile(databaseUrl))
  return [
    ...checkDatabase(folder.database, botId),
    ...(await checkDataFolder(folder)),
    ...(await checkBackups(folder, { clinicSecret, now })),
    ...checkUndelivered(folder.database, now),
  ]
}

function checkConfiguration(env: DoctorOptions['env']): { readonly config?: Config; readonly findings: readonly Finding[] } {
  try {
    const config = readConfig(env)
    const how = { simulator: 'BOT_TOKEN is not set: simulator, nobody on Telegram reaches it', polling: 'Telegram is asked for messages (polling)', webhook: 'Telegram calls PUBLIC_URL (webhook)' }
    return { config, findings: [ok('settings', how[config.updates])] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { findings: error.problems.map((one) => problem('settings', one.replace(/\.$/, ''), 'Correct it in the environment or in .env.')) }
  }
}

function checkClinicFile(path: string, config: Config): readonly Finding[] {
  let clinic: Clinic
  try {
    clinic = loadClinic(path)
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return error.problems.map((one) => problem('clinic file', one.replace(/\.$/, ''), 'The clinic does not start with it.'))
  }
  if (config.updates !== 'simulator' && hasExampleOperator(clinic)) {
    return [problem('clinic file', 'people would be told a made-up operator', `Put your own operator, contact, responsible person and server country into ${path}.`)]
  }
  return [ok('clinic file', `${clinic.name}, run by ${clinic.operator.name}`)]
}

function checkTexts(root: string, now: number): readonly Finding[] {
  const { problems, summary } = checkContent(readSources(root), readMedia(root), now)
  if (problems.length === 0) return [ok('content', summary)]
  return problems.map((one) => problem('content', describeProblem({ ...one, mend: '' }).trimEnd().replace(/\.$/, ''), one.mend))
}
