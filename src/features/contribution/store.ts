// Reads what someone contributed, and keeps the letters that say so.
import type { Tx } from '../../storage/database.ts'
import { MINUTES_A_DAY } from './counting.ts'

export interface Contribution {
  /** Cases they wrote in. */
  readonly cases: number
  readonly minutes: number
}

/** What someone did in a month (2026-10), or in all. */
export async function contributionOf(tx: Tx, person: number, month?: string): Promise<Contribution> {
  const { cases, days } = await tx
    .selectFrom('helped_day')
    .select((e) => [e.fn.count<number>('case_number').distinct().as('cases'), e.fn.countAll<number>().as('days')])
    .where('person_id', '=', person)
    .$if(month !== undefined, (query) => query.where('day', '>=', `${month}-01`).where('day', '<=', `${month}-31`))
    .executeTakeFirstOrThrow()
  return { cases, minutes: days * MINUTES_A_DAY }
}

export interface Ratings {
  readonly count: number
  /** 1 to 5; null without any. */
  readonly average: number | null
  /** The latest words of thanks. */
  readonly thanks: readonly { readonly number: number; readonly words: string }[]
}

const THANKS_SHOWN = 5

/** What owners said about the cases someone held in the end. */
export async function ratingsOf(tx: Tx, person: number): Promise<Ratings> {
  const { count, sum } = await tx
    .selectFrom('help_case')
    .select((e) => [e.fn.count<number>('rating').as('count'), e.fn.sum<number | null>('rating').as('sum')])
    .where('volunteer_id', '=', person)
    .where('rating', 'is not', null)
    .executeTakeFirstOrThrow()
  const thanks = await tx
    .selectFrom('help_case')
    .select(['number', 'thanks'])
    .where('volunteer_id', '=', person)
    .where('thanks', 'is not', null)
    .orderBy('closed_at', 'desc')
    .limit(THANKS_SHOWN)
    .execute()
  return { count, average: sum === null || count === 0 ? null : sum / count, thanks: thanks.map((row) => ({ number: row.number, words: row.thanks ?? '' })) }
}

export interface Letter {
  readonly code: string
  readonly person: number
  /** Such as 2026-10. */
  readonly month: string
  readonly shownName: string
  readonly cases: number
  readonly minutes: number
  /** ms UTC. */
  readonly madeAt: number
}

const letters = (tx: Tx) => tx.selectFrom('contribution_letter').select(['code', 'person_id as person', 'month', 'shown_name as shownName', 'cases', 'minutes', 'made_at as madeAt'])

export async function findLetter(tx: Tx, code: string): Promise<Letter | undefined> {
  return letters(tx).where('code', '=', code).executeTakeFirst()
}

export async function letterFor(tx: Tx, person: number, month: string): Promise<Letter | undefined> {
  return letters(tx).where('person_id', '=', person).where('month', '=', month).executeTakeFirst()
}

export async function keepLetter(tx: Tx, letter: Letter): Promise<void> {
  await tx
    .insertInto('contribution_letter')
    .values({ code: letter.code, person_id: letter.person, month: letter.month, shown_name: letter.shownName, cases: letter.cases, minutes: letter.minutes, made_at: letter.madeAt })
    .execute()
}
