// A group of members who have checked where they stand, set up at once for stories about their results together. It asserts nothing.
import { addResult, type Kind } from '../../../src/features/assessment/store.ts'
import { scoreOf } from '../../../src/features/assessment/score.ts'
import { giveConsent, withdrawConsent } from '../../../src/people/consent.ts'
import { grantRole } from '../../../src/people/roles.ts'
import type { Tx } from '../../../src/storage/database.ts'
import { answered, instrument } from '../../features/assessment/answers.ts'
import type { Phone } from './phone.ts'
import { personOf } from './records.ts'
import { days, type StoryClinic } from './story.ts'

export interface Group {
  /** How each of them answered, such as '3210 2222 1-11 00xx 2222'. */
  readonly answers: readonly string[]
  /** How many of them, from the first on, agree to research; all when absent. */
  readonly agreeing?: number
  /** Answers to the same questions ten days after the others, of the first so many. */
  readonly again?: readonly string[]
}

/** Owners without a phone who checked just now, and some of them again. Returns their ids. */
export async function checksOfGroup(clinic: StoryClinic, { answers, agreeing = answers.length, again = [] }: Group): Promise<readonly number[]> {
  const now = clinic.now()
  return clinic.reads(async (tx) => {
    const people: number[] = []
    for (const [at, marks] of answers.entries()) {
      const { id } = await tx.insertInto('person').values({ given_name: `Rahasia${at}`, created_at: now, last_seen_at: now }).returning('id').executeTakeFirstOrThrow()
      await grantRole(tx, { person: id, role: 'owner', by: null, now })
      if (at < agreeing) await agree(tx, id, now)
      await keep(tx, id, 'check', marks, now)
      people.push(id)
    }
    for (const [at, marks] of again.entries()) await keep(tx, people[at] ?? 0, 'retest', marks, now + days(10))
    return people
  })
}

/** She agrees that her data be used for research without her name. */
export async function agreesToResearch(clinic: StoryClinic, phone: Phone): Promise<void> {
  const row = await personOf(clinic, phone)
  await clinic.reads((tx) => agree(tx, row?.id ?? 0, clinic.now()))
}

export async function withdrawsFromResearch(clinic: StoryClinic, phone: Phone): Promise<void> {
  const row = await personOf(clinic, phone)
  await clinic.reads((tx) => withdrawConsent(tx, { person: row?.id ?? 0, purpose: 'research', now: clinic.now() }))
}

const agree = (tx: Tx, person: number, now: number) => giveConsent(tx, { person, purpose: 'research', text: 'Data tanpa nama', messageId: null, now })

async function keep(tx: Tx, person: number, kind: Kind, marks: string, now: number): Promise<void> {
  const answers = answered(marks)
  await addResult(tx, { person, instrument, kind, answers, result: scoreOf(instrument, answers), offerAt: null, now })
}
