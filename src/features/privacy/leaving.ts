// Leaving the clinic: two questions answered with buttons, then everything is erased in the same transaction and she is told.
// Typed words never erase anything; a button counts for the person it was made for, and for a day.
import { z } from 'zod'
import type { ClinicLimits } from '../../content/clinic.ts'
import { enqueue } from '../../delivery/outbox.ts'
import type { OnSentHandler } from '../../delivery/dispatcher.ts'
import { erasePerson } from '../../people/erasure.ts'
import type { Person } from '../../people/person.ts'
import { holdersOf } from '../../people/roles.ts'
import type { Tx } from '../../storage/database.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { pruneChatsOfNobody } from './store.ts'

/** Whom the last button erases, and when it was shown, in minutes UTC. */
export const SureData = z.object({ person: z.coerce.number().int().positive(), minute: z.coerce.number().int().positive() })

const MINUTE_MS = 60_000
const VALID_MINUTES = 24 * 60
const FAREWELL_SENT = { name: 'farewell-sent', version: 1, data: {} }

/** The transaction, and when (ms UTC). */
interface Doing {
  readonly tx: Tx
  readonly now: number
}

export interface LeavingDeps {
  readonly limits: ClinicLimits
  readonly secret: string
  readonly speaker: Speaker
}

export interface Leaving {
  /** Says what goes and what stays, and asks. */
  ask(ctx: Ctx): Promise<void>
  /** Asks once more. */
  askAgain(ctx: Ctx): Promise<void>
  /** Erases her, when the button is hers and still counts. */
  erase(ctx: Ctx, sure: z.output<typeof SureData>): Promise<void>
  keep(ctx: Ctx): Promise<void>
  /** Erases someone and writes her the last message, which is about nothing but that. */
  eraseAndTell(doing: Doing, person: Person, farewell: string): Promise<void>
}

export function createLeaving({ limits, secret, speaker }: LeavingDeps): Leaving {
  const eraseFrom = ({ tx, now }: Doing, person: Person) => erasePerson(tx, { person: person.id, secret, now })

  /** The last message names nobody, and takes her menu and commands away: from here on she is a stranger. */
  async function sayFarewell({ tx, now }: Doing, person: Person, farewell: string): Promise<void> {
    if (person.telegramId === null || person.unreachableAt !== null) return
    const stranger = { telegramId: person.telegramId, language: person.language, givenName: null, honorific: null }
    const options = { replyKeyboard: { remove_keyboard: true }, onSent: FAREWELL_SENT } as const
    await speaker.say(tx, stranger, farewell, { backupDays: limits.backupKeptDays }, options, now)
    const scope = { type: 'chat', chat_id: person.telegramId }
    await enqueue(tx, { chatId: person.telegramId, method: 'deleteMyCommands', lane: 'setup', payload: { scope }, onSent: FAREWELL_SENT }, now)
  }

  return {
    eraseAndTell: async (doing, person, farewell) => {
      await eraseFrom(doing, person)
      await sayFarewell(doing, person, farewell)
    },
    ask: async (ctx) => {
      const html = [ctx.t('privacy.erase.ask', { proofYears: limits.consentProofKeptYears, backupDays: limits.backupKeptDays }), await teamWarning(ctx)]
      await ctx.sayHtml(html.filter(Boolean).join('\n\n'), {
        keyboard: [
          [ctx.button('privacy.erase.go-on.button', 'erase-go-on')],
          ...(ctx.person.pausedAt === null ? [[ctx.button('privacy.pause.instead.button', 'pause')]] : []),
          [ctx.button('privacy.erase.no.button', 'erase-no')],
        ],
      })
    },
    askAgain: async (ctx) => {
      await ctx.changeButtons()
      const sure = { person: ctx.person.id, minute: Math.floor(ctx.now / MINUTE_MS) }
      await ctx.say('privacy.erase.sure', {}, {
        keyboard: [[ctx.button('privacy.erase.yes.button', 'erase-now', sure)], [ctx.button('privacy.erase.keep.button', 'erase-no')]],
      })
    },
    erase: async (ctx, { person, minute }) => {
      const age = ctx.now / MINUTE_MS - minute
      if (person !== ctx.person.id || age < 0 || age > VALID_MINUTES) {
        ctx.toast('privacy.erase.passed')
        await ctx.changeButtons()
        return
      }
      await eraseFrom(ctx, ctx.person)
      await ctx.changeButtons()
      await sayFarewell(ctx, ctx.person, 'privacy.erase.done')
    },
    keep: async (ctx) => {
      await ctx.changeButtons()
      await ctx.say('privacy.erase.kept')
    },
  }
}

/** Nothing is left of her chat once the last message is out, unless she came back meanwhile. */
export const onSent: Readonly<Record<string, OnSentHandler>> = {
  [FAREWELL_SENT.name]: (tx, { chatId }) => pruneChatsOfNobody(tx, chatId),
}

/** What a coordinator should know before she goes. */
async function teamWarning(ctx: Ctx): Promise<string> {
  if (!ctx.person.roles.includes('coordinator')) return ''
  const holders = await holdersOf(ctx.tx, 'coordinator')
  const own = holders.find(({ id }) => id === ctx.person.id)
  return [holders.length === 1 ? ctx.t('privacy.erase.last-coordinator') : '', own?.byConfiguration ? ctx.t('privacy.erase.by-configuration') : '']
    .filter(Boolean)
    .join('\n')
}
