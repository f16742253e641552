// What a Bot API method is here: a function of the world, the parameters and the connection, which answers the
// result or throws a Refusal.

import type { FaultDesk } from '../faults.ts'
import type { Params } from '../params.ts'
import type { State } from '../state.ts'

/** The bot's side of the world, as its methods reach it. */
export interface BotSide {
  readonly state: State
  readonly faults: FaultDesk
  /** Starts webhook deliveries anew after the webhook's settings changed. */
  readonly restartWebhook: () => void
  /** What the last delivery to the webhook met. */
  readonly webhookTrouble: () => { readonly at: number; readonly message: string } | undefined
}

/** `hungUp` is raised when the caller goes away or the connection is cut. */
export type Method = (bot: BotSide, params: Params, hungUp: AbortSignal) => unknown

export type Methods = Readonly<Record<string, Method>>
