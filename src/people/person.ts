// A person as the features see them, and how to address them. Pure.
import type { Language } from '../content/language.ts'
import type { Role } from './roles.ts'
import type { TimeZone } from './time-zone.ts'

export const HONORIFICS = ['ibu', 'bapak', 'kak', 'name-only'] as const
export type Honorific = (typeof HONORIFICS)[number]

export interface Person {
  readonly id: number
  /** Null for someone without a Telegram account. */
  readonly telegramId: number | null
  readonly language: Language
  readonly givenName: string | null
  readonly honorific: Honorific | null
  readonly adult: boolean | null
  readonly phone: string | null
  readonly timeZone: TimeZone | null
  readonly memberNumber: number | null
  /** Instant, ms UTC. */
  readonly memberSince: number | null
  readonly unreachableAt: number | null
  /** Since when she wants nothing but answers to her own messages; null when she wants everything. Instant, ms UTC. */
  readonly pausedAt: number | null
  readonly menuShown: string | null
  readonly commandsShown: string | null
  readonly lastSeenAt: number
  readonly roles: readonly Role[]
}

const TITLES: Readonly<Record<Honorific, string>> = { ibu: 'Bu ', bapak: 'Pak ', kak: 'Kak ', 'name-only': '' }

/**
 * Whether she may be written to of the clinic's own accord (reminders, tips, broadcasts, notices): Telegram can reach her, and she has
 * not paused. Answers to her own messages need not ask.
 */
export function isOpenToNotices(person: Pick<Person, 'telegramId' | 'unreachableAt' | 'pausedAt'>): boolean {
  return person.telegramId !== null && person.unreachableAt === null && person.pausedAt === null
}

/** How to address someone: "Bapak/Ibu" until they chose, then "Bu Rini", "Pak Joko", "Kak Rini" or the bare name. */
export function addressOf(person: { readonly givenName: string | null; readonly honorific: Honorific | null }): string {
  return person.givenName && person.honorific ? TITLES[person.honorific] + person.givenName : 'Bapak/Ibu'
}

/** A text of data/, where everyone is "Bapak/Ibu", as this person is addressed. */
export function addressed(text: string, person: { readonly givenName: string | null; readonly honorific: Honorific | null }): string {
  return text.replaceAll('Bapak/Ibu', addressOf(person))
}

/** The number on the member card, such as KED-000123. */
export function formatMemberNumber(number: number): string {
  return `KED-${String(number).padStart(6, '0')}`
}
