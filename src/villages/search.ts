/**
 * Ranks villages for a question by what a person most likely meant: every difference between text and village has a cost, and
 * the cheapest win. Pure over a gazetteer.
 */
import type { Gazetteer } from './gazetteer.ts'
import type { NameIndex } from './name-index.ts'
import { wordsOf } from './spelling.ts'
import { readQuestion } from './question.ts'
import type { AreaRun, Question, Reading } from './question.ts'

export interface Ranking {
  /** Positions of villages, best first. */
  readonly best: readonly number[]
  /** More villages fit as well as the best one than `best` holds: a sub-district would tell them apart. */
  readonly more: boolean
}

/** Costs in slips. Another spelling of the same sound costs least; an unfinished name costs just less than a slip. */
const OTHER_SPELLING = 0.25
const UNFINISHED = 0.8
const UNFINISHED_PER_LETTER = 0.01
const MOST_UNFINISHED = 0.95
const OTHER_FIRST_LETTER = 0.3
/** A village known only by the district it lies in. */
const DISTRICT_ONLY = 1
/** Villages this much costlier than the best one are not shown: an exact name hides names one slip away. */
const SHOWN_WITHIN = 1
const AS_GOOD_WITHIN = 0.5
const UNFINISHED_AREA = 1
const SHORTEST_UNFINISHED_AREA = 4
/** Enough to rank; more names beginning alike only say that the text is too short. */
const MOST_UNFINISHED_NAMES = 1_500

/** The best `limit` villages for a text. */
export function rankVillages(gazetteer: Gazetteer, text: string, limit: number): Ranking {
  const question = readQuestion(text)
  const costs = new Map<number, number>()
  const readings = question.readings.map((reading) => ({ reading, around: costAround(gazetteer, question, reading) }))

  for (const { reading, around } of readings) addSame(gazetteer, reading, around, costs)
  for (const { reading, around } of readings) if (reading.likely) addUnfinished(gazetteer, reading, around, costs)
  if (least(costs) >= 1) {
    for (const { reading, around } of readings) if (reading.likely) addNear(gazetteer, reading, around, costs)
  }
  if (least(costs) >= DISTRICT_ONLY) addDistricts(gazetteer, question, costs)

  const lowest = least(costs)
  const shown = [...costs]
    .filter(([, cost]) => cost < lowest + SHOWN_WITHIN)
    .sort(([a, costA], [b, costB]) => costA - costB || a - b)
  return {
    best: shown.slice(0, limit).map(([village]) => village),
    more: shown.filter(([, cost]) => cost < lowest + AS_GOOD_WITHIN).length > limit,
  }
}

type Costs = Map<number, number>
type AreaCost = (district: number) => number

function addSame(gazetteer: Gazetteer, { name, plain }: Reading, around: AreaCost, costs: Costs): void {
  for (const village of gazetteer.villages.same(name)) {
    const spelledSo = wordsOf(gazetteer.nameOf(village)).join('') === plain
    offer(costs, village, (spelledSo ? 0 : OTHER_SPELLING) + around(gazetteer.districtOf(village)))
  }
}

function addUnfinished(gazetteer: Gazetteer, { name }: Reading, around: AreaCost, costs: Costs): void {
  for (const village of gazetteer.villages.beginning(name).slice(0, MOST_UNFINISHED_NAMES)) {
    const missing = gazetteer.villages.length(village) - name.bytes.length
    const cost = Math.min(MOST_UNFINISHED, UNFINISHED + missing * UNFINISHED_PER_LETTER)
    offer(costs, village, cost + around(gazetteer.districtOf(village)))
  }
}

function addNear(gazetteer: Gazetteer, { name }: Reading, around: AreaCost, costs: Costs): void {
  const { villages, districtOf } = gazetteer
  for (const village of villages.near(name)) {
    const cost = villages.slips(village, name) + (villages.firstByte(village) === name.bytes[0] ? 0 : OTHER_FIRST_LETTER)
    offer(costs, village, cost + around(districtOf(village)))
  }
}

/** A person who names only the district is shown its villages. */
function addDistricts(gazetteer: Gazetteer, question: Question, costs: Costs): void {
  const whole = costBetween(gazetteer, question, 0, question.unexplained.length)
  const districts = question.areas.flat().flatMap(({ name, level }) =>
    level === undefined || level === 'district' ? gazetteer.districts.near(name) : [])
  for (const district of new Set(districts)) {
    for (let village = gazetteer.firstVillage(district); village < gazetteer.firstVillage(district + 1); village++) {
      offer(costs, village, DISTRICT_ONLY + whole(district))
    }
  }
}

function offer(costs: Costs, village: number, cost: number): void {
  if (cost < (costs.get(village) ?? Infinity)) costs.set(village, cost)
}

function least(costs: Costs): number {
  let lowest = Infinity
  for (const cost of costs.values()) if (cost < lowest) lowest = cost
  return lowest
}

/** How well the words around a village's name fit the district it lies in. */
function costAround(gazetteer: Gazetteer, question: Question, { from, to }: Reading): AreaCost {
  const before = costBetween(gazetteer, question, 0, from)
  const behind = costBetween(gazetteer, question, to, question.unexplained.length)
  return (district) => before(district) + behind(district)
}

/** The least cost of explaining the words `from..to` by a district and what it lies in, or of leaving some unexplained. */
function costBetween(gazetteer: Gazetteer, question: Question, from: number, to: number): AreaCost {
  if (from === to) return () => 0
  const known = new Map<number, number>()
  const explain = (district: number) => {
    const costFrom = new Float64Array(to + 1)
    for (let at = to - 1; at >= from; at--) {
      let least = costFrom[at + 1]! + question.unexplained[at]!
      for (const run of question.areas[at]!) {
        if (run.end <= to) least = Math.min(least, costFrom[run.end]! + costOfArea(gazetteer, run, district))
      }
      costFrom[at] = least
    }
    return costFrom[from]!
  }
  return (district) => {
    let cost = known.get(district)
    if (cost === undefined) known.set(district, (cost = explain(district)))
    return cost
  }
}

function costOfArea(gazetteer: Gazetteer, { name, level, kind }: AreaRun, district: number): number {
  const regency = gazetteer.regencyOf(district)
  const atLevel = (wanted: AreaRun['level'], index: NameIndex, at: number) =>
    level !== undefined && level !== wanted ? Infinity : costOfName(index, at, name)
  return Math.min(
    atLevel('district', gazetteer.districts, district),
    kind !== undefined && kind !== gazetteer.kindOf(regency) ? Infinity : atLevel('regency', gazetteer.regencies, regency),
    atLevel('province', gazetteer.provinces, gazetteer.provinceOf(regency)),
  )
}

function costOfName(index: NameIndex, at: number, name: AreaRun['name']): number {
  const slips = index.slips(at, name)
  if (slips <= name.slips) return slips
  return name.bytes.length >= SHORTEST_UNFINISHED_AREA && index.beginsWith(at, name) ? UNFINISHED_AREA : Infinity
}
