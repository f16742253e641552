// Tells how an owner goes on with a case that was closed, and keeps what was said in it.
import { describe, expect } from 'vitest'
import { changePerson, findPersonByTelegramId } from '../../src/people/store.ts'
import { changeVolunteer } from '../../src/people/volunteer-store.ts'
import { asksForHelp, volunteer } from './support/helper.ts'
import { closed, ends, helped, presses, PROBLEM } from './support/ending.ts'
import type { Phone } from './support/phone.ts'
import { days, hours, story, type StoryClinic } from './support/story.ts'

describe('a closed case', () => {
  story('goes on with the same volunteer, and what she wrote meanwhile goes along', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await closed(scene)
    await sari.taps('5 · Sangat terbantu')
    await clinic.passes(days(2))
    await sari.says('Kodenya rusak lagi')
    expect(sari).toSee(/sudah selesai[\s\S]*Lanjut nomor 1/)
    await sari.says('Sejak kemarin sore')
    await sari.taps('Lanjut nomor 1')
    expect(sari).toSee('dilanjutkan dengan Budi')
    expect(budi).toSee(/Kasus 1 dilanjutkan[\s\S]*Kodenya rusak lagi[\s\S]*Sejak kemarin sore/)
    await sari.tapsAgain('Lanjut nomor 1')
    expect(sari.toast()).toContain('masih berjalan')
    expect(budi.chat().filter(({ text }) => text?.includes('Kodenya rusak lagi'))).toHaveLength(1)
    await budi.repliesTo('Kodenya rusak lagi', 'Saya lihat, ya')
    expect(sari).toSee('Saya lihat, ya')
  })

  story('counts once in the week of who helps, however often it is taken', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await closed(scene)
    await clinic.reads(async (tx) => changeVolunteer(tx, (await findPersonByTelegramId(tx, budi.id))?.id ?? 0, { weeklyLoad: 2 }, clinic.now()))
    await sari.says('Kodenya rusak lagi')
    await sari.taps('Lanjut nomor 1')
    await asksForHelp(scene.person('Dewi'), 'Jahitan saya kurang rapi')
    expect(budi).toSee('Jahitan saya kurang rapi')
    await budi.taps('Saya bantu')
    await asksForHelp(scene.person('Tono'), 'Mesin jahit saya rusak')
    expect(budi).not.toSee('Mesin jahit saya rusak')
  })

  story('keeps also a contact that she agreed to send before she was asked', async (scene) => {
    const { budi, sari } = await closed(scene)
    await sari.sharesContact({ userId: null, phoneNumber: '6281298765432' })
    expect(sari).toSee('akan terlihat')
    await sari.taps('Budi (1)')
    expect(sari).toSee('Lanjut nomor 1')
    expect(budi).not.toSee('6281298765432')
    await sari.taps('Lanjut nomor 1')
    expect(budi).toSee(/Kasus 1 dilanjutkan[\s\S]*6281298765432/)
  })

  story('waits in front when that volunteer is off duty, and others read what came since', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await closed(scene)
    await sari.taps('5 · Sangat terbantu')
    const tuti = await volunteer(scene, 'Tuti')
    await clinic.reads(async (tx) => changeVolunteer(tx, (await findPersonByTelegramId(tx, budi.id))?.id ?? 0, { onDuty: false }, clinic.now()))
    const dewi = scene.person('Dewi')
    await asksForHelp(dewi, 'Foto produk saya gelap terus')
    await clinic.passes(hours(1))
    await sari.says('Kodenya rusak lagi')
    await sari.taps('Lanjut nomor 1')
    expect(sari).toSee(/sedang tidak bertugas[\s\S]*dikirim ke 1 relawan/)
    expect(tuti).toSee(/Permintaan 1[\s\S]*sempat dibantu[\s\S]*Kodenya rusak lagi/)
    await tuti.says('/meja')
    await tuti.taps('Ambil yang terdepan')
    expect(tuti).toSee(/Permintaan 1/)
    await tuti.taps('Saya bantu')
    expect(sari).toSee('sekarang dibantu Tuti')
    expect(budi).not.toSee('Kodenya rusak lagi')
  })

  story('waits in front when Telegram reaches that volunteer no more', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await closed(scene)
    const tuti = await volunteer(scene, 'Tuti')
    clinic.simulator.world.blockBot(budi.id)
    await clinic.settled()
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    await sari.taps('Lanjutkan lagi')
    expect(sari).toSee('kami carikan relawan lain')
    expect(tuti).toSee(/Permintaan 1[\s\S]*sempat dibantu/)
  })

  story('that she cancelled before anyone helped goes on in front', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await sari.taps('Batalkan')
    expect(budi).toSee('sudah selesai')
    await sari.taps('Lanjutkan lagi')
    expect(sari).toSee(/dilanjutkan dan didahulukan[\s\S]*dikirim ke 1 relawan/)
    await budi.taps('Saya bantu')
    expect(sari).toSee('sekarang dibantu Budi')
  })

  story('can not go on after two weeks: what she wrote begins a new one', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await closed(scene)
    await sari.taps('5 · Sangat terbantu')
    await clinic.passes(days(13))
    await sari.says('Kodenya rusak lagi')
    await clinic.passes(days(2))
    await sari.taps('Lanjut nomor 1')
    expect(sari).toSee('lebih dari dua minggu')
    await sari.taps('Buat permintaan baru')
    expect(sari).toSee('1 pesan sudah kami simpan')
    expect(budi).not.toSee('Kodenya rusak lagi')
  })

  story('is opened by its owner alone, and not while a report is looked into', async (scene) => {
    const { clinic, person } = scene
    const { budi, sari } = await closed(scene)
    const dewi = person('Dewi')
    await dewi.starts()
    for (const phone of [dewi, budi]) {
      await presses(phone, 'case-reopen')
      expect(phone.toast()).toContain('tidak tersedia')
    }
    await clinic.reads((tx) => tx.updateTable('help_case').set({ state: 'frozen', frozen_from: 'closed' }).execute())
    await presses(sari, 'case-reopen')
    expect(sari.toast()).toContain('diperiksa koordinator')
  })

  story('that was never sent shows her once more what would be sent', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await sari.says('/bantuan')
    await sari.says('Modal warung saya habis')
    await sari.taps('Sudah, kirim')
    if (sari.buttons().some((label) => label.includes('Tetap butuh bantuan'))) await sari.taps('Tetap butuh bantuan')
    await sari.taps('Batalkan')
    expect(sari).toSee('dibatalkan')
    await sari.taps('Lanjutkan lagi')
    expect(sari).toSee(/relawan hanya melihat ini[\s\S]*Setuju, kirim/)
    expect(budi).not.toSee('Permintaan 1')
  })

  story('goes on after a restart in the middle', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await closed(scene)
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    await clinic.stops()
    await clinic.startsAgain({ after: hours(1) })
    await sari.taps('Lanjutkan lagi')
    expect(budi).toSee('Kasus 1 dilanjutkan')
    await ends(budi)
    await sari.taps('Ya, sudah terbantu')
    expect(sari).toSee('Seberapa terbantu')
  })
})

describe('the text of a conversation', () => {
  story('holds who said what and when, names files by kind, and leaves out what was taken back', async (scene) => {
    const { clinic } = scene
    const { budi, sari } = await helped(scene)
    await clinic.passes(hours(1))
    await sari.sends({ photo: 'Ini stikernya' })
    await sari.says('Nomor saya 0812')
    await sari.taps('Tarik pesan')
    await budi.repliesWith('Ini stikernya', { voice: 4 })
    await clinic.reads(async (tx) => {
      const helper = await findPersonByTelegramId(tx, budi.id)
      await tx.insertInto('case_note').values({ case_id: 1, author_id: helper?.id ?? 0, body: 'orangnya ramah', created_at: clinic.now() }).execute()
    })
    await ends(budi)
    await sari.taps('Ya, sudah terbantu')
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    await sari.taps('Salinan percakapan')
    const text = await documentText(clinic, sari)
    expect(text).toMatch(/^Percakapan permintaan nomor 1: QRIS & pembayaran\n/)
    expect(text).toContain('[23 Nov 2026 09.00 WIB] Bapak/Ibu:\nKode QRIS saya di warung')
    expect(text).toContain('[23 Nov 2026 09.00 WIB] Budi:\nCoba bersihkan dulu stikernya')
    expect(text).toContain('[23 Nov 2026 10.00 WIB] Bapak/Ibu:\n[1 foto]\nIni stikernya')
    expect(text).toContain('Bapak/Ibu:\n(pesan ini sudah ditarik)')
    expect(text).toContain('Budi:\n[1 pesan suara]')
    expect(text).not.toContain('0812')
    expect(text).not.toContain('ramah')
  })

  story('is in her language, with the clock of where she lives', async (scene) => {
    const { clinic } = scene
    const { sari } = await closed(scene)
    await clinic.reads(async (tx) => {
      const owner = await findPersonByTelegramId(tx, sari.id)
      await changePerson(tx, owner?.id ?? 0, { language: 'en', time_zone: 'Asia/Makassar' })
    })
    await presses(sari, 'case-transcript')
    const text = await documentText(clinic, sari)
    expect(text).toMatch(/^Conversation of request number 1: QRIS and payments\n/)
    expect(text).toContain('[23 Nov 2026 10:00 WITA] Budi:\nCoba bersihkan dulu stikernya')
  })

  story('is empty when its time is over, and that is said', async (scene) => {
    const { clinic } = scene
    const { sari } = await closed(scene)
    await clinic.reads((tx) => tx.deleteFrom('case_message').execute())
    await presses(sari, 'case-transcript')
    expect(sari).toSee('masa simpannya habis')
  })
})

/** What stands in the newest file the clinic sent. */
async function documentText({ simulator }: StoryClinic, phone: Phone): Promise<string> {
  const sent = simulator.world.messages(phone.id).findLast((message) => message.kind === 'document')
  return Buffer.from(simulator.world.file(sent?.file?.fileId ?? '')?.bytes ?? []).toString()
}
