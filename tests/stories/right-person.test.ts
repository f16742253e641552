// Tells that a plain message never reaches someone its author was not talking with: whoever was heard last, or was given to them meanwhile,
// is asked about first.
import { describe, expect } from 'vitest'
import { asksForHelp, personIdOf, volunteer } from './support/helper.ts'
import { becomesMember } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, type Scene, story } from './support/story.ts'

const screen = (phone: Phone) => phone.chat().filter(({ deleted }) => !deleted).map(({ text, caption }) => text ?? caption ?? '').join('\n')

/** Budi talks with Sari, and Dewi asked too. */
async function two(scene: Scene) {
  const budi = await volunteer(scene, 'Budi')
  const [sari, dewi] = [scene.person('Sari'), scene.person('Dewi')]
  for (const phone of [sari, dewi]) await becomesMember(scene.clinic, phone)
  await asksForHelp(sari, 'Mesin jahit saya rusak')
  await budi.taps('Saya bantu')
  await asksForHelp(dewi, 'Jahitan saya kurang rapi')
  return { budi, sari, dewi }
}

describe('a plain message of a helper with two cases', () => {
  story('is asked about when the other owner has just written', async (scene) => {
    const { budi, dewi, sari } = await two(scene)
    await budi.taps('Saya bantu')
    await budi.repliesTo('Mesin jahit', 'Selamat pagi')
    await dewi.says('Benangnya kusut terus')
    await budi.says('Coba ganti jarumnya')
    expect(budi).toSee('Pesan ini untuk siapa?')
    for (const phone of [sari, dewi]) expect(screen(phone)).not.toContain('Coba ganti jarumnya')
    await budi.taps(budi.buttons().find((label) => label.includes('(2)'))!)
    expect(screen(dewi)).toContain('Coba ganti jarumnya')
    await budi.says('Lalu dicoba lagi')
    expect(screen(dewi)).toContain('Lalu dicoba lagi')
    expect(screen(sari)).not.toContain('Lalu dicoba lagi')
  })

  story('is asked about when a case was given to them in the middle of a talk', async (scene) => {
    const { budi, dewi, sari } = await two(scene)
    const rini = scene.person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    await budi.repliesTo('Mesin jahit', 'Selamat pagi')
    await rini.forges(`case-give:2:${await personIdOf(scene.clinic, budi)}`)
    await budi.says('Coba ganti jarumnya')
    expect(budi).toSee('Pesan ini untuk siapa?')
    for (const phone of [sari, dewi]) expect(screen(phone)).not.toContain('Coba ganti jarumnya')
    await budi.taps(budi.buttons().find((label) => label.includes('(1)'))!)
    expect(screen(sari)).toContain('Coba ganti jarumnya')
  })

  story('goes on without a question while only the one they talk with writes', async (scene) => {
    const { budi, dewi, sari } = await two(scene)
    await budi.taps('Saya bantu')
    await budi.says('Selamat pagi')
    await dewi.says('Pagi juga')
    await budi.says('Apa kabar')
    expect(screen(dewi)).toContain('Apa kabar')
    expect(screen(sari)).not.toContain('Apa kabar')
  })
})

describe('a plain message of an owner with two cases', () => {
  story('is asked about when the other helper has just written', async (scene) => {
    const budi = await volunteer(scene, 'Budi', { weeklyLoad: 2 })
    const sari = scene.person('Sari')
    await becomesMember(scene.clinic, sari)
    await asksForHelp(sari, 'Mesin jahit saya rusak')
    await budi.taps('Saya bantu')
    await sari.says('/bantuan')
    await sari.taps('Buat permintaan baru')
    await sari.says('Jahitan saya kurang rapi')
    await sari.taps('Sudah, kirim')
    if (sari.buttons().some((label) => label.includes('Tetap butuh'))) await sari.taps('Tetap butuh bantuan')
    await sari.taps('Ya, kirim')
    const tuti = await volunteer(scene, 'Tuti')
    await tuti.forges('case-claim:2')
    await sari.repliesTo('sekarang dibantu Budi', 'Jarumnya patah')
    await tuti.says('Selamat pagi')
    await sari.says('Pagi juga')
    expect(sari).toSee('Pesan ini untuk siapa?')
    expect(screen(budi)).not.toContain('Pagi juga')
  })
})
