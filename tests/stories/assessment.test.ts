// Holds that an owner finds out where she stands: in her own time, by tap or by word, with no answer lost, counted twice or changed.
import { describe, expect } from 'vitest'
import type { Instrument } from '../../src/content/assessment.ts'
import { answersEach, becomesMember, checks } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { days, hours, type StoryClinic, story } from './support/story.ts'

/** What is stored of her results, oldest first. */
const stored = (clinic: StoryClinic) =>
  clinic.reads(async (tx) => {
    const results = await tx.selectFrom('assessment').select(['id', 'instrument', 'kind', 'total', 'level']).orderBy('id').execute()
    const answers = await tx.selectFrom('assessment_answer').select(['assessment_id', 'item', 'answer']).execute()
    return results.map(({ id, ...result }) => ({
      ...result,
      answers: Object.fromEntries(answers.filter((one) => one.assessment_id === id).map(({ item, answer }) => [item, answer])),
    }))
  })

const fromClinic = (phone: Phone) => phone.chat().filter(({ from }) => from === 'bot')

/** Another wording of one question, as a later version of the questions has it. */
const renewed = (instrument: Instrument, item: string): Instrument => ({
  ...instrument,
  version: '0.3-test',
  areas: instrument.areas.map((area) => ({
    ...area,
    items: area.items.map((one) => (one.id === item ? { ...one, stem: 'Bagaimana Bapak/Ibu mencatat uang usaha sekarang?' } : one)) as unknown as typeof area.items,
  })),
})

describe('the check', () => {
  story('Bu Sari answers twenty questions in one message, and sees where she stands', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/cek')
    expect(sari).toSee('Ada 5 bagian, paling banyak 20 pertanyaan')
    await sari.taps('Mulai cek')
    expect(sari).toSee(/Langkah 1 dari 20\s+Bagian 1 dari 5: Informasi & Catatan Usaha\s+Kalau mencari info usaha .* Bu Sari lakukan\?/)
    expect(sari).toSee('A. Saya bertanya kepada orang, belum memakai HP\nB. Saya minta')
    expect(sari.buttons()).toEqual(['A', 'B', 'C', 'D', 'Lewati', '✖️ Berhenti'])
    const messages = fromClinic(sari).length

    await answersEach(sari, 'CCBB CCCB DDDC')
    expect(fromClinic(sari)).toHaveLength(messages)
    await answersEach(sari, 'BBBB BBBB')
    expect(sari).toSee('[picture]')
    expect(sari).toSee(/Hasil cek Bu Sari: 32 dari 60 \(dasar\)/)
    expect(sari).toSee('• Konten & Promosi Digital: 11 dari 12 (mahir)')
    expect(sari).toSee('• Keamanan & Data Pribadi: 4 dari 12 (pemula)')
    expect(sari).toSee('💪 Yang paling kuat: memotret dan menawarkan produk lewat HP; ')
    expect(sari).toSee('Bu Sari sudah bisa banyak hal sendiri.')
    expect(await stored(clinic)).toMatchObject([{ kind: 'check', instrument: '0.2-pilot', total: 96, level: 'dasar', answers: { 'info-1': '2', 'info-3': '1', 'promosi-1': '3' } }])
  })

  story('she types letters, numbers, places and parts of sentences', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/cek')
    await sari.taps('Mulai cek')
    for (const typed of ['b', '2', 'yang ketiga', 'jarang melihatnya', 'D', 'lewati', 'tidak tahu']) await sari.says(typed)
    expect(sari).toSee('Bagian 2 dari 5: Komunikasi & Layanan Pembeli')
    expect(sari).toSee('Langkah 8 dari 20')
    await sari.says('kucing')
    expect(sari).toSee('Ketuk hurufnya, atau ketik hurufnya saja, misalnya B.')
    await sari.says('bingung')
    expect(sari).toSee('Pilih satu kalimat yang paling mirip kebiasaan Bu Sari.')
    await answersEach(sari, 'A DDDD DDDD DDDD')
    expect(await stored(clinic)).toMatchObject([
      {
        answers: { 'info-1': '1', 'info-2': '1', 'info-3': '2', 'info-4': '1', 'komunikasi-1': '3', 'komunikasi-2': 'skipped', 'komunikasi-3': 'skipped', 'komunikasi-4': '0' },
        total: null, level: null,
      },
    ])
    expect(sari).toSee('• Komunikasi & Layanan Pembeli: belum dinilai')
    expect(sari).not.toSee('Komunikasi & Layanan Pembeli: 0')
  })

  story('a double tap, and a tap with an old button, change no score', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/cek')
    await sari.taps('Mulai cek')
    await sari.taps('D')
    const question = sari.buttons()
    const button = fromClinic(sari).flatMap(({ inlineKeyboard }) => (inlineKeyboard ?? []).flat()).find(({ text }) => text === 'A')
    if (!button || !('callback_data' in button)) throw new Error('There is no A to tap.')
    const old = button.callback_data.replace(/:\d+:choose/, ':1:choose')
    await sari.forges(old)
    expect(sari.toast()).toContain('Tombol ini sudah lewat')
    expect(sari.buttons()).toEqual(question)
    expect(sari.isSpinning()).toBe(false)
    await answersEach(sari, 'DDD DDDD DDDD DDDD DDDD')
    expect(await stored(clinic)).toMatchObject([{ total: 180, level: 'mahir', answers: { 'info-1': '3', 'info-2': '3' } }])
  })

  story('who has not begun in an area is spared its harder questions', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await checks(sari, 'AA BAA CCCC CCCC CCCC')
    const [result] = await stored(clinic)
    expect(result).toMatchObject({ answers: { 'info-1': '0', 'info-2': '0', 'info-3': 'stopped', 'info-4': 'stopped', 'komunikasi-3': '0', 'komunikasi-4': 'stopped' }, total: 75 })
  })

  story('she goes back, keeps an answer, and changes another', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/cek')
    await sari.taps('Mulai cek')
    await answersEach(sari, 'AB')
    await sari.taps('Kembali')
    expect(sari).toSee('mencatat uang masuk dan uang keluar')
    await sari.taps('Kembali')
    expect(sari).toSee('Langkah 1 dari 20')
    await sari.taps('C')
    expect(sari).toSee('Langkah 3 dari 20')
    await sari.taps('Kembali')
    await sari.taps('Tetap')
    expect(sari).toSee('Langkah 3 dari 20')
    await answersEach(sari, 'CC CCCC CCCC CCCC CCCC')
    expect(await stored(clinic)).toMatchObject([{ answers: { 'info-1': '2', 'info-2': '1' } }])
  })

  story('she pauses, the clinic restarts with renewed questions, and only the changed one is asked again', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/cek')
    await sari.taps('Mulai cek')
    await answersEach(sari, 'CDDD CC')
    await sari.taps('Berhenti')
    await sari.taps('Simpan, lanjut nanti')
    await clinic.stops()
    await clinic.startsAgain({ after: days(3), instrument: (before) => renewed(before, 'info-2') })
    await sari.says('/cek')
    expect(sari).toSee('Bagian 2 dari 5')
    await sari.taps('C')
    expect(sari).toSee('mencatat uang usaha sekarang?')
    await answersEach(sari, 'A C CCCC CCCC CCCC')
    expect(await stored(clinic)).toMatchObject([{ instrument: '0.3-test', answers: { 'info-1': '2', 'info-2': '0', 'info-3': '3', 'komunikasi-2': '2' } }])
  })

  story('a button shown before the questions were renewed counts for nothing, and she is told', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/cek')
    await sari.taps('Mulai cek')
    await clinic.stops()
    await clinic.startsAgain({ instrument: (before) => renewed(before, 'info-1') })
    await sari.taps('D')
    expect(sari).toSee('Isian ini baru saja diperbarui.')
    expect(sari).toSee('mencatat uang usaha sekarang?')
    await answersEach(sari, 'A')
    expect(sari).toSee('Langkah 2 dari 20')
  })

  story('is for members: a stranger is led to registration, and buttons of others are refused', async ({ person }) => {
    const budi = person('Budi')
    await budi.says('/cek')
    expect(budi).toSee('Cek ini untuk anggota')
    expect(budi.buttons()).toEqual(['📝 Daftar sekarang'])
    await budi.forges('begin-check')
    expect(budi.toast()).toContain('untuk anggota. Yuk, daftar dulu')
    await budi.says('/riwayat')
    expect(budi).toSee('untuk anggota. Yuk, daftar dulu: ketik /daftar.')
  })

  story('in English the frame is English, and says that the questions are in Indonesian', async ({ clinic, person }) => {
    const joko = person('Joko', { languageCode: 'en' })
    await becomesMember(clinic, joko)
    await clinic.reads((tx) => tx.updateTable('person').set({ language: 'en' }).where('telegram_id', '=', joko.id).execute())
    await joko.says('/cek')
    expect(joko).toSee('the questions are in Indonesian for now')
    await joko.taps('Start the check')
    expect(joko).toSee('Part 1 of 5: Informasi & Catatan Usaha')
    await answersEach(joko, 'CCCC CCCC CCCC CCCC CCCC')
    expect(joko).toSee('40 of 60 (basic)')
  })
})

describe('the check again', () => {
  story('is not offered before a month has passed, and shows what there is instead', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/riwayat')
    expect(sari).toSee('Belum ada hasil cek.')
    await checks(sari, 'CCCC CCCC CCCC CCCC CCCC')
    await clinic.passes(days(29))
    await sari.says('/cek')
    expect(sari).toSee('Cek terakhir Bu Sari baru tanggal 23 Nov 2026. Kebiasaan butuh waktu untuk berubah, jadi cek lagi mulai 23 Des 2026, ya.')
    await sari.forges('begin-check')
    expect(sari).toSee('Cek terakhir')
    await sari.taps('Lihat hasil terakhir')
    expect(sari).toSee('40 dari 60')
    await clinic.passes(days(1))
    await sari.says('/cek')
    expect(sari.buttons()).toEqual(['▶️ Mulai cek'])
  })

  story('after 90 days she is asked, checks, and sees then and now', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await checks(sari, 'BBBB BBBB BBBB BBBB BBBB')
    const begun = fromClinic(sari).length
    await clinic.passes(days(89))
    expect(fromClinic(sari)).toHaveLength(begun)
    await clinic.passes(days(1))
    expect(fromClinic(sari)).toHaveLength(begun + 1)
    expect(sari).toSee('sudah sekitar tiga bulan sejak cek yang lalu.')
    await sari.taps('Mulai cek')
    await sari.taps('Mulai cek')
    await answersEach(sari, 'DCCC CCCC BBBB BBBB BBBB')
    expect(sari).toSee('Hasil cek Bu Sari: 29 dari 60 (dasar); dulu 20')
    expect(sari).toSee('• Informasi & Catatan Usaha: 9 dari 12 (mahir); dulu 4')
    expect(sari).toSee('Dibanding hasil 23 Nov 2026, ada tanda kemajuan.')
    expect(sari).toSee('Sekarang tingkatnya dasar.')
    await sari.taps('Lihat riwayat')
    expect(sari).toSee('• 21 Feb 2027: 29 dari 60\n• 23 Nov 2026: 20 dari 60')
  })

  story('is asked for three times, never in quiet hours, and not once she said no', async ({ clinic, person }) => {
    const [sari, tini] = [person('Sari'), person('Tini')]
    await becomesMember(clinic, sari)
    await becomesMember(clinic, tini)
    await checks(sari, 'CCCC CCCC CCCC CCCC CCCC')
    await checks(tini, 'CCCC CCCC CCCC CCCC CCCC')
    const asked = (phone: Phone) => fromClinic(phone).filter(({ text }) => /tiga bulan sejak cek yang lalu/.test(text ?? '')).length
    await clinic.passes(days(90) + hours(13))
    expect(asked(sari)).toBe(0)
    // Within half an hour after six in the morning.
    await clinic.passes(hours(9))
    expect([asked(sari), asked(tini)]).toEqual([1, 1])
    await tini.taps('Tidak usah dulu')
    expect(tini).toSee('ketik /cek')
    for (let day = 0; day < 25; day += 1) await clinic.passes(days(1))
    expect([asked(sari), asked(tini)]).toEqual([3, 1])
  })

  story('a clear fall is told kindly, and a person is offered', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await checks(sari, 'DDDD DDDD DDDD DDDD DDDD')
    await clinic.passes(days(40))
    await checks(sari, 'BBBB CCCC CCCC CCCC CCCC')
    expect(sari).toSee('Hasil kali ini lebih rendah daripada hasil 23 Nov 2026. Itu bisa terjadi.\nYang turun: mencari info dan mencatat uang usaha.\nSekarang tingkatnya dasar.\nMau dibantu?')
    await sari.taps('Mau dibantu')
    expect(sari).toSee('Silakan ceritakan masalah')
  })

  story('results of other questions, or without a total, are not compared', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await checks(sari, 'BBBB BBBB BBBB BBBB BBBB')
    const before = await stored(clinic)
    await clinic.stops()
    await clinic.startsAgain({ after: days(40), instrument: (old) => renewed(old, 'info-2') })
    await checks(sari, 'DDDD DDDD DDDD DDDD DDDD')
    expect(sari).toSee('Pertanyaannya sudah diperbarui sejak cek yang lalu')
    expect(sari).not.toSee('dulu')
    expect((await stored(clinic))[0]).toEqual(before[0])
    await clinic.passes(days(40))
    await sari.says('/cek')
    await sari.taps('Mulai cek')
    await answersEach(sari, 'DD')
    for (let skips = 0; skips < 2; skips += 1) await sari.taps('Lewati')
    await answersEach(sari, 'DDDD DDDD DDDD DDDD')
    expect(sari).toSee('jadi hasil ini belum bisa dibandingkan')
    await sari.says('/cek')
    expect(sari.buttons()).toEqual(['▶️ Mulai cek'])
  })

  story('that she completes after one with gaps is compared with her last complete result', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    const checksWithGaps = async () => {
      await sari.says('/cek')
      await sari.taps('Mulai cek')
      for (let skips = 0; skips < 2; skips += 1) await sari.taps('Lewati')
      await answersEach(sari, 'BB BBBB BBBB BBBB BBBB')
    }
    await checksWithGaps()
    expect(sari).toSee('punya dua jawaban kosong atau lebih')
    await checks(sari, 'BBBB BBBB BBBB BBBB BBBB')
    expect(sari).toSee('Bu Sari sudah mulai.')
    expect(sari).not.toSee('dibandingkan')
    await clinic.passes(days(40))
    await checksWithGaps()
    expect(sari).toSee('jadi hasil ini belum bisa dibandingkan')
    await checks(sari, 'CCCC CCCC CCCC CCCC CCCC')
    expect(sari).toSee('jelas lebih tinggi daripada hasil 23 Nov 2026')
  })
})
