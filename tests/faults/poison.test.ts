// An update that ends the process whenever it is applied is set aside, and holds up nobody else.
import { expect, it } from 'vitest'
import { openClinic } from './support/clinic.ts'

/** Twice in company and once alone. */
const DEATHS_UNTIL_SET_ASIDE = 3

it('an update that kills the clinic is set aside, and those before and behind it are answered', { timeout: 90_000 }, async ({ onTestFinished }) => {
  const clinic = await openClinic()
  onTestFinished(clinic.close)
  const { world } = clinic.simulator
  const [ani, budi, citra] = [clinic.person('Ani'), clinic.person('Budi'), clinic.person('Citra')]
  for (const { id } of [ani, budi, citra]) world.start(id)
  const poison = world.updates()[1]!.update_id
  clinic.diesOf(poison)

  await clinic.start()
  await clinic.settled()

  expect(clinic.deaths()).toBe(DEATHS_UNTIL_SET_ASIDE)
  const told = ({ id }: typeof ani) => world.messages(id).filter((message) => message.from === 'bot').map((message) => message.text ?? '')
  for (const neighbour of [ani, citra]) {
    expect(told(neighbour)).toEqual([expect.stringContaining('Klinik Ekonomi Digital'), expect.stringContaining('tiga menit')])
  }
  const failures = clinic.rows('select outcome, update_id, reference, payload from failed_update')
  expect(failures).toEqual([expect.objectContaining({ outcome: 'quarantined', update_id: poison })])
  const [{ reference, payload } = {}] = failures
  expect(JSON.parse(String(payload))).toMatchObject({ message: { text: '/start', from: { id: budi.id } } })
  expect(told(budi)).toEqual([expect.stringContaining(String(reference))])

  // His next message is an update of its own.
  await budi.says('halo')
  expect(budi.news()).toContain('menu')
  expect(clinic.deaths()).toBe(DEATHS_UNTIL_SET_ASIDE)
})
