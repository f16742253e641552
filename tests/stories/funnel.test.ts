// What a coordinator can learn of where people get stuck, without learning what they wrote.
import { expect } from 'vitest'
import { sumFunnel } from '../../src/conversation/funnel.ts'
import { silentSteps, stepsSince } from '../../src/telegram/funnel-store.ts'
import { registersUntil } from './support/registering.ts'
import { days, hours, story } from './support/story.ts'

story('each step counts what happened there, and how long an answer took from when the question came', async ({ clinic, person }) => {
  const sari = person('Sari')
  await registersUntil(sari, 'name')
  await clinic.passes(hours(1))
  await sari.says('ya')
  await clinic.passes(hours(1))
  await sari.says('Sari')
  await clinic.passes(days(8))
  const [records, waiting] = await clinic.reads(async (tx) => [await stepsSince(tx, 'registration', 0), await silentSteps(tx, 'registration', clinic.now() - days(7))] as const)
  const [name, honorific] = sumFunnel(['name', 'honorific'], records, waiting)
  expect(name).toMatchObject({ counts: { reached: 1, refused: 1, answered: 1 }, medianMs: hours(2), abandoned: 0 })
  expect(honorific).toMatchObject({ counts: { reached: 1, answered: 0 }, abandoned: 1 })
  expect(JSON.stringify(records)).not.toContain('Sari')
})
