// Tells how volunteers take cases, leave them, hand them on and lose them to time, and that nobody else gets in by any button.
import { describe, expect } from 'vitest'
import { addNote } from '../../src/cases/notes.ts'
import { endRole } from '../../src/people/roles.ts'
import { moveVolunteer, nameExpert } from '../../src/people/volunteer-store.ts'
import { asksForHelp, personIdOf, volunteer } from './support/helper.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, hours, type Scene, story, type StoryClinic } from './support/story.ts'

const PROBLEM = 'Mesin jahit saya rusak'
const GROUP_ID = -1_001_000_000_001
const screen = (phone: Phone) => phone.chat().filter(({ deleted }) => !deleted).map(({ text, caption }) => text ?? caption ?? '').join('\n')
const caseNow = (clinic: StoryClinic) => clinic.reads((tx) => tx.selectFrom('help_case').select(['state', 'turn', 'volunteer_id', 'front', 'circle']).where('number', '=', 1).executeTakeFirstOrThrow())
const restarts = async (clinic: StoryClinic) => {
  await clinic.stops()
  await clinic.startsAgain({ after: 1000 })
}

async function coordinator({ person }: Scene): Promise<Phone> {
  const rini = person('Rini', { id: COORDINATOR_ID })
  await rini.starts()
  return rini
}
async function asks(scene: Scene, name = 'Sari'): Promise<Phone> {
  const sari = scene.person(name)
  await asksForHelp(sari, PROBLEM)
  return sari
}
async function expertIn(scene: Scene, name: string, areas: readonly string[]): Promise<Phone> {
  const phone = await volunteer(scene, name)
  const person = await personIdOf(scene.clinic, phone)
  for (const area of areas) await scene.clinic.reads((tx) => nameExpert(tx, { person, area, expert: true, by: person, now: scene.clinic.now() }))
  return phone
}

describe('a card', () => {
  story('shows what is asked; a look tells more, and who passes is not counted out by it', async (scene) => {
    const [budi, tuti] = [await volunteer(scene, 'Budi'), await volunteer(scene, 'Tuti')]
    const sari = await asks(scene)
    await budi.taps('Lihat')
    expect(budi).toSee(/Permintaan 1[\s\S]*Mesin jahit saya rusak[\s\S]*\[🙋 Saya bantu\]/)
    await budi.taps('Lewati')
    expect(budi.toast()).toContain('kami tawarkan ke rekan lain')
    await budi.tapsAgain('Lewati')
    expect(screen(sari)).toContain('2 relawan, 1 sudah membuka')
    await tuti.taps('Saya bantu')
    await budi.tapsAgain('Lihat')
    expect(budi.toast()).toContain('Rekan lain sudah lebih dulu')
  })

  story('taken by someone says so where it was seen; taken twice by one tap counts once', async (scene) => {
    const [budi, tuti] = [await volunteer(scene, 'Budi'), await volunteer(scene, 'Tuti')]
    const sari = await asks(scene)
    await tuti.says('/meja')
    await budi.taps('Saya bantu')
    expect(screen(budi)).toContain('Permintaan 1 sekarang dengan Bapak/Ibu')
    expect(screen(tuti)).toContain('Permintaan 1 sudah diambil rekan lain')
    expect(screen(tuti)).not.toContain(PROBLEM)
    await budi.tapsAgain('Saya bantu')
    expect(budi.toast()).toContain('sudah dengan Bapak/Ibu')
    expect(screen(sari).match(/sekarang dibantu Budi/g)).toHaveLength(1)
  })

  story('not sent yet is dropped when somebody takes it: nobody is woken for what is over', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi', { quietFrom: 22, quietUntil: 7 })
    const tuti = await volunteer(scene, 'Tuti', { quietFrom: 8, quietUntil: 17 })
    await asks(scene)
    expect(screen(tuti)).not.toContain(PROBLEM)
    await budi.taps('Saya bantu')
    await clinic.passes(hours(9))
    expect(screen(tuti)).not.toContain('Permintaan 1')
    const dewi = scene.person('Dewi')
    await clinic.passes(hours(16))
    await asksForHelp(dewi, 'Jahitan saya kurang rapi')
    expect(screen(tuti)).not.toContain('Jahitan')
    await clinic.passes(hours(7.1))
    expect(screen(tuti)).toContain('Jahitan saya kurang rapi')
  })

  story('goes to experts when asked to; without any that is said', async (scene) => {
    const budi = await volunteer(scene, 'Budi', { areas: [] })
    await asks(scene)
    await budi.taps('Oper ke ahli')
    expect(budi.toast()).toContain('Belum ada ahli lain')
    const ahli = await expertIn(scene, 'Ahli', ['info'])
    await budi.taps('Oper ke ahli')
    expect(budi.toast()).toContain('Sudah kami tawarkan ke ahli')
    expect(ahli).toSee(PROBLEM)
    await ahli.taps('Saya bantu')
    expect((await caseNow(scene.clinic)).volunteer_id).toBe(await personIdOf(scene.clinic, ahli))
  })

  story('in the group is there for every volunteer; who is none is told how to become one', async (scene) => {
    const { world } = scene.clinic.simulator
    const budi = await volunteer(scene, 'Budi', { weeklyLoad: 0 })
    const joko = scene.person('Joko')
    await joko.starts()
    world.addGroup({ id: GROUP_ID, title: 'Relawan', type: 'supergroup', members: [budi.id, joko.id] })
    const sari = await asks(scene)
    const card = () => world.messages(GROUP_ID).findLast(({ from }) => from === 'bot')!
    expect(card().text).toContain(PROBLEM)
    const data = card().inlineKeyboard!.flat()[0] as { callback_data: string }
    const tapsInGroup = async (phone: Phone) => {
      const tap = world.tapButton(phone.id, GROUP_ID, card().messageId, data.callback_data)
      await scene.clinic.settled()
      return (await tap.answered).text
    }
    expect(await tapsInGroup(joko)).toContain('Tombol ini untuk relawan klinik')
    expect((await caseNow(scene.clinic)).state).toBe('waiting')
    expect(await tapsInGroup(budi)).toContain('Lanjutkan di obrolan pribadi')
    expect(screen(budi)).toContain(PROBLEM)
    expect(sari.chat().map(({ text }) => text).join()).toContain('sekarang dibantu Budi')
    expect(card().text).toContain('sudah diambil')
    expect(world.messages(GROUP_ID).filter(({ text }) => text?.includes(PROBLEM))).toEqual([])
  }, { volunteerChatId: GROUP_ID })

  story('tapped by fifty at once has one winner, and forty-nine who are thanked', async (scene) => {
    const { clinic } = scene
    const { world } = clinic.simulator
    const everyone: Phone[] = []
    for (let at = 0; at < 50; at += 1) everyone.push(await volunteer(scene, `Relawan ${at}`))
    const sari = await asks(scene)
    const taps = everyone.map((phone) => world.tapButton(phone.id, phone.id, world.messages(phone.id).findLast(({ from }) => from === 'bot')!.messageId, 'case-claim:1', { forged: true }))
    await clinic.settled()
    const answers = await Promise.all(taps.map(async ({ answered }) => (await answered).text ?? ''))
    expect(answers.filter((text) => text.includes('Rekan lain sudah lebih dulu'))).toHaveLength(49)
    expect(everyone.filter((phone) => screen(phone).includes('Terima kasih! Permintaan 1'))).toHaveLength(1)
    expect(screen(sari).match(/sekarang dibantu/g)).toHaveLength(1)
    expect(await clinic.reads((tx) => tx.selectFrom('case_assignment').select(['role', 'until']).execute())).toEqual([{ role: 'lead', until: null }])
  }, { timeout: 180_000 })
})

describe('nobody takes it', () => {
  story('more are asked, then coordinators, once at three and once at twenty-four waking hours', async (scene) => {
    const { clinic } = scene
    const rini = await coordinator(scene)
    await volunteer(scene, 'Budi')
    const tuti = await volunteer(scene, 'Tuti', { areas: ['keamanan'], languages: ['jv'] })
    const sari = await asks(scene)
    expect(screen(tuti)).not.toContain(PROBLEM)
    await clinic.passes(hours(1))
    expect(tuti).toSee(PROBLEM)
    await clinic.passes(hours(1.9))
    expect(screen(rini)).not.toContain(PROBLEM)
    await clinic.passes(hours(0.1))
    expect(rini).toSee(/Belum ada relawan yang mengambil[\s\S]*Mesin jahit/)
    expect(sari).toSee('belum ada yang mengambil, maaf ya. Koordinator sudah kami beri tahu')
    const told = () => screen(rini).match(/Belum ada relawan yang mengambil/g)?.length
    await clinic.passes(hours(29))
    expect(told()).toBe(1)
    await clinic.passes(hours(1))
    expect(told()).toBe(2)
  })

  story('who was all asked already leaves three hours before coordinators hear of it', async (scene) => {
    const rini = await coordinator(scene)
    await volunteer(scene, 'Budi')
    await asks(scene)
    await scene.clinic.passes(hours(1))
    expect(screen(rini)).not.toContain(PROBLEM)
    await scene.clinic.passes(hours(2))
    expect(rini).toSee(PROBLEM)
  })

  story('a coordinator gives it to someone, who has it at once', async (scene) => {
    const rini = await coordinator(scene)
    const budi = await volunteer(scene, 'Budi')
    const sari = await asks(scene)
    await rini.says('/permintaan')
    await rini.taps('Tunjuk 1')
    await rini.taps('Budi')
    expect(rini).toSee('Kasus 1 sekarang dengan Budi')
    expect(budi).toSee(/rekan klinik mempercayakan permintaan 1 dari pemilik usaha kepada Bapak\/Ibu/i)
    expect(budi).toSee(PROBLEM)
    expect(sari.chat().map(({ text }) => text).join()).toContain('sekarang dibantu Budi')
    await rini.tapsAgain('Budi')
    expect(rini.toast()).toContain('sudah dengan dia')
  })
})

describe('a case in hand', () => {
  story('is given back with a word, waits in front, and its notes go along', async (scene) => {
    const { clinic } = scene
    const [budi, tuti] = [await volunteer(scene, 'Budi'), await volunteer(scene, 'Tuti')]
    const sari = await asks(scene)
    await asksForHelp(scene.person('Dewi'), 'Jahitan saya kurang rapi')
    await budi.forges('case-claim:1')
    const author = await personIdOf(clinic, budi)
    await clinic.reads((tx) => addNote(tx, { caseId: 1, author, body: 'Sudah ganti jarum', now: clinic.now() }))
    await budi.says('/meja')
    expect(budi).toSee(/Kasus di meja Bapak\/Ibu: 1[\s\S]*menunggu jawaban Bapak\/Ibu/)
    await budi.taps('Kasus 1')
    await budi.taps('Lepas kasus')
    await budi.taps('Tidak jadi')
    await budi.taps('Lepas kasus')
    await budi.taps('Ya, lepas')
    expect(budi).toSee('kasus 1 kami carikan rekan lain')
    expect(sari.chat().map(({ text }) => text).join()).toContain('kami carikan relawan lain')
    await budi.tapsAgain('Ya, lepas')
    expect(budi.toast()).toContain('tidak sedang dengan')
    expect(await caseNow(clinic)).toMatchObject({ state: 'waiting', front: 1, volunteer_id: null })
    expect(tuti).toSee(/Permintaan 1[\s\S]*sempat dibantu/)
    await tuti.says('/meja')
    await tuti.taps('Ambil yang terdepan')
    expect(tuti).toSee('Permintaan 1')
    await tuti.taps('Saya bantu')
    expect(tuti).toSee(/Catatan rekan untuk kasus 1:\n• Budi: Sudah ganti jarum/)
    expect(screen(sari)).not.toContain('Sudah ganti jarum')
  })

  story('is handed to a named colleague; an expert joins and both are heard', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const tuti = await volunteer(scene, 'Tuti')
    const sari = await asks(scene)
    await budi.taps('Saya bantu')
    await budi.taps('Pilihan lain')
    await budi.taps('Ajak ahli')
    expect(budi).toSee('Belum ada ahli yang siaga')
    const ahli = await expertIn(scene, 'Ahli', ['info'])
    await budi.tapsAgain('Ajak ahli')
    await budi.taps('Ahli')
    expect(ahli).toSee(PROBLEM)
    expect(screen(sari)).toContain('Ahli ikut membantu permintaan nomor 1')
    await ahli.repliesTo(PROBLEM, 'Cek dinamonya')
    for (const phone of [sari, budi]) expect(screen(phone)).toContain('Cek dinamonya')
    await ahli.forges('case-release:1')
    expect((await caseNow(scene.clinic)).state).toBe('claimed')
    await budi.tapsAgain('Oper ke rekan')
    await budi.taps('Tuti')
    expect(tuti).toSee(/Mesin jahit[\s\S]*Cek dinamonya/)
    expect(screen(sari)).toContain('sekarang dibantu Tuti')
    await budi.repliesTo(PROBLEM, 'Masih saya')
    expect(budi).toSee('tidak sedang dengan')
    expect(screen(sari)).not.toContain('Masih saya')
    await sari.says('Terima kasih semuanya, Bu')
    for (const phone of [tuti, ahli]) expect(screen(phone)).toContain('Terima kasih semuanya')
    expect(screen(budi)).not.toContain('Terima kasih semuanya')
  })

  story('left lying is reminded of at half and nine tenths, and taken back to the front; nights do not count', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    const sari = await asks(scene)
    await clinic.passes(hours(6))
    await budi.taps('Saya bantu')
    expect(budi).toSee(/Mohon dijawab sebelum .*12\.00/)
    await clinic.passes(hours(5.9))
    expect(budi).not.toSee('menunggu jawaban')
    await clinic.passes(hours(0.1))
    expect(budi).toSee('menunggu jawaban Bapak/Ibu di kasus 1')
    // From nine in the evening until six nothing runs.
    await clinic.passes(hours(9))
    await clinic.passes(hours(4.7))
    expect(screen(budi)).not.toContain('hampir habis')
    await clinic.passes(hours(0.1))
    expect(budi).toSee('hampir habis')
    const tuti = await volunteer(scene, 'Tuti')
    await clinic.passes(hours(1.2))
    expect(budi).toSee('Kasus 1 kami carikan rekan lain')
    expect(sari).toSee('kami carikan relawan lain')
    expect(tuti).toSee('sempat dibantu')
    await budi.repliesTo(PROBLEM, 'Maaf terlambat')
    expect(budi).toSee('tidak sedang dengan')
  })

  story('answered in time is not taken back; her next words begin the time anew', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi', { quietFrom: 6, quietUntil: 6 })
    const sari = await asks(scene)
    await budi.taps('Saya bantu')
    await clinic.passes(hours(6))
    await budi.repliesTo(PROBLEM, 'Ganti jarumnya')
    await clinic.passes(hours(20))
    expect((await caseNow(clinic)).state).toBe('claimed')
    await sari.says('Sudah diganti')
    await clinic.passes(hours(6))
    expect(budi).toSee('menunggu jawaban Bapak/Ibu di kasus 1')
  })

  story('stays what it is over a restart in each state', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    const sari = await asks(scene)
    await restarts(clinic)
    await budi.taps('Saya bantu')
    await restarts(clinic)
    await budi.repliesTo(PROBLEM, 'Ganti jarumnya')
    expect(sari).toSee('Ganti jarumnya')
    await restarts(clinic)
    await budi.taps('Pilihan lain')
    await budi.taps('Selesai')
    for (const label of budi.buttons()) if (label.includes('Terbantu') || label.includes('Beres') || label.includes('Selesai')) await budi.taps(label)
    await restarts(clinic)
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    await sari.taps('Laporkan')
    await restarts(clinic)
    expect(['frozen', 'claimed', 'closing']).toContain((await caseNow(clinic)).state)
    await sari.says('/kasus')
    expect(sari).toSee('Nomor 1')
  })
})

/** Buttons about a case; `2` may be any person. */
const BUTTONS = ['case-look:1', 'case-claim:1', 'case-skip:1', 'case-expert:1', 'case-menu:1', 'case-ask-release:1', 'case-release:1', 'case-choose-colleague:1', 'case-choose-expert:1', 'case-give:1:2', 'case-join:1:2', 'case-give:1:3', 'relay-withdraw:1', 'relay-to:1', 'help-case:1', 'case-cancel:1', 'case-still:1', 'help-send:1', 'help-preview:1', 'case-confirm:1', 'case-reopen:1', 'case-report:1', 'case-transcript:1', 'case-solved:1', 'case-owner-card:1', 'case-canned:1', 'case-note:1', 'case-ask-field:1'] as const

describe('a forged button', () => {
  story('shows and changes nothing of a case in someone else’s hands, whoever forges it', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    const sari = await asks(scene)
    await budi.taps('Saya bantu')
    await budi.says('Jangan dibaca orang lain')
    const joko = scene.person('Joko')
    await joko.starts()
    const dewi = await asks(scene, 'Dewi')
    const tuti = await volunteer(scene, 'Tuti')
    const ended = await volunteer(scene, 'Bekas')
    const endedId = await personIdOf(clinic, ended)
    await clinic.reads(async (tx) => {
      await moveVolunteer(tx, { person: endedId, move: 'ended', by: endedId, now: clinic.now() })
      await endRole(tx, { person: endedId, role: 'volunteer', by: endedId, now: clinic.now() })
    })
    const everything = () =>
      clinic.reads(async (tx) => ({
        case: await tx.selectFrom('help_case').selectAll().where('id', '=', 1).execute(),
        said: await tx.selectFrom('case_message').selectAll().where('case_id', '=', 1).execute(),
        helpers: await tx.selectFrom('case_assignment').selectAll().where('case_id', '=', 1).execute(),
        looks: await tx.selectFrom('case_look').selectAll().execute(),
        notes: await tx.selectFrom('case_note').selectAll().execute(),
      }))
    const before = await everything()
    for (const [who, phone] of Object.entries({ joko, dewi, tuti, ended })) {
      for (const data of BUTTONS) {
        await phone.forges(data)
        expect(phone.isSpinning(), `${who} ${data}`).toBe(false)
        expect(phone.news(), `${who} ${data}`).not.toMatch(/Jangan dibaca|Sari|permintaan 1\b/)
      }
      await phone.says('Saya ikut bicara')
      if (phone.buttons().some((label) => label.includes('Jangan kirim'))) await phone.taps('Jangan kirim')
    }
    expect(await everything()).toEqual(before)
    for (const phone of [sari, budi]) expect(screen(phone)).not.toContain('Saya ikut bicara')
  })

  story('of a volunteer whose time with the clinic ended: the case she had is closed to her', async (scene) => {
    const { clinic } = scene
    const budi = await volunteer(scene, 'Budi')
    const sari = await asks(scene)
    await budi.taps('Saya bantu')
    const person = await personIdOf(clinic, budi)
    await clinic.reads((tx) => endRole(tx, { person, role: 'volunteer', by: person, now: clinic.now() }))
    await budi.repliesTo(PROBLEM, 'Saya masih baca')
    expect(screen(sari)).not.toContain('Saya masih baca')
    await budi.says('Saya masih baca')
    expect(screen(sari)).not.toContain('Saya masih baca')
    await sari.says('Untuk relawan saja')
    expect(screen(budi)).not.toContain('Untuk relawan saja')
    for (const data of BUTTONS) await budi.forges(data)
    expect(screen(budi)).not.toContain('Untuk relawan saja')
  })

  story('of a case that never was is answered kindly', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const rini = await coordinator(scene)
    for (const phone of [budi, rini]) {
      for (const data of BUTTONS) {
        await phone.forges(data.replace(':1', ':999'))
        expect(phone.isSpinning(), data).toBe(false)
        expect(phone.news(), data).not.toContain('gangguan')
      }
    }
  })
})
