// What an owner told about her businesses, as a helper may read it: in words, without names of people and without how to reach her.
import { type Answer, type Answers, type Form, stepsFor } from '../../conversation/form.ts'
import type { Tx } from '../../storage/database.ts'
import type { Reader, Speaker } from '../../telegram/speaker.ts'

export interface KnownBusiness {
  readonly id: number
  readonly name: string | null
  readonly sector: string
  readonly village: string
  /** By step of the form that asks for them; null when she left it open. */
  readonly answers: Answers
}

/** Her businesses, the newest first. */
export async function businessesOf(tx: Tx, person: number): Promise<readonly KnownBusiness[]> {
  const rows = await tx.selectFrom('business').selectAll().where('person_id', '=', person).orderBy('created_at', 'desc').orderBy('id', 'desc').execute()
  return rows.map(({ id, name, sector, village_code: village, product, age, workers, sales_band: sales, channels, licences }) => ({
    id, name, sector, village,
    answers: { sector, village, product, age, workers, sales, channels: channels === null ? null : (JSON.parse(channels) as string[]), ...(JSON.parse(licences) as Answers) },
  }))
}

/** Questions that apply to her business and that she left open, in their order. */
export function openFields(form: Form, { answers }: KnownBusiness): readonly string[] {
  return stepsFor(form, answers).filter((step) => form.steps[step]?.optional && (answers[step] ?? null) === null)
}

export interface ProfileWords {
  /** What a question is called. */
  name(reader: Reader, step: string): string
  /** An answer in words; a dash when there is none. */
  answer(reader: Reader, step: string, answer: Answer | undefined): string
}

/** @param form The one that asks about a business. */
export function createProfileWords({ speaker, form }: { speaker: Speaker; form: () => Form }): ProfileWords {
  return {
    name: (reader, step) => speaker.plain(reader, `registration.${step}.name`),
    answer: (reader, step, answer = null) => {
      if (answer === null) return '-'
      const field = form().steps[step]
      const group = field?.kind === 'choice' ? (field.labels ?? step) : step
      if (field?.kind === 'choice' || field?.kind === 'choices') return [answer].flat().map((one) => speaker.plain(reader, `registration.${group}.options.${String(one)}`)).join(', ')
      return String(answer)
    },
  }
}
