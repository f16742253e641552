// Leaving the clinic: two steps with buttons, then nothing of hers is left and nothing more is sent.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { tombstoneOf } from '../../src/people/erasure.ts'
import { findPersonByTelegramId } from '../../src/people/store.ts'
import type { Phone } from './support/phone.ts'
import { asksForHelp } from './support/helper.ts'
import { registers, registersUntil } from './support/registering.ts'
import { CLINIC_SECRET, COORDINATOR_ID, days, hours, story, type StoryClinic } from './support/story.ts'

async function leaves(phone: Phone): Promise<void> {
  await phone.says('/hapusdata')
  await phone.taps('Lanjut menghapus')
  await phone.taps('Ya, hapus semua')
}

const personOf = (clinic: StoryClinic, phone: Phone) => clinic.reads((tx) => findPersonByTelegramId(tx, phone.id))
const idOf = async (clinic: StoryClinic, phone: Phone) => (await personOf(clinic, phone))?.id ?? 0

const rowsOf = (clinic: StoryClinic, phone: Phone) =>
  clinic.reads((tx) => tx.selectFrom('outbox').select(['method', 'state']).where('chat_id', '=', phone.id).execute())

describe('/hapusdata', () => {
  story('says what goes and what stays, asks twice, and then she is a stranger', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/hapusdata')
    expect(sari).toSee('Dihapus: profil, usaha, hasil cek, rencana dan buktinya, isian, percakapan bantuan, dan pesan yang menunggu.')
    expect(sari).toSee('Tetap ada 5 tahun: bukti izin')
    expect(sari).toSee('cadangan hilang sendiri paling lama 30 hari')
    await sari.taps('Lanjut menghapus')
    expect(sari).toSee('tidak bisa dikembalikan. Sudah yakin?')
    expect(await personOf(clinic, sari)).toBeDefined()
    await sari.taps('Ya, hapus semua')
    expect(sari).toSee('Semua data sudah dihapus')
    expect(sari.news()).not.toContain('Sari')
    expect(sari.menu()).toEqual([])
    expect(sari.isSpinning()).toBe(false)

    expect(await personOf(clinic, sari)).toBeUndefined()
    expect(await rowsOf(clinic, sari)).toEqual([])
    expect(await clinic.reads((tx) => tx.selectFrom('tombstone').select('key_hash').execute())).toEqual([{ key_hash: tombstoneOf(CLINIC_SECRET, sari.id) }])
    expect(await clinic.reads((tx) => tx.selectFrom('consent_proof').select(['purpose', 'key_hash']).execute())).toEqual([{ purpose: 'clinic', key_hash: tombstoneOf(CLINIC_SECRET, sari.id) }])

    await sari.says('/profil')
    expect(sari).toSee('Bapak/Ibu belum terdaftar')
    await registers(sari)
    expect(sari).toSee('KED-000002')
  })

  story('leaves no word of hers in any file of the database', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.says('Warung Melati Putih')
    await sari.taps('Kuliner siap saji')
    await sari.says('Pujon Kidul')
    await sari.taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang')
    await sari.says('lontong balap')
    await sari.taps('Sisanya nanti saja')
    await sari.taps('Simpan')
    await asksForHelp(sari, 'Modal saya habis untuk gerobak')
    await rini.says('/permintaan')
    await rini.taps('Bantu 1')
    await rini.says('Coba catat uang masuk')
    const words = ['Warung Melati Putih', 'lontong balap', 'Modal saya habis', 'Coba catat uang masuk']
    for (const word of words) expect(await bytesOf(clinic), word).toContain(word)
    await leaves(sari)
    await clinic.passes(hours(1))
    for (const word of [...words, 'Bu Sari']) expect(await bytesOf(clinic), word).not.toContain(word)
    await rini.says('/permintaan')
    expect(rini).toSee('Tidak ada permintaan yang menunggu')
    await rini.repliesTo('Modal saya habis', 'Masih di sana?')
    expect(sari.chat().map(({ text }) => text ?? '').join()).not.toContain('Masih di sana')
  }, { engine: 'sqlite' })

  story('typed words erase nothing, and every way out keeps the data', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    for (const typed of ['hapus data', 'keluar klinik', 'ya', 'ya hapus semua', 'setuju', 'ok']) await sari.says(typed)
    expect(await personOf(clinic, sari)).toBeDefined()
    await sari.says('/hapusdata')
    await sari.taps('Tidak jadi')
    expect(sari).toSee('data Bu Sari tetap tersimpan')
    await sari.says('/hapusdata')
    await sari.taps('Lanjut menghapus')
    await sari.taps('Tidak, simpan data saya')
    expect(sari).toSee('data Bu Sari tetap tersimpan')
    await sari.says('/hapusdata')
    await sari.taps('Jeda saja')
    expect(sari).toSee('tidak ada pengingat')
    expect(await personOf(clinic, sari)).toMatchObject({ givenName: 'Sari' })
  })

  story('goes on after a restart between the two steps, but not after a day', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/hapusdata')
    await sari.taps('Lanjut menghapus')
    await clinic.stops()
    await clinic.startsAgain({ after: days(2) })
    await sari.taps('Ya, hapus semua')
    expect(sari.toast()).toContain('sudah tidak berlaku')
    expect(await personOf(clinic, sari)).toBeDefined()
    await sari.says('/hapusdata')
    await sari.taps('Lanjut menghapus')
    await clinic.stops()
    await clinic.startsAgain({ after: hours(1) })
    await sari.taps('Ya, hapus semua')
    expect(sari).toSee('Semua data sudah dihapus')
    expect(await personOf(clinic, sari)).toBeUndefined()
  })

  story('tapped twice tells once, and a button of before never reaches who came back', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await leaves(sari)
    await sari.tapsAgain('Ya, hapus semua')
    expect(sari.toast()).toContain('sudah tidak berlaku')
    expect(sari.isSpinning()).toBe(false)
    expect(sari.chat().filter(({ text }) => text?.includes('Semua data sudah dihapus'))).toHaveLength(1)
    await registers(sari)
    await sari.tapsAgain('Ya, hapus semua')
    expect(sari.toast()).toContain('sudah tidak berlaku')
    expect(await personOf(clinic, sari)).toMatchObject({ givenName: 'Sari' })
  })

  story('erases nobody through a forged button', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    const joko = person('Joko')
    await registers(joko)
    const minute = Math.floor(clinic.now() / 60_000)
    for (const data of [`erase-now:${await idOf(clinic, sari)}:${minute}`, `erase-now:${await idOf(clinic, joko)}:${minute + 5}`, `erase-now:${await idOf(clinic, joko)}:0`, 'erase-now:1', 'erase-now']) {
      await joko.forges(data)
      expect(joko.toast(), data).toMatch(/sudah tidak/)
      expect(joko.isSpinning()).toBe(false)
    }
    expect(await personOf(clinic, sari)).toBeDefined()
    expect(await personOf(clinic, joko)).toBeDefined()
  })

  story('applied twice by Telegram erases once', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    clinic.simulator.faults.duplicateUpdates(true)
    await leaves(sari)
    expect(sari.chat().filter(({ text }) => text?.includes('Semua data sudah dihapus'))).toHaveLength(1)
    expect(await personOf(clinic, sari)).toBeUndefined()
  })

  story('in the middle of a form ends the form, and nothing reminds of it', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'sector')
    await sari.says('keluar klinik')
    expect(sari).toSee('Hapus semua data')
    await sari.taps('Lanjut menghapus')
    await sari.taps('Ya, hapus semua')
    const said = sari.chat().length
    await clinic.passes(days(2))
    await clinic.passes(days(6))
    expect(sari.chat()).toHaveLength(said)
  })

  story('takes back what waits to be sent', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await clinic.reads((tx) =>
      tx.insertInto('outbox').values({ chat_id: sari.id, lane: 'bulk', method: 'sendMessage', payload: '{"text":"Kabar"}', state: 'queued', next_at: clinic.now() + hours(1), created_at: clinic.now() }).execute(),
    )
    await leaves(sari)
    await clinic.passes(days(1))
    expect(sari.chat().map(({ text }) => text)).not.toContain('Kabar')
  })

  story('reads English to who reads English', async ({ clinic, person }) => {
    const joko = person('Joko')
    await joko.starts()
    await joko.taps('English')
    const commands = () => clinic.simulator.world.menuCommands(joko.id, joko.id).map(({ description }) => description)
    expect(commands()).toContain('Erase all my data')
    await joko.says('/hapusdata')
    expect(joko).toSee('Erase all your data?')
    await joko.taps('Go on erasing')
    await joko.taps('Yes, erase everything')
    expect(joko).toSee('All your data is erased')
    expect(commands()).toContain('Hapus semua data saya')
    expect(await personOf(clinic, joko)).toBeUndefined()
  })
})

describe('someone of the team', () => {
  story('who is the last coordinator, and set by configuration, is warned and may go', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    await rini.says('/hapusdata')
    expect(rini).toSee('satu-satunya koordinator')
    expect(rini).toSee('tertulis di pengaturan klinik')
    await rini.taps('Lanjut menghapus')
    await rini.taps('Ya, hapus semua')
    expect(rini).toSee('Semua data sudah dihapus')
    expect(await personOf(clinic, rini)).toBeUndefined()
    const trail = await clinic.reads((tx) => tx.selectFrom('audit').select('action').orderBy('id', 'desc').limit(2).execute())
    expect(trail).toEqual([{ action: 'person-erased' }, { action: 'role-ended' }])
  })

  story('is not warned when others stay', async ({ person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    await person('Tono', { id: 3002 }).starts()
    await rini.says('/hapusdata')
    expect(rini).not.toSee('satu-satunya koordinator')
  }, { coordinatorIds: [COORDINATOR_ID, 3002] })
})

/** All the database's files as one text. */
async function bytesOf(clinic: StoryClinic): Promise<string> {
  const path = await clinic.reads(async (tx) => (await sql<{ file: string }>`pragma database_list`.execute(tx)).rows[0]?.file ?? '')
  return readdirSync(dirname(path), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(dirname(path), name), 'latin1'))
    .join('')
}
