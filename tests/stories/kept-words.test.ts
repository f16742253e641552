// Tells that what is said to someone who blocked the clinic reaches them when they are back, unless it was taken back or is no longer theirs.
import { describe, expect } from 'vitest'
import { asksForHelp, volunteer } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { hours, type Scene, story } from './support/story.ts'

const screen = (phone: Phone) => phone.chat().filter(({ deleted }) => !deleted).map(({ text, caption }) => text ?? caption ?? '').join('\n')
const times = (phone: Phone, text: string) => screen(phone).split(text).length - 1

async function talking(scene: Scene) {
  const budi = await volunteer(scene, 'Budi')
  const sari = scene.person('Sari')
  await asksForHelp(sari, 'Mesin jahit saya rusak')
  await budi.taps('Saya bantu')
  return { budi, sari }
}
const blocks = async ({ clinic }: Scene, phone: Phone) => {
  clinic.simulator.world.blockBot(phone.id)
  await clinic.settled()
}
const returns = async ({ clinic }: Scene, phone: Phone) => {
  clinic.simulator.world.unblockBot(phone.id)
  await clinic.settled()
}

describe('what was said to someone who could not be reached', () => {
  story('reaches her when she is back, changed as it was changed, without what was taken back, and once', async (scene) => {
    const { budi, sari } = await talking(scene)
    await blocks(scene, sari)
    await budi.says('Ganti jarumnya')
    expect(budi).toSee('Disimpan di percakapan nomor 1')
    await budi.edits('Ganti jarumnya', 'Ganti jarum nomor 14')
    await budi.says('Ini salah kirim')
    await budi.taps('Tarik pesan')
    await budi.sends({ photo: 'begini jarumnya' })
    await returns(scene, sari)
    await scene.clinic.passes(hours(0.1))
    expect(screen(sari)).toMatch(/Ganti jarum nomor 14[\s\S]*begini jarumnya/)
    expect(screen(sari)).not.toContain('Ini salah kirim')
    await scene.clinic.passes(hours(0.1))
    await sari.says('Saya coba')
    expect(budi).toSee('Saya coba')
    expect(times(sari, 'Ganti jarum nomor 14')).toBe(1)
    await sari.repliesTo('begini jarumnya', 'Sudah sama')
    expect(budi).toSee('Sudah sama')
  })

  story('comes before what is said next', async (scene) => {
    const { budi, sari } = await talking(scene)
    await blocks(scene, budi)
    await sari.says('Jarumnya bengkok')
    expect(sari).toSee('Disimpan di percakapan nomor 1')
    await returns(scene, budi)
    await sari.says('Apa perlu diganti?')
    expect(screen(budi)).toMatch(/Jarumnya bengkok[\s\S]*Apa perlu diganti/)
    await scene.clinic.passes(hours(0.1))
    expect(times(budi, 'Jarumnya bengkok')).toBe(1)
  })

  story('does not reach a helper whose case it is no longer, nor anyone while a report is looked into', async (scene) => {
    const { budi, sari } = await talking(scene)
    await blocks(scene, budi)
    await sari.says('Jarumnya bengkok')
    await sari.forges('case-report-for:1:odd')
    await returns(scene, budi)
    await scene.clinic.passes(hours(0.1))
    expect(screen(budi)).not.toContain('Jarumnya bengkok')
  })

  story('waits over a restart', async (scene) => {
    const { budi, sari } = await talking(scene)
    await blocks(scene, sari)
    await budi.says('Ganti jarumnya')
    await scene.clinic.stops()
    scene.clinic.simulator.world.unblockBot(sari.id)
    await scene.clinic.startsAgain({ after: hours(1) })
    await scene.clinic.passes(hours(0.1))
    expect(times(sari, 'Ganti jarumnya')).toBe(1)
  })
})
