// The text of a reviewed file that is put into messages as it is. It must not know which text that is.
import { z } from 'zod'

/** A text of 1 to `max` characters without anything Telegram or our texts would read as markup. */
export function plainWords(example: string, max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^<>{}]*$/, 'must be plain words, without < > { }')
    .meta({ example })
}
