// What a feature declares that is said to someone without her asking: when it is due, its words, and what follows. Whether and when
// it is really said (quiet hours, one a day, stronger ones first) is decided for all kinds alike in features/notices.
import { z } from 'zod'
import type { Nudge } from '../people/nudge.ts'
import { packButton } from './callback-data.ts'
import type { InlineButton, InlineKeyboard } from './keyboards.ts'
import type { Speaker } from './speaker.ts'
import type { Person } from '../people/person.ts'
import type { Tx } from '../storage/database.ts'

/** The strongest first: of several for one person and day the first is said, and the others move. */
export const RANKS = ['safety', 'own-request', 'reassessment', 'plan', 'broadcast', 'tip'] as const
export type Rank = (typeof RANKS)[number]

/** Something due for someone. */
export interface DueNotice {
  readonly person: number
  /** What it is about, such as a row's id. */
  readonly subject: string
  /** ms UTC. */
  readonly dueAt: number
}

export interface NoticeWords {
  readonly html: string
  readonly keyboard?: InlineKeyboard
  /** What it is about when that is known only now, such as the tip chosen. */
  readonly subject?: string
  /** Why just this: a code, told to whoever asks. */
  readonly reason?: string
}

export interface DueQuery {
  readonly by: number
  readonly limit: number
  readonly people?: readonly number[] | undefined
}

/** Something due, and whose it is. */
export interface Planned {
  readonly due: DueNotice
  readonly person: Person
}

export interface Composing {
  readonly tx: Tx
  /** ms UTC. */
  readonly now: number
  readonly speaker: Speaker
}

export interface Outcome {
  readonly said: boolean
  /** ms UTC. */
  readonly now: number
}

export interface NoticeKind {
  /** Also the text key of why it came: `notices.why.<name>`. */
  readonly name: string
  readonly rank: Rank
  /** Said so much later than due it would be out of date: it is left out, ms. */
  readonly staleAfterMs: number
  /** What is due by an instant, the longest waiting first; of these people when given. Its cost must grow with what is due, not with everybody. */
  readonly due: (tx: Tx, query: DueQuery) => Promise<readonly DueNotice[]>
  /** The words for each, in her language; undefined when there is nothing to say to her any more. Of one person there is one at most. */
  readonly compose: (run: Composing, planned: readonly Planned[]) => Promise<readonly (NoticeWords | undefined)[]>
  /** They were said, or are left out this time: sets when each is due next, if ever. */
  readonly settle: (tx: Tx, planned: readonly Planned[], outcome: Outcome) => Promise<void>
  /** It is still to be said, at `until` (ms UTC). */
  readonly postpone: (tx: Tx, due: DueNotice, until: number) => Promise<void>
  /** The clock was set back to `now` (ms UTC): brings back what was put further ahead than it ever is. */
  readonly followClock: (tx: Tx, now: number) => Promise<void>
  /** Said also to who has paused: what she must be asked before it happens. */
  readonly reachesPaused?: true
  /** Telegram took it now (ms UTC). */
  readonly arrived?: (tx: Tx, due: DueNotice, now: number) => Promise<void>
  /** It was said, but waited so long that it was taken back (now, ms UTC): it never reached her. */
  readonly tookTooLong?: (tx: Tx, due: DueNotice, now: number) => Promise<void>
}

/** Words of a kind of which few are due at a time: for one after the other. */
export function composeEach(compose: (run: Composing & { readonly person: Person }, due: DueNotice) => Promise<NoticeWords | undefined>): NoticeKind['compose'] {
  return async (run, planned) => {
    const words = []
    for (const { due, person } of planned) words.push(await compose({ ...run, person }, due))
    return words
  }
}

/** Likewise what follows. */
export function settleEach(settle: (tx: Tx, due: DueNotice, outcome: Outcome) => Promise<void>): NoticeKind['settle'] {
  return async (tx, planned, outcome) => {
    for (const { due } of planned) await settle(tx, due, outcome)
  }
}

/** What she can do without; the question about her own data is none of these. */
const STOPPABLE = ['plan', 'welcome-back', 'letter'] as const satisfies readonly Nudge[]

export const StopNudgeData = z.object({ kind: z.enum(STOPPABLE) })

/** The button that ends reminders of a kind. */
export function stopNudgeButton(speaker: Speaker, person: Person, kind: (typeof STOPPABLE)[number]): InlineButton {
  return { text: speaker.plain(person, 'notices.stop.button'), callback_data: packButton('stop-nudge', StopNudgeData, { kind }) }
}
