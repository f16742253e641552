// Turns the environment into the clinic's Config, or into one error that lists everything wrong with it.
// It opens nothing, reads no file and never repeats a value: a value may be a secret.

import { BlockList, isIP } from 'node:net'
import { distance } from 'fastest-levenshtein'
import { z } from 'zod'
import { engineOfUrl } from './storage/address.ts'

const OFFICIAL_API_ROOT = 'https://api.telegram.org'
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

interface Common {
  /** Where the clinic keeps its data: `sqlite:var/klinik.db`, or `postgres://…`, which may hold a password. */
  readonly databaseUrl: string
  /** Telegram user ids of the people who coordinate from the first start. */
  readonly coordinatorIds: readonly number[]
  /** Telegram chat id of the volunteers' group; negative, as every group's. */
  readonly volunteerChatId: number | undefined
  readonly host: string
  /** 0 means any free port. */
  readonly port: number
  /** Key for tombstones and links; when absent the caller keeps one of its own in a file. */
  readonly clinicSecret: string | undefined
  /** What a reader of `/metrics` shows; without it there is no such page. */
  readonly metricsToken: string | undefined
  readonly logLevel: LogLevel
  readonly clinicFile: string
}

interface Telegram {
  readonly token: string
  /** Without a slash at its end. */
  readonly apiRoot: string
}

/** How updates reach the clinic decides which other settings exist. */
export type Config = Common &
  (
    | ({ readonly updates: 'polling' } & Telegram)
    | ({
        readonly updates: 'webhook'
        /** Without a slash at its end. */
        readonly publicUrl: string
        /** When absent the caller derives one from the clinic's secret. */
        readonly webhookSecret: string | undefined
      } & Telegram)
    | { readonly updates: 'simulator'; readonly simulatorHost: string }
  )

/** The environment can't be used. Each problem names the variable, what is wrong with it, and an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`the clinic can't start with these settings:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

// Hosts that a token may travel to without TLS: this machine, private networks, and names no public server can have.
const privateNetworks = new BlockList()
privateNetworks.addSubnet('127.0.0.0', 8)
privateNetworks.addSubnet('10.0.0.0', 8)
privateNetworks.addSubnet('172.16.0.0', 12)
privateNetworks.addSubnet('192.168.0.0', 16)
privateNetworks.addAddress('::1', 'ipv6')
privateNetworks.addSubnet('fc00::', 7, 'ipv6')

function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return privateNetworks.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')
  return !host.includes('.') || /\.(localhost|local|internal)$/.test(host)
}

/** An address that paths are appended to: no user, query or fragment. */
function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}${url.hash}` === ''
}

function isEncryptedOrPrivate(value: string): boolean {
  const url = new URL(value)
  return url.protocol === 'https:' || isPrivateHost(url.hostname)
}

const withoutEndSlash = (value: string): string => value.replace(/\/+$/, '')

/** PostgreSQL's must name a host and a database. */
function isDatabaseUrl(value: string): boolean {
  if (engineOfUrl(value) === 'sqlite') return /^sqlite:(?!\/\/|:)./.test(value)
  if (!URL.canParse(value)) return false
  const { host, pathname } = new URL(value)
  return host !== '' && /^\/[^/]+$/.test(pathname)
}

const isHost = (value: string): boolean =>
  isIP(value) !== 0 || (/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(value) && !/^[\d.]+$/.test(value))

const isPort = (value: string): boolean => /^\d{1,5}$/.test(value) && Number(value) <= 65_535

function describeWebhookSecret(value: string): string {
  const rule = 'may hold only A-Z a-z 0-9 _ - (1 to 256 of them)'
  const bad = value.search(/[^\w-]/)
  if (bad < 0) return `${rule}; got ${value.length} of them`
  return `${rule}; got ${value[bad] === ' ' ? 'a space' : 'another character'} at position ${bad + 1}`
}

const isPositiveId = (entry: string): boolean => /^[1-9]\d*$/.test(entry) && Number.isSafeInteger(Number(entry))

const isGroupId = (value: string): boolean => value.startsWith('-') && isPositiveId(value.slice(1))

function describeIds(entries: readonly string[]): string {
  const bad = entries.findIndex((entry) => !isPositiveId(entry))
  const rule = 'must be Telegram user ids (whole numbers above 0) with commas between them'
  return `${rule}; number ${bad + 1} in the list is not one`
}

const host = z.string().refine(isHost, 'must be an IP address or a host name, without http:// and without a port')

/** Every variable, in the order of `.env.example`. An absent variable takes the default. */
const environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test'], 'must be production, development or test').optional(),
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{30,}$/, 'must be the whole token from @BotFather: digits, a colon, then 30 or more of A-Z a-z 0-9 _ -')
    .optional(),
  TELEGRAM_API_ROOT: z
    .string()
    .refine(isBaseUrl, { error: 'must be an http or https address without user, query or #', abort: true })
    .refine(isEncryptedOrPrivate, 'must begin with https:// (http:// is only for this machine or a private network)')
    .transform(withoutEndSlash)
    .default(OFFICIAL_API_ROOT),
  PUBLIC_URL: z
    .string()
    .refine((value) => isBaseUrl(value) && /^https:/i.test(value), 'must be an https address without user, query or #')
    .transform(withoutEndSlash)
    .optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, { error: (issue) => describeWebhookSecret(String(issue.input)) })
    .optional(),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'must be sqlite: and the path of a file, or postgres://user:password@host:port/name')
    .optional(),
  CLINIC_SECRET: z
    .string()
    .min(32, { error: (issue) => `must have at least 32 characters; got ${(issue.input as string).length}` })
    .optional(),
  CLINIC_FILE: z.string().default('data/clinic.yaml'),
  COORDINATOR_IDS: z
    .string()
    .transform((value) => value.split(',').map((entry) => entry.trim()))
    .refine((entries) => entries.every(isPositiveId), { error: (issue) => describeIds(issue.input as string[]) })
    .transform((entries) => [...new Set(entries.map(Number))])
    .default([]),
  VOLUNTEER_CHAT_ID: z
    .string()
    .refine(isGroupId, "must be a group's chat id: a whole number below 0")
    .transform(Number)
    .optional(),
  HOST: host.default('127.0.0.1'),
  PORT: z
    .string()
    .refine(isPort, 'must be a whole number from 0 to 65535 (0: any free port)')
    .transform(Number)
    .default(8080),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/-]{16,256}=*$/, 'must have 16 to 256 of A-Z a-z 0-9 . _ ~ + / -')
    .optional(),
  SIMULATOR_HOST: host.default('127.0.0.1'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(' ')}`).optional(),
})

type Environment = z.output<typeof environment>
type VariableName = keyof Environment

const EXAMPLES: Readonly<Record<VariableName, string>> = {
  NODE_ENV: 'production',
  BOT_TOKEN: '123456789:token_contoh_dari_BotFather_1234567',
  TELEGRAM_API_ROOT: OFFICIAL_API_ROOT,
  PUBLIC_URL: 'https://klinik.example.id',
  WEBHOOK_SECRET: 'rahasia_2026',
  DATABASE_URL: 'sqlite:var/klinik.db',
  CLINIC_SECRET: '$(openssl rand -hex 32)',
  CLINIC_FILE: 'data/clinic.yaml',
  COORDINATOR_IDS: '123456789,987654321',
  VOLUNTEER_CHAT_ID: '-1001234567890',
  HOST: '127.0.0.1',
  PORT: '8080',
  METRICS_TOKEN: '$(openssl rand -hex 32)',
  SIMULATOR_HOST: '127.0.0.1',
  LOG_LEVEL: 'info',
}

/** Every variable the clinic reads, in the order of `.env.example`. */
export const VARIABLES = Object.keys(EXAMPLES) as readonly VariableName[]

const problem = (name: VariableName, message: string): string => `${name} ${message}. Example: ${name}=${EXAMPLES[name]}`

/**
 * Whether `name` is probably a slip of the pen for `variable`: at most two edits away, letter case aside.
 * Around the four letters of HOST and PORT that would catch OS, TEST, ROOT, HOME and PGPORT, which systems set for
 * themselves; of those two only spellings made of exactly the same letters count (PROT, HSOT, PORTT).
 */
function isLookalike(name: string, variable: string): boolean {
  const upper = name.toUpperCase()
  if (distance(upper, variable) > 2) return false
  return variable.length > 4 || [...new Set(upper)].sort().join('') === [...new Set(variable)].sort().join('')
}

function findLookalikes(names: readonly string[]): string[] {
  const known = new Set<string>(VARIABLES)
  return names.filter((name) => !known.has(name)).flatMap((name) => {
    const meant = VARIABLES.find((variable) => isLookalike(name, variable))
    if (meant === undefined) return []
    return [`${name} is not a setting of the clinic; did you mean ${meant}? Example: ${meant}=${EXAMPLES[meant]}`]
  })
}

/** What the variables ask of each other. A variable that is refused by itself counts as present. */
function findConflicts(given: Readonly<Record<string, string>>, values: Environment | undefined): string[] {
  const conflicts: string[] = []
  if (given['BOT_TOKEN'] === undefined && given['NODE_ENV'] === 'production') {
    conflicts.push(problem('BOT_TOKEN', 'must be set when NODE_ENV=production (without it only the simulator would open)'))
  }
  if (given['BOT_TOKEN'] === undefined && given['PUBLIC_URL'] !== undefined) {
    conflicts.push(problem('BOT_TOKEN', 'must be set together with PUBLIC_URL (the simulator needs no public address)'))
  }
  if (given['BOT_TOKEN'] !== undefined && given['CLINIC_SECRET'] === undefined && engineOfUrl(given['DATABASE_URL'] ?? '') === 'postgres') {
    conflicts.push(problem('CLINIC_SECRET', 'must be set, and the same for every process, when DATABASE_URL is postgres:// (there is no data folder to keep it in)'))
  }
  // Telegram's own server calls webhooks on these ports only (Bot API, setWebhook); a self-hosted one on any.
  if (values?.PUBLIC_URL !== undefined && values.TELEGRAM_API_ROOT === OFFICIAL_API_ROOT
    && !['', '80', '88', '8443'].includes(new URL(values.PUBLIC_URL).port)) {
    conflicts.push(problem('PUBLIC_URL', 'must use port 443, 80, 88 or 8443: Telegram calls no other'))
  }
  return conflicts
}

/**
 * Reads the clinic's settings. Spaces around a value are dropped; an empty value counts as absent.
 * Throws ConfigError with every problem found, misspelt names included.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) if (value !== undefined && value.trim() !== '') given[name] = value.trim()

  const parsed = environment.safeParse(given)
  const refused = parsed.error?.issues.map((issue) => problem(issue.path[0] as VariableName, issue.message)) ?? []
  const problems = [...refused, ...findConflicts(given, parsed.data), ...findLookalikes(Object.keys(given))]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return shapeConfig(parsed.data)
}

function shapeConfig(values: Environment): Config {
  const common = {
    databaseUrl: values.DATABASE_URL ?? (values.BOT_TOKEN === undefined ? 'sqlite:var/simulator.db' : 'sqlite:var/klinik.db'),
    coordinatorIds: values.COORDINATOR_IDS,
    volunteerChatId: values.VOLUNTEER_CHAT_ID,
    host: values.HOST,
    port: values.PORT,
    clinicSecret: values.CLINIC_SECRET,
    metricsToken: values.METRICS_TOKEN,
    // In the simulator the one line a newcomer needs, the page's address, should not drown.
    logLevel: values.LOG_LEVEL ?? (values.BOT_TOKEN === undefined ? 'warn' : 'info'),
    clinicFile: values.CLINIC_FILE,
  }
  if (values.BOT_TOKEN === undefined) return { ...common, updates: 'simulator', simulatorHost: values.SIMULATOR_HOST }
  const telegram = { token: values.BOT_TOKEN, apiRoot: values.TELEGRAM_API_ROOT }
  if (values.PUBLIC_URL === undefined) return { ...common, ...telegram, updates: 'polling' }
  return { ...common, ...telegram, updates: 'webhook', publicUrl: values.PUBLIC_URL, webhookSecret: values.WEBHOOK_SECRET }
}
