// A clinic that is killed in the middle of a registration, at any step, goes on where it was: no answer lost or kept twice, no reply lost.
import { beforeAll, describe, expect, it } from 'vitest'
import { FAULT_POINTS, type FaultPoint } from '../../src/fault-point.ts'
import type { World } from '../../src/simulator/world.ts'
import { expectHerAccount } from './support/account.ts'
import { type Clinic, openClinic } from './support/clinic.ts'
import { waitFor } from './support/process.ts'
import { DEEDS } from './support/registration.ts'

/** What the clinic brought about in her chat, call by call; the ids that Telegram gives are left out. */
function effects(world: World, since: number): string[] {
  return world
    .calls()
    .slice(since)
    .filter(({ method, outcome }) => /^(send|edit)/.test(method) && outcome.type === 'ok')
    .map(({ method, params }) => `${method} ${String(params['text'] ?? params['caption'])} ${JSON.stringify(params['reply_markup'])}`)
}

/** Registers her; before each of her deeds (numbered from 0) something may happen to the clinic. Returns the effects of each deed. */
async function register(clinic: Clinic, before: (deed: number) => Promise<void> | void): Promise<string[][]> {
  const { world } = clinic.simulator
  await clinic.start()
  const tinah = clinic.person('Tinah')
  const perDeed: string[][] = []
  for (const [number, { does, sees }] of DEEDS.entries()) {
    const since = world.calls().length
    await before(number)
    await does(tinah)
    expect(tinah.news()).toContain(sees)
    perDeed.push(effects(world, since))
  }
  return perDeed
}

/** Telegram takes an answer for some seconds only; a clinic that was down that long has tried all the same. */
function unansweredTaps(world: World): string[] {
  const answered = new Set(world.calls().filter(({ method }) => method === 'answerCallbackQuery').map(({ params }) => params['callback_query_id']))
  return world.taps().map((tap) => tap.id).filter((id) => !answered.has(id))
}

/** Takes out calls that only repeat the one before. */
function withoutRepeats(calls: readonly string[]): string[] {
  return calls.filter((call, at) => call !== calls[at - 1])
}

/** One death after another while one answer is applied and replied to. A third one before the commit would have it set aside. */
const CHAIN: readonly FaultPoint[] = [
  'update.handled', 'update.applied', 'update.committed', 'delivery.claiming', 'delivery.claimed', 'delivery.sending', 'delivery.answered', 'delivery.settled',
]
const SAVE = DEEDS.length - 1

interface Walk {
  readonly when: string
  readonly arrange: (clinic: Clinic, deed: number) => Promise<void> | void
}

// A start takes most of a second, so each walk spares every other deed: together they spare none.
const WALKS: readonly Walk[] = [
  { when: 'between answers', arrange: (clinic, deed) => (deed % 2 === 1 ? clinic.kill() : undefined) },
  {
    when: 'at another step of each answer, and at every step of the last',
    arrange: (clinic, deed) => {
      if (deed === SAVE) clinic.diesAt(...CHAIN)
      else if (deed % 2 === 0) clinic.diesAt(FAULT_POINTS[(deed / 2) % FAULT_POINTS.length]!)
    },
  },
]

/** What a clinic that nobody kills answers to each deed. */
async function registerUndisturbed(): Promise<string[][]> {
  const clinic = await openClinic()
  try {
    const perDeed = await register(clinic, () => {})
    expectHerAccount(clinic)
    return perDeed
  } finally {
    await clinic.close()
  }
}

describe.concurrent('a registration with a clinic that is killed', () => {
  let undisturbed: Promise<string[][]>
  beforeAll(() => {
    undisturbed = registerUndisturbed()
    // Whoever awaits it is told; nobody may have begun to.
    undisturbed.catch(() => {})
  })

  it.for(WALKS)('$when', { timeout: 120_000 }, async ({ arrange }, { onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    const deathsBefore: number[] = []
    const seen = await register(clinic, (deed) => {
      deathsBefore.push(clinic.deaths())
      return arrange(clinic, deed)
    })
    for (const [deed, expected] of (await undisturbed).entries()) {
      const calls = seen[deed]!
      expect(withoutRepeats(calls), `deed ${deed}`).toEqual(expected)
      const deaths = (deathsBefore[deed + 1] ?? clinic.deaths()) - deathsBefore[deed]!
      expect(calls.length - expected.length, `repeats of deed ${deed}`).toBeLessThanOrEqual(deaths)
    }
    expectHerAccount(clinic)
    await waitFor(() => unansweredTaps(clinic.simulator.world).length === 0, () => 'every tap to be answered')
  })
})
