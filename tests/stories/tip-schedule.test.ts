// Holds that tips come at the hour an owner chose, once, where she lives, and stop when she says so.
import { describe, expect } from 'vitest'
import type { Clinic } from '../../src/content/clinic.ts'
import { loadTips } from '../../src/content/tips.ts'
import { dataFile } from '../content/samples.ts'
import { becomesMember, checks } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, days, hours, type StoryClinic, story } from './support/story.ts'

const TIPS = loadTips(dataFile('tips.yaml'))
const tipsOn = (phone: Phone) => phone.chat().filter(({ from, text = '' }) => from === 'bot' && text.startsWith('💡 ')).length
const titleOn = (phone: Phone) => TIPS.find(({ title }) => phone.news().includes(`💡 ${title}`))?.title

/** She lives in WIB; it is Monday, nine in the morning. */
async function choosesSeven(clinic: StoryClinic, phone: Phone): Promise<void> {
  await becomesMember(clinic, phone)
  await phone.says('/jadwal')
  await phone.taps('Setiap hari')
  await phone.taps('07.00')
}

describe('the schedule', () => {
  story('Bu Sari chooses every day at seven, and one tip comes each morning', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/jadwal')
    expect(sari).toSee('Mau tips seberapa sering?')
    await sari.taps('Setiap hari')
    expect(sari).toSee('Enaknya jam berapa? (waktu WIB)')
    await sari.says('jam 7 pagi')
    expect(sari).toSee('Tips datang setiap hari, pukul 07.00 WIB.\nBerikutnya: Selasa, 24 November 2026, pukul 07.00 WIB.')
    await clinic.passes(hours(21))
    expect(tipsOn(sari)).toBe(0)
    await clinic.passes(hours(1))
    expect(tipsOn(sari)).toBe(1)
    await clinic.passes(hours(2))
    expect(tipsOn(sari)).toBe(1)
    for (let day = 0; day < 3; day += 1) await clinic.passes(days(1))
    expect(tipsOn(sari)).toBe(4)
  })

  story('three evenings a week, typed; then less often, more often, and a wrong hour asked back', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/jadwal')
    await sari.says('tiga kali seminggu')
    await sari.taps('Selasa')
    await sari.taps('Kamis')
    await sari.taps('Sabtu')
    await sari.taps('Sudah, lanjut')
    await sari.says('jam 3 pagi')
    expect(sari).toSee('Enaknya jam berapa?')
    await sari.says('7 malam')
    expect(sari).toSee('Tips datang Selasa, Kamis, Sabtu, pukul 19.00 WIB.')
    await sari.taps('Terlalu sering')
    expect(sari).toSee('Tips datang Selasa, pukul 19.00 WIB.')
    await sari.taps('Terlalu sering')
    expect(sari).toSee('Mau berhenti dulu?')
    await sari.says('/jadwal')
    await sari.taps('Terlalu jarang')
    await sari.taps('Terlalu jarang')
    expect(sari).toSee('Tips datang setiap hari, pukul 19.00 WIB.')
    await sari.taps('Terlalu jarang')
    expect(sari).toSee('Kalau mau satu lagi sekarang, ketik /tips.')
  })

  story('she pauses a week, until a date, goes on, stops for good, and begins again', async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    await sari.taps('Jeda seminggu')
    expect(sari).toSee('Tips sedang dijeda, Bu Sari.\nDatang lagi: Selasa, 1 Desember 2026, pukul 07.00 WIB.')
    for (let day = 0; day < 6; day += 1) await clinic.passes(days(1))
    expect(tipsOn(sari)).toBe(0)
    await sari.taps('Mulai lagi')
    expect(sari).toSee('Berikutnya: Senin, 30 November 2026')
    await sari.taps('Jeda sampai tanggal')
    await sari.says('10 desember')
    expect(sari).toSee('Datang lagi: Kamis, 10 Desember 2026, pukul 07.00 WIB.')
    await sari.taps('Berhenti')
    expect(sari).toSee('tips terjadwal kami hentikan')
    for (let week = 0; week < 3; week += 1) await clinic.passes(days(7))
    expect(tipsOn(sari)).toBe(0)
    await sari.says('/jadwal')
    await sari.taps('Mulai lagi')
    expect(sari).toSee('pukul 07.00 WIB')
  })

  story('after hours without the clinic only the newest tip comes, and a stale one not at all', async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    await clinic.stops()
    await clinic.startsAgain({ after: days(3) })
    await clinic.passes(0)
    expect(tipsOn(sari)).toBe(0)
    await clinic.passes(hours(22))
    expect(tipsOn(sari)).toBe(1)
  })

  story('what Telegram held up until the night, or she paused, is left out in the ledger too, and is not lost', async ({ clinic, person }) => {
    const [rini, sari] = [person('Rini', { id: COORDINATOR_ID }), person('Sari')]
    await rini.starts()
    await becomesMember(clinic, sari)
    await sari.says('/jadwal')
    await sari.taps('Setiap hari')
    await sari.taps('20.00')
    const ledger = () => clinic.reads((tx) => tx.selectFrom('delivery').select(['state', 'reason', 'day']).orderBy('id').execute())
    const shown = () => clinic.reads((tx) => tx.selectFrom('tip_shown').select('tip').execute())
    clinic.simulator.faults.next('sendMessage', { status: 429, retryAfter: 7200 })
    await clinic.passes(hours(11))
    expect(await ledger()).toMatchObject([{ state: 'queued', day: '2026-11-23' }])
    await clinic.passes(hours(2.1))
    expect(await ledger()).toEqual([{ state: 'skipped', reason: 'stale', day: null }])
    expect(await shown()).toEqual([])
    await rini.says('/antrean')
    expect(rini).toSee('Menunggu: 0\nDilewati: 1')

    clinic.simulator.faults.next('sendMessage', { status: 429, retryAfter: 900 })
    await clinic.passes(hours(22))
    await sari.says('/jeda')
    expect((await ledger())[1]).toEqual({ state: 'skipped', reason: 'paused', day: null })
    await clinic.passes(hours(0.5))
    await sari.taps('Aktifkan lagi')
    await clinic.passes(hours(23.5))
    expect(tipsOn(sari)).toBe(1)
  })

  story('is for members, and nobody changes that of another', async ({ clinic, person }) => {
    const [sari, budi] = [person('Sari'), person('Budi')]
    await choosesSeven(clinic, sari)
    await budi.says('/jadwal')
    expect(budi).toSee('Tips terjadwal untuk anggota')
    await budi.forges('tips-stop')
    expect(budi.toast()).toContain('untuk anggota')
    await clinic.passes(hours(22))
    expect(tipsOn(sari)).toBe(1)
  })
})

describe('an hour that many chose', () => {
  /** Six tips a minute leave, so that sixty people are many. */
  const slowly = (clinic: Clinic): Clinic => ({ ...clinic, limits: { ...clinic.limits, bulkSharePercent: 0.01 } })
  const SEVEN = Date.UTC(2026, 10, 24, 0)

  /** Others who want their tips at these times, by hundreds. */
  async function others(clinic: StoryClinic, times: readonly number[], before = 0): Promise<void> {
    await clinic.reads(async (tx) => {
      for (const [group, next_at] of times.entries()) {
        const people = Array.from({ length: 100 }, (_, at) => ({ telegram_id: 900_000 + before + group * 100 + at, created_at: 0, last_seen_at: clinic.now() }))
        const rows = await tx.insertInto('person').values(people).returning('id').execute()
        await tx.insertInto('tip_schedule').values(rows.map(({ id }) => ({ person_id: id, weekdays: '1,2,3,4,5,6,7', hour: 7, next_at, updated_at: 0 }))).execute()
      }
    })
  }

  story('is told with the wait and an hour beside it, which one tap takes', async ({ clinic, person }) => {
    const sari = person('Sari')
    await others(clinic, [SEVEN])
    await choosesSeven(clinic, sari)
    expect(sari).toSee('pukul 07.00 WIB.')
    expect(sari).toSee('Pukul 07.00 WIB ramai: tips bisa terlambat kira-kira 17 menit. Mau pindah ke jam yang lebih sepi?')
    await sari.says('/jadwal')
    expect(sari).toSee('Pukul 07.00 WIB ramai')
    await sari.taps('Pukul 06.00')
    expect(sari).toSee('Tips datang setiap hari, pukul 06.00 WIB.')
    expect(sari.buttons()).not.toContain('Pukul 06.00')
    await sari.tapsAgain('Pukul 06.00')
    expect(sari).toSee('pukul 06.00 WIB.')
    await sari.forges('tips-hour:23')
    await sari.says('/jadwal')
    expect(sari).toSee('pukul 06.00 WIB.')
  }, { clinic: slowly })

  story('leads to the hour after when the one before is just as full, and to none when both are', async ({ clinic, person }) => {
    const [sari, tini] = [person('Sari'), person('Tini')]
    await others(clinic, [SEVEN, SEVEN - hours(1)])
    await choosesSeven(clinic, sari)
    await sari.taps('Pukul 08.00')
    expect(sari).toSee('pukul 08.00 WIB.')
    await others(clinic, [SEVEN + hours(1)], 200)
    await choosesSeven(clinic, tini)
    expect(tini).not.toSee('lebih sepi')
  }, { clinic: slowly })
})

describe('under a tip', () => {
  story('she reads on, saves it, is told why it came, and marks it tried', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await checks(sari, 'DDDD DDDD AA BBBC DDDD')
    await sari.taps('Lihat rencana')
    await sari.says('/jadwal')
    await sari.taps('Setiap hari')
    await sari.taps('07.00')
    await clinic.passes(hours(22))
    const title = titleOn(sari)
    const tip = TIPS.find((one) => one.title === title)
    expect(tip?.area).toBe('promosi')
    expect(sari.buttons()).toEqual(['📖 Baca caranya', '🖼 Lihat gambarnya (23 KB)', '✅ Sudah dicoba', '⏰ Nanti', '🔄 Kurang cocok', '🆘 Butuh bantuan', '🔖 Simpan', '❓ Kenapa saya dapat ini?'])
    await sari.taps('Kenapa saya dapat ini?')
    expect(sari).toSee('Tip ini datang sesuai jadwal yang Bu Sari pilih (Selasa, 24 November 2026, pukul 07.00 WIB).')
    expect(sari).toSee('Tip ini dipilih karena ada di rencana Bu Sari.')
    await sari.taps('Lihat gambarnya')
    expect(sari).toSee(`[picture] 👉 ${tip?.action}`)
    await sari.taps('Simpan')
    expect(sari.toast()).toContain('Sudah disimpan.')
    await sari.taps('Baca caranya')
    expect(sari).toSee(tip?.body.split('. ').at(-1)?.slice(0, 20) ?? '')
    await sari.taps('Sudah dicoba')
    expect(sari).toSee('Sudah dicatat. Bagus sekali, Bu Sari!')
    expect(sari).toSee('▰▱▱ 1 dari 3')
    await sari.tapsAgain('Sudah dicoba')
    expect(sari.toast()).toBe('Sudah tercatat sebelumnya.')
    await sari.says('/tersimpan')
    expect(sari).toSee(`1. ${title}`)
    await sari.taps('1')
    await sari.taps('Hapus dari simpanan')
    await sari.says('/tersimpan')
    expect(sari).toSee('Belum ada tip yang disimpan.')
  })

  story('not now brings it again, not for her never, and help says which tip it is about', async ({ clinic, person }) => {
    const [sari, rini] = [person('Sari'), person('Rini', { id: COORDINATOR_ID })]
    await rini.starts()
    await choosesSeven(clinic, sari)
    await clinic.passes(hours(22))
    const first = titleOn(sari)
    await sari.taps('Nanti')
    await clinic.passes(days(1))
    expect(titleOn(sari)).toBe(first)
    await sari.taps('Kurang cocok')
    expect(sari).toSee('Tip ini tidak kami kirim lagi.')
    await clinic.passes(days(1))
    expect(titleOn(sari)).not.toBe(first)
    const second = titleOn(sari)
    await sari.taps('Butuh bantuan')
    await sari.says('Bagaimana memulainya?')
    await sari.taps('Sudah, kirim')
    if (sari.buttons().some((label) => label.includes('Tetap butuh bantuan'))) await sari.taps('Tetap butuh bantuan')
    await sari.taps('Cukup ke koordinator saja')
    expect(rini).toSee(`Saat mencoba: ${second}`)
  })

  story('one more now does not use up the one of tomorrow', async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    await sari.says('/tips')
    expect(tipsOn(sari)).toBe(1)
    await clinic.passes(hours(22))
    expect(tipsOn(sari)).toBe(2)
  })
})

describe('of its own accord', () => {
  const unasked = (clinic: StoryClinic) => clinic.reads((tx) => tx.selectFrom('delivery').select(['kind', 'state', 'reason', 'day']).orderBy('id').execute())

  story('the clinic says one thing a day: the question whether to check again takes the place of the tip', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await checks(sari, 'CCCC CCCC CCCC CCCC CCCC')
    await clinic.passes(days(89))
    await sari.says('/jadwal')
    await sari.taps('Setiap hari')
    await sari.taps('07.00')
    await clinic.passes(hours(22))
    expect(sari).toSee('sudah sekitar tiga bulan sejak cek yang lalu')
    expect(tipsOn(sari)).toBe(0)
    expect((await unasked(clinic)).slice(-2)).toMatchObject([{ kind: 'reassessment', state: 'sent', day: '2027-02-21' }, { kind: 'tip', state: 'skipped', reason: 'gave-way' }])
    // Due two hours later, it came at her hour: no time that is still to come is told.
    await sari.taps('Kenapa saya dapat ini?')
    expect(sari).toSee('sejak cek yang lalu (Minggu, 21 Februari 2027, pukul 07.00 WIB)')
    await clinic.passes(days(1))
    expect(tipsOn(sari)).toBe(1)
  })

  story('a plan left alone for a week is mentioned twice, and not at all once she said so', async ({ clinic, person }) => {
    const [sari, tini] = [person('Sari'), person('Tini')]
    for (const one of [sari, tini]) {
      await becomesMember(clinic, one)
      await checks(one, 'CCCC CCCC AA BBBC CCCC')
      await one.taps('Lihat rencana')
    }
    await clinic.passes(days(7))
    expect(sari).toSee('masih menunggu di rencana')
    await tini.taps('Jangan ingatkan lagi')
    expect(tini).toSee('Soal ini tidak kami ingatkan lagi.')
    const mentioned = (phone: Phone) => phone.chat().filter(({ text = '' }) => text.includes('masih menunggu di rencana')).length
    for (let day = 0; day < 20; day += 1) await clinic.passes(days(1))
    expect([mentioned(sari), mentioned(tini)]).toEqual([2, 1])
  })

  story('someone silent for a month is greeted twice at most, and a coordinator sees what became of it', async ({ clinic, person }) => {
    const [sari, rini] = [person('Sari'), person('Rini', { id: COORDINATOR_ID })]
    await becomesMember(clinic, sari)
    const greeted = () => sari.chat().filter(({ text = '' }) => text.includes('sudah lama tidak bertemu')).length
    await clinic.passes(days(29))
    expect(greeted()).toBe(0)
    for (let day = 0; day < 3; day += 1) await clinic.passes(days(1))
    expect(greeted()).toBe(1)
    await rini.says('/antrean')
    expect(rini).toSee('Tidak ada pesan yang menunggu dikirim.')
    for (let week = 0; week < 14; week += 1) await clinic.passes(days(7))
    expect(greeted()).toBe(2)
    await sari.says('/antrean')
    expect(sari).toSee('hanya untuk petugas')
  })
})
