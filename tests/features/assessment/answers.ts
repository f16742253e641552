// Answers written the way a person reads them: a word an area, a character an item. 0 to 3 is a score, - is skipped,
// x is stopped. It must not compute what the rules compute.
import * as fc from 'fast-check'
import { loadAssessment, type Instrument } from '../../../src/content/assessment.ts'
import type { ItemAnswer, Score } from '../../../src/features/assessment/score.ts'
import { dataFile } from '../../content/samples.ts'

export const instrument: Instrument = loadAssessment(dataFile('assessment.yaml'))

export const itemIds: readonly string[] = instrument.areas.flatMap(({ items }) => items.map(({ id }) => id))

/** `answered('3210 11-1 00xx 3333 2222')`: the answers of all five areas by the item's id. */
export function answered(areas: string): ReadonlyMap<string, ItemAnswer> {
  const marks = areas.replaceAll(' ', '').split('')
  return new Map(itemIds.map((id, at) => [id, readMark(marks[at] ?? '')]))
}

function readMark(mark: string): ItemAnswer {
  const answer = ([0, 1, 2, 3, 'skipped', 'stopped'] as const)[['0', '1', '2', '3', '-', 'x'].indexOf(mark)]
  if (answer === undefined) throw new Error(`"${mark}" is no answer: write 0 to 3, - or x for each of the twenty`)
  return answer
}

const score = fc.constantFrom<Score[]>(0, 1, 2, 3)

/** All items answered or, here and there, skipped. */
export const anyAnswers = fc
  .array(fc.oneof({ weight: 9, arbitrary: score }, { weight: 1, arbitrary: fc.constant('skipped' as const) }), { minLength: 20, maxLength: 20 })
  .map((answers) => new Map(itemIds.map((id, at) => [id, answers[at] ?? 'skipped'])))
