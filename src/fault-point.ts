// Names the places between two steps where a process may end, and announces them on a diagnostics channel.
// With nobody listening a point costs one comparison; it changes nothing and carries nothing a person wrote.
import { channel } from 'node:diagnostics_channel'

/** Steps of an update that Telegram brings to the webhook, around those of every update. */
export const INBOX_POINTS = ['inbox.kept', 'inbox.applied'] as const

/** Steps of an update and of a message, in the order in which they come. */
export const FAULT_POINTS = [
  'update.begun',
  'update.handled',
  'update.applied',
  'update.committed',
  'delivery.claiming',
  'delivery.claimed',
  'delivery.sending',
  'delivery.answered',
  'delivery.settled',
] as const

export type FaultPoint = (typeof FAULT_POINTS)[number] | (typeof INBOX_POINTS)[number]

/** What a listener is told. */
export interface PassedPoint {
  readonly point: FaultPoint
  /** Of the one update that is meant, where one is. */
  readonly updateId?: number | undefined
}

/** Node's name of the channel. */
export const FAULT_CHANNEL = 'klinik:point'

const points = channel(FAULT_CHANNEL)

/** Says that the process has come to this point. */
export function passPoint(point: FaultPoint, updateId?: number): void {
  if (points.hasSubscribers) points.publish({ point, updateId } satisfies PassedPoint)
}
