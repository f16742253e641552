// A group's results as a table for a spreadsheet, one line a person, without names, ids or times.
// Pure; every cell is a code of ours or a number, so that no spreadsheet takes one for a formula.
import type { Instrument } from '../../content/assessment.ts'
import { type Finished, newestChecks, ofGroup, type TooFew } from './group.ts'

/**
 * RFC 4180, a header and then the newest check of each person (results oldest first, all of this version). Items: 0 to 3, `stopped`,
 * or empty when skipped. Scores in points with two decimals, empty when not assessed. Lines are sorted by what they say, so their
 * order tells of no person and no time.
 */
export function toCsv({ version, areas }: Instrument, results: readonly Finished[]): string | TooFew {
  const items = areas.flatMap((area) => area.items.map(({ id }) => id))
  return ofGroup(newestChecks(results), (group) => {
    const lines = group.map(({ answers, areas: scored, total, level }) => {
      const areaCells = areas.map(({ id }) => scoreCell(scored.find(({ area }) => area === id)?.points ?? null))
      return [version, ...items.map((item) => answerCell(answers.get(item))), ...areaCells, scoreCell(total), level ?? ''].join()
    })
    const header = ['version', ...items, ...areas.map(({ id }) => id), 'total', 'level']
    return [header.join(), ...lines.sort(), ''].join('\r\n')
  })
}

function answerCell(answer: number | string | undefined): string {
  return answer === undefined || answer === 'skipped' ? '' : String(answer)
}

function scoreCell(points: number | null): string {
  return points === null ? '' : points.toFixed(2)
}
