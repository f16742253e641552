// Impatient and second-thinking people: several messages at once, and messages edited after they were sent.
import { describe, expect } from 'vitest'
import { registersUntil } from './support/registering.ts'
import { COORDINATOR_ID, story } from './support/story.ts'

describe('several messages at once', () => {
  story('the second one is not taken for the next answer: she says what it is for', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.saysAtOnce('Warung Bu Sari', 'warung makan')
    expect(sari).toSee('Tadi ada pesan: warung makan')
    expect(sari).toSee('Usahanya di bidang apa?')
    // One question goes out for both messages.
    expect(sari.news().match(/Usahanya di bidang apa/g)).toHaveLength(1)
    await sari.taps('Pakai untuk ini')
    expect(sari).toSee('✅ Kuliner siap saji')
    expect(sari).toSee('desa atau kelurahan')
  })

  story('it is left aside with [Bukan], and the question comes again', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.saysAtOnce('Warung Bu Sari', 'eh', 'maaf salah kirim')
    await sari.taps('Bukan')
    expect(sari).toSee('Usahanya di bidang apa?')
    await sari.taps('Kuliner siap saji')
    expect(sari).toSee('desa atau kelurahan')
  })

  story('a tap on the buttons of a question that was replaced changes nothing', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.saysAtOnce('Warung Bu Sari', 'warung makan')
    await sari.taps('Pakai untuk ini')
    await sari.tapsAgain('Pakai untuk ini')
    expect(sari.isSpinning()).toBe(false)
    expect(sari.toast()).toContain('sudah lewat')
  })
})

describe('a request for help told in several messages', () => {
  story('keeps all of them together, in one request', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    const sari = person('Sari')
    await sari.says('/bantuan')
    await sari.saysAtOnce('mesin jahit rusak', 'sejak senin', 'harus gimana ya bu')
    expect(sari).toSee('3 pesan sudah kami simpan')
    await sari.taps('Sudah, kirim')
    await sari.taps('Setuju, kirim ke relawan')
    const told = await clinic.reads((tx) => tx.selectFrom('case_message').select(['case_id', 'body']).orderBy('id').execute())
    expect(told.map(({ body }) => body)).toEqual(['mesin jahit rusak', 'sejak senin', 'harus gimana ya bu'])
    expect(new Set(told.map(({ case_id }) => case_id)).size).toBe(1)
    expect(sari).not.toSee('belum paham')
    expect(rini.chat().some(({ text }) => text?.includes('sejak senin'))).toBe(true)
  })
})

describe('an edited message', () => {
  story('corrects its answer while the form is open', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.says('Warung Bu Srai')
    await sari.edits('Warung Bu Srai', 'Warung Bu Sari')
    expect(sari).toSee('Nama usaha sudah diubah jadi Warung Bu Sari')
    expect(sari).toSee('Usahanya di bidang apa?')
  })

  story('keeps the answer when the new words do not fit', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.says('Warung Bu Sari')
    await sari.edits('Warung Bu Sari', 'W')
    expect(sari).toSee('jawaban sebelumnya tetap dipakai')
  })

  story('of a form that is over leads to where data is changed', async ({ person }) => {
    const sari = person('Sari')
    await sari.says('halo')
    await sari.edits('halo', 'hai')
    expect(sari).toSee('/profil')
  })
})
