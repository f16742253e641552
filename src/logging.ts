// The operator's log: one JSON line per event, made of event names, ids, codes, counts and durations.
// What people write, their names, their phone numbers and the bot's token must not get in, not even by accident.

import { pino, stdTimeFunctions } from 'pino'
import type { DestinationStream } from 'pino'
import type { LogLevel } from './config.ts'

/**
 * The only fields a log line may have. Numbers go where they are measured, codes are short words of our own
 * (`quiet-hours`, `SQLITE_BUSY`, `sendMessage`), never something a person wrote. A new field is added here on purpose.
 */
export interface LogFields {
  readonly [id: `${string}Id`]: number | string | undefined
  readonly [milliseconds: `${string}Ms`]: number | undefined
  readonly [count: `${string}Count`]: number | undefined
  readonly [size: `${string}Bytes`]: number | undefined
  readonly [code: `${string}Code`]: number | string | undefined
  readonly attempt?: number | undefined
  readonly button?: string | undefined
  readonly code?: number | string | undefined
  readonly command?: string | undefined
  readonly err?: unknown
  readonly feature?: string | undefined
  readonly field?: string | undefined
  readonly form?: string | undefined
  readonly host?: string | undefined
  readonly job?: string | undefined
  readonly kind?: string | undefined
  readonly lane?: string | undefined
  readonly language?: string | undefined
  readonly method?: string | undefined
  readonly migration?: string | undefined
  readonly mode?: string | undefined
  readonly outcome?: string | undefined
  readonly port?: number | undefined
  readonly reason?: string | undefined
  readonly ref?: string | undefined
  readonly signal?: string | undefined
  readonly slot?: number | string | undefined
  readonly status?: number | string | undefined
  readonly step?: number | string | undefined
  readonly table?: string | undefined
  readonly version?: number | string | undefined
}

/** `event` is a code like `update.failed`; `err` is anything that was thrown. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const FIELD_NAME = new RegExp(
  '^([a-z]\\w*(Id|Ms|Count|Bytes|Code)|attempt|button|code|command|feature|field|form|host|job|kind|lane|language|method|' +
    'migration|mode|outcome|port|reason|ref|signal|slot|status|step|table|version)$',
)
const WITHHELD = '[withheld]'
// A bot token, also where a URL has its colon encoded. Source of the shape: BOT_TOKEN in config.ts.
const TOKEN = /\d+(?::|%3A)[\w-]{30,}/gi
// camelCase, kebab-case, dotted, or ALL CAPITALS: a name like "Sari" is none of these.
const CODE = /^(?:[a-z\d][A-Za-z\d_.:-]{0,63}|[A-Z][A-Z\d_.:-]{0,63})$/
// Nothing but digits and separators, begun the way Indonesian numbers are written: 0812…, 62812…, 812….
const PHONE = /^(?:0|62|8)[\d.:_-]{7,}$/
// Inside a sentence the plus, spaces and brackets of a number have to be caught too.
const PHONE_IN_TEXT = /(?<![\w.-])\+?\(?(?:0|62|8)[\d ().-]{6,}\d(?![\w:])/g

const isCode = (text: string): boolean => CODE.test(text) && !PHONE.test(text)

const keepCode = (text: string): string => (isCode(text) ? text : WITHHELD)

function keepValue(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) return value
  return keepCode(typeof value === 'bigint' ? String(value) : typeof value === 'string' ? value : ' ')
}

/**
 * Errors quote what they stumbled over, which may be what a person wrote: a quote stays only when it is one code.
 * Everything from the first quotation mark to the last goes together, since a quoted text may hold marks itself.
 */
function cleanMessage(message: string): string {
  return message
    .replace(/".*"|".*$/s, (quoted) => (isCode(quoted.slice(1, -1)) ? quoted : `"${WITHHELD}"`))
    .replace(PHONE_IN_TEXT, WITHHELD)
}

interface LoggedError {
  readonly name: string
  readonly code?: unknown
  readonly message?: string
  readonly stack?: readonly string[]
  readonly cause?: LoggedError
}

/**
 * Picks name, code, message and stack of an error, and of what caused it, three deep. Other properties stay out:
 * a refused Telegram call carries the whole message it tried to send.
 */
function serializeError(thrown: unknown, depth = 3): LoggedError {
  if (!(thrown instanceof Error)) return { name: `thrown-${typeof thrown}` }
  // grammY keeps Telegram's number in `error_code` and what made a request fail in `error`.
  const { code, error_code: telegramCode, cause, error: inner } = thrown as Error & Readonly<Record<string, unknown>>
  const origin = cause ?? inner
  return {
    name: /^\w{1,64}$/.test(thrown.name) ? thrown.name : WITHHELD,
    ...((code ?? telegramCode) === undefined ? {} : { code: keepValue(code ?? telegramCode) }),
    message: cleanMessage(thrown.message),
    // The first lines of a stack repeat the message as it was: only the frames are taken.
    stack: (thrown.stack ?? '').split('\n').filter((line) => /^ +at .*:\d+:\d+\)?$/.test(line)).map((line) => line.trim()),
    ...(origin === undefined || depth <= 1 ? {} : { cause: serializeError(origin, depth - 1) }),
  }
}

function keepFields(fields: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err') kept['err'] = value
    else if (FIELD_NAME.test(name)) kept[name] = keepValue(value)
    else kept[keepCode(name)] = WITHHELD
  }
  return kept
}

/** Writes to standard output unless given a `destination`; what doesn't belong in a log is replaced by `[withheld]`. */
export function createLogger(options: { readonly level: LogLevel; readonly destination?: DestinationStream }): Log {
  const logger = pino(
    {
      level: options.level,
      base: null,
      // Without a message of its own pino copies the error's, as it is, into this field: ours is always filled.
      messageKey: 'event',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (thrown: unknown) => serializeError(thrown) },
      // The last look at the finished line: whatever way a token came in, it does not go out.
      hooks: { streamWrite: (line) => line.replace(TOKEN, '[token]') },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  )
  const writer = (level: 'debug' | 'info' | 'warn' | 'error') => (event: string, fields: LogFields = {}) => {
    if (logger.isLevelEnabled(level)) logger[level]({ event: keepCode(event), ...keepFields(fields) })
  }
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') }
}
