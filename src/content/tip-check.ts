// Checks one tip of data/tips.yaml: its sectors, its facts and its plain language. It must not know other tips.
import type { Problem } from './problem.ts'
import type { Sector } from './sectors.ts'
import { type Advice, checkFactReferences, checkPlainness, type TextRules } from './text-check.ts'
import type { Tip } from './tips.ts'

/** What a tip is checked against. */
export interface TipRules extends TextRules {
  readonly sectors: readonly Pick<Sector, 'id'>[]
}

/** The parts of a tip that are texts of ours. Its source is a citation, and keeps the names laws and pages go by. */
const TEXTS = ['title', 'body', 'action'] as const

/** The keys of a tip's texts, as an exemption names them: `tips.promosi-t1.body`. */
export function tipTextKeys(tip: Pick<Tip, 'id'>): readonly string[] {
  return TEXTS.map((part) => keyOf(tip, part))
}

/** Everything to mend in one tip. */
export function checkTip(tip: Tip, rules: TipRules): readonly Problem[] {
  const advice: readonly (readonly [part: keyof Tip, Advice])[] = [
    ...checkSectors(tip, rules).map((one) => ['sectors', one] as const),
    ...checkFactReferences(tip.body, rules.facts).map((one) => ['body', one] as const),
    ...TEXTS.flatMap((part) => checkPart(tip, part, rules).map((one) => [part, one] as const)),
  ]
  return advice.map(([part, { what, mend }]) => ({ file: 'data/tips.yaml', key: keyOf(tip, part), what, mend }))
}

/** The key of a part of a tip, as problems name it. */
export function keyOf({ id }: Pick<Tip, 'id'>, part: keyof Tip): string {
  return `tips.${id}.${part}`
}

function checkSectors(tip: Tip, { sectors }: TipRules): readonly Advice[] {
  const known = ['all', ...sectors.map(({ id }) => id)]
  return tip.sectors
    .filter((id) => !known.includes(id))
    .map((id) => ({ what: `"${id}" is no sector`, mend: `Use one of: ${known.join(', ')}.` }))
}

/** A body is read in peace and quotes conversations: its sentences and questions are not counted. */
function checkPart(tip: Tip, part: (typeof TEXTS)[number], rules: TipRules): readonly Advice[] {
  const found = checkPlainness(keyOf(tip, part), tip[part], rules)
  return part === 'body' ? found.filter(({ limit }) => limit === 'words' || limit === 'avoid') : found
}
