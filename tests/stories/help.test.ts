// Tells how people ask for help and how coordinators answer, as it happens on their phones.
import { describe, expect } from 'vitest'
import { findPersonByTelegramId, changePerson } from '../../src/people/store.ts'
import { grantRole } from '../../src/people/roles.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, hours, type Scene, story, type StoryClinic } from './support/story.ts'

const GROUP_ID = -1_001_000_000_001
const QUESTION = 'Bagaimana cara membuat NIB?'
const ANSWER = 'Siapkan KTP lalu buka oss.go.id'

const coordinator = ({ person }: Pick<Scene, 'person'>): Phone => person('Rini', { id: COORDINATOR_ID })

const asks = async (phone: Phone, question = QUESTION) => {
  await phone.says('/bantuan')
  await phone.says(question)
}

/** What the clinic knows of someone who registered. */
const knows = (clinic: StoryClinic, phone: Phone, known: { name: string; honorific: 'ibu' | 'bapak' }) =>
  clinic.reads(async (tx) => {
    const found = await findPersonByTelegramId(tx, phone.id)
    await changePerson(tx, found?.id ?? 0, { given_name: known.name, honorific: known.honorific })
  })

const requests = (clinic: StoryClinic) => clinic.reads((tx) => tx.selectFrom('help_request').select(['number', 'state']).orderBy('id').execute())
const helpAudit = (clinic: StoryClinic) =>
  clinic.reads(async (tx) => (await tx.selectFrom('audit').select('action').where('action', 'like', 'help-%').orderBy('id').execute()).map(({ action }) => action))

describe('a request for help', () => {
  story('reaches the coordinator, whose Telegram reply comes back, and is closed when it helped', async (scene) => {
    const { clinic } = scene
    const rini = coordinator(scene)
    const sari = scene.person('Sari')
    await rini.starts()
    await sari.says('/bantuan')
    expect(sari).toSee('Koordinator klinik akan membacanya')
    expect(sari).toSee('KTP, PIN, atau kode OTP')
    await sari.says(QUESTION)
    expect(sari).toSee('Permintaan nomor 1 sudah kami teruskan ke koordinator')
    expect(rini).toSee(/Permintaan nomor 1 dari seorang pemilik usaha:[\s\S]*Bagaimana cara membuat NIB\?[\s\S]*\[✏️ Balas\]/)

    await rini.repliesTo(QUESTION, ANSWER)
    expect(rini).toSee('Jawaban untuk permintaan nomor 1 sudah diteruskan')
    expect(sari).toSee(/Jawaban untuk permintaan nomor 1:[\s\S]*Siapkan KTP lalu buka oss\.go\.id/)
    expect(sari.buttons()).toEqual(['✅ Sudah terbantu', '💬 Tanya lagi'])

    await sari.taps('Sudah terbantu')
    expect(sari).toSee('Permintaan nomor 1 sudah selesai')
    await sari.tapsAgain('Sudah terbantu')
    expect(sari.toast()).toContain('sudah selesai')
    expect(sari.news()).toBe('')
    expect(await requests(clinic)).toEqual([{ number: 1, state: 'closed' }])
    expect(await helpAudit(clinic)).toEqual(['help-answered', 'help-closed'])
  })

  story('names the owner who told her name, and keeps what she typed from being taken for markup', async (scene) => {
    const rini = coordinator(scene)
    const sari = scene.person('Sari')
    await rini.starts()
    await sari.starts()
    await knows(scene.clinic, sari, { name: 'Sari', honorific: 'ibu' })
    await asks(sari, 'Modal <b>& untung {{you}} bagaimana?')
    expect(sari).toSee('Terima kasih, Bu Sari.')
    expect(rini).toSee(/dari Bu Sari:\nModal <b>& untung \{\{you\}\} bagaimana\?/)
  })

  story('is answered with the button by who does not know Telegram replies, and goes on for as long as needed', async (scene) => {
    const rini = coordinator(scene)
    const sari = scene.person('Sari')
    await rini.starts()
    await asks(sari)
    await rini.taps('Balas')
    expect(rini).toSee('Silakan tulis jawaban untuk permintaan nomor 1')
    await rini.says(ANSWER)
    await sari.taps('Tanya lagi')
    expect(sari).toSee('tambahan untuk permintaan nomor 1')
    await sari.says('KTP saya hilang, bagaimana?')
    expect(sari).toSee('ditambahkan ke permintaan nomor 1')
    expect(rini).toSee(/Tambahan untuk permintaan nomor 1[\s\S]*KTP saya hilang/)
    await rini.repliesTo('KTP saya hilang', 'Urus dulu di kantor desa')
    await sari.repliesTo('Urus dulu di kantor desa', 'Baik, jam berapa buka?')
    expect(rini).toSee('Baik, jam berapa buka?')
    expect(await requests(scene.clinic)).toEqual([{ number: 1, state: 'open' }])
  })

  story('asked again offers to add to the one that waits', async (scene) => {
    const rini = coordinator(scene)
    const sari = scene.person('Sari')
    await rini.starts()
    await asks(sari)
    await sari.says('/bantuan')
    expect(sari).toSee('nomor 1 sedang menunggu jawaban')
    await sari.taps('Tambah pesan')
    await sari.says('Usaha saya warung makan')
    expect(rini).toSee(/Tambahan untuk permintaan nomor 1[\s\S]*Usaha saya warung makan/)
    await sari.says('/bantuan')
    await sari.taps('Buat permintaan baru')
    await sari.says('Bagaimana cara menghitung untung?')
    expect(sari).toSee('Permintaan nomor 2')
    expect(await requests(scene.clinic)).toEqual([{ number: 1, state: 'open' }, { number: 2, state: 'open' }])
  })

  story('from the middle of another form leaves that form waiting and offers it again', async (scene) => {
    const sari = scene.person('Sari')
    await coordinator(scene).starts()
    await sari.says('/daftar')
    await sari.says('bingung')
    await sari.taps('Tanya petugas')
    expect(sari).toSee('dalam satu pesan')
    await sari.says('Data saya dipakai untuk apa?')
    expect(sari).toSee('Permintaan nomor 1')
    expect(sari).toSee('Masih ada yang belum selesai')
    await sari.taps('Lanjutkan')
    expect(sari).toSee('Apakah Bapak/Ibu setuju?')
  })

  story('survives a restart between the question, the answer and the reply to it', async (scene) => {
    const { clinic } = scene
    const rini = coordinator(scene)
    const sari = scene.person('Sari')
    await rini.starts()
    await sari.says('/bantuan')
    await clinic.stops()
    await clinic.startsAgain({ after: hours(1) })
    await sari.says(QUESTION)
    expect(rini).toSee(QUESTION)
    await clinic.stops()
    await clinic.startsAgain({ after: hours(1) })
    await rini.repliesTo(QUESTION, ANSWER)
    expect(sari).toSee(ANSWER)
  })

  story('is answered at night too, but without a sound', async ({ clinic, person }) => {
    const [sari, rini] = [person('Sari'), person('Rini', { id: COORDINATOR_ID })]
    await rini.starts()
    const answers = () => clinic.simulator.world.calls().filter(({ params }) => String(params['text']).startsWith('Jawaban untuk permintaan'))
    for (const waits of [0, 14]) {
      await clinic.passes(hours(waits))
      await sari.says('/bantuan')
      await sari.says('Kamera HP saya buram')
      await rini.says('/permintaan')
      await rini.taps('Balas nomor')
      await rini.says('Lap dulu lensanya dengan kain lembut.')
      await sari.taps('Sudah terbantu')
    }
    expect(answers().map(({ params }) => params['disable_notification'] ?? false)).toEqual([false, true])
  })

  story('that arrives twice counts once', async (scene) => {
    const rini = coordinator(scene)
    const sari = scene.person('Sari')
    await rini.starts()
    scene.clinic.simulator.faults.duplicateUpdates(true)
    await asks(sari)
    await rini.repliesTo(QUESTION, ANSWER)
    expect(sari.news().match(/Siapkan KTP/g)).toHaveLength(1)
    expect(await requests(scene.clinic)).toEqual([{ number: 1, state: 'answered' }])
  })
})

describe('coordinators', () => {
  story('who join later find what waits; before that the owner is told honestly', async (scene) => {
    const { clinic } = scene
    const sari = scene.person('Sari')
    const tono = scene.person('Tono')
    await asks(sari)
    expect(sari).toSee('belum ada koordinator yang bertugas')
    await clinic.passes(hours(3))
    await tono.starts()
    await clinic.reads(async (tx) => {
      const found = await findPersonByTelegramId(tx, tono.id)
      await grantRole(tx, { person: found?.id ?? 0, role: 'coordinator', by: null, now: clinic.now() })
    })
    await tono.says('/permintaan')
    expect(tono).toSee(/Permintaan yang menunggu: 1[\s\S]*Nomor 1, seorang pemilik usaha, 3 jam lalu\nBagaimana cara membuat NIB\?/)
    await tono.taps('Balas nomor 1')
    expect(tono).toSee(/Permintaan nomor 1 dari seorang pemilik usaha:[\s\S]*Bagaimana cara membuat NIB\?/)
    await tono.says(ANSWER)
    expect(sari).toSee(ANSWER)
    await tono.says('/permintaan')
    expect(tono).toSee('Tidak ada permintaan yang menunggu')
  }, { coordinatorIds: [] })

  story('are told when another one answered', async (scene) => {
    const { clinic } = scene
    const rini = coordinator(scene)
    const tono = scene.person('Tono', { id: 3002 })
    const sari = scene.person('Sari')
    await rini.starts()
    await tono.starts()
    await asks(sari)
    expect(tono).toSee(QUESTION)
    await rini.repliesTo(QUESTION, ANSWER)
    expect(tono).toSee('Permintaan nomor 1 sudah dijawab oleh rekan.')
    await knows(clinic, tono, { name: 'Tono', honorific: 'bapak' })
    await tono.repliesTo(QUESTION, 'Boleh juga lewat kantor desa')
    expect(rini).toSee('Permintaan nomor 1 sudah dijawab oleh Tono.')
    expect(sari).toSee('Boleh juga lewat kantor desa')
  }, { coordinatorIds: [COORDINATOR_ID, 3002] })

  story('learn that the owner cannot be reached, and the request stays open', async (scene) => {
    const { clinic } = scene
    const rini = coordinator(scene)
    const sari = scene.person('Sari')
    await rini.starts()
    await asks(sari)
    clinic.simulator.world.blockBot(sari.id)
    await clinic.settled()
    await rini.repliesTo(QUESTION, ANSWER)
    expect(rini).toSee('sedang tidak bisa dihubungi')
    expect(await requests(clinic)).toEqual([{ number: 1, state: 'open' }])
    clinic.simulator.world.unblockBot(sari.id)
    await sari.says('Saya kembali')
    await rini.repliesTo(QUESTION, ANSWER)
    expect(sari).toSee(ANSWER)
  })

  story('read each language their own way, and a photo is redirected kindly', async (scene) => {
    const rini = coordinator(scene)
    const sari = scene.person('Sari')
    await rini.starts()
    await rini.taps('English')
    await asks(sari)
    expect(rini).toSee('Request number 1 from a business owner:')
    await rini.repliesTo(QUESTION, 'x'.repeat(2001))
    expect(rini).toSee('too long to pass on')
    await rini.repliesTo(QUESTION, ANSWER)
    expect(sari).toSee('Jawaban untuk permintaan nomor 1')
    await sari.says('/bantuan')
    await sari.sendsPhoto()
    expect(sari).toSee('hanya menerima tulisan')
  })

  story('of the volunteers’ group read a number and nothing personal', async (scene) => {
    const { world } = scene.clinic.simulator
    const sari = scene.person('Sari')
    world.addGroup({ id: GROUP_ID, title: 'Relawan', type: 'supergroup', members: [scene.person('Joko').id] })
    await asks(sari)
    expect(world.messages(GROUP_ID).filter(({ from }) => from === 'bot').map(({ text }) => text)).toEqual(['Ada permintaan bantuan baru, nomor 1.'])
  }, { volunteerChatId: GROUP_ID })
})

describe('a forged or outdated button', () => {
  story('shows and changes nothing of another person’s request', async (scene) => {
    const rini = coordinator(scene)
    const sari = scene.person('Sari')
    const joko = scene.person('Joko')
    await rini.starts()
    await asks(sari)
    await joko.starts()
    for (const data of ['help-done:1', 'help-more:1']) {
      await joko.forges(data)
      expect(joko.toast()).toContain('sudah tidak tersedia')
    }
    for (const data of ['help-answer:1', 'help-read:1']) {
      await joko.forges(data)
      expect(joko.toast()).toContain('hanya untuk petugas')
    }
    expect(joko.news()).toBe('')
    await joko.says('/permintaan')
    expect(joko).toSee('hanya untuk petugas')
    await rini.forges('help-answer:999')
    expect(rini.toast()).toContain('sudah tidak tersedia')
    expect(await requests(scene.clinic)).toEqual([{ number: 1, state: 'open' }])
  })
})
