// Tells that a request is seen by volunteers only when its owner sent it to them, whatever a button says.
import { describe, expect } from 'vitest'
import { giveConsent } from '../../src/people/consent.ts'
import { personIdOf, volunteer } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, hours, story } from './support/story.ts'

const SECRET = 'Suami saya tidak boleh tahu soal utang ini'

const tells = async (sari: Phone) => {
  await sari.says('/bantuan')
  await sari.says(SECRET)
  await sari.taps('Sudah, kirim')
  if (sari.buttons().some((label) => label.includes('Tetap butuh bantuan'))) await sari.taps('Tetap butuh bantuan')
}

const tries = async (phone: Phone) => {
  for (const data of ['case-look:1', 'case-next', 'case-claim:1']) {
    await phone.forges(data)
    expect(phone.news()).not.toContain('Suami saya')
  }
}

describe('a request that is not for volunteers', () => {
  story('is not seen before she has sent it', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const rini = scene.person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    const sari = scene.person('Sari')
    await tells(sari)
    await tries(budi)
    await tries(rini)
    await sari.taps('Setuju, kirim')
    await budi.taps('Saya bantu')
    expect(budi).toSee('Suami saya')
  })

  story('stays with coordinators when she said so, though she let volunteers help before', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const rini = scene.person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    const sari = scene.person('Sari')
    await sari.starts()
    const id = await personIdOf(scene.clinic, sari)
    await scene.clinic.reads((tx) => giveConsent(tx, { person: id, purpose: 'contact', text: 'ya', messageId: null, now: scene.clinic.now() }))
    await tells(sari)
    await sari.taps('Cukup ke koordinator saja')
    await tries(budi)
    await scene.clinic.passes(hours(30))
    await tries(budi)
    await rini.taps('Lihat')
    await rini.taps('Saya bantu')
    expect(sari).toSee('sekarang dibantu')
    const budiId = await personIdOf(scene.clinic, budi)
    for (const data of [`case-give:1:${budiId}`, `case-join:1:${budiId}`, 'case-choose-colleague:1']) await rini.forges(data)
    expect(rini).toSee('Belum ada rekan lain')
    await rini.forges('case-release:1')
    await tries(budi)
    expect(budi.chat().map(({ text }) => text).join('\n')).not.toContain('Suami saya')
  })
})
