// The questions of the instrument as a guided form, and its answers as the instrument's. Pure but for the words of the reader.
import { createHash } from 'node:crypto'
import { type Area, type Instrument, measureOf } from '../../content/assessment.ts'
import { type Answers, choiceField, defineForm, type Form } from '../../conversation/form.ts'
import { isAsked, type Score } from './score.ts'

type Item = Area['items'][number]

/** Where an item stands: its area, and both counted from 1 as people count. */
export interface ItemPlace {
  readonly item: Item
  readonly area: Area
  readonly areaNumber: number
}

/**
 * A form that asks the items area after area, without those an early stop spares her. An option's id names the words it was shown
 * with: when a new version of the instrument words an item differently, an answer to the old words no longer fits and is asked anew,
 * while the others stay.
 */
export function createCheckForm(name: string, instrument: Instrument): Form {
  const steps = instrument.areas.flatMap((area) =>
    area.items.map((item, position) => {
      const when = (answers: Answers) => isAsked(area.items.map((one) => givenTo(one, answers)), position, instrument)
      return [item.id, choiceField(optionIds(item), { lettered: true, optional: true, when })] as const
    }),
  )
  return defineForm({ name, version: versionNumber(instrument), steps: Object.fromEntries(steps), review: false, turns: true })
}

/** What was said to each item; nothing for an item that was not asked. */
export function givenAnswers({ areas }: Instrument, answers: Answers): ReadonlyMap<string, Score | 'skipped'> {
  return new Map(
    areas.flatMap(({ items }) =>
      items.flatMap((item): (readonly [string, Score | 'skipped'])[] => {
        const given = givenTo(item, answers)
        return given === undefined ? [] : [[item.id, given]]
      }),
    ),
  )
}

/** @throws when no item has this id. */
export function placeOf({ areas }: Instrument, itemId: string): ItemPlace {
  for (const [at, area] of areas.entries()) {
    const item = area.items.find(({ id }) => id === itemId)
    if (item) return { item, area, areaNumber: at + 1 }
  }
  throw new Error(`The instrument has no item "${itemId}".`)
}

/** The sentence an option stands for. */
export function optionText({ options }: Item, option: string): string {
  return options[Number(option.at(-1))] ?? ''
}

function givenTo(item: Item, answers: Answers): Score | 'skipped' | undefined {
  const answer = answers[item.id]
  if (answer === undefined) return undefined
  return answer === null ? 'skipped' : (optionIds(item).indexOf(String(answer)) as Score)
}

/** The last character of an option's id is its score. */
function optionIds(item: Item): readonly string[] {
  const wording = digest([item.stem, ...item.options]).slice(0, 8)
  return item.options.map((_, score) => `${wording}-${score}`)
}

/** Another number whenever what is asked or what answers are worth changed; it fits into 31 bits. */
function versionNumber(instrument: Instrument): number {
  return Number.parseInt(digest([measureOf(instrument)]).slice(0, 7), 16)
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex')
}
