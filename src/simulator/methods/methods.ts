// The table of all methods the simulator knows; a name that is not in it is answered 404.

import { chatMethods } from './chats.ts'
import { commandMethods } from './commands.ts'
import { editMethods } from './edits.ts'
import { mediaMethods } from './media.ts'
import { messageMethods } from './messages.ts'
import { createReceivingMethods } from './receiving.ts'
import type { Method } from './method.ts'

/** Finds a method whatever its capitals are, as Telegram does. */
export function createMethodTable(): { find(name: string): { readonly name: string; readonly run: Method } | undefined } {
  const all = {
    ...chatMethods, ...commandMethods, ...editMethods, ...mediaMethods, ...messageMethods, ...createReceivingMethods(),
  }
  const byName = new Map(Object.entries(all).map(([name, run]) => [name.toLowerCase(), { name, run }]))
  return { find: (name) => byName.get(name.toLowerCase()) }
}
