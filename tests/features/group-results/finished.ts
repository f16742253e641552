// Finished self-assessments for the rules about groups, scored by the rules of the instrument. It asserts nothing.
import { THIRDS_PER_POINT } from '../../../src/content/assessment.ts'
import { type ItemAnswer, scoreOf } from '../../../src/features/assessment/score.ts'
import type { Finished } from '../../../src/features/group-results/group.ts'
import { instrument } from '../assessment/answers.ts'

const DAY_MS = 86_400_000

/** Finished on day 0 unless said otherwise, by someone who agrees to research. */
export function finished(
  owner: number,
  answers: ReadonlyMap<string, ItemAnswer>,
  { day = 0, ...more }: Partial<Pick<Finished, 'kind' | 'forResearch'>> & { readonly day?: number } = {},
): Finished {
  const { areas, total, level } = scoreOf(instrument, answers)
  return {
    owner, kind: 'check', finishedAt: day * DAY_MS, forResearch: true, answers, level,
    areas: areas.map((one) => ({ area: one.area, level: one.level, points: inPoints(one.thirds) })),
    total: inPoints(total),
    ...more,
  }
}

const inPoints = (thirds: number | null) => (thirds === null ? null : thirds / THIRDS_PER_POINT)
