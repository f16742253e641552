// Holds that tips an owner stopped stay away until she says otherwise, whatever old screen or half-done form is still on her phone, and that a second tap changes nothing.
import { describe, expect } from 'vitest'
import { becomesMember, checks } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { days, hours, type StoryClinic, story } from './support/story.ts'

const tipsOn = (phone: Phone) => phone.chat().filter(({ from, text = '' }) => from === 'bot' && text.startsWith('💡 ')).length

/** She lives in WIB; it is Monday, nine in the morning. */
async function choosesSeven(clinic: StoryClinic, phone: Phone): Promise<void> {
  await becomesMember(clinic, phone)
  await phone.says('/jadwal')
  await phone.taps('Setiap hari')
  await phone.taps('07.00')
}

describe('tips that were stopped', () => {
  story('do not come back by the buttons of an older screen, but by saying so', async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    await sari.says('/jadwal')
    await sari.taps('Berhenti')
    expect(sari).toSee('tips terjadwal kami hentikan')
    // The first screen still has its buttons.
    await sari.taps('Terlalu sering')
    expect(sari).toSee('Tips terjadwal sedang berhenti. Mau mulai lagi?')
    for (const old of ['tips-more:7', 'tips-pause:7', 'tips-hour:6']) {
      await sari.forges(old)
      expect(sari).toSee('Tips terjadwal sedang berhenti.')
    }
    await clinic.stops()
    await clinic.startsAgain()
    for (let week = 0; week < 3; week += 1) await clinic.passes(days(7))
    expect(tipsOn(sari)).toBe(0)
    await sari.taps('Mulai lagi')
    expect(sari).toSee('Tips datang setiap hari, pukul 07.00 WIB.')
  })

  story('are not paused by a date that was asked for before', async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    await sari.says('/jadwal')
    await sari.taps('Jeda sampai tanggal')
    await sari.forges('tips-stop')
    await sari.says('10 desember')
    expect(sari).toSee('Tips terjadwal sedang berhenti.')
    await clinic.passes(days(18))
    await clinic.passes(days(1))
    expect(tipsOn(sari)).toBe(0)
  })

  for (const label of ['Berhenti', 'Jeda seminggu']) story(`${label} also takes back the one that waits to be sent, which comes another time`, async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    clinic.simulator.faults.next('sendMessage', { status: 429, retryAfter: 900 })
    await clinic.passes(hours(22))
    await sari.taps(label)
    await clinic.passes(hours(0.5))
    expect(tipsOn(sari)).toBe(0)
    const ledger = await clinic.reads((tx) => tx.selectFrom('delivery').select(['state', 'reason', 'day']).execute())
    expect(ledger).toEqual([{ state: 'skipped', reason: 'stopped', day: null }])
    expect(await clinic.reads((tx) => tx.selectFrom('tip_shown').select('tip').execute())).toEqual([])
  })
})

describe('reminders of the plan that were stopped', () => {
  story('take back the one that waits to be sent', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await checks(sari, 'CCCC CCCC AA BBBC CCCC')
    await sari.taps('Lihat rencana')
    await clinic.passes(days(7))
    expect(sari).toSee('masih menunggu di rencana')
    clinic.simulator.faults.next('sendMessage', { status: 429, retryAfter: 900 })
    await clinic.passes(days(7))
    await sari.taps('Jangan ingatkan lagi')
    await clinic.passes(hours(1))
    expect(sari.chat().filter(({ text = '' }) => text.includes('masih menunggu di rencana'))).toHaveLength(1)
  })
})

describe('the schedule tapped twice', () => {
  story('is changed once: too often stays three a week, too seldom likewise', async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    await sari.taps('Terlalu sering')
    expect(sari).toSee('Tips datang Senin, Rabu, Sabtu, pukul 07.00 WIB.')
    await sari.forges('tips-less:7')
    expect(sari).toSee('Tips datang Senin, Rabu, Sabtu, pukul 07.00 WIB.')
    await sari.taps('Terlalu sering')
    expect(sari).toSee('Tips datang Senin, pukul 07.00 WIB.')
    await sari.taps('Terlalu jarang')
    await sari.forges('tips-more:1')
    expect(sari).toSee('Tips datang Senin, Rabu, Sabtu, pukul 07.00 WIB.')
    await sari.forges('tips-more:999')
    expect(sari).toSee('Tips datang Senin, Rabu, Sabtu, pukul 07.00 WIB.')
  })

  story('is changed once also by two taps before the clinic answers', async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    const { world } = clinic.simulator
    const screen = sari.chat().findLast(({ text = '' }) => text.includes('Tips datang'))
    const less = screen?.inlineKeyboard?.flat().find(({ text }) => text === 'Terlalu sering')
    if (!screen || !less || !('callback_data' in less)) throw new Error('There is no such button.')
    for (let tap = 0; tap < 2; tap += 1) world.tapButton(sari.id, sari.id, screen.messageId, less.callback_data)
    await clinic.settled()
    await sari.says('/jadwal')
    expect(sari).toSee('Tips datang Senin, Rabu, Sabtu, pukul 07.00 WIB.')
  })
})

describe('a pause', () => {
  story('ends when she said, also when the clock went far ahead meanwhile and was set right again', async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    await sari.taps('Jeda seminggu')
    await clinic.passes(days(200))
    await clinic.passes(hours(1))
    await clinic.passes(-days(200))
    await sari.says('/jadwal')
    expect(sari).toSee('Datang lagi: Selasa, 1 Desember 2026, pukul 07.00 WIB.')
    const before = tipsOn(sari)
    for (let day = 0; day < 6; day += 1) await clinic.passes(days(1))
    expect(tipsOn(sari)).toBe(before)
    for (let day = 0; day < 3; day += 1) await clinic.passes(days(1))
    expect(tipsOn(sari)).toBe(before + 2)
  })
})

describe('who moves to another time zone', () => {
  story('keeps her hour: it is seven where she lives now, from the next tip on', async ({ clinic, person }) => {
    const sari = person('Sari')
    await choosesSeven(clinic, sari)
    await sari.says('/usaha')
    await sari.taps('Warung Bu Sari')
    await sari.taps('Desa/kelurahan')
    await sari.says('Sanur, denpasar selatan')
    await sari.taps('Kel. Sanur, Kec. Denpasar Selatan, Kota Denpasar')
    await sari.says('/jadwal')
    expect(sari).toSee('pukul 07.00 WITA.\nBerikutnya: Selasa, 24 November 2026, pukul 07.00 WITA.')
    await clinic.passes(hours(21))
    expect(tipsOn(sari)).toBe(1)
    await sari.taps('Jeda sampai tanggal')
    await sari.says('10 desember')
    await sari.says('/usaha')
    await sari.taps('Warung Bu Sari')
    await sari.taps('Desa/kelurahan')
    await sari.says('Pujon Kidul')
    await sari.taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang')
    await sari.says('/jadwal')
    expect(sari).toSee('Datang lagi: Kamis, 10 Desember 2026, pukul 07.00 WIB.')
  })
})
