// Tells how someone who was cheated gets first aid at once, wherever she is, and a human before everyone else.
import { describe, expect } from 'vitest'
import { asksForHelp, volunteer } from './support/helper.ts'
import { story, type StoryClinic } from './support/story.ts'

const OPENING = 'Jangan kirim uang lagi. Jangan beri kode apa pun. Hubungi bank sekarang.'
const cases = (clinic: StoryClinic) => clinic.reads((tx) => tx.selectFrom('help_case').select(['number', 'branch', 'urgent', 'about']).orderBy('id').execute())

describe('who was cheated', () => {
  story('gets first aid before anything else, and nothing of it is kept', async ({ clinic, person }) => {
    const sari = person('Sari')
    await sari.says('tolong saya ketipu, sudah transfer 2 juta')
    const first = sari.chat().findLast(({ from }) => from === 'bot')
    expect(first?.text?.startsWith(OPENING)).toBe(true)
    expect(sari).toSee('iasc.ojk.go.id. (per 22 November 2026)')
    expect(sari.buttons()).toEqual(['💸 Uang sudah ditransfer', '📱 WA diambil alih/kode OTP diberikan', '📂 File APK dibuka'])
    const kept = await clinic.reads(async (tx) => {
      let rows = 0
      for (const table of ['help_case', 'case_message', 'draft_part', 'conversation', 'consent'] as const) rows += (await tx.selectFrom(table).selectAll().execute()).length
      return rows
    })
    expect(kept).toBe(0)
  })

  story('chooses what happened, gets steps in order, and a human sees it before the rest', async (scene) => {
    const { clinic } = scene
    const wati = scene.person('Wati')
    await asksForHelp(wati, 'Bagaimana cara memotret kue?')
    const sari = scene.person('Sari')
    await sari.says('akun WA saya dibajak')
    await sari.taps('WA diambil alih/kode OTP diberikan')
    expect(sari).toSee(/1\. Telepon bank[\s\S]*2\. Buka WhatsApp[\s\S]*verifikasi dua langkah/)
    await sari.taps('Minta bantuan petugas')
    await clinic.stops()
    await clinic.startsAgain()
    await sari.says('Teman saya dimintai uang atas nama saya')
    await sari.taps('Sudah, kirim')
    expect(sari.news()).not.toContain(OPENING)
    await sari.taps('Setuju, kirim')
    expect(await cases(clinic)).toMatchObject([{ number: 1, branch: null, urgent: 0 }, { number: 2, branch: 'account', urgent: 1, about: null }])
    const budi = await volunteer(scene, 'Budi')
    await budi.says('/meja')
    await budi.taps('Ambil yang terdepan')
    expect(budi).toSee(/Mendesak: permintaan 2[\s\S]*Penipuan: WhatsApp diambil alih/)
  })

  story('is helped in the middle of registering, and goes on afterwards', async ({ person }) => {
    const sari = person('Sari')
    await sari.says('/daftar')
    await sari.says('saya buka file apk undangan')
    expect(sari).toSee(OPENING)
    await sari.taps('File APK dibuka')
    expect(sari).toSee('Nyalakan mode pesawat')
    await sari.taps('Minta bantuan petugas')
    await sari.tapsAgain('Minta bantuan petugas')
    await sari.says('Tiba-tiba HP saya lambat')
    await sari.taps('Sudah, kirim')
    await sari.taps('Setuju, kirim')
    expect(sari).toSee('Permintaan nomor 1')
  })

  story('who told it already in a request need not tell it twice', async (scene) => {
    const { clinic } = scene
    const sari = scene.person('Sari')
    await sari.says('/bantuan')
    await sari.says('Saya ditipu pembeli, uang sudah ditransfer')
    await sari.taps('Sudah, kirim')
    expect(sari).toSee(OPENING)
    await sari.taps('Uang sudah ditransfer')
    await sari.taps('Minta bantuan petugas')
    expect(sari).toSee('Saya ditipu pembeli')
    await sari.taps('Setuju, kirim')
    expect(await cases(clinic)).toMatchObject([{ number: 1, branch: 'transfer', urgent: 1 }])
    await sari.tapsAgain('Minta bantuan petugas')
    expect(sari).toSee('Nomor 1')
  })

  story('in the middle of a talk is heard by her helper, and gets first aid as well', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, 'Bagaimana memotret kue?')
    await budi.taps('Saya bantu')
    await sari.says('Ini fotonya')
    await sari.says('barusan akun WA saya dibajak')
    expect(budi).toSee('barusan akun WA saya dibajak')
    expect(sari).toSee(OPENING)
    await budi.says('Ibu kena tipu lewat link?')
    expect(budi.news()).not.toContain(OPENING)
  })

  story('keeps what she was telling when it becomes a request about a scam', async (scene) => {
    const { clinic } = scene
    const sari = scene.person('Sari')
    await sari.says('/bantuan')
    await sari.says('Ada pesan aneh dari nomor baru')
    await sari.forges('scam-help:apk')
    expect(sari).toSee('1 pesan sudah kami simpan')
    await sari.taps('Sudah, kirim')
    expect(sari).toSee('Ada pesan aneh dari nomor baru')
    expect(await cases(clinic)).toMatchObject([{ branch: 'apk', urgent: 1 }])
    await sari.forges('scam-branch:hack')
    expect(sari.news()).not.toContain('lakukan berurutan')
  })
})
