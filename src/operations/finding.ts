// What the doctor found: a line per check. It knows no check.

export type Level = 'ok' | 'warning' | 'problem'

export interface Finding {
  readonly level: Level
  /** What was looked at, in a word or two. */
  readonly about: string
  /** What was seen; never a secret. */
  readonly says: string
  /** What to do about it, in full sentences; absent when all is well. */
  readonly mend?: string
}

export const ok = (about: string, says: string): Finding => ({ level: 'ok', about, says })
export const warning = (about: string, says: string, mend: string): Finding => ({ level: 'warning', about, says, mend })
export const problem = (about: string, says: string, mend: string): Finding => ({ level: 'problem', about, says, mend })

/** One line: level, what was looked at, what was seen, what to do. */
export function describeFinding({ level, about, says, mend }: Finding): string {
  return `${level.padEnd(8)} ${about.padEnd(13)} ${says}.${mend === undefined ? '' : ` ${mend}`}`.replaceAll(/\s*\n\s*/g, ' ')
}

/** `3 minutes`, `2 hours` or `5 days`, rounded down. @param ms a duration */
export function describeDuration(ms: number): string {
  const units = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1000]] as const
  const [name, size] = units.find(([, size]) => ms >= 2 * size) ?? units[3]
  const count = Math.floor(ms / size)
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
