// Tells how the clinic notices that it can't reach someone, and that it can again.
import { describe, expect } from 'vitest'
import { personOf } from './support/records.ts'
import { registersUntil } from './support/registering.ts'
import { days, hours, MONDAY_MORNING, story } from './support/story.ts'

describe('who blocks the bot', () => {
  story('is marked unreachable, and reachable again when she unblocks it', async ({ clinic, person }) => {
    const { world } = clinic.simulator
    const sari = person('Sari')
    await sari.starts()
    await clinic.passes(hours(1))
    world.blockBot(sari.id)
    await clinic.settled()
    expect(await personOf(clinic, sari)).toMatchObject({ unreachable_at: MONDAY_MORNING + hours(1) })
    world.unblockBot(sari.id)
    await clinic.settled()
    expect(await personOf(clinic, sari)).toMatchObject({ unreachable_at: null })
  })

  story('is reachable again as soon as she writes', async ({ clinic, person }) => {
    const { world } = clinic.simulator
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    world.blockBot(sari.id)
    await clinic.settled()
    await clinic.passes(days(3))
    expect(sari).not.toSee('belum selesai')
    await sari.starts()
    expect(sari).toSee('Kita teruskan?')
    expect(await personOf(clinic, sari)).toMatchObject({ unreachable_at: null })
  })

  story('is noticed also by what Telegram refuses: a deleted account', async ({ clinic, person }) => {
    const { world } = clinic.simulator
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    world.deletePerson(sari.id)
    await clinic.passes(hours(24))
    expect(await personOf(clinic, sari)).toMatchObject({ unreachable_at: MONDAY_MORNING + hours(24) })
    const sends = () => world.calls().filter(({ method }) => method === 'sendMessage').length
    const before = sends()
    await clinic.passes(days(10))
    expect(sends()).toBe(before)
  })

  story('leaving a group marks nobody', async ({ clinic, person }) => {
    const { world } = clinic.simulator
    const sari = person('Sari')
    await sari.starts()
    const { id } = world.addGroup({ title: 'Pasar Pujon', type: 'supergroup', members: [sari.id] })
    world.kickBot(id, sari.id)
    await clinic.settled()
    expect(await personOf(clinic, sari)).toMatchObject({ unreachable_at: null })
  })
})
