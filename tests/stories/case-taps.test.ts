// Tells of buttons from before, of second taps, and of what was held while a case moved on: nothing is told twice and nothing is lost.
import { describe, expect } from 'vitest'
import { nameExpert } from '../../src/people/volunteer-store.ts'
import { asksForHelp, personIdOf, volunteer } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, hours, type Scene, story } from './support/story.ts'

const PROBLEM = 'Mesin jahit saya rusak'
const CONTACT = { contact: { name: 'Bu Tini', phone: '6281399998888' } }
const screen = (phone: Phone) => phone.chat().filter(({ deleted }) => !deleted).map(({ text, caption }) => text ?? caption ?? '').join('\n')
const times = (phone: Phone, text: string) => screen(phone).split(text).length - 1
const stateOf = (scene: Scene) => scene.clinic.reads(async (tx) => (await tx.selectFrom('help_case').select('state').executeTakeFirstOrThrow()).state)

async function talking(scene: Scene) {
  const budi = await volunteer(scene, 'Budi')
  const sari = scene.person('Sari')
  await asksForHelp(sari, PROBLEM)
  await budi.taps('Saya bantu')
  return { budi, sari }
}
async function expert(scene: Scene): Promise<Phone> {
  const ahli = await volunteer(scene, 'Ahli')
  const person = await personIdOf(scene.clinic, ahli)
  await scene.clinic.reads((tx) => nameExpert(tx, { person, area: 'info', expert: true, by: person, now: scene.clinic.now() }))
  return ahli
}

describe('a second tap', () => {
  story('brings an expert in once, and what was said to them once', async (scene) => {
    const { budi, sari } = await talking(scene)
    const ahli = await expert(scene)
    await budi.taps('Pilihan lain')
    await budi.taps('Ajak ahli')
    await budi.taps('Ahli')
    await budi.tapsAgain('Ahli')
    expect(budi.toast()).toContain('sudah')
    expect(times(sari, 'ikut membantu permintaan')).toBe(1)
    expect(times(ahli, PROBLEM)).toBe(1)
    await budi.tapsAgain('Oper ke rekan')
    await budi.forges(`case-give:1:${await personIdOf(scene.clinic, ahli)}`)
    expect(times(ahli, PROBLEM)).toBe(1)
  })
})

describe('a button from before', () => {
  story('that says the first answer helped ends the case for whoever took it meanwhile, too', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await budi.taps('Saya bantu')
    await budi.says('Ganti jarumnya')
    await sari.forges('help-helped:1')
    expect(await stateOf(scene)).toBe('closed')
    expect(budi).toSee(/Kasus 1 selesai/)
    expect(sari).toSee('Seberapa terbantu')
  })

  story('that says the first answer helped takes the offers back', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await sari.forges('help-helped:1')
    expect(sari).toSee('Senang mendengarnya')
    expect(screen(budi)).not.toContain(PROBLEM)
  })

  story('that says she still needs it changes nothing of a report, and says no to an end', async (scene) => {
    const { budi, sari } = await talking(scene)
    await budi.says('Ganti jarumnya')
    await budi.forges('case-solved:1')
    await budi.taps('Masalahnya beres')
    await sari.forges('case-still:1')
    expect(await stateOf(scene)).toBe('claimed')
    expect(budi).toSee('masih butuh bantuan')
    await sari.forges('case-report-for:1:odd')
    const before = await scene.clinic.reads((tx) => tx.selectFrom('help_case').selectAll().executeTakeFirstOrThrow())
    await scene.clinic.passes(hours(1))
    await sari.forges('case-still:1')
    expect(sari.toast()).toContain('diperiksa koordinator')
    expect(await scene.clinic.reads((tx) => tx.selectFrom('help_case').selectAll().executeTakeFirstOrThrow())).toEqual(before)
  })
})

describe('what is held', () => {
  story('says how many messages it is and that a number will be seen, also when only one of them is a contact', async (scene) => {
    const { budi, sari } = await talking(scene)
    const dewi = scene.person('Dewi')
    await asksForHelp(dewi, 'Jahitan saya kurang rapi')
    await budi.forges('case-claim:2')
    await budi.repliesWith('Jahitan saya', CONTACT)
    await scene.clinic.passes(hours(2))
    await budi.says('Ini nomornya')
    expect(budi).toSee(/2 pesan[\s\S]*[Nn]omor di kontak/)
    await budi.taps(budi.buttons().find((label) => label.includes('(2)'))!)
    expect(dewi.received('contact')).toHaveLength(1)
    expect(screen(dewi)).toContain('Ini nomornya')
    expect(screen(sari)).not.toContain('Ini nomornya')
  })

  story('and meant for a case that moved on stays for the other one', async (scene) => {
    const { budi } = await talking(scene)
    const dewi = scene.person('Dewi')
    await asksForHelp(dewi, 'Jahitan saya kurang rapi')
    await budi.forges('case-claim:2')
    await scene.clinic.passes(hours(2))
    await budi.says('Coba ganti jarumnya')
    const rini = scene.person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    await rini.forges(`case-give:1:${await personIdOf(scene.clinic, rini)}`)
    await budi.taps(budi.buttons().find((label) => label.includes('(1)'))!)
    expect(budi).toSee('tidak sedang dengan')
    await budi.taps(budi.buttons().find((label) => label.includes('(2)'))!)
    expect(screen(dewi)).toContain('Coba ganti jarumnya')
  })

  story('in a request is a contact whose number is told of before it is sent', async (scene) => {
    await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await sari.says('/bantuan')
    await sari.says(PROBLEM)
    await sari.sends(CONTACT)
    await sari.taps('Sudah, kirim')
    if (sari.buttons().some((label) => label.includes('Tetap butuh bantuan'))) await sari.taps('Tetap butuh bantuan')
    expect(sari).toSee(/[Nn]omor di kontak/)
  })
})

describe('taken back', () => {
  story('an album goes whole', async (scene) => {
    const { budi, sari } = await talking(scene)
    await sari.sendsAlbum([{ photo: 'depan' }, { photo: 'belakang' }, { photo: 'samping' }])
    await scene.clinic.passes(3000)
    expect(screen(budi)).toMatch(/depan[\s\S]*belakang[\s\S]*samping/)
    await sari.taps('Tarik pesan')
    expect(screen(budi)).not.toMatch(/depan|belakang|samping/)
    expect(await scene.clinic.reads((tx) => tx.selectFrom('case_message').select('body').where('withdrawn_at', 'is not', null).execute())).toHaveLength(3)
  })
})

describe('an expert', () => {
  story('hears that a case was given back', async (scene) => {
    const { budi } = await talking(scene)
    const ahli = await expert(scene)
    await budi.taps('Pilihan lain')
    await budi.taps('Ajak ahli')
    await budi.taps('Ahli')
    await budi.forges('case-release:1')
    expect(ahli).toSee('Kasus 1')
  })
})
