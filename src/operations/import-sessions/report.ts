// Says in plain English what an import took and what it left: counts and names of questions, never anything a person said. Pure.
import type { Plan } from './plan.ts'
import type { TakenIn } from './taking-in.ts'

type Reason = keyof Plan['left'] | keyof TakenIn['left']

const REASONS: Readonly<Record<Reason, string>> = {
  known: 'the clinic knows them already',
  erased: 'they had themselves erased',
  group: 'said in a group or channel',
  bot: 'of a bot',
  twice: 'of someone who stands in the file twice',
  'nothing-known': 'with no field the clinic knows',
  'unknown-key': 'under a key other than <chat>:<person>',
}

/** The report's lines. */
export function describeImport(plan: Plan, { taken, left }: TakenIn, dryRun: boolean): readonly string[] {
  const answered = countBy(taken.flatMap(({ answers }) => Object.keys(answers)))
  const unclear = countBy(taken.flatMap((one) => one.unclear))
  const unknown = taken.reduce((sum, one) => sum + one.unknownFieldCount, 0)
  const leftSessions = Object.entries({ ...left, ...plan.left }).filter(([, count]) => count > 0)
  return [
    `${dryRun ? 'Would be taken in' : 'Taken in'}: ${plural(taken.length, 'person', 'people')}.`,
    ...(answered.length > 0 ? [`Answers kept for after their consent: ${list(answered)}.`] : []),
    ...(unclear.length > 0 ? [`Asked anew, because it did not clearly fit: ${list(unclear)}.`] : []),
    ...(unknown > 0 ? [`Left: ${plural(unknown, 'field', 'fields')} that the clinic has no question for.`] : []),
    ...leftSessions.map(([reason, count]) => `Left: ${plural(count, 'session', 'sessions')} (${REASONS[reason as Reason]}).`),
    ...(taken.length > 0 && !dryRun ? ['They are sent nothing. Whoever writes to the clinic is asked for consent first.'] : []),
    ...(dryRun ? ['Nothing was changed.'] : []),
  ]
}

function countBy(names: readonly string[]): readonly (readonly [string, number])[] {
  return [...new Set(names)].map((name) => [name, names.filter((one) => one === name).length] as const)
}

function list(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, count]) => `${name} ${count}`).join(', ')
}

function plural(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`
}
