// The composition root: joins the features, the store, Telegram, delivery, schedule and web into one clinic.
// It decides nothing about any of them.
import { Api } from 'grammy'
import { readFile } from 'node:fs/promises'
import { schedule as everyMinute } from 'node-cron'
import { basename, join } from 'node:path'
import type { Instrument } from './content/assessment.ts'
import type { Clinic } from './content/clinic.ts'
import { createFacts, loadFacts } from './content/facts.ts'
import { MEDIA_FOLDER } from './content/media.ts'
import { createDispatcher, type Dispatcher } from './delivery/dispatcher.ts'
import { createSharedLease } from './delivery/sender-lease.ts'
import { listFeatures } from './feature-list.ts'
import { keepInstrument } from './features/assessment/store.ts'
import { createTranslator } from './i18n/translator.ts'
import type { Log } from './logging.ts'
import { endRole, grantRole, holdersOf } from './people/roles.ts'
import { createPerson, findPersonByTelegramId } from './people/store.ts'
import { createPictures } from './pictures/pictures.ts'
import { createSchedule } from './schedule/schedule.ts'
import { type Database, takeLock } from './storage/database.ts'
import { createDesk } from './telegram/desk.ts'
import type { Feature } from './telegram/feature.ts'
import { createFileSource } from './telegram/file-source.ts'
import { createFormAnswers } from './telegram/form-answers.ts'
import { createFormRunner } from './telegram/form-runner.ts'
import { createFormWords } from './telegram/form-words.ts'
import { claimDatabase, presentBot } from './telegram/identity.ts'
import { createInbox } from './telegram/inbox.ts'
import { createMenu, type Menu } from './telegram/menu.ts'
import { createPlaces } from './telegram/places.ts'
import { createPolling } from './telegram/polling.ts'
import { ALLOWED_UPDATES, createReception } from './telegram/reception.ts'
import { createRegistry, type Registry } from './telegram/registry.ts'
import { createRouter } from './telegram/router.ts'
import { createSpeaker } from './telegram/speaker.ts'
import { createTapAnswers } from './telegram/tap-answers.ts'
import { createTransport } from './telegram/transport.ts'
import { createUnitOfWork } from './telegram/unit-of-work.ts'
import { createVillages } from './villages/villages.ts'
import { createServer, type Webhook, WEBHOOK_PATH } from './web/server.ts'

export interface AppOptions {
  /** Folder with `locales/` and `data/`. */
  readonly root: string
  readonly database: Database
  readonly clinic: Clinic
  /** The questions of the self-assessment. */
  readonly instrument: Instrument
  readonly token: string
  readonly apiRoot: string
  /** How updates arrive. */
  readonly updates: { readonly by: 'polling' } | { readonly by: 'webhook'; readonly publicUrl: string; readonly secret: string }
  readonly host: string
  readonly port: number
  readonly coordinatorIds: readonly number[]
  readonly volunteerChatId: number | undefined
  /** ms UTC. */
  readonly now: () => number
  /** From 0 up to 1. */
  readonly random: () => number
  readonly randomToken: () => string
  /** Key of the hashes that stay of people who were erased; it never changes. */
  readonly clinicSecret: string
  /** What a reader of `/metrics` shows; without it there is no such page. */
  readonly metricsToken?: string | undefined
  readonly log: Log
  /** Something the operator must mend ended the receiving of updates. */
  readonly onFatal: (error: unknown) => void
  /** Features besides the clinic's own. */
  readonly moreFeatures?: readonly Feature[]
}

export interface App {
  readonly dispatcher: Dispatcher
  readonly registry: Registry
  /** Where health and the webhook are served. */
  readonly address: string
  /** Runs the scheduled jobs that are due now. */
  tick(): Promise<void>
  /** Resolves when nothing is being applied or can be sent now. */
  idle(): Promise<void>
  /** Takes no more updates, ends what is under way, closes everything. At most 10 s. */
  stop(): Promise<void>
}

/** How long Telegram may take over one request; the long poll is 25 s of it. */
const API_TIMEOUT_S = 60
/** What a stop leaves to messages under way, of its ten seconds. */
const LAST_SENDS_MS = 5000

/** Opens the clinic. Resolves when it takes updates. @throws when Telegram refuses the token or the database is another bot's. */
export async function startApp(options: AppOptions): Promise<App> {
  const { clinic, coordinatorIds, database, log, now, root, updates } = options
  const transport = createTransport(options.apiRoot)
  const api = new Api(options.token, { apiRoot: options.apiRoot, timeoutSeconds: API_TIMEOUT_S, fetch: transport.fetch })
  const botInfo = await api.getMe()
  await claimDatabase(database, botInfo)
  await appointCoordinators(database, coordinatorIds, now())
  await database.transaction((tx) => keepInstrument(tx, options.instrument, now()))

  const translator = createTranslator(join(root, 'locales'))
  const facts = createFacts(loadFacts(join(root, 'data/facts.yaml')))
  const speaker = createSpeaker({ translator, facts })
  const villages = createVillages()
  const places = createPlaces({ villages, translator })
  const pictures = createPictures()

  // Features start forms, and forms belong to features: the runner reads the registry when it runs.
  const forms = createFormRunner({ registry: () => registry, translator, places, firstReminderAfterMs: clinic.limits.formFirstReminderAfterHours * 3_600_000 })
  const formAnswers = createFormAnswers({ registry: () => registry, words: createFormWords({ translator, places }) })
  const registry: Registry = createRegistry(listFeatures({ options, facts, speaker, forms, formAnswers, places, registry: () => registry, menu: () => menu }))
  const menu: Menu = createMenu({ registry, translator })
  const router = createRouter({ registry, forms, menu })
  const reception = createReception({ botInfo, createDesk: createDesk({ registry, speaker, menu, forms, botInfo }), router, menu, speaker, coordinatorIds })

  // Loaded only where somebody reads it: every other start is the quicker for it.
  const metrics = options.metricsToken === undefined ? undefined : (await import('./web/metrics.ts')).createMetrics({ token: options.metricsToken, database, now })
  const dispatcher = createDispatcher({
    database, api, now, random: options.random, log,
    observe: metrics?.observeSend,
    lease: database.shared ? createSharedLease(options.randomToken()) : undefined,
    limits: {
      overallPerSecond: clinic.limits.sendPerSecondOverall,
      bulkShare: clinic.limits.bulkSharePercent / 100,
      privatePerSecond: clinic.limits.sendPerSecondPerChat,
      privateBurst: clinic.limits.sendBurstPerChat,
      groupPerMinute: clinic.limits.sendPerMinutePerGroup,
    },
    onSentHandlers: registry.onSent,
    fetchFile: createFileSource({ api, transport, token: options.token, apiRoot: options.apiRoot }),
    onTooLateHandlers: registry.onTooLate,
    drawPicture: async (name, params) => {
      const draw = registry.pictures.get(name)
      if (!draw) throw new Error(`No feature draws a picture "${name}".`)
      return pictures.renderPng(await database.transaction((tx) => draw({ tx, params, speaker })))
    },
    readMedia: (file) => readFile(join(root, MEDIA_FOLDER, basename(file))),
    drawDocument: async (name, params) => {
      const draw = registry.documents.get(name)
      if (!draw) throw new Error(`No feature writes a document "${name}".`)
      return database.transaction((tx) => draw({ tx, params }))
    },
  })
  const committed = () => {
    if (!dispatcher.nudge()) database.tellOthers()
  }
  database.onTold(() => void dispatcher.nudge())
  const taps = createTapAnswers({ api, log })
  const { apply } = createUnitOfWork({
    database, botId: botInfo.id, now, log,
    handle: reception.handle,
    apologise: reception.apologise,
    answerTaps: taps.send,
    committed,
    observe: metrics?.observeUpdate,
  })
  const schedule = createSchedule({
    database, speaker, now, log,
    jobs: registry.features.flatMap((feature) => feature.jobs ?? []),
    owner: options.randomToken(),
    committed,
  })

  const inbox = createInbox({ database, apply, now, log })
  const polling = createPolling({ api, apply, log, wait, onFatal: options.onFatal })
  const webhook: Webhook | undefined = updates.by === 'webhook' ? { secret: updates.secret, accept: inbox.accept } : undefined
  const server = createServer({
    health: { ready: () => readiness(database, updates.by === 'webhook' || polling.healthy()) },
    webhook,
    metrics,
    log,
  })

  const address = await server.listen({ host: options.host, port: options.port })
  await presentBot({ api, database, registry, translator })
  dispatcher.start()
  inbox.start()
  await inbox.drain()
  if (updates.by === 'webhook') {
    await api.setWebhook(`${updates.publicUrl}${WEBHOOK_PATH}`, { secret_token: updates.secret, allowed_updates: ALLOWED_UPDATES })
  } else {
    await api.deleteWebhook()
    polling.start()
  }
  // A tick that comes late still runs: what is due stands in the database.
  const tick = async () => {
    // What a broken disk left in the inbox is tried again, also when nobody writes.
    await inbox.drain()
    await schedule.tick()
  }
  const ticking = everyMinute('* * * * *', () => void tick(), { missedExecutionTolerance: 60_000 })
  void villages.ready()
  log.info('app.started', { mode: updates.by, port: Number(new URL(address).port) })

  return {
    dispatcher,
    registry,
    address,
    tick,
    idle: async () => {
      await inbox.drain()
      await taps.idle()
      await dispatcher.idle()
    },
    stop: async () => {
      void ticking.stop()
      await schedule.stop()
      await server.close()
      await polling.stop()
      await inbox.stop()
      await Promise.all([taps.idle(), dispatcher.stop(LAST_SENDS_MS)])
      await pictures.close()
      await transport.close()
      await database.close()
      log.info('app.stopped')
    },
  }
}

/** The configuration decides who coordinates by it: named people get the role, people no longer named lose it. */
async function appointCoordinators(database: Database, telegramIds: readonly number[], now: number): Promise<void> {
  await database.transaction(async (tx) => {
    // Several processes may start at once.
    await takeLock(tx, 'start')
    for (const id of telegramIds) {
      const person = (await findPersonByTelegramId(tx, id)) ?? (await createPerson(tx, id, now))
      await grantRole(tx, { person: person.id, role: 'coordinator', by: null, now })
    }
    for (const holder of await holdersOf(tx, 'coordinator')) {
      if (holder.byConfiguration && !telegramIds.includes(holder.telegramId)) await endRole(tx, { person: holder.id, role: 'coordinator', by: null, now })
    }
  })
}

async function readiness(database: Database, receiving: boolean): Promise<{ ok: true } | { ok: false; reason: string }> {
  try {
    await database.transaction((tx) => tx.selectFrom('meta').select('key').limit(1).execute())
  } catch {
    return { ok: false, reason: 'database' }
  }
  return receiving ? { ok: true } : { ok: false, reason: 'updates' }
}

/** Resolves after `ms`, or when the signal aborts. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timeout = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timeout)
      resolve()
    })
  })
}
