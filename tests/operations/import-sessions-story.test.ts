// Tells what people of an earlier pilot meet when they write to the clinic: consent first, then only what is missing.
import { describe, expect } from 'vitest'
import { planImport } from '../../src/operations/import-sessions/plan.ts'
import { takeIn } from '../../src/operations/import-sessions/taking-in.ts'
import type { Phone } from '../stories/support/phone.ts'
import { businessesOf, consentsOf, personOf, unfinishedOf } from '../stories/support/records.ts'
import { CLINIC_SECRET, days, story, type StoryClinic } from '../stories/support/story.ts'
import { createReading } from './import-sessions-pilot.ts'

const reading = createReading()

const SARI = { nama: 'Sari', sapaan: 'Ibu', namaUsaha: 'Warung Bu Sari', sektor: 'warung makan', desa: 'Pujon Kidul', telepon: '0812-3456-7890' }

/** The clinic takes the pilot's session of this person over, while it is open. */
async function takesOver(clinic: StoryClinic, phone: Phone, data: object): Promise<void> {
  const { newcomers } = planImport([{ key: `${phone.id}:${phone.id}`, data }], reading, undefined)
  await takeIn(newcomers, { transaction: clinic.reads, form: reading.form, secret: CLINIC_SECRET, now: clinic.now() })
}

/** What is kept anywhere of her words. */
const traces = (clinic: StoryClinic) =>
  clinic.reads(async (tx) => {
    const rows = [
      await tx.selectFrom('person').selectAll().execute(),
      await tx.selectFrom('conversation').selectAll().execute(),
      await tx.selectFrom('outbox').select('payload').execute(),
      await tx.selectFrom('audit').selectAll().execute(),
      await tx.selectFrom('failed_update').selectAll().execute(),
    ]
    return JSON.stringify(rows)
  })

describe('someone the pilot knew', () => {
  story('agrees first, is asked only what is missing, and sees what she answered then', async ({ clinic, person }) => {
    const sari = person('Sari')
    await takesOver(clinic, sari, SARI)
    await sari.starts()
    expect(sari).toSee('Apakah Bapak/Ibu setuju?')
    expect(sari).not.toSee('Sari')
    await sari.taps('Setuju')
    await sari.taps('Ya')
    expect(sari).toSee('Apa produk atau jasa yang paling laris?')
    await sari.says('pecel')
    await sari.taps('Sisanya nanti saja')
    expect(sari).toSee('Nama panggilan: Sari')
    expect(sari).toSee('Sapaan: Bu Sari')
    expect(sari).toSee('Nama usaha: Warung Bu Sari')
    expect(sari).toSee('Bidang usaha: Kuliner siap saji')
    expect(sari).toSee('Desa/kelurahan: Desa Pujon Kidul, Kec. Pujon, Kab. Malang')
    expect(sari).toSee('Produk paling laris: pecel')
    expect(sari).toSee('Nomor HP: 0812-3456-7890')
    await sari.taps('Simpan')
    expect(sari).toSee('Selamat datang, Bu Sari!')
    expect(await personOf(clinic, sari)).toMatchObject({ given_name: 'Sari', phone: '+6281234567890', member_number: 1, unreachable_at: null })
    expect(await businessesOf(clinic, sari)).toMatchObject([{ name: 'Warung Bu Sari', sector: 'kuliner', product: 'pecel' }])
    expect((await consentsOf(clinic, sari)).map(({ purpose }) => purpose)).toEqual(['clinic'])
  })

  story('declines, and nothing of what she once said is left', async ({ clinic, person }) => {
    const sari = person('Sari')
    await takesOver(clinic, sari, SARI)
    await sari.says('/daftar')
    await sari.taps('Tidak')
    expect(sari).toSee('Tidak apa-apa, tidak ada yang disimpan')
    expect(await unfinishedOf(clinic, sari)).toEqual([])
    expect(await personOf(clinic, sari)).toMatchObject({ given_name: null, phone: null, member_number: null })
    expect(await traces(clinic)).not.toMatch(/Sari|81234567890|Pujon|35\.07\.26/)
    await takesOver(clinic, sari, SARI)
    expect(await unfinishedOf(clinic, sari)).toEqual([])
  })

  story('hears nothing until she writes, and is forgotten when she never does', async ({ clinic, person }) => {
    const sari = person('Sari')
    await takesOver(clinic, sari, SARI)
    for (const wait of [1, 5, 30, 300, 40, 40]) await clinic.passes(days(wait))
    expect(sari.chat()).toEqual([])
    expect(await clinic.reads((tx) => tx.selectFrom('outbox').select('method').where('chat_id', '=', sari.id).execute())).toEqual([])
    expect(await personOf(clinic, sari)).toBeUndefined()
  })

  story('is greeted in the language she chose then', async ({ clinic, person }) => {
    const sari = person('Sari')
    await takesOver(clinic, sari, { name: 'Sari', language: 'en' })
    await sari.starts()
    expect(sari).toSee('Do you agree?')
  })
})
