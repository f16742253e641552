// Holds that an owner always knows her next small step, can show what she did, and never sees the same step as new twice.
import { describe, expect } from 'vitest'
import { loadTips } from '../../src/content/tips.ts'
import { dataFile } from '../content/samples.ts'
import { answersEach, becomesMember, checks } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { COORDINATOR_ID, days, type StoryClinic, story } from './support/story.ts'

const TIPS = loadTips(dataFile('tips.yaml'))
const tipOf = (id: string) => TIPS.find((tip) => tip.id === id)!

/** Strong everywhere but in promotion (begins) and safety (halfway). */
const WEAK_IN_PROMOTION = 'DDDD DDDD AA BBBC DDDD'

const stepsOf = (clinic: StoryClinic) => clinic.reads((tx) => tx.selectFrom('plan_step').selectAll().orderBy('id').execute())
const open = async (clinic: StoryClinic, area: string) => (await stepsOf(clinic)).filter((step) => step.area === area && step.state === 'open').map(({ tip }) => tip)

async function seesHerPlan(clinic: StoryClinic, phone: Phone, letters = WEAK_IN_PROMOTION): Promise<void> {
  await becomesMember(clinic, phone)
  await checks(phone, letters)
  await phone.taps('Lihat rencana')
}

describe('the plan', () => {
  story('follows from the check: three small steps for each of the two areas to begin with', async ({ clinic, person }) => {
    const sari = person('Sari')
    await seesHerPlan(clinic, sari)
    expect(sari).toSee('🗺 Rencana Bu Sari')
    expect(sari).toSee(/Konten & Promosi Digital\n▱▱▱ 0 dari 3\n▫️ 1\. .*\n▫️ 2\. .*\n▫️ 3\. /)
    expect(sari).toSee(/Keamanan & Data Pribadi\n▱▱▱ 0 dari 3\n▫️ 4\. /)
    expect(sari.buttons()).toEqual(['▶️ Buka langkah berikutnya', '2', '3', '4', '5', '6'])
    const steps = await stepsOf(clinic)
    expect(steps.map(({ area, tip }) => [area, tipOf(tip).level])).toEqual([
      ...Array.from({ length: 3 }, () => ['promosi', 'pemula']), ...Array.from({ length: 3 }, () => ['keamanan', 'dasar']),
    ])
    await sari.says('/rencana')
    expect(await stepsOf(clinic)).toEqual(steps)
  })

  story('a step is opened, done, and leads to the next; a second tap changes nothing', async ({ clinic, person }) => {
    const sari = person('Sari')
    await seesHerPlan(clinic, sari)
    const [first, second] = await open(clinic, 'promosi')
    await sari.taps('Buka langkah berikutnya')
    expect(sari).toSee(tipOf(first!).title)
    expect(sari).toSee(`👉 Coba: ${tipOf(first!).action}`)
    await sari.taps('Sudah dicoba')
    expect(sari).toSee('Sudah dicatat. Bagus sekali, Bu Sari!')
    expect(sari).toSee('▰▱▱ 1 dari 3')
    expect(sari).toSee(`👉 Langkah berikutnya: ${tipOf(second!).title}`)
    await sari.tapsAgain('Sudah dicoba')
    expect(sari.toast()).toBe('Langkah ini sudah selesai.')
    await sari.taps('Lihat rencana')
    expect(sari).toSee(`✅ 1. ${tipOf(first!).title} (23 Nov 2026)`)
    expect((await stepsOf(clinic)).filter(({ state }) => state === 'done')).toHaveLength(1)
  })

  story('she shows what she did with a sentence, a picture, or afterwards; what does not fit is asked back', async ({ clinic, person }) => {
    const sari = person('Sari')
    await seesHerPlan(clinic, sari)
    await sari.taps('Buka langkah berikutnya')
    await sari.taps('Kirim bukti')
    expect(sari).toSee('Boleh kirim foto, tautan, atau satu kalimat')
    await sari.sendsSticker()
    expect(sari).toSee('hanya foto, tautan, atau tulisan')
    await clinic.stops()
    await clinic.startsAgain()
    await sari.says('https://wa.me/p/123 foto baru sudah terang')
    expect(sari).toSee('Sudah dicatat.')
    await sari.taps('Buka langkah berikutnya')
    await sari.taps('Sudah dicoba')
    await sari.taps('Kirim bukti')
    await sari.sendsPhoto()
    expect(sari).toSee('Buktinya sudah disimpan.')
    expect((await stepsOf(clinic)).slice(0, 2)).toMatchObject([
      { state: 'done', proof_kind: 'words', proof: 'https://wa.me/p/123 foto baru sudah terang' },
      { state: 'done', proof_kind: 'photo', proof_words: null },
    ])
  })

  story('the step that ends a part is done once, and can still be shown, also from before it was done', async ({ clinic, person }) => {
    const sari = person('Sari')
    await seesHerPlan(clinic, sari)
    const set = (await stepsOf(clinic)).filter(({ area }) => area === 'promosi')
    for (const { id } of set.slice(0, 2)) await sari.forges(`plan-done:${id}`)
    await sari.says('/rencana')
    await sari.taps('Buka langkah berikutnya')
    await sari.taps('Kirim bukti')
    await sari.tapsAgain('Sudah dicoba')
    expect(sari).toSee('🎉 Satu bagian selesai')
    await sari.tapsAgain('Sudah dicoba')
    expect(sari.toast()).toBe('Langkah ini sudah selesai.')
    await sari.says('Sudah saya pasang, lima orang melihat')
    expect(sari).toSee('Buktinya sudah disimpan.')
    await sari.tapsAgain('Kirim bukti')
    expect(sari).toSee('Boleh kirim foto, tautan, atau satu kalimat')
    await sari.sendsPhoto()
    const last = (await stepsOf(clinic)).find(({ id }) => id === set[2]!.id)
    expect(last).toMatchObject({ state: 'done', proof_kind: 'photo' })
  })

  story('a step that does not suit her is exchanged, and never comes back', async ({ clinic, person }) => {
    const sari = person('Sari')
    await seesHerPlan(clinic, sari)
    const before = await open(clinic, 'promosi')
    await sari.taps('Buka langkah berikutnya')
    await sari.taps('Kurang cocok')
    expect(sari).toSee('Baik, kita ganti dengan langkah ini.')
    const after = await open(clinic, 'promosi')
    expect(after).toHaveLength(3)
    expect(after).not.toContain(before[0])
    for (let swaps = 0; swaps < 20 && (await open(clinic, 'promosi')).length > 0; swaps += 1) {
      await sari.says('/rencana')
      await sari.taps('Buka langkah berikutnya')
      await sari.taps('Kurang cocok')
    }
    expect(sari).toSee('Untuk sekarang belum ada penggantinya.')
    const seen = (await stepsOf(clinic)).map(({ tip }) => tip)
    expect(new Set(seen).size).toBe(seen.length)
  })

  story('when nothing suits her in the areas to begin with, the others follow before all is said to be tried', async ({ clinic, person }) => {
    const sari = person('Sari')
    await seesHerPlan(clinic, sari)
    const swapsAll = async (area: string) => {
      for (let [next] = await open(clinic, area); next; [next] = await open(clinic, area)) {
        const step = (await stepsOf(clinic)).find(({ tip, state }) => tip === next && state === 'open')
        await sari.forges(`plan-swap:${step!.id}`)
      }
    }
    await swapsAll('promosi')
    await swapsAll('keamanan')
    expect(await open(clinic, 'info')).toHaveLength(3)
    expect(sari).not.toSee('sudah dicoba')
    for (const area of ['info', 'komunikasi', 'transaksi']) await swapsAll(area)
    expect(sari).toSee('Semua langkah yang cocok sudah dicoba')
    expect(new Set((await stepsOf(clinic)).map(({ area }) => area)).size).toBe(5)
  })

  story('help with a step says which one it is about', async ({ clinic, person }) => {
    const [sari, rini] = [person('Sari'), person('Rini', { id: COORDINATOR_ID })]
    await rini.starts()
    await seesHerPlan(clinic, sari)
    const [first] = await open(clinic, 'promosi')
    await sari.taps('Buka langkah berikutnya')
    await sari.taps('Butuh bantuan')
    await sari.says('Kamera HP saya buram, bagaimana?')
    await sari.taps('Sudah, kirim')
    await sari.taps('Tetap butuh bantuan')
    await sari.taps('Setuju, kirim ke relawan')
    expect(sari).toSee('sudah sampai ke koordinator')
    expect(rini).toSee(`Saat mencoba: ${tipOf(first!).title}`)
    expect(rini).toSee('Kamera HP saya buram, bagaimana?')
  })

  story('a finished part is praised and followed by harder steps; in the end it says honestly that all were tried', async ({ clinic, person }) => {
    const sari = person('Sari')
    await seesHerPlan(clinic, sari)
    const doesNext = async () => {
      await sari.says('/rencana')
      await sari.taps('Buka langkah berikutnya')
      await sari.taps('Sudah dicoba')
    }
    for (let steps = 0; steps < 3; steps += 1) await doesNext()
    expect(sari).toSee('🎉 Satu bagian selesai: Konten & Promosi Digital.')
    expect(sari).toSee('langkah yang sedikit lebih menantang')
    expect(sari.buttons()).not.toContain('📋 Cek lagi, lihat perubahannya')
    expect((await open(clinic, 'promosi')).map((id) => tipOf(id).level)).toEqual(['dasar', 'dasar', 'dasar'])
    await sari.taps('Lihat rencana')
    expect(sari).toSee('Konten & Promosi Digital\n▱▱▱ 0 dari 3\n✅ 3 langkah sebelumnya sudah selesai\n▫️ 1. ')
    await clinic.passes(days(31))
    for (let steps = 0; steps < 3; steps += 1) await doesNext()
    await sari.taps('Cek lagi, lihat perubahannya')
    expect(sari).toSee('Ada 5 bagian')
    for (let steps = 0; steps < 120 && (await stepsOf(clinic)).some(({ state }) => state === 'open'); steps += 1) await doesNext()
    expect(sari).toSee('Semua langkah yang cocok sudah dicoba, Bu Sari.')
    const steps = await stepsOf(clinic)
    const fresh = steps.filter((step) => step.is_review === 0).map(({ tip }) => tip)
    expect(new Set(fresh).size).toBe(fresh.length)
    const reviewed = steps.filter((step) => step.is_review === 1).map(({ tip }) => tip)
    expect(reviewed.length).toBeGreaterThan(0)
    expect(new Set(reviewed).size).toBe(reviewed.length)
    expect(fresh).toEqual(expect.arrayContaining(reviewed))
    await sari.says('/rencana')
    expect(sari).toSee('Semua langkah yang cocok sudah dicoba')
  })

  story('a new check makes a new plan; buttons of the old one say so', async ({ clinic, person }) => {
    const sari = person('Sari')
    await seesHerPlan(clinic, sari)
    await sari.taps('Buka langkah berikutnya')
    await clinic.passes(days(31))
    await checks(sari, 'AA DDDD DDDD DDDD BBBB')
    await sari.taps('Lihat rencana')
    expect(sari).toSee('Informasi & Catatan Usaha')
    expect(sari).not.toSee('Konten & Promosi Digital')
    await sari.tapsAgain('Sudah dicoba')
    expect(sari.toast()).toBe('Langkah ini sudah diganti. Ketik /rencana untuk yang sekarang.')
    expect((await stepsOf(clinic)).some(({ state }) => state === 'done')).toBe(false)
  })

  story('before a check there is none, and nobody touches the plan of another', async ({ clinic, person }) => {
    const [sari, tini] = [person('Sari'), person('Tini')]
    await seesHerPlan(clinic, sari)
    await becomesMember(clinic, tini)
    await tini.says('/rencana')
    expect(tini).toSee('Rencana disusun dari hasil cek kemampuan.')
    const [step] = await stepsOf(clinic)
    for (const name of ['plan-done', 'plan-swap', 'plan-proof', 'plan-step', 'plan-help']) {
      await tini.forges(`${name}:${step!.id}`)
      expect(tini.toast()).toContain('sudah diganti')
    }
    expect((await stepsOf(clinic)).every(({ state }) => state === 'open')).toBe(true)
  })

  story('with too many questions skipped there is nothing to begin with, and it says so', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/cek')
    await sari.taps('Mulai cek')
    for (let skips = 0; skips < 16; skips += 1) await sari.taps('Lewati')
    await answersEach(sari, 'CCCC')
    await sari.taps('Lihat rencana')
    expect(sari).toSee('Jawaban cek belum cukup untuk menyusun rencana.')
  })
})
