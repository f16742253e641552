// A group's results as a table for a spreadsheet, one line a result, without names, ids or times.
// Pure; every cell is a code of ours or a number, so that no spreadsheet takes one for a formula.
import { ofGroup, type Finished, type TooFew } from './group.ts'
import { THIRDS_PER_POINT, type ItemAnswer, type Thirds } from './score.ts'

/**
 * RFC 4180, a header and then the results. Items: 0 to 3, `stopped`, or empty when skipped or of another version. Scores
 * in points with two decimals, empty when not assessed. Lines are sorted by what they say, so their order tells of no
 * person and no time.
 */
export function toCsv(results: readonly Finished[]): string | TooFew {
  return ofGroup(results, (results) => {
    const items = [...new Set(results.flatMap(({ answers }) => [...answers.keys()]))].sort()
    const areas = [...new Set(results.flatMap(({ areas }) => areas.map(({ area }) => area)))].sort()
    const header = ['version', 'kind', ...items, ...areas, 'total', 'level']
    const lines = results.map((result) => {
      const areaCells = areas.map((area) => scoreCell(result.areas.find((one) => one.area === area)?.thirds ?? null))
      const itemCells = items.map((item) => answerCell(result.answers.get(item)))
      return [result.version, result.kind, ...itemCells, ...areaCells, scoreCell(result.total), result.level ?? ''].join()
    })
    return [header.join(), ...lines.sort(), ''].join('\r\n')
  })
}

function answerCell(answer: ItemAnswer | undefined): string {
  return answer === undefined || answer === 'skipped' ? '' : String(answer)
}

function scoreCell(thirds: Thirds | null): string {
  return thirds === null ? '' : (thirds / THIRDS_PER_POINT).toFixed(2)
}
