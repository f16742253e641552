// How long messages wait for Telegram's sending limits, for coordinators and for whoever chooses an hour. Pure.

/** Telegram's limit as the clinic file has it, and the share of it that messages of its own accord may use. */
export interface SendingLimits {
  readonly sendPerSecondOverall: number
  readonly bulkSharePercent: number
}

/** So many messages of the clinic's own accord leave in a second. */
export function bulkPerSecond({ sendPerSecondOverall, bulkSharePercent }: SendingLimits): number {
  return (sendPerSecondOverall * bulkSharePercent) / 100
}

/** How long the last of `count` waits, in whole minutes, rounded up. */
export function minutesToSend(count: number, limits: SendingLimits): number {
  return Math.ceil(count / bulkPerSecond(limits) / 60)
}
