// Numbers and pictures nobody should send: taken out of the chat, stored nowhere, and the conversation goes on.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import type { Phone } from './support/phone.ts'
import { registersUntil } from './support/registering.ts'
import { story, type StoryClinic } from './support/story.ts'

const NIK = '3507124508900001'

async function bytesOf(clinic: StoryClinic): Promise<string> {
  const path = await clinic.reads(async (tx) => (await sql<{ file: string }>`pragma database_list`.execute(tx)).rows[0]?.file ?? '')
  return readdirSync(dirname(path), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(dirname(path), name), 'latin1'))
    .join('')
}

const sendsPhoto = async (clinic: StoryClinic, phone: Phone, caption: string) => {
  clinic.simulator.world.sendPhoto(phone.id, phone.id, { bytes: Buffer.from('jpeg'), width: 1, height: 1, caption })
  await clinic.settled()
}

describe('a message with a private number', () => {
  for (const [said, warning] of [
    [`NIK saya ${NIK}`, 'nomor seperti NIK'],
    ['4111 1111 1111 1111', 'nomor seperti kartu bank'],
    ['kode OTP saya 482913', 'kode seperti OTP atau PIN'],
  ] as const) {
    story(`such as "${said}" is taken out, stored nowhere, and the question comes again`, async ({ clinic, person }) => {
      const sari = person('Sari')
      await registersUntil(sari, 'business-name')
      await sari.says(said)
      expect(sari).toSee(warning)
      expect(sari).toSee('Apa nama usaha Bu Sari?')
      expect(sari.chat().map(({ text }) => text)).not.toContain(said)
      expect(await bytesOf(clinic)).not.toContain(said)
      await sari.says('Warung Bu Sari')
      expect(sari).toSee('bidang apa')
    })
  }

  story('is caught before commands, replies and help, outside forms, and in English', async ({ clinic, person }) => {
    const joko = person('Joko')
    await joko.starts()
    await joko.taps('English')
    await joko.says(`/bantuan ${NIK}`)
    expect(joko).toSee('an identity number (NIK)')
    expect(joko).not.toSee('tell us')
    await joko.says('/bantuan')
    await joko.says(`My number is ${NIK}, is that needed?`)
    expect(joko).toSee('an identity number (NIK)')
    for (const table of ['case_message', 'draft_part'] as const) expect(await clinic.reads((tx) => tx.selectFrom(table).select('id').execute()), table).toEqual([])
    expect(await bytesOf(clinic)).not.toContain(NIK)
  })

  story('is caught when a message is edited into one', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.says('Warung Bu Sari')
    await sari.edits('Warung Bu Sari', `Warung ${NIK}`)
    expect(sari).toSee('nomor seperti NIK')
    expect(sari.chat().map(({ text }) => text)).not.toContain(`Warung ${NIK}`)
    expect(await bytesOf(clinic)).not.toContain(NIK)
  })

  story('is not kept even when handling it breaks', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await clinic.reads((tx) => sql`create trigger broken before insert on outbox begin select raise(abort, 'broken'); end`.execute(tx))
    await sari.says(`NIK ${NIK}`)
    await clinic.reads((tx) => sql`drop trigger broken`.execute(tx))
    expect(await clinic.reads((tx) => tx.selectFrom('failed_update').select(['outcome', 'payload']).execute())).toEqual([{ outcome: 'failed', payload: null }])
    expect(await bytesOf(clinic)).not.toContain(NIK)
  })

  story('by webhook leaves no trace either', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.says(`NIK ${NIK}`)
    expect(sari).toSee('nomor seperti NIK')
    expect(await clinic.reads((tx) => tx.selectFrom('inbox').selectAll().execute())).toEqual([])
  }, { updates: 'webhook' })
})

describe('a photo', () => {
  story('called an identity card is taken out; any other is only redirected', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sendsPhoto(clinic, sari, 'ini foto ktp saya')
    expect(sari).toSee('foto kartu identitas')
    expect(sari).toSee('Apa nama usaha Bu Sari?')
    const photos = () => sari.chat().filter(({ kind, from }) => kind === 'photo' && from !== 'bot')
    expect(photos()).toEqual([])
    await sendsPhoto(clinic, sari, 'warung saya')
    expect(photos()).toHaveLength(1)
  })
})

describe('ordinary numbers', () => {
  story('pass: a phone number where one is asked, an amount where sales are asked', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'sales')
    await sari.says('Rp 7.500.000')
    expect(sari).toSee('Jualan lewat mana saja?')
    const joko = person('Joko')
    await registersUntil(joko, 'phone')
    await joko.says('+62 812-3456-7890')
    expect(joko).toSee('tampil di daftar usaha')
  })
})
