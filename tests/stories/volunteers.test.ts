// Tells how someone becomes a volunteer, when she is on duty, and what coordinators decide, as it happens on the phones.
import { describe, expect } from 'vitest'
import { findVolunteer, volunteersOnDuty } from '../../src/people/volunteer-store.ts'
import { becomesMember } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { consentsOf, personOf, rolesOf } from './support/records.ts'
import { COORDINATOR_ID, days, hours, type Scene, story, type StoryClinic } from './support/story.ts'
import { hasVolunteerRole, introducesHerself, introducesUntil } from './support/volunteering.ts'

const idOf = async (clinic: StoryClinic, phone: Phone) => (await personOf(clinic, phone))?.id ?? 0
const volunteerOf = async (clinic: StoryClinic, phone: Phone) => {
  const id = await idOf(clinic, phone)
  return clinic.reads((tx) => findVolunteer(tx, id))
}
const onDuty = async (clinic: StoryClinic) => (await clinic.reads((tx) => volunteersOnDuty(tx, clinic.now()))).map(({ shownName }) => shownName)
const auditOf = (clinic: StoryClinic) =>
  clinic.reads(async (tx) => (await tx.selectFrom('audit').select(['action', 'detail']).where('action', 'like', 'volunteer-%').orderBy('id').execute()).map(({ action, detail }) => [action, detail].filter(Boolean).join(' ')))
const commandsOf = (clinic: StoryClinic, phone: Phone) => clinic.simulator.world.menuCommands(phone.id, phone.id).map(({ command }) => command)

async function coordinator({ person }: Pick<Scene, 'person'>): Promise<Phone> {
  const rini = person('Rini', { id: COORDINATOR_ID })
  await rini.starts()
  return rini
}

/** Dimas was invited and begins his welcome. */
async function invited(scene: Scene, rini: Phone, name = 'Dimas'): Promise<Phone> {
  await rini.says('/undang')
  await rini.taps('Relawan')
  const payload = /start=(inv_[A-Za-z0-9_-]{22})/.exec(rini.news())?.[1]
  const dimas = scene.person(name)
  await dimas.starts(payload)
  // A second invitation within ten seconds would be taken for a double tap.
  await scene.clinic.passes(60_000)
  return dimas
}

/** Dimas finished his welcome and was approved. */
async function active(scene: Scene, rini: Phone, name = 'Dimas'): Promise<Phone> {
  const dimas = await invited(scene, rini, name)
  await introducesHerself(dimas, name)
  await rini.taps('Setujui')
  return dimas
}

describe('the welcome', () => {
  story('leads from the link to a profile that waits for a coordinator', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const dimas = await invited(scene, rini)
    expect(dimas.chat().map(({ text }) => text).join('\n')).toContain('Janji relawan')
    await introducesUntil(dimas, 'Dimas', 'review')
    expect(dimas).toSee(/Nama yang terlihat: Dimas[\s\S]*Foto & promosi, Keamanan HP[\s\S]*Semua bidang[\s\S]*Indonesia, Jawa[\s\S]*22\.00-05\.00[\s\S]*Sampai 2 kasus/)
    await dimas.taps('Simpan')
    expect(dimas).toSee('perkenalannya sudah lengkap')
    expect(rini).toSee('Dimas ingin menjadi relawan')
    expect(rini).toSee('Bisa membantu soal: Foto & promosi, Keamanan HP')
    expect(await volunteerOf(clinic, dimas)).toMatchObject({
      state: 'waiting', shownName: 'Dimas', areas: ['promosi', 'keamanan'], sectors: [], languages: ['id', 'jv'], regions: [],
      quietFrom: 22, quietUntil: 5, weeklyLoad: 2, timeZone: 'Asia/Jakarta', onDuty: true, awayUntil: null, news: 'instant', expertIn: [],
    })
    expect((await consentsOf(clinic, dimas)).map(({ purpose, withdrawn_at }) => [purpose, withdrawn_at])).toEqual([['volunteer', null]])
    expect(await onDuty(clinic)).toEqual([])
    await dimas.says('/siaga')
    expect(dimas).toSee('sedang dilihat koordinator')

    await rini.taps('Setujui')
    expect(rini).toSee('Dimas sekarang relawan aktif')
    expect(dimas).toSee('sekarang relawan klinik')
    expect(await onDuty(clinic)).toEqual(['Dimas'])
    expect(await auditOf(clinic)).toEqual(['volunteer-enrolled', 'volunteer-approved'])
  })

  story('goes on where it stopped after a restart in the middle, and reminds', async (scene) => {
    const { clinic } = scene
    const dimas = await invited(scene, await coordinator(scene))
    await introducesUntil(dimas, 'Dimas', 'languages')
    await clinic.stops()
    await clinic.startsAgain({ after: days(1) + hours(2) })
    await clinic.passes(hours(1))
    expect(dimas).toSee('Isian perkenalan relawan belum selesai')
    await dimas.says('Jawa')
    await dimas.taps('Dari mana saja')
    await dimas.taps('22.00-05.00')
    await dimas.taps('Sampai 5 kasus')
    await dimas.taps('Simpan')
    expect(await volunteerOf(clinic, dimas)).toMatchObject({ state: 'waiting', languages: ['jv'], weeklyLoad: 5 })
  })

  story('knows a place as widely as he wants, and hours of his own', async (scene) => {
    const { clinic } = scene
    const dimas = await invited(scene, await coordinator(scene))
    await introducesUntil(dimas, 'Dimas', 'where')
    await dimas.taps('Dari sekitar tempat tertentu')
    await dimas.says('Pujon Kidul')
    await dimas.taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang')
    expect(dimas.buttons()).toEqual(expect.arrayContaining(['Desa Pujon Kidul, Kec. Pujon, Kab. Malang', 'Kec. Pujon, Kab. Malang', 'Kab. Malang', 'Provinsi Jawa Timur']))
    await dimas.taps('Kab. Malang')
    await dimas.taps('Jam lain')
    await dimas.says('jam 11 malam')
    await dimas.says('4 pagi')
    await dimas.taps('Belum bisa dulu')
    await dimas.taps('Simpan')
    expect(await volunteerOf(clinic, dimas)).toMatchObject({ regions: ['35.07'], quietFrom: 23, quietUntil: 4, weeklyLoad: 0 })
  })

  story('keeps nothing of someone who does not agree, and can begin again', async (scene) => {
    const { clinic } = scene
    const dimas = await invited(scene, await coordinator(scene))
    await dimas.taps('Tidak')
    expect(dimas).toSee('tidak ada yang disimpan')
    expect(await volunteerOf(clinic, dimas)).toBeUndefined()
    await dimas.says('/siaga')
    expect(dimas).toSee('Janji relawan')
    await dimas.says('ya')
    expect(dimas).toSee('ketuk')
    expect(await consentsOf(clinic, dimas)).toEqual([])
  })

  story('is saved once by a double tap, and not at all when the role ended meanwhile', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const dimas = await invited(scene, rini)
    await introducesHerself(dimas, 'Dimas')
    await dimas.tapsAgain('Simpan')
    expect((await auditOf(clinic)).filter((one) => one === 'volunteer-enrolled')).toHaveLength(1)

    const joko = await invited(scene, rini, 'Joko')
    await introducesUntil(joko, 'Joko', 'review')
    await rini.says('/tim')
    await rini.taps('Akhiri: belum ada nama, relawan')
    await rini.taps('Ya, akhiri')
    await joko.taps('Simpan')
    expect(joko).toSee('sudah diakhiri, jadi perkenalan ini tidak disimpan')
    expect(await volunteerOf(clinic, joko)).toBeUndefined()
    expect((await consentsOf(clinic, joko)).every(({ withdrawn_at }) => withdrawn_at !== null)).toBe(true)
  })

  story('finds those who were volunteers before there was one', async (scene) => {
    const { clinic } = scene
    const dimas = scene.person('Dimas')
    await hasVolunteerRole(clinic, dimas)
    await dimas.says('halo')
    expect(dimas).toSee('tinggal perkenalan singkat')
    await dimas.says('saya ditipu orang, uang saya hilang')
    expect(dimas).not.toSee('perkenalan singkat')
    await dimas.says('halo')
    await dimas.taps('Mulai perkenalan')
    expect(dimas).toSee('Janji relawan')
    const rini = await coordinator(scene)
    await rini.says('/relawan')
    expect(rini).toSee('(belum mengisi perkenalan)')
  })

  story('does not ask an owner again what the clinic knows of her', async (scene) => {
    const { clinic } = scene
    const sari = scene.person('Sari')
    await becomesMember(clinic, sari)
    await hasVolunteerRole(clinic, sari)
    await sari.says('/siaga')
    await sari.taps('Setuju')
    expect(sari).toSee('bisa membantu soal apa saja?')
  })
})

describe('coordinators', () => {
  story('decide once: the second one is told, and so is who taps twice', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const tono = scene.person('Tono')
    await rini.says('/undang')
    await rini.taps('Koordinator')
    await tono.starts(/start=(inv_\S{22})/.exec(rini.news())?.[1])
    await clinic.passes(60_000)
    const dimas = await invited(scene, rini)
    await introducesHerself(dimas, 'Dimas')
    await rini.taps('Setujui')
    await rini.tapsAgain('Setujui')
    expect(rini.toast()).toContain('Dimas: siaga')
    await tono.taps('Tolak dengan ramah')
    expect(tono.toast()).toContain('Sudah ada yang memutuskan')
    expect(await onDuty(clinic)).toEqual(['Dimas'])
    expect(await auditOf(clinic)).toEqual(['volunteer-enrolled', 'volunteer-approved'])
  })

  story('refuse kindly, and the role is gone', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const dimas = await invited(scene, rini)
    await introducesHerself(dimas, 'Dimas')
    await rini.taps('Tolak dengan ramah')
    expect(rini).toSee('Dimas belum diterima')
    expect(dimas).toSee('Terima kasih sudah mau membantu')
    expect(await rolesOf(clinic, dimas)).toEqual([])
    expect(commandsOf(clinic, dimas)).not.toContain('siaga')
    expect(dimas.menu().join(' ')).not.toContain('Siaga')
  })

  story('pause, resume and end from the list, each told and written down', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const dimas = await active(scene, rini)
    await rini.says('/relawan')
    expect(rini).toSee(/Dimas \(siaga\)\nKasus sekarang 0, minggu ini 0\nBiasanya menjawab: belum ada data\nTerakhir ke sini: 23 Nov 2026/)
    await rini.taps('Dimas')
    await rini.taps('Jeda')
    expect(dimas).toSee('dijeda dulu oleh koordinator')
    expect(await onDuty(clinic)).toEqual([])
    await dimas.says('/siaga')
    expect(dimas).toSee('sedang dijeda koordinator')
    await rini.says('/relawan')
    await rini.taps('Dimas')
    await rini.taps('Aktifkan lagi')
    expect(dimas).toSee('aktif lagi')
    await rini.says('/relawan')
    await rini.taps('Dimas')
    await rini.taps('Ahli di bidang')
    await rini.taps('Keamanan HP')
    expect(rini.buttons()).toContain('✅ Keamanan HP')
    await rini.taps('Bayaran & pesanan')
    await rini.taps('Keamanan HP')
    expect((await volunteerOf(clinic, dimas))?.expertIn).toEqual(['transaksi'])
    await rini.taps('Kembali')
    expect(rini).toSee('Ahli: Bayaran & pesanan')
    await rini.taps('Akhiri')
    expect(rini).toSee('Akhiri peran relawan Dimas?')
    await rini.taps('Ya, akhiri')
    expect(dimas).toSee('sudah diakhiri. Terima kasih banyak')
    expect(await rolesOf(clinic, dimas)).toEqual([])
    expect(await volunteerOf(clinic, dimas)).toMatchObject({ state: 'ended' })
    expect(await auditOf(clinic)).toEqual([
      'volunteer-enrolled', 'volunteer-approved', 'volunteer-paused', 'volunteer-resumed',
      'volunteer-expert keamanan', 'volunteer-expert transaksi', 'volunteer-expert-no-more keamanan', 'volunteer-ended',
    ])
    await rini.says('/relawan')
    expect(rini).toSee('Belum ada relawan')
  })

  story('end a volunteer in the team list too; invited again she is welcomed with what is known', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const dimas = await active(scene, rini)
    await rini.says('/tim')
    await rini.taps('Akhiri: Dimas, relawan')
    await rini.taps('Ya, akhiri')
    expect(await onDuty(clinic)).toEqual([])
    await rini.says('/undang')
    await rini.taps('Relawan')
    await dimas.starts(/start=(inv_\S{22})/.exec(rini.news())?.[1])
    await dimas.taps('Setuju')
    expect(dimas).toSee('Mau membantu usaha dari mana?')
    await dimas.taps('Dari mana saja')
    await dimas.taps('21.00-06.00')
    await dimas.taps('Sampai 5 kasus')
    await dimas.taps('Simpan')
    await rini.taps('Setujui')
    expect(await volunteerOf(clinic, dimas)).toMatchObject({ state: 'active', languages: ['id', 'jv'], weeklyLoad: 5 })
  })

  story('see six volunteers a page, who waits first', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    for (let at = 1; at <= 7; at += 1) await hasVolunteerRole(clinic, scene.person(`Relawan ${at}`))
    const dimas = await invited(scene, rini)
    await introducesHerself(dimas, 'Dimas')
    await rini.says('/relawan')
    expect(rini).toSee(/Relawan klinik\n\nDimas \(menunggu persetujuan\)/)
    await rini.taps('Berikutnya')
    expect(rini.news().match(/belum mengisi perkenalan/g)).toHaveLength(2)
  })
})

describe('being on duty', () => {
  story('is changed with taps: off and on, cases, news, quiet hours', async (scene) => {
    const { clinic } = scene
    const dimas = await active(scene, await coordinator(scene))
    await dimas.says('/siaga')
    expect(dimas).toSee('Dimas sedang siaga')
    expect(dimas).toSee('Minggu ini: Sampai 2 kasus\nKabar kasus: langsung\nJam tenang: 22.00-05.00 WIB')
    await dimas.taps('Berhenti siaga')
    expect(dimas).toSee('sedang tidak siaga')
    await dimas.tapsAgain('Berhenti siaga')
    expect(await onDuty(clinic)).toEqual([])
    await dimas.taps('Siaga lagi')
    expect(await onDuty(clinic)).toEqual(['Dimas'])
    await dimas.taps('5 kasus')
    expect(dimas).toSee('Minggu ini: Sampai 5 kasus')
    await dimas.taps('Ringkasan')
    await dimas.says('jam 7 malam')
    expect(dimas).toSee('satu ringkasan sehari, pukul 19.00 WIB')
    await dimas.taps('Kabar langsung')
    expect(dimas).toSee('Kabar kasus: langsung')
    await dimas.taps('Jam tenang')
    await dimas.taps('08.00-17.00 (jam kerja)')
    expect(dimas).toSee('Jam tenang: 08.00-17.00 WIB')
    expect(await volunteerOf(clinic, dimas)).toMatchObject({ weeklyLoad: 5, news: 'instant', digestHour: 19, quietFrom: 8, quietUntil: 17 })
  })

  story('pauses while away, until a day where she lives', async (scene) => {
    const { clinic } = scene
    const dimas = await active(scene, await coordinator(scene))
    await dimas.says('/siaga')
    await dimas.taps('Sampai besok')
    expect(dimas).toSee('Siaga lagi mulai Selasa, 24 November 2026')
    expect(await onDuty(clinic)).toEqual([])
    await clinic.passes(hours(15))
    expect(await onDuty(clinic)).toEqual(['Dimas'])
    await dimas.says('/siaga')
    await dimas.taps('Seminggu')
    expect(dimas).toSee('Siaga lagi mulai Selasa, 1 Desember 2026')
    await dimas.taps('Sudah kembali')
    expect(dimas).toSee('Dimas sedang siaga')
    await dimas.taps('Tanggal')
    await dimas.says('10 desember')
    expect(dimas).toSee('Siaga lagi mulai Kamis, 10 Desember 2026')
  })

  story('follows the profile: every answer can be changed later, and places added', async (scene) => {
    const { clinic } = scene
    const dimas = await active(scene, await coordinator(scene))
    await dimas.says('/siaga')
    await dimas.taps('Profil relawan')
    await dimas.taps('Waktu setempat')
    await dimas.taps('WIT: Maluku, Papua')
    expect(dimas).toSee('Jam tenang: 22.00-05.00 WIT')
    await dimas.taps('Nama yang terlihat')
    await dimas.says('Mas Dimas')
    expect(dimas).toSee('👤 Mas Dimas')
    await dimas.taps('Tambah tempat')
    await dimas.says('Pujon Kidul')
    await dimas.taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang')
    await dimas.taps('Kec. Pujon, Kab. Malang')
    expect(dimas).toSee('Tempat: Kec. Pujon, Kab. Malang')
    await dimas.taps('Di mana saja')
    expect(dimas).toSee('Tempat: di mana saja')
    expect(await volunteerOf(clinic, dimas)).toMatchObject({ shownName: 'Mas Dimas', timeZone: 'Asia/Jayapura', regions: [] })
  })

  story('ends when she stops, and coordinators hear of it', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const dimas = await active(scene, rini)
    await dimas.says('/siaga')
    await dimas.taps('Profil relawan')
    await dimas.taps('Berhenti jadi relawan')
    await dimas.taps('Tidak jadi')
    expect(await onDuty(clinic)).toEqual(['Dimas'])
    await dimas.tapsAgain('Ya, berhenti')
    expect(dimas).toSee('sudah tidak menjadi relawan')
    expect(rini).toSee('Dimas berhenti menjadi relawan atas kemauan sendiri')
    expect(await rolesOf(clinic, dimas)).toEqual([])
    expect(commandsOf(clinic, dimas)).not.toContain('siaga')
    await dimas.tapsAgain('Ya, berhenti')
    expect(dimas.toast()).toContain('hanya untuk petugas')
  })
})

describe('the question of Monday', () => {
  const asked = (phone: Phone) => phone.chat().filter(({ text = '' }) => text.includes('Minggu ini bisa membantu berapa kasus?')).length

  story('comes once a week, keeps the last number when unanswered, and stops', async (scene) => {
    const { clinic } = scene
    const dimas = await active(scene, await coordinator(scene))
    for (let day = 0; day < 6; day += 1) await clinic.passes(days(1))
    expect(asked(dimas)).toBe(0)
    await clinic.passes(days(1))
    expect(asked(dimas)).toBe(1)
    await clinic.passes(days(7))
    expect(asked(dimas)).toBe(2)
    expect((await volunteerOf(clinic, dimas))?.weeklyLoad).toBe(2)
    await dimas.taps('5 kasus')
    expect(dimas).toSee('Minggu ini: Sampai 5 kasus')
    await clinic.passes(days(7))
    await dimas.taps('Jangan tanya tiap Senin')
    expect(dimas).toSee('Ditanya tiap Senin: Tidak')
    for (let week = 0; week < 2; week += 1) await clinic.passes(days(7))
    expect(asked(dimas)).toBe(3)
    await dimas.taps('Tanya saya tiap Senin')
    await clinic.passes(days(7))
    expect(asked(dimas)).toBe(4)
  })

  story('waits for the end of her own quiet hours, and is left out while she is away', async (scene) => {
    const { clinic } = scene
    const dimas = await active(scene, await coordinator(scene))
    await dimas.says('/siaga')
    await dimas.taps('Jam tenang')
    await dimas.taps('08.00-17.00 (jam kerja)')
    await clinic.passes(days(7))
    expect(asked(dimas)).toBe(0)
    await clinic.passes(hours(9))
    expect(asked(dimas)).toBe(1)
    await dimas.says('/siaga')
    await dimas.taps('Tanggal')
    await dimas.says('20 desember')
    await clinic.passes(days(7))
    expect(asked(dimas)).toBe(1)
  })
})

describe('a volunteer who owns a business too', () => {
  const tips = (phone: Phone) => phone.chat().filter(({ from, text = '' }) => from === 'bot' && text.startsWith('💡 ')).length

  story('is asked instead of her Monday tip; away, she gets the tip, and neither comes in her own quiet hours', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const sari = scene.person('Sari')
    await becomesMember(clinic, sari)
    await hasVolunteerRole(clinic, sari)
    await sari.says('/siaga')
    await sari.taps('Setuju')
    for (const [tick] of [['Semua'], ['Semua bidang'], ['Indonesia']] as const) {
      await sari.taps(tick)
      await sari.taps('Sudah, lanjut')
    }
    await sari.taps('Dari mana saja')
    await sari.taps('20.00-07.00')
    await sari.taps('Sampai 2 kasus')
    await sari.taps('Simpan')
    await rini.taps('Setujui')
    await sari.says('/jadwal')
    await sari.taps('Setiap hari')
    await sari.taps('06.00')
    // Monday, 30 November: the tip of six o'clock waits for seven, and then the question is stronger.
    for (let day = 0; day < 6; day += 1) await clinic.passes(days(1))
    const before = tips(sari)
    await clinic.passes(hours(21))
    expect(tips(sari)).toBe(before)
    await clinic.passes(hours(1) + 60_000 * 31)
    expect(sari.chat().at(-1)?.text).toContain('Minggu ini bisa membantu berapa kasus?')
    expect(tips(sari)).toBe(before)
    await sari.says('/siaga')
    await sari.taps('Tanggal')
    await sari.says('31 desember')
    for (let day = 0; day < 6; day += 1) await clinic.passes(days(1))
    const untilSunday = tips(sari)
    await clinic.passes(days(1))
    expect(tips(sari)).toBe(untilSunday + 1)
  })
})

describe('what a volunteer told', () => {
  story('is shown, exported and erased with her', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const dimas = await active(scene, rini)
    await dimas.says('/datasaya')
    expect(dimas).toSee(/Profil relawan\n• Nama yang terlihat: Dimas\n• Bisa membantu soal: Foto & promosi, Keamanan HP/)
    expect(dimas).toSee('Janji relawan: setuju sejak')
    await dimas.says('/hapusdata')
    await dimas.taps('Lanjut menghapus')
    await dimas.taps('Ya, hapus semua')
    expect(await clinic.reads((tx) => tx.selectFrom('volunteer').select('person_id').execute())).toEqual([])
    expect(await clinic.reads((tx) => tx.selectFrom('invite_use').select('person_id').execute())).toEqual([])
  })
})

describe('a forged button', () => {
  story('gives nothing to who is not meant', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    const dimas = await active(scene, rini)
    const joko = await invited(scene, rini, 'Joko')
    await introducesHerself(joko, 'Joko')
    const sari = scene.person('Sari')
    await becomesMember(clinic, sari)
    const stranger = scene.person('Tamu')
    await stranger.starts()
    const id = await idOf(clinic, dimas)
    const jokosId = await idOf(clinic, joko)
    const before = await auditOf(clinic)
    const ofCoordinators = [`volunteer-decide:${jokosId}:approved`, `volunteer-decide:${id}:ended`, `volunteer-end:${id}`, `volunteer-expert:${id}:info:1`, `volunteer-experts:${id}`, `volunteer-card:${id}`, 'volunteer-list:0']
    for (const phone of [joko, dimas, sari, stranger]) {
      for (const data of ofCoordinators) {
        await phone.forges(data)
        expect(phone.toast()).toContain('hanya untuk petugas')
        expect(phone.news()).toBe('')
      }
    }
    for (const phone of [sari, stranger, rini]) {
      for (const data of ['duty-set:0', 'duty-load:5', 'duty-away:7', 'volunteer-mine', 'volunteer-leave-yes', 'volunteer-welcome', 'volunteer-edit:name']) {
        await phone.forges(data)
        expect(phone.toast()).toContain('hanya untuk petugas')
      }
    }
    // Who waits may not make herself active; moves that do not fit the state, and people who are no volunteers, change nothing.
    for (const data of [`volunteer-decide:${id}:approved`, `volunteer-decide:${id}:resumed`, `volunteer-decide:${await idOf(clinic, sari)}:ended`, 'volunteer-decide:9999:approved']) await rini.forges(data)
    for (const data of ['duty-load:7', 'duty-away:400', `volunteer-decide:${id}:waiting`, `volunteer-expert:${id}:apa:1`]) {
      await dimas.forges(data)
      expect(dimas.toast()).toContain('sudah tidak dipakai')
    }
    expect(await auditOf(clinic)).toEqual(before)
    expect(await onDuty(clinic)).toEqual(['Dimas'])
  })
})
