// Typed data inside inline buttons: a button's name and its values, packed into the 64 bytes Telegram allows. What comes back is
// checked like any other input, because anyone can send any callback data.
import type { z } from 'zod'

/** Values a button can carry. */
export type ButtonData = Readonly<Record<string, string | number>>

/** Bot API, InlineKeyboardButton.callback_data: 1-64 bytes. */
const MAX_BYTES = 64

/**
 * Packs a button's name and values, in the order of the schema's keys.
 * @throws when they don't fit into 64 bytes or a value holds the separator: shorten the ids.
 */
export function packButton(name: string, shape: z.ZodObject, data: ButtonData): string {
  const values = Object.keys(shape.shape).map((key) => String(data[key] ?? ''))
  const packed = [name, ...values].join(':')
  if (values.some((value) => value.includes(':'))) throw new Error(`Button "${name}" has a value with a colon.`)
  if (Buffer.byteLength(packed) > MAX_BYTES) throw new Error(`Button "${name}" needs ${Buffer.byteLength(packed)} bytes; ${MAX_BYTES} fit.`)
  return packed
}

/** The name of the button that callback data claims to be. */
export function buttonName(packed: string): string {
  return packed.split(':', 1)[0] ?? ''
}

/** Unpacks the values; undefined when they are not what the button could have carried. */
export function unpackButton<S extends z.ZodObject>(shape: S, packed: string): z.output<S> | undefined {
  const [, ...values] = packed.split(':')
  const keys = Object.keys(shape.shape)
  if (values.length !== keys.length) return undefined
  const entries = keys.map((key, at) => [key, values[at]] as const).filter(([, value]) => value !== '')
  const result = shape.safeParse(Object.fromEntries(entries))
  return result.success ? result.data : undefined
}
