// Asks Telegram whether it knows the bot, where it sends the bot's messages, and what time it is. It changes nothing there.
import { z } from 'zod'
import type { Config } from '../../config.ts'
import { WEBHOOK_PATH } from '../../web/server.ts'
import { describeDuration, type Finding, ok, problem, warning } from '../finding.ts'

const PATIENCE_MS = 10_000
/** Quiet hours, reminders and leases stand more than this; a Date header is exact to a second. */
const CLOCK_MAY_DIFFER_MS = 30_000
/** So many messages wait only when nobody takes them. */
const MANY_PENDING = 100

const botInfo = z.object({ id: z.number(), username: z.string() })
const webhookInfo = z.object({
  url: z.string(),
  pending_update_count: z.number(),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
})

type Telegram = Exclude<Config, { updates: 'simulator' }>
type Reply =
  | { readonly type: 'answered'; readonly status: number; readonly body: unknown; /** What Telegram's clock showed, ms UTC. */ readonly date: number; readonly at: number }
  | { readonly type: 'silent'; readonly code: string }

/** @param now ms UTC */
export async function checkTelegram(config: Config, now: () => number): Promise<readonly Finding[]> {
  if (config.updates === 'simulator') return []
  const me = await ask(config, 'getMe', now)
  if (me.type === 'silent') {
    return [problem('telegram', `no answer from ${new URL(config.apiRoot).host} (${me.code})`, 'Check the internet connection, the firewall and TELEGRAM_API_ROOT.')]
  }
  // Telegram answers 404 where what stands before the colon is no bot's number.
  if (me.status === 401 || me.status === 404) {
    return [problem('token', 'Telegram does not know BOT_TOKEN', "Copy your bot's token from @BotFather into BOT_TOKEN; a revoked one never works again.")]
  }
  const bot = botInfo.safeParse(me.body)
  if (!bot.success) return [problem('telegram', `answers ${me.status} instead of who the bot is`, 'Try again in a minute; with a server of your own, look into its log.')]
  return [ok('token', `@${bot.data.username} (${bot.data.id})`), ...(await checkReceiving(config, now)), ...checkClock(me)]
}

async function checkReceiving(config: Telegram, now: () => number): Promise<readonly Finding[]> {
  const reply = await ask(config, 'getWebhookInfo', now)
  const info = reply.type === 'answered' ? webhookInfo.safeParse(reply.body) : undefined
  if (!info?.success) return [warning('webhook', 'Telegram does not say whether one is set', 'Try again in a minute.')]
  const { url, pending_update_count: pending } = info.data
  if (config.updates === 'polling') {
    if (url !== '') return [warning('webhook', `one is still set, at ${hostOf(url)}`, 'Start the clinic (again): that removes it. If it comes back, another program uses this token.')]
    return [waiting('polling', pending)]
  }
  const expected = `${config.publicUrl}${WEBHOOK_PATH}`
  if (url === '') return [warning('webhook', 'none is set', 'Start the clinic: that sets it.')]
  if (url !== expected) return [problem('webhook', `it is set at ${hostOf(url)}, not at ${expected}`, 'Start the clinic again. If that does not help, another program uses this token.')]
  return [...recentTrouble(info.data, now()), waiting('webhook', pending)]
}

function recentTrouble(info: z.output<typeof webhookInfo>, now: number): readonly Finding[] {
  if (info.last_error_date === undefined) return []
  const age = Math.max(0, now - info.last_error_date * 1000)
  if (age > 3_600_000) return []
  return [
    warning('webhook', `${describeDuration(age)} ago Telegram could not deliver: ${info.last_error_message ?? 'no reason given'}`,
      'Check that PUBLIC_URL leads to HOST and PORT of the clinic, that its certificate is valid, and that WEBHOOK_SECRET did not change.'),
  ]
}

function waiting(about: string, pending: number): Finding {
  const says = `${pending} messages wait to be taken`
  return pending > MANY_PENDING ? warning(about, says, 'If the clinic runs, look into its log; if not, start it.') : ok(about, says)
}

function checkClock({ date, at }: Extract<Reply, { type: 'answered' }>): readonly Finding[] {
  if (Number.isNaN(date)) return []
  const difference = Math.abs(at - date)
  if (difference <= CLOCK_MAY_DIFFER_MS) return [ok('clock', 'agrees with Telegram')]
  const says = `this machine is ${describeDuration(difference)} ${at > date ? 'ahead of' : 'behind'} Telegram`
  return [warning('clock', says, 'Turn on time synchronisation (timedatectl set-ntp true): reminders and quiet hours follow this clock.')]
}

/** An error here could quote the address, and the token stands in it: only its code goes on. */
async function ask({ apiRoot, token }: Telegram, method: string, now: () => number): Promise<Reply> {
  try {
    const response = await fetch(`${apiRoot}/bot${token}/${method}`, { signal: AbortSignal.timeout(PATIENCE_MS) })
    const at = now()
    const body = (await response.json().catch(() => undefined)) as { result?: unknown } | undefined
    return { type: 'answered', status: response.status, body: body?.result, date: Date.parse(response.headers.get('date') ?? ''), at }
  } catch (error) {
    return { type: 'silent', code: codeOf(error) }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'took too long'
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /^[A-Z_\d]+$/.test(code) ? code : 'no connection'
}

/** Not the whole address: some programs put a secret into its path. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that is none'
}
