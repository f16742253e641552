// Says things about a case to the people in it, each in their own language; at night without a sound. It decides nothing.
import type { z } from 'zod'
import { addressOf, type Person } from '../people/person.ts'
import { getPerson } from '../people/store.ts'
import { zoneOf } from '../people/time-zone.ts'
import { findVolunteer } from '../people/volunteer-store.ts'
import { isInQuietHours } from '../people/volunteer.ts'
import { isQuiet, type QuietRules } from '../schedule/quiet.ts'
import type { Params } from '../i18n/translator.ts'
import type { Tx } from '../storage/database.ts'
import { type ButtonData, packButton } from '../telegram/callback-data.ts'
import type { InlineButton, InlineKeyboard } from '../telegram/keyboards.ts'
import type { Reader, Speaker } from '../telegram/speaker.ts'
import { unsettleActiveCase } from './active.ts'
import { linkCopy, noteCopy } from './messages.ts'

/** What is to be said, and when it was decided (ms UTC). */
export interface Sending {
  readonly tx: Tx
  readonly now: number
}

export interface CasePost {
  readonly speaker: Speaker
  /** Says it to someone, unless Telegram can't reach them; a reply to it finds its case. Gives the outbox row. */
  tell(sending: Sending, reader: Person, caseId: number, key: string, params?: Params, keyboard?: InlineKeyboard): Promise<number | undefined>
  /** As `tell`, for text that is ready. `notBefore`: ms UTC. */
  tellHtml(sending: Sending, reader: Person, caseId: number, html: string, options?: { readonly keyboard?: InlineKeyboard | undefined; readonly notBefore?: number | undefined }): Promise<number | undefined>
  button(reader: Reader, key: string, name: string, shape: z.ZodObject, data: ButtonData, params?: Params): InlineButton
  /** How the owner is called to someone of the team. */
  ownerName(owner: Person, reader: Reader): string
  /** How someone of the team is called to others: the name they chose to be shown. */
  helperName(tx: Tx, person: number, reader: Reader): Promise<string>
  /** Whether a message to them now should make no sound. */
  isNight(tx: Tx, reader: Person, now: number): Promise<boolean>
}

export function createCasePost({ speaker, quiet }: { speaker: Speaker; quiet: QuietRules }): CasePost {
  const isNight: CasePost['isNight'] = async (tx, reader, now) => {
    const volunteer = reader.roles.includes('volunteer') ? await findVolunteer(tx, reader.id) : undefined
    return volunteer ? isInQuietHours(volunteer, now) : isQuiet(now, zoneOf(reader), quiet)
  }
  const tellHtml: CasePost['tellHtml'] = async ({ tx, now }, reader, caseId, html, { keyboard, notBefore } = {}) => {
    if (reader.telegramId === null || reader.unreachableAt !== null) return undefined
    const { copy, onSent } = await noteCopy(tx, { caseId, chatId: reader.telegramId, now })
    const silent = notBefore === undefined && (await isNight(tx, reader, now))
    const outboxId = await speaker.sayHtml(tx, reader, html, { ...(keyboard && { keyboard }), silent, onSent, ...(notBefore !== undefined && { notBefore }) }, now)
    await linkCopy(tx, copy, outboxId)
    return outboxId
  }
  return {
    speaker,
    isNight,
    tellHtml,
    tell: async (sending, reader, caseId, key, params, keyboard) => {
      await unsettleActiveCase(sending.tx, { person: reader.id, caseId })
      return tellHtml(sending, reader, caseId, speaker.html(reader, key, params, sending.now), { keyboard })
    },
    button: (reader, key, name, shape, data, params) => ({ text: speaker.plain(reader, key, params), callback_data: packButton(name, shape, data) }),
    ownerName: (owner, reader) => (owner.givenName === null ? speaker.plain(reader, 'cases.someone') : owner.honorific === null ? owner.givenName : addressOf(owner)),
    helperName: async (tx, person, reader) => (await findVolunteer(tx, person))?.shownName ?? (await getPerson(tx, person)).givenName ?? speaker.plain(reader, 'cases.colleague'),
  }
}
