// Which case a plain message goes to, and when that is asked first.
import { describe, expect, it } from 'vitest'
import { CONFIRMED_FOR_MS, destinationOf, type OpenCase } from '../../../src/features/relay/addressing.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const own: OpenCase = { id: 1, number: 11, as: 'owner' }
const other: OpenCase = { id: 2, number: 12, as: 'owner' }
const helped: OpenCase = { id: 3, number: 13, as: 'helper' }
const talking = (caseId: number, agoMs = 0) => ({ caseId, confirmedAt: NOW - agoMs })

describe('a plain message', () => {
  it.each<[string, readonly OpenCase[], ReturnType<typeof talking> | undefined, Parameters<typeof destinationOf>[2], ReturnType<typeof destinationOf>]>([
    ['of someone without a case is for nobody', [], undefined, undefined, { to: 'nobody' }],
    ['of someone whose case is over is for nobody', [], talking(9), undefined, { to: 'nobody' }],
    ['of an owner with one case is for that', [own], undefined, undefined, { to: 'case', case: 1 }],
    ['of an owner with one case is for that, days later too', [own], talking(1, 9 * 86_400_000), undefined, { to: 'case', case: 1 }],
    ['of an owner with two is asked about', [own, other], undefined, undefined, { to: 'ask', cases: [own, other] }],
    ['goes on in the talk she is in', [own, other], talking(2), undefined, { to: 'case', case: 2 }],
    ['of a helper with one case is named before it is sent', [helped], undefined, undefined, { to: 'ask', cases: [helped] }],
    ['of a helper in a talk goes on', [helped], talking(3, CONFIRMED_FOR_MS - 1), undefined, { to: 'case', case: 3 }],
    ['of a helper an hour later is named again', [helped], talking(3, CONFIRMED_FOR_MS), undefined, { to: 'ask', cases: [helped] }],
    ['after a while names the last case first', [helped, own], talking(1, CONFIRMED_FOR_MS), undefined, { to: 'ask', cases: [own, helped] }],
    ['never goes to a case that is over', [helped], talking(9), undefined, { to: 'ask', cases: [helped] }],
    ['that steers the clinic goes to nobody', [own], talking(1), 'menu', { to: 'nobody' }],
    ['that asks for data goes to nobody', [own], talking(1), 'data-erase', { to: 'nobody' }],
    ['that asks for help in a talk asks whoever she talks with', [own], talking(1), 'help', { to: 'case', case: 1 }],
    ['that asks for help outside of one does not', [own], undefined, 'help', { to: 'nobody' }],
    ['that says thanks goes on in a talk', [own], talking(1), 'thanks', { to: 'case', case: 1 }],
  ])('%s', (_, cases, active, intent, expected) => expect(destinationOf(cases, active, intent, NOW)).toEqual(expected))
})
