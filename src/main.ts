// Starts the clinic: reads the environment, opens what it names, waits for a signal, closes. The only file that touches `process`.
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GrammyError, HttpError } from 'grammy'
import { type App, type AppOptions, startApp } from './app.ts'
import { loadOrCreateClinicSecret } from './clinic-secret.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { type Instrument, loadAssessment } from './content/assessment.ts'
import { type Clinic, hasExampleOperator, loadClinic } from './content/clinic.ts'
import { ContentError } from './content/problem.ts'
import { createLogger } from './logging.ts'
import { homeOf } from './operations/data-folder.ts'
import { explainPostgres } from './operations/postgres.ts'
import { packageRoot } from './package-root.ts'
import type { Playground } from './simulator/playground.ts'
import { openDatabase } from './storage/database.ts'
import { MigrationError } from './storage/migration.ts'
import { IdentityError } from './telegram/identity.ts'

const TOKEN_REFUSED = 'Telegram refused BOT_TOKEN. Copy the token of your bot from @BotFather into BOT_TOKEN.'
const DATABASE_DAMAGED = 'The database is damaged and was left as it is. See what is wrong with npm run doctor, then put the newest good backup in place with npm run restore.'
/** A stop that takes longer is cut off, ms. */
const STOP_WITHIN_MS = 10_000

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { clinic, config, instrument } = readSettings(process.env)
  const log = createLogger({ level: config.logLevel })
  const dataFolder = homeOf(config.databaseUrl)

  let app: App | undefined
  let playground: Playground | undefined
  let stopping = false
  async function stop(code: number): Promise<void> {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    await app?.stop()
    await playground?.close()
    process.exit(code)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info('app.stopping', { signal })
      void stop(0)
    })
  }

  if (config.updates === 'simulator') {
    // A clinic on Telegram starts the quicker without it.
    const { openPlayground } = await import('./simulator/playground.ts')
    playground = await openPlayground({
      host: config.simulatorHost,
      port: config.port === 0 ? 0 : config.port + 1,
      storagePath: join(dataFolder, 'simulator-telegram.db'),
      systemNow: Date.now,
      randomBytes,
      clockMoved: async () => app?.tick(),
    })
  } else if (hasExampleOperator(clinic)) {
    log.warn('clinic.example-operator', { reason: 'replace-it-in-the-clinic-file' })
  }
  const clinicSecret = config.clinicSecret ?? (await loadOrCreateClinicSecret(dataFolder, randomBytes))
  app = await startApp({
    ...connection(config, clinicSecret, playground),
    root: packageRoot(),
    database: await openDatabase(config.databaseUrl),
    clinic,
    instrument,
    host: config.host,
    port: config.port,
    volunteerChatId: config.volunteerChatId,
    now: playground?.now ?? Date.now,
    random: Math.random,
    randomToken: () => randomBytes(16).toString('base64url'),
    clinicSecret,
    metricsToken: config.metricsToken,
    log,
    onFatal: () => {
      process.stderr.write(`${TOKEN_REFUSED}\n`)
      void stop(1)
    },
  })
  if (playground) process.stdout.write(`Klinik dibuka di ${playground.address}\n`)
}

/** Settings, clinic file and questions, checked together: who mends one problem should not find the next at the next start. */
function readSettings(env: NodeJS.ProcessEnv): { readonly config: Config; readonly clinic: Clinic; readonly instrument: Instrument } {
  const problems: string[] = []
  const collect = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof ConfigError) && !(error instanceof ContentError)) throw error
      problems.push(...error.problems)
      return undefined
    }
  }
  const config = collect(() => readConfig(env))
  const clinicFile = config?.clinicFile ?? (env['CLINIC_FILE']?.trim() || 'data/clinic.yaml')
  const clinic = collect(() => loadClinic(resolve(packageRoot(), clinicFile)))
  const instrument = collect(() => loadAssessment(join(packageRoot(), 'data/assessment.yaml')))
  if (!config || !clinic || !instrument) throw new ConfigError(problems)
  return { config, clinic, instrument }
}

type Connection = Pick<AppOptions, 'token' | 'apiRoot' | 'updates' | 'coordinatorIds'>

/** Which Telegram this is, how its updates arrive, and who coordinates from the start. */
function connection(config: Config, clinicSecret: string, playground: Playground | undefined): Connection {
  const { coordinatorIds } = config
  if (config.updates === 'simulator') {
    if (!playground) throw new Error('Open the playground before connecting to it.')
    return { token: playground.token, apiRoot: playground.apiRoot, updates: { by: 'polling' }, coordinatorIds: [...coordinatorIds, ...playground.coordinatorIds] }
  }
  const { token, apiRoot } = config
  if (config.updates === 'polling') return { token, apiRoot, updates: { by: 'polling' }, coordinatorIds }
  const secret = config.webhookSecret ?? createHmac('sha256', clinicSecret).update('webhook').digest('base64url')
  return { token, apiRoot, updates: { by: 'webhook', publicUrl: config.publicUrl, secret }, coordinatorIds }
}

/** Errors an operator can mend are said in their own words; anything else is ours and keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof ContentError || error instanceof MigrationError || error instanceof IdentityError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'The port is in use by another program. Set another one, for example PORT=8090.'
  if (error instanceof Error && 'code' in error && (error.code === 'SQLITE_CORRUPT' || error.code === 'SQLITE_NOTADB')) return DATABASE_DAMAGED
  const ofDatabase = explainPostgres(error)
  if (ofDatabase !== undefined) return ofDatabase
  // Telegram answers 404 to what does not even look like a token.
  if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)) return TOKEN_REFUSED
  if (error instanceof HttpError) return 'Telegram can not be reached. Check the connection to the internet and TELEGRAM_API_ROOT, then start again.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
}
