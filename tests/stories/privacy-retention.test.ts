// Forgetting in time: the silent are asked, then erased; old requests and old proof go.
import { describe, expect } from 'vitest'
import { findPersonByTelegramId } from '../../src/people/store.ts'
import { tombstoneOf } from '../../src/people/erasure.ts'
import type { Phone } from './support/phone.ts'
import { asksForHelp } from './support/helper.ts'
import { registers } from './support/registering.ts'
import { CLINIC_SECRET, COORDINATOR_ID, days, hours, story, type StoryClinic } from './support/story.ts'

const ASKED = 'Mau tetap disimpan?'
const isKnown = async (clinic: StoryClinic, phone: Phone) => (await clinic.reads((tx) => findPersonByTelegramId(tx, phone.id))) !== undefined
const timesAsked = (phone: Phone) => phone.chat().filter(({ from, text }) => from === 'bot' && text?.includes(ASKED)).length

describe('a member silent for twelve months', () => {
  story('is asked once, in daytime, and erased thirty days later', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await clinic.passes(days(364))
    expect(timesAsked(sari)).toBe(0)
    await clinic.passes(days(1) + hours(13))
    expect(timesAsked(sari)).toBe(0)
    await clinic.passes(hours(9))
    expect(timesAsked(sari)).toBe(1)
    expect(sari.chat().at(-1)?.text).toContain('Tanpa kabar sampai Jumat, 24 Desember 2027, data Bu Sari akan dihapus.')
    await clinic.passes(days(29))
    expect(await isKnown(clinic, sari)).toBe(true)
    expect(timesAsked(sari)).toBe(1)
    await clinic.passes(days(1) + hours(1))
    expect(await isKnown(clinic, sari)).toBe(false)
    expect(sari.chat().at(-1)?.text).toContain('Karena lama tidak ada kabar, semua data sudah dihapus')
    expect(await clinic.reads((tx) => tx.selectFrom('tombstone').select('key_hash').execute())).toEqual([{ key_hash: tombstoneOf(CLINIC_SECRET, sari.id) }])
    expect(await clinic.reads((tx) => tx.selectFrom('outbox').select('id').where('chat_id', '=', sari.id).execute())).toEqual([])
  })

  story('stays when she says so, or gives any sign of life', async ({ clinic, person }) => {
    const sari = person('Sari')
    const joko = person('Joko')
    await registers(sari)
    await registers(joko)
    await clinic.passes(days(366))
    await sari.taps('Tetap simpan')
    expect(sari).toSee('data Bu Sari tetap tersimpan')
    await joko.says('halo')
    await clinic.passes(days(40))
    expect(await isKnown(clinic, sari)).toBe(true)
    expect(await isKnown(clinic, joko)).toBe(true)
  })

  story('may be erased at once, with the same second step', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await clinic.passes(days(366))
    await sari.taps('Hapus')
    expect(sari).toSee('Sudah yakin?')
    expect(await isKnown(clinic, sari)).toBe(true)
    await sari.taps('Ya, hapus semua')
    expect(await isKnown(clinic, sari)).toBe(false)
  })

  story('is asked also while pausing, and in English when she reads English', async ({ clinic, person }) => {
    const joko = person('Joko')
    await joko.starts()
    await joko.taps('English')
    await joko.says('/jeda')
    await clinic.passes(days(366))
    expect(joko.chat().at(-1)?.text).toContain('Would you like to keep it?')
  })

  story('is not erased before the question could reach her', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    clinic.simulator.faults.next('sendMessage', { status: 429, retryAfter: 40 * 24 * 3600 })
    await clinic.passes(days(366))
    expect(timesAsked(sari)).toBe(0)
    await clinic.passes(days(32))
    expect(await isKnown(clinic, sari)).toBe(true)
    // Telegram would take it at an hour that may be hers to sleep in: it is asked anew, and comes with the next look.
    await clinic.passes(days(9))
    await clinic.passes(hours(1))
    expect(timesAsked(sari)).toBe(1)
    await clinic.passes(days(29))
    expect(await isKnown(clinic, sari)).toBe(true)
    await clinic.passes(days(2))
    expect(await isKnown(clinic, sari)).toBe(false)
  })

  story('who blocked the clinic can’t be asked and is erased in the same time', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    clinic.simulator.world.blockBot(sari.id)
    await clinic.settled()
    await clinic.passes(days(366))
    expect(await isKnown(clinic, sari)).toBe(true)
    await clinic.passes(days(32))
    expect(await isKnown(clinic, sari)).toBe(false)
  })

  story('is told why she is asked, and hears nothing else that day', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/jadwal')
    await sari.taps('Setiap hari')
    await sari.taps('09.00')
    await clinic.passes(days(365) - hours(1))
    expect(timesAsked(sari)).toBe(0)
    await clinic.passes(hours(1))
    expect(timesAsked(sari)).toBe(1)
    expect(sari).not.toSee('Coba hari ini')
    await sari.taps('Kenapa saya dapat ini?')
    expect(sari).toSee('Sebelum data dihapus, kami tanyakan dulu')
  })

  story('stays while she belongs to the team', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    await clinic.passes(days(366))
    expect(timesAsked(rini)).toBe(0)
    await clinic.passes(days(40))
    expect(await isKnown(clinic, rini)).toBe(true)
  })
})

describe('old data', () => {
  story('of help goes after six months, what was added later stays its own time', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await asksForHelp(sari, 'Bagaimana cara membuat NIB?')
    await clinic.passes(days(100))
    await sari.says('Sudah dicoba, belum bisa')
    await clinic.passes(days(90))
    const bodies = () => clinic.reads((tx) => tx.selectFrom('case_message').select('body').execute())
    expect(await bodies()).toEqual([{ body: 'Sudah dicoba, belum bisa' }])
    await clinic.passes(days(100))
    expect(await bodies()).toEqual([])
    expect(await clinic.reads((tx) => tx.selectFrom('help_case').select(['number', 'state', 'about', 'lesson', 'thanks']).execute())).toEqual([{ number: 1, state: 'closed', about: null, lesson: null, thanks: null }])
  }, { coordinatorIds: [] })

  story('of consents that ended is proof for five years, then gone', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('/hapusdata')
    await sari.taps('Lanjut menghapus')
    await sari.taps('Ya, hapus semua')
    const proofs = () => clinic.reads((tx) => tx.selectFrom('consent_proof').select('purpose').execute())
    await clinic.passes(days(5 * 365))
    expect(await proofs()).toEqual([{ purpose: 'clinic' }])
    await clinic.passes(days(3))
    expect(await proofs()).toEqual([])
    expect(await clinic.reads((tx) => tx.selectFrom('tombstone').selectAll().execute())).toEqual([])
  })
})
