// The buttons of guided forms: each carries the conversation, the revision of the question it belongs to, and what it does.
import { z } from 'zod'
import type { Press } from '../conversation/press.ts'
import { packButton } from './callback-data.ts'

export const FORM_BUTTON = 'f'

const WITH_POSITION = ['choose', 'tick', 'page', 'edit'] as const
const PLAIN = [
  'ticked', 'yes', 'no', 'none', 'keep', 'skip', 'rest', 'more', 'that-is-all',
  'back', 'stop', 'pause', 'discard', 'resume', 'save', 'edit-menu', 'use-held', 'not-for-this',
] as const

export const FormButtonData = z.object({
  conversation: z.coerce.number().int().positive(),
  revision: z.coerce.number().int().nonnegative(),
  press: z.enum([...WITH_POSITION, ...PLAIN]),
  at: z.coerce.number().int().nonnegative().optional(),
})

export function packPress(conversation: number, revision: number, press: Press): string {
  return packButton(FORM_BUTTON, FormButtonData, { conversation, revision, press: press.do, ...('at' in press && { at: press.at }) })
}

/** The press a button stands for; undefined when its parts don't belong together. */
export function toPress(data: z.output<typeof FormButtonData>): Press | undefined {
  const withPosition = WITH_POSITION.find((one) => one === data.press)
  if (withPosition) return data.at === undefined ? undefined : { do: withPosition, at: data.at }
  const plain = PLAIN.find((one) => one === data.press)
  return plain && { do: plain }
}
