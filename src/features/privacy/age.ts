// When something is old enough to be asked about or forgotten. Pure; instants are ms UTC.

const DAY_MS = 86_400_000

/** The same clock time so many calendar months earlier; the last day of a shorter month stands for days it does not have. */
export function monthsBefore(now: number, months: number): number {
  const date = new Date(now)
  const time = now % DAY_MS
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 0)).getUTCDate()
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, Math.min(date.getUTCDate(), lastDay)) + time
}

export function daysBefore(now: number, days: number): number {
  return now - days * DAY_MS
}

export function daysAfter(now: number, days: number): number {
  return now + days * DAY_MS
}
