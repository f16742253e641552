// Holds whose role may be ended.
import { expect, it } from 'vitest'
import { judgeEnd } from '../../../src/features/team/ending.ts'

const invited = (id: number) => ({ id, byConfiguration: false })
const configured = (id: number) => ({ id, byConfiguration: true })

it.each([
  ['one of two coordinators', 'coordinator', [invited(1), invited(2)], 'allowed'],
  ['the only coordinator', 'coordinator', [invited(1)], 'last-coordinator'],
  ['the only volunteer', 'volunteer', [invited(1)], 'allowed'],
  ['someone who holds the role no longer', 'coordinator', [invited(2), invited(3)], 'not-held'],
  ['a coordinator of the configuration', 'coordinator', [configured(1), invited(2)], 'set-by-configuration'],
] as const)('%s', (_, role, holders, verdict) => expect(judgeEnd({ person: 1, role }, holders)).toBe(verdict))
