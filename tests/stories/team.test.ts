// Tells how the team grows by invitation and shrinks again, as it happens on the phones.
import { describe, expect } from 'vitest'
import { changePerson, findPersonByTelegramId } from '../../src/people/store.ts'
import { asksCoordinators } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, days, hours, type Scene, story, type StoryClinic } from './support/story.ts'

const coordinator = async ({ person }: Pick<Scene, 'person'>): Promise<Phone> => {
  const rini = person('Rini', { id: COORDINATOR_ID })
  await rini.starts()
  return rini
}

/** Makes an invitation and reads the payload out of the link. */
const invites = async (phone: Phone, role: 'Relawan' | 'Koordinator'): Promise<string> => {
  await phone.says('/undang')
  await phone.taps(role)
  const payload = /https:\/\/t\.me\/klinik_bot\?start=(inv_[A-Za-z0-9_-]{22})/.exec(phone.news())?.[1]
  if (payload === undefined) throw new Error(`No link in: ${phone.news()}`)
  return payload
}

const names = (clinic: StoryClinic, phone: Phone, name: string) =>
  clinic.reads(async (tx) => changePerson(tx, (await findPersonByTelegramId(tx, phone.id))?.id ?? 0, { given_name: name }))
const personId = (clinic: StoryClinic, phone: Phone) => clinic.reads(async (tx) => (await findPersonByTelegramId(tx, phone.id))?.id ?? 0)
const rolesOf = (clinic: StoryClinic, phone: Phone) => clinic.reads(async (tx) => (await findPersonByTelegramId(tx, phone.id))?.roles)
const commandsOf = (clinic: StoryClinic, phone: Phone) => clinic.simulator.world.menuCommands(phone.id, phone.id).map(({ command }) => command)
const teamAudit = (clinic: StoryClinic) =>
  clinic.reads(async (tx) => (await tx.selectFrom('audit').select('action').where('actor_id', 'is not', null).orderBy('id').execute()).map(({ action }) => action))

describe('an invitation', () => {
  story('makes the one who opens it a volunteer, and tells the coordinator', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const payload = await invites(rini, 'Relawan')
    expect(rini).toSee('Undangan untuk satu relawan sudah siap')
    expect(rini).toSee('sampai Senin, 30 November 2026, pukul 09.00 WIB')
    const kept = await clinic.reads((tx) => tx.selectFrom('invite').selectAll().execute())
    expect(JSON.stringify(kept)).not.toContain(payload.slice('inv_'.length))

    const joko = scene.person('Joko')
    await joko.starts(payload)
    expect(joko).toSee('Sekarang Bapak/Ibu adalah relawan klinik')
    expect(await rolesOf(clinic, joko)).toEqual(['volunteer'])
    expect(rini).toSee('Orang yang diundang sudah bergabung sebagai relawan')
    expect(await teamAudit(clinic)).toEqual(['invite-made', 'invite-used', 'role-granted'])
  })

  story('is followed by one question, so that the team can be told apart', async (scene) => {
    const rini = await coordinator(scene)
    const [joko, dimas] = [scene.person('Joko'), scene.person('Dimas')]
    await joko.starts(await invites(rini, 'Koordinator'))
    expect(joko).toSee('Siapa nama panggilan Bapak/Ibu?')
    await joko.says('Joko')
    expect(joko).toSee('Silakan pilih dari menu di bawah.')
    await scene.clinic.passes(hours(1))
    await dimas.starts(await invites(rini, 'Koordinator'))
    await dimas.says('Dimas')
    await rini.says('/tim')
    await rini.taps('Isi nama saya')
    await rini.says('Rini')
    await rini.says('/tim')
    expect(rini.buttons()).toEqual(['Akhiri: Rini, koordinator', 'Akhiri: Joko, koordinator', 'Akhiri: Dimas, koordinator', '📜 Riwayat'])
  })

  story('gives a coordinator the commands and the menu at once, also over a restart', async (scene) => {
    const { clinic } = scene
    const payload = await invites(await coordinator(scene), 'Koordinator')
    const tono = scene.person('Tono')
    await tono.starts()
    expect(commandsOf(clinic, tono)).not.toContain('undang')
    await clinic.stops()
    await clinic.startsAgain({ after: days(6) })
    await tono.starts(payload)
    expect(tono).toSee('Sekarang Bapak/Ibu adalah koordinator klinik')
    expect(tono.menu().join(' ')).toContain('Undang')
    expect(commandsOf(clinic, tono)).toEqual(expect.arrayContaining(['undang', 'tim', 'permintaan']))
  })

  story('is refused kindly when it is unknown, over, used or not needed', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const joko = scene.person('Joko')
    const tono = scene.person('Tono')
    await joko.starts('inv_aaaaaaaaaaaaaaaaaaaaaa')
    expect(joko).toSee('tidak kami kenali')
    await joko.starts('inv_')
    expect(joko).toSee('tidak kami kenali')

    const payload = await invites(rini, 'Relawan')
    await joko.starts(payload)
    await tono.starts(payload)
    expect(tono).toSee('Undangan ini sudah dipakai')
    expect(await rolesOf(clinic, tono)).toEqual([])
    await joko.starts(payload)
    expect(joko).toSee('sudah punya peran ini')

    await clinic.passes(hours(1))
    const second = await invites(rini, 'Relawan')
    await joko.starts(second)
    expect(joko).toSee('sudah punya peran ini')
    await clinic.passes(days(7))
    await tono.starts(second)
    expect(tono).toSee('Masa berlaku undangan ini sudah habis')
    expect(await rolesOf(clinic, tono)).toEqual([])
  })

  story('is made once by a double tap, and used once when opened twice', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const payload = await invites(rini, 'Relawan')
    await rini.tapsAgain('Relawan')
    expect(rini.toast()).toContain('baru saja dibuat')
    expect(await clinic.reads((tx) => tx.selectFrom('invite').select('id').execute())).toHaveLength(1)
    clinic.simulator.faults.duplicateUpdates(true)
    const joko = scene.person('Joko')
    await joko.starts(payload)
    expect(joko.news().match(/relawan klinik/g)).toHaveLength(1)
  })
})

describe('an invitation for several', () => {
  /** Chooses five people and thirty days, and reads the payload out of the link. */
  const invitesFive = async (phone: Phone): Promise<string> => {
    await phone.says('/undang')
    await phone.taps('Atur jumlah dan masa berlaku')
    await phone.taps('5 orang')
    await phone.taps('30 hari')
    await phone.taps('Buat undangan')
    return /start=(inv_[A-Za-z0-9_-]{22})/.exec(phone.news())?.[1] ?? ''
  }

  story('counts each person once, and serves as many as it is for', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const payload = await invitesFive(rini)
    expect(rini).toSee('Undangan untuk 5 relawan sudah siap')
    expect(rini).toSee('Tautan bisa dipakai 5 orang, masing-masing sekali, sampai Rabu, 23 Desember 2026')
    const joko = scene.person('Joko')
    await joko.starts(payload)
    await joko.starts(payload)
    expect(joko).toSee('sudah punya peran ini')
    await rini.says('/undang')
    await rini.taps('Undangan terbuka')
    expect(rini).toSee('1. relawan, terpakai 1 dari 5, sampai 23 Des 2026')
    for (const name of ['Dua', 'Tiga', 'Empat', 'Lima']) await scene.person(name).starts(payload)
    const late = scene.person('Enam')
    await late.starts(payload)
    expect(late).toSee('Undangan ini sudah dipakai')
    expect(await rolesOf(clinic, late)).toEqual([])
    await rini.says('/undang')
    await rini.taps('Undangan terbuka')
    expect(rini).toSee('Tidak ada undangan yang masih terbuka')
  })

  story('does not bring back someone whose role was ended', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const payload = await invitesFive(rini)
    const joko = scene.person('Joko')
    await joko.starts(payload)
    await rini.says('/tim')
    await rini.taps('Akhiri: belum ada nama, relawan')
    await rini.taps('Ya, akhiri')
    await joko.starts(payload)
    expect(joko).toSee('Undangan ini sudah dipakai')
    expect(await rolesOf(clinic, joko)).toEqual([])
  })

  story('can be withdrawn, once', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const payload = await invitesFive(rini)
    await rini.says('/undang')
    await rini.taps('Undangan terbuka')
    await rini.taps('Tarik undangan 1')
    expect(rini).toSee('Undangan itu sudah ditarik')
    await rini.tapsAgain('Tarik undangan 1')
    expect(rini.toast()).toContain('sudah tidak terbuka')
    const joko = scene.person('Joko')
    await joko.starts(payload)
    expect(joko).toSee('Undangan ini sudah ditarik')
    expect(await rolesOf(clinic, joko)).toEqual([])
    expect(await teamAudit(clinic)).toEqual(['invite-made', 'invite-withdrawn'])
  })

})

describe('the team', () => {
  story('is listed, and a role ends after one more question', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const tono = scene.person('Tono')
    await tono.starts(await invites(rini, 'Koordinator'))
    await names(clinic, tono, 'Tono')
    const tonosLink = await invites(tono, 'Relawan')
    await rini.says('/tim')
    expect(rini).toSee(/belum ada nama \(Bapak\/Ibu sendiri\), koordinator, sejak 23 November 2026/)
    expect(rini).toSee('Tono, koordinator, sejak 23 November 2026')
    await rini.taps('Akhiri: Tono, koordinator')
    expect(rini).toSee('Akhiri peran koordinator untuk Tono?')
    await rini.taps('Tidak jadi')
    expect(rini).toSee('tidak ada yang berubah')
    expect(await rolesOf(clinic, tono)).toEqual(['coordinator'])

    await rini.taps('Akhiri: Tono, koordinator')
    await rini.taps('Ya, akhiri')
    expect(rini).toSee('Peran koordinator untuk Tono sudah diakhiri')
    expect(tono).toSee('Peran Bapak/Ibu sebagai koordinator di klinik ini sudah diakhiri')
    expect(tono.menu().join(' ')).not.toContain('Undang')
    expect(commandsOf(clinic, tono)).not.toContain('undang')
    await rini.tapsAgain('Ya, akhiri')
    expect(rini.toast()).toContain('sudah diakhiri')
    expect(rini.news()).toBe('')

    await tono.says('/undang')
    expect(tono).toSee('hanya untuk petugas')
    const joko = scene.person('Joko')
    await joko.starts(tonosLink)
    expect(joko).toSee('Masa berlaku undangan ini sudah habis')

    await rini.says('/tim')
    await rini.taps('Riwayat')
    expect(rini).toSee('23 November 2026: Tono tidak lagi menjadi koordinator, oleh belum ada nama')
    expect(rini).toSee('23 November 2026: Tono menjadi koordinator, oleh belum ada nama')
    expect(rini).toSee('belum ada nama menjadi koordinator, oleh pengaturan klinik')
  })

  story('keeps its last coordinator, and those whom the configuration names', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const tono = scene.person('Tono')
    await tono.starts(await invites(rini, 'Koordinator'))
    await tono.forges(`role-end-yes:${await personId(clinic, rini)}:coordinator`)
    expect(tono).toSee('diatur di pengaturan klinik')
    expect(await rolesOf(clinic, rini)).toEqual(['coordinator'])

    // Without the configured one, Tono is alone.
    await clinic.reads((tx) => tx.updateTable('role').set({ ended_at: clinic.now() }).where('granted_by', 'is', null).execute())
    await tono.says('/tim')
    await tono.taps('Akhiri: belum ada nama, koordinator')
    expect(tono).toSee('satu-satunya koordinator')
    await tono.forges(`role-end-yes:${await personId(clinic, tono)}:coordinator`)
    expect(tono).toSee('satu-satunya koordinator')
    expect(await rolesOf(clinic, tono)).toEqual(['coordinator'])
  })

  story('lets a coordinator step down after asking', async (scene) => {
    const { clinic } = scene
    const tono = scene.person('Tono')
    await tono.starts(await invites(await coordinator(scene), 'Koordinator'))
    await names(clinic, tono, 'Tono')
    await tono.says('/tim')
    await tono.taps('Akhiri: Tono, koordinator')
    expect(tono).toSee('untuk Bapak/Ibu sendiri?')
    await tono.taps('Ya, akhiri')
    expect(tono).toSee('Peran koordinator untuk Bapak/Ibu sudah diakhiri')
    expect(tono.menu().join(' ')).not.toContain('Undang')
    expect(commandsOf(clinic, tono)).not.toContain('undang')
  })

  story('takes no answer to a request from someone whose role ended meanwhile', async (scene) => {
    const rini = await coordinator(scene)
    const tono = scene.person('Tono')
    const sari = scene.person('Sari')
    await tono.starts(await invites(rini, 'Koordinator'))
    await names(scene.clinic, tono, 'Tono')
    await asksCoordinators(sari, 'Bagaimana cara membuat NIB?')
    await tono.taps('Saya bantu')
    await rini.says('/tim')
    await rini.taps('Akhiri: Tono, koordinator')
    await rini.taps('Ya, akhiri')
    await tono.says('Lewat kantor desa')
    await tono.repliesTo('Bagaimana cara membuat NIB?', 'Lewat kantor desa')
    expect(tono).toSee('tidak sedang dengan')
    expect(sari.chat().some(({ text }) => text?.includes('kantor desa'))).toBe(false)
  })

  story('is shown ten at a time', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    for (let at = 1; at <= 10; at += 1) {
      const volunteer = scene.person(`Relawan ${at}`)
      await volunteer.starts(await invites(rini, 'Relawan'))
      await names(clinic, volunteer, `Relawan ${at}`)
      await clinic.passes(60_000)
    }
    await rini.says('/tim')
    expect(rini).toSee('Relawan 9,')
    expect(rini).not.toSee('Relawan 10,')
    await rini.taps('Berikutnya')
    expect(rini).toSee('Relawan 10,')
    expect(rini.buttons().join(' ')).not.toContain('Berikutnya')
  })
})

describe('a forged button', () => {
  story('gives nothing to someone who is no coordinator', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const joko = scene.person('Joko')
    await joko.starts(await invites(rini, 'Relawan'))
    const id = await personId(clinic, rini)
    for (const data of ['invite:coordinator', 'invite-choose', 'invite-set:volunteer:20:30', 'invite-make:coordinator:20:30', 'invites-open:0', 'invite-withdraw:1', 'team-page:0', 'team-changes', `role-end:${id}:coordinator`, `role-end-yes:${id}:coordinator`]) {
      await joko.forges(data)
      expect(joko.toast()).toContain('hanya untuk petugas')
      expect(joko.news()).toBe('')
    }
    for (const data of ['invite:owner', 'invite-make:volunteer:7:7', 'invite-make:volunteer:5:8', 'invite-set:owner:1:7', 'invite-withdraw:0', 'role-end:x:coordinator', 'role-end-yes:1:owner', 'team-page:-1']) {
      await rini.forges(data)
      expect(rini.toast()).toContain('sudah tidak dipakai')
    }
    expect(await rolesOf(clinic, rini)).toEqual(['coordinator'])
    expect(await clinic.reads((tx) => tx.selectFrom('invite').select('id').execute())).toHaveLength(1)
  })
})
