// Whose session a key names. Pure. telegraf-session-local names a session `<chat>:<person>`; in a private chat both are the person's id.

export type KeyOwner =
  | { readonly type: 'person'; readonly telegramId: number }
  | { readonly type: 'nobody'; readonly reason: 'group' | 'bot' | 'unknown-key' }

/** Accounts by which Telegram itself speaks: service messages, anonymous administrators, channels, replies. */
const TELEGRAMS_OWN: ReadonlySet<number> = new Set([777_000, 1_087_968_824, 136_817_688, 1_271_266_957])

/** @param botId Telegram id of the clinic's bot, which may have been the pilot's. */
export function ownerOf(key: unknown, botId: number | undefined): KeyOwner {
  const parts = /^(-?\d{1,16}):(-?\d{1,16})$/.exec(typeof key === 'string' ? key : '')?.slice(1).map(Number)
  const [chat = 0, person = 0] = parts ?? []
  if (!parts || !Number.isSafeInteger(chat) || !Number.isSafeInteger(person)) return { type: 'nobody', reason: 'unknown-key' }
  if (chat !== person) return { type: 'nobody', reason: 'group' }
  if (person <= 0) return { type: 'nobody', reason: 'unknown-key' }
  if (person === botId || TELEGRAMS_OWN.has(person)) return { type: 'nobody', reason: 'bot' }
  return { type: 'person', telegramId: person }
}
