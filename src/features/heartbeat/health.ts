// Puts the clinic's health into lines for coordinators: one line when all is well, else a line for each thing to know. Pure.

/** What the last day was like, and what stands open now. Durations in ms. */
export interface Health {
  /** Updates of the last 24 hours. */
  readonly updateCount: number
  /** Updates that could not be applied, with the references people were given, newest first. */
  readonly failures: { readonly count: number; readonly references: readonly string[] }
  /** How long the oldest message waits to be sent; undefined when none waits. */
  readonly sendingWaitsMs: number | undefined
  /** Messages Telegram refused for good; people who left are not counted. */
  readonly deadCount: number
  /** Messages nobody knows the fate of. */
  readonly unknownCount: number
  /** Since the last backup; undefined when there was none, `elsewhere` where backups are the database server's business. */
  readonly backupAgeMs: number | 'elsewhere' | undefined
  /** People whose question has no answer yet, and how long the first of them waits. */
  readonly asking: { readonly count: number; readonly longestMs: number }
}

/** A text, with the duration its `{{duration}}` tells. */
export interface Line {
  readonly key: string
  readonly params: Readonly<Record<string, string | number>>
  readonly durationMs?: number
}

/** Telegram's limits make a burst wait for seconds or minutes, not longer. */
const LONG_WAIT_MS = 15 * 60_000
/** A running clinic makes a backup every day. */
const OLD_BACKUP_MS = 2 * 86_400_000

export function describeHealth(health: Health): readonly Line[] {
  const { asking, backupAgeMs, deadCount, failures, sendingWaitsMs, unknownCount, updateCount } = health
  const open: Line[] = []
  if (asking.count > 0) open.push({ key: 'heartbeat.asking', params: { count: asking.count }, durationMs: asking.longestMs })
  if (failures.count > 0) open.push({ key: 'heartbeat.failures', params: { count: failures.count, references: failures.references.join(', ') } })
  if (sendingWaitsMs !== undefined && sendingWaitsMs >= LONG_WAIT_MS) open.push({ key: 'heartbeat.waiting', params: {}, durationMs: sendingWaitsMs })
  if (deadCount > 0) open.push({ key: 'heartbeat.dead', params: { count: deadCount } })
  if (unknownCount > 0) open.push({ key: 'heartbeat.unknown', params: { count: unknownCount } })
  if (backupAgeMs === undefined) open.push({ key: 'heartbeat.backup.none', params: {} })
  else if (isOld(backupAgeMs)) open.push({ key: 'heartbeat.backup.old', params: {}, durationMs: backupAgeMs })
  const count = updateCount
  if (typeof backupAgeMs === 'number' && !isOld(backupAgeMs)) {
    if (open.length === 0) return [{ key: 'heartbeat.well', params: { count }, durationMs: backupAgeMs }]
    open.push({ key: 'heartbeat.backup.made', params: {}, durationMs: backupAgeMs })
  }
  return open.length === 0 ? [{ key: 'heartbeat.running', params: { count } }] : [{ key: 'heartbeat.title', params: { count } }, ...open]
}

function isOld(backupAgeMs: number | 'elsewhere'): backupAgeMs is number {
  return backupAgeMs !== 'elsewhere' && backupAgeMs >= OLD_BACKUP_MS
}

const UNITS = [['days', 86_400_000], ['hours', 3_600_000], ['minutes', 60_000]] as const

/** A duration in its largest whole unit, a minute at least: the name of its text, and how many. @param ms a duration */
export function durationOf(ms: number): { readonly unit: (typeof UNITS)[number][0]; readonly count: number } {
  const [unit, size] = UNITS.find(([, size]) => ms >= 2 * size) ?? UNITS[2]
  return { unit, count: Math.max(1, Math.floor(ms / size)) }
}
