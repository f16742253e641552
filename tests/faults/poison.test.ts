// An update that ends the process whenever it is applied is set aside, and holds up nobody else.
import { describe, expect, it } from 'vitest'
import { openClinic } from './support/clinic.ts'
import { told, WISHES } from './support/wishes.ts'

/** Twice in company and once alone. */
const DEATHS_UNTIL_SET_ASIDE = 3

describe.concurrent('an update that kills the clinic is set aside', { timeout: 300_000 }, () => {
  it('and those before and behind it are answered', async ({ onTestFinished }) => {
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
    for (const { id } of [ani, citra]) {
      expect(told(clinic, id)).toEqual([expect.stringContaining('Klinik Ekonomi Digital'), expect.stringContaining('tiga menit')])
    }
    const failures = clinic.rows('select outcome, update_id, reference, payload from failed_update')
    expect(failures).toEqual([expect.objectContaining({ outcome: 'quarantined', update_id: poison })])
    const [{ reference, payload } = {}] = failures
    expect(JSON.parse(String(payload))).toMatchObject({ message: { text: '/start', from: { id: budi.id } } })
    expect(told(clinic, budi.id)).toEqual([expect.stringContaining(String(reference))])

    // His next message is an update of its own.
    await budi.says('halo')
    expect(budi.news()).toContain('menu')
    expect(clinic.deaths()).toBe(DEATHS_UNTIL_SET_ASIDE)
  })

  it('in the middle of all that many others sent, and more that comes meanwhile: each of them has every answer, in order', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    const { world } = clinic.simulator
    await clinic.start()
    const people = Array.from({ length: 15 }, (_, at) => clinic.person(`Orang ${at}`))
    const budi = clinic.person('Budi')
    for (const phone of [...people, budi]) await phone.starts()
    const before = new Map([...people, budi].map(({ id }) => [id, told(clinic, id).length]))
    await clinic.stop()

    const send = ([command]: (typeof WISHES)[number]) => people.forEach(({ id }) => world.sendText(id, id, command))
    const [first, second, ...rest] = WISHES
    for (const wish of [first, second]) send(wish)
    world.sendText(budi.id, budi.id, '/tips')
    clinic.diesOf(Math.max(...world.updates().map((update) => update.update_id)))
    await clinic.start()
    for (const wish of rest) send(wish)
    await clinic.settled()

    expect(clinic.deaths()).toBe(DEATHS_UNTIL_SET_ASIDE)
    const references = clinic.rows('select reference from failed_update').map((row) => String(row['reference']))
    expect(references).toHaveLength(1)
    expect(told(clinic, budi.id).slice(before.get(budi.id))).toEqual([expect.stringContaining(references[0]!)])
    for (const { id } of people) {
      const news = told(clinic, id).slice(before.get(id))
      // Those before it were committed when it was tried alone: that death may have repeated the one on its way.
      const once = news.filter((text, at) => text !== news[at - 1])
      expect(once, `person ${id}`).toEqual(WISHES.map(([, begin]) => expect.stringContaining(begin)))
      expect(news.length - once.length).toBeLessThanOrEqual(1)
    }
  })
})
