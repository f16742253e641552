// A simulator of one's own for each test, a clock that stands still until moved, and a bare client of its Bot API.

import { startSimulator } from '../../src/simulator/server.ts'
import type { Person, Simulator, SimulatorOptions } from '../../src/simulator/world.ts'

export const TOKEN = '700000001:simulator'
export const HOUR = 3_600_000

export interface ApiAnswer {
  readonly ok: boolean
  readonly result?: unknown
  readonly error_code?: number
  readonly description?: string
  readonly parameters?: Readonly<Record<string, number>>
}

export interface Stage {
  readonly simulator: Simulator
  readonly clock: { now: number }
  readonly sari: Person
  /** Calls a Bot API method with a JSON body. */
  readonly call: (method: string, params?: object) => Promise<ApiAnswer>
  /** As `call`, for methods that must succeed; answers the result. */
  readonly result: <T = { readonly message_id: number }>(method: string, params?: object) => Promise<T>
  /** As `call`, answers the description of the refusal. */
  readonly refusal: (method: string, params?: object) => Promise<string | undefined>
}

/** Starts a simulator with one person, Sari, who pressed start; her update is confirmed already. */
export async function openStage(options: Partial<SimulatorOptions> = {}): Promise<Stage> {
  const clock = { now: Date.UTC(2026, 10, 2, 3) }
  const simulator = await startSimulator({
    now: () => clock.now, token: TOKEN, bot: { firstName: 'Klinik', username: 'klinik_bot' }, ...options,
  })
  const { world } = simulator
  const sari = world.people()[0] ?? world.addPerson({ firstName: 'Sari', languageCode: 'id' })
  const call: Stage['call'] = async (method, params = {}) => {
    const response = await fetch(`${simulator.origin}/bot${TOKEN}/${method}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(params),
    })
    return await response.json() as ApiAnswer
  }
  const result = async <T>(method: string, params?: object): Promise<T> => {
    const answer = await call(method, params)
    if (!answer.ok) throw new Error(`${method} was refused: ${answer.description}`)
    return answer.result as T
  }
  if (!sari.started) {
    world.start(sari.id)
    await result('getUpdates', { offset: world.updates().at(-1)!.update_id + 1 })
  }
  return { simulator, clock, sari, call, result, refusal: async (method, params) => (await call(method, params)).description }
}
