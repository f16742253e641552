// Holds that answering twice is asked of who agreed, in time and once, and tells about the questions and never about her.
import { describe, expect } from 'vitest'
import { agreesToResearch, withdrawsFromResearch } from './support/group.ts'
import { answersEach, becomesMember, checks } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, days, hours, story, type StoryClinic } from './support/story.ts'

const CHECK = 'CCCC CCCC CCCC CCCC CCCC'
const MINUTE = hours(1 / 60)
const INVITATION = 'menjawab cek yang sama sekali lagi'

/** Someone who checked now and agrees to research. */
async function checked(clinic: StoryClinic, phone: Phone): Promise<Phone> {
  await becomesMember(clinic, phone)
  await checks(phone, CHECK)
  await agreesToResearch(clinic, phone)
  return phone
}

const invitations = (phone: Phone) => phone.chat().filter(({ from, text }) => from === 'bot' && (text ?? '').includes(INVITATION)).length

const kinds = (clinic: StoryClinic) => clinic.reads(async (tx) => (await tx.selectFrom('assessment').select('kind').orderBy('id').execute()).map(({ kind }) => kind))

describe('answering twice', () => {
  story('Bu Sari is invited after a week, answers, and her result stays as it was', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    const sari = await checked(clinic, person('Sari'))
    await sari.says('/riwayat')
    const history = sari.news()
    await clinic.passes(days(8))
    await rini.says('/ujiulang')
    expect(rini).toSee('Ada 1 orang yang bisa diundang')
    await rini.taps('Undang 1 orang')
    expect(rini).toSee('Undangan segera dikirim kepada 1 orang')
    expect(rini).not.toSee('Sari')
    await clinic.passes(MINUTE)
    expect(sari).toSee(/Halo, Bu Sari\. Maukah.*kira-kira 5 menit\? Tidak wajib/)
    expect(sari.buttons()).toEqual(['▶️ Mulai', 'Tidak usah', '❓ Kenapa saya dapat ini?'])
    await sari.taps('Kenapa saya dapat ini?')
    expect(sari).toSee('karena Bu Sari mengizinkan hasil cek dipakai untuk penelitian')

    await sari.taps('Mulai')
    await sari.says('/cek')
    expect(sari).toSee('Cek terakhir Bu Sari baru tanggal 23 Nov 2026')
    expect(sari).toSee('Tadi kita sedang mengisi cek ulang untuk penelitian.')
    await sari.taps('Lanjutkan')
    await answersEach(sari, 'DDDD DDDD DDDD DDDD DDDD')
    expect(sari).toSee('Jawaban tadi dipakai tanpa nama')
    expect(sari).not.toSee(/60|Dibanding|naik|mahir|picture/)
    await sari.says('/riwayat')
    expect(sari.news()).toBe(history)
    await sari.says('/cek')
    expect(sari).toSee('Cek terakhir Bu Sari baru tanggal 23 Nov 2026')
    expect(await kinds(clinic)).toEqual(['check', 'retest'])
    await sari.tapsAgain('Mulai')
    expect(sari).toSee('Undangan ini sudah lewat')
    await rini.says('/hasilkelompok')
    expect(rini).toSee('Baru 1 orang yang sudah punya hasil cek')
  })

  story('is asked of nobody twice, by a double tap or by two coordinators', async ({ clinic, person }) => {
    const [rini, dewi] = [person('Rini', { id: COORDINATOR_ID }), person('Dewi', { id: 3002 })]
    const sari = await checked(clinic, person('Sari'))
    const tini = await checked(clinic, person('Tini'))
    await clinic.passes(days(10))
    await rini.says('/ujiulang')
    await dewi.says('/ujiulang')
    await rini.taps('Undang 2 orang')
    await rini.tapsAgain('Undang 2 orang')
    expect(rini).toSee('Sekarang belum ada yang bisa diundang')
    await dewi.taps('Undang 2 orang')
    expect(dewi).toSee('Sekarang belum ada yang bisa diundang')
    await clinic.passes(MINUTE)
    expect([invitations(sari), invitations(tini)]).toEqual([1, 1])
    const trail = await clinic.reads((tx) => tx.selectFrom('audit').select(['subject', 'detail']).where('action', '=', 'retest-invited').execute())
    expect(trail).toEqual([{ subject: 'instrument:0.2-pilot', detail: '2' }])
  }, { coordinatorIds: [COORDINATOR_ID, 3002] })

  story('may be declined, and then is not asked again', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    const sari = await checked(clinic, person('Sari'))
    await clinic.passes(days(7))
    await rini.says('/ujiulang')
    await rini.taps('Undang 1 orang')
    await clinic.passes(MINUTE)
    await sari.taps('Tidak usah')
    expect(sari).toSee('Tidak apa-apa, Bu Sari.')
    expect(sari.buttons()).not.toContain('▶️ Mulai')
    await rini.says('/ujiulang')
    expect(rini).toSee('Sekarang belum ada yang bisa diundang')
    expect(await kinds(clinic)).toEqual(['check'])
  })

  story('is asked in English of who reads English', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    const sari = await checked(clinic, person('Sari'))
    await clinic.reads((tx) => tx.updateTable('person').set({ language: 'en' }).execute())
    await clinic.passes(days(7))
    await rini.says('/ujiulang')
    expect(rini).toSee('1 person can be invited')
    await rini.taps('Invite 1 person')
    expect(rini).toSee('1 person is being invited')
    await clinic.passes(MINUTE)
    expect(sari).toSee('Would you help us by answering the same check once more')
    await sari.taps('No, thanks')
    expect(sari).toSee('your result stays as it is')
  })
})

describe('nobody is invited', () => {
  story('sooner than a week or later than two', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await checked(clinic, person('Sari'))
    for (const [wait, told] of [[days(7) - 60_000, 'Sekarang belum ada'], [60_000, 'Ada 1 orang'], [days(7), 'Ada 1 orang'], [60_000, 'Sekarang belum ada']] as const) {
      await clinic.passes(wait)
      await rini.says('/ujiulang')
      expect(rini).toSee(told)
    }
  })

  story('who has not agreed to research, pauses, has no total, or answers other questions now', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    const [sari, tini, wati] = [person('Sari'), person('Tini'), person('Wati')]
    await becomesMember(clinic, sari)
    await checks(sari, CHECK)
    await checked(clinic, tini)
    await tini.says('/jeda')
    await becomesMember(clinic, wati)
    await agreesToResearch(clinic, wati)
    await wati.says('/cek')
    await wati.taps('Mulai cek')
    for (let skips = 0; skips < 2; skips += 1) await wati.taps('Lewati')
    await answersEach(wati, 'CC CCCC CCCC CCCC CCCC')
    const yanti = await checked(clinic, person('Yanti'))
    await clinic.passes(days(8))
    await rini.says('/ujiulang')
    expect(rini).toSee('Ada 1 orang')
    await rini.taps('Undang 1 orang')
    await clinic.passes(MINUTE)
    expect([sari, tini, wati, yanti].map(invitations)).toEqual([0, 0, 0, 1])
    await clinic.stops()
    await clinic.startsAgain({ instrument: (before) => ({ ...before, version: '0.3-test' }) })
    await yanti.taps('Mulai')
    expect(yanti).toSee('Undangan ini sudah lewat')
    await agreesToResearch(clinic, sari)
    await rini.says('/ujiulang')
    expect(rini).toSee('Sekarang belum ada')
  })

  story('in her quiet hours: she can be invited later', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    const sari = await checked(clinic, person('Sari'))
    const tini = await checked(clinic, person('Tini'))
    await clinic.reads((tx) => tx.updateTable('person').set({ time_zone: 'Asia/Jayapura' }).where('telegram_id', '=', tini.id).execute())
    // 20.00 WIB, which is 22.00 WIT.
    await clinic.passes(days(8) + hours(11))
    await rini.says('/ujiulang')
    expect(rini).toSee('Ada 1 orang')
    expect(rini).toSee('Yang sedang jam tenang: 1 orang.')
    await rini.taps('Undang 1 orang')
    expect(rini).toSee('kepada 1 orang')
    expect(rini).toSee('bisa diundang lagi nanti')
    await clinic.passes(MINUTE)
    expect([sari, tini].map(invitations)).toEqual([1, 0])
    await clinic.passes(hours(13))
    await rini.says('/ujiulang')
    await rini.taps('Undang 1 orang')
    await clinic.passes(MINUTE)
    expect([sari, tini].map(invitations)).toEqual([1, 1])
  })
})

describe('an invitation', () => {
  story('comes the day after when something else came that day, and is one of those counted', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    const sari = await checked(clinic, person('Sari'))
    await sari.says('/jadwal')
    await sari.taps('Setiap hari')
    await sari.taps('08.00')
    await clinic.passes(days(8))
    await clinic.passes(hours(23))
    expect(sari).toSee('Coba hari ini')
    await rini.says('/ujiulang')
    await rini.taps('Undang 1 orang')
    await clinic.passes(MINUTE)
    expect(invitations(sari)).toBe(0)
    await clinic.passes(hours(24))
    expect(invitations(sari)).toBe(1)
    await rini.says('/antrean')
    expect(rini).toSee('Terkirim: 1')
  })

  story('that she could not hear counts as none: she may be invited once her pause is over', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    const sari = await checked(clinic, person('Sari'))
    await clinic.passes(days(8))
    await rini.says('/ujiulang')
    await rini.taps('Undang 1 orang')
    await sari.says('/jeda')
    await clinic.passes(MINUTE)
    expect(invitations(sari)).toBe(0)
    await sari.taps('Aktifkan lagi')
    await rini.says('/ujiulang')
    await rini.taps('Undang 1 orang')
    await clinic.passes(MINUTE)
    expect(invitations(sari)).toBe(1)
  })
})

describe('an invitation has passed', () => {
  story('once she withdrew her consent', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    const sari = await checked(clinic, person('Sari'))
    await clinic.passes(days(8))
    await rini.says('/ujiulang')
    await rini.taps('Undang 1 orang')
    await clinic.passes(MINUTE)
    await withdrawsFromResearch(clinic, sari)
    await sari.taps('Mulai')
    expect(sari).toSee('Undangan ini sudah lewat. Terima kasih')
    expect(await kinds(clinic)).toEqual(['check'])
  })

  story('two weeks after the check, and was never there for who got none', async ({ clinic, person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    const sari = await checked(clinic, person('Sari'))
    await clinic.passes(days(13))
    await sari.forges('retest')
    expect(sari).toSee('Undangan ini sudah lewat')
    await rini.says('/ujiulang')
    await rini.taps('Undang 1 orang')
    await clinic.passes(MINUTE)
    await clinic.passes(days(2))
    await sari.taps('Mulai')
    expect(sari).toSee('Undangan ini sudah lewat')
  })
})
