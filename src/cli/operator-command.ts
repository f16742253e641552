// What the operator's commands share: they read the same settings as the clinic does, work on the same files, and end with an exit code.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { loadOrCreateClinicSecret } from '../clinic-secret.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { type Clinic, loadClinic } from '../content/clinic.ts'
import { ContentError } from '../content/problem.ts'
import { type DataFolder, dataFolderOf, homeOf } from '../operations/data-folder.ts'
import { explainPostgres, postgresCommands } from '../operations/postgres.ts'
import { packageRoot } from '../package-root.ts'
import { databaseFile, engineOfUrl } from '../storage/address.ts'
import { MigrationError } from '../storage/migration.ts'

export interface Surroundings {
  readonly config: Config
  readonly clinic: Clinic
  readonly folder: DataFolder
  readonly clinicSecret: string
  /** Telegram id of the bot: the first part of its token; undefined in the simulator. */
  readonly botId: number | undefined
}

/** The environment as the clinic sees it: with the file .env of the working directory, where there is one. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}

/** Says what to type instead of a command that works on files, where there are none; false on SQLite. */
export function isLeftToPostgres(config: Config, which: 'dump' | 'restore', now: number): boolean {
  if (engineOfUrl(config.databaseUrl) !== 'postgres') return false
  console.error(`The data lies in PostgreSQL. Run: ${postgresCommands(config.databaseUrl, now)[which]}`)
  return true
}

/** Runs a command and sets the exit code it answers with; errors an operator can mend are said in their own words. */
export async function runCommand(command: (surroundings: Surroundings) => Promise<number>): Promise<void> {
  try {
    const config = readConfig(readEnvironment())
    const folder = dataFolderOf(databaseFile(config.databaseUrl))
    process.exitCode = await command({
      config,
      folder,
      clinic: loadClinic(resolve(packageRoot(), config.clinicFile)),
      clinicSecret: config.clinicSecret ?? (await loadOrCreateClinicSecret(homeOf(config.databaseUrl), randomBytes)),
      botId: config.updates === 'simulator' ? undefined : Number(config.token.split(':')[0]),
    })
  } catch (error) {
    console.error(explain(error))
    process.exitCode = 1
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof ConfigError || error instanceof ContentError || error instanceof MigrationError) return error.message
  const code = 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') return 'The disk is full. Make room and try again; nothing was changed.'
  if (code === 'EACCES' || code === 'EPERM' || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_READONLY') {
    return `${error.message}\nRun this as the user the clinic runs as, and let that user write to the data folder.`
  }
  return explainPostgres(error) ?? error.stack ?? error.message
}
