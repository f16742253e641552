// Holds that anyone gets one tip at a time, never the same one before all were shown, and that taps and hours do no harm.
import { describe, expect } from 'vitest'
import { loadTips } from '../../src/content/tips.ts'
import { dataFile } from '../content/samples.ts'
import { COORDINATOR_ID, days, type Scene, story } from './support/story.ts'

const TIPS = loadTips(dataFile('tips.yaml'))
const titles = TIPS.map(({ title }) => title)
const bySector = (sector: string) => TIPS.filter(({ sectors }) => sectors.includes(sector)).map(({ title }) => title)

/** Titles of the tips on a phone, oldest first. */
const titlesOn = (phone: ReturnType<Scene['person']>) =>
  phone.chat().flatMap(({ from, text = '' }) => (from === 'bot' ? titles.filter((title) => text.includes(`💡 ${title}\n`)) : []))

/** Makes someone a member at once, as if she had registered. */
async function admit({ clinic }: Pick<Scene, 'clinic'>, phone: ReturnType<Scene['person']>): Promise<void> {
  await phone.starts()
  await clinic.reads((tx) => tx.updateTable('person').set({ member_number: phone.id, member_since: 0 }).where('telegram_id', '=', phone.id).execute())
}

const storedAbout = ({ clinic }: Scene) =>
  clinic.reads(async (tx) => ({
    people: await tx.selectFrom('person').select(['given_name', 'adult', 'phone']).where('telegram_id', '!=', COORDINATOR_ID).execute(),
    businesses: await tx.selectFrom('business').select('id').execute(),
    consents: await tx.selectFrom('consent').select('id').execute(),
    shown: (await tx.selectFrom('tip_shown').select('tip').execute()).map(({ tip }) => tip),
  }))

describe('tips', () => {
  story('Bu Sari asks for a tip before she registers, and nothing is kept about her', async (scene) => {
    const sari = scene.person('Sari')
    await sari.says('/tips')
    expect(titlesOn(sari)).toHaveLength(1)
    expect(sari).toSee('👉 Coba hari ini:')
    expect(sari.buttons()).toEqual(['📖 Baca caranya', '💡 Tips lain'])
    await sari.taps('Baca caranya')
    expect(sari).toSee('👉 Coba hari ini:')
    expect(sari.buttons()).toEqual(['💡 Tips lain'])
    expect(await storedAbout(scene)).toEqual({
      people: [{ given_name: null, adult: null, phone: null }], businesses: [], consents: [], shown: [],
    })
  })

  story('the menu has a large button for them', async ({ person }) => {
    const sari = person('Sari')
    await sari.starts()
    await sari.taps('Tips')
    expect(titlesOn(sari)).toHaveLength(1)
  })

  story('each tap brings another tip, and a second tap on the same button brings none', async ({ clinic, person }) => {
    const sari = person('Sari')
    const withButton = () => sari.chat().filter(({ inlineKeyboard }) => (inlineKeyboard ?? []).length > 0).map(({ messageId }) => messageId)
    await sari.says('/tips')
    const [first = 0] = withButton()
    await sari.taps('Tips lain')
    const titles = titlesOn(sari)
    expect(new Set(titles).size).toBe(2)
    const newest = withButton()
    expect(newest).toHaveLength(1)

    const tap = clinic.simulator.world.tapButton(sari.id, sari.id, first, 'next-tip:info-t1', { forged: true })
    await clinic.settled()
    expect(await tap.answered).toMatchObject({ text: 'Tips terbaru ada di bawah. Untuk tips lain, ketik /tips.' })
    expect(titlesOn(sari)).toEqual(titles)
    expect(withButton()).toEqual(newest)
  })

  story('a picture comes only to who taps for it, told with its size, and a second tap brings no second one', async ({ clinic, person }) => {
    const sari = person('Sari')
    const pictures = () => sari.chat().filter(({ kind }) => kind === 'photo')
    await sari.starts()
    await sari.forges('tip-how:info-t2')
    expect(sari.buttons()).toEqual(['🖼 Lihat gambarnya (21 KB)', '💡 Tips lain'])
    expect(pictures()).toEqual([])
    await clinic.stops()
    await clinic.startsAgain()
    await sari.taps('🖼 Lihat gambarnya (21 KB)')
    expect(sari).toSee('[picture] 👉 Tulis 3 baris: masuk, keluar, sisa, untuk hari ini.')
    expect(pictures()).toMatchObject([{ file: { width: 720, mimeType: 'image/png' } }])
    expect(sari.buttons()).toEqual(['💡 Tips lain'])
    await sari.tapsAgain('🖼 Lihat gambarnya (21 KB)')
    expect(sari.toast()).toBe('Sedang dikirim, sebentar ya.')
    expect(pictures()).toHaveLength(1)
    await sari.forges('tip-media:info-t1')
    expect(sari.toast()).toBe('Tip ini sedang kami perbarui.')
  })

  story('a tap that names a tip she never got brings none', async ({ person }) => {
    const sari = person('Sari')
    await sari.says('/tips')
    await sari.forges('next-tip:promosi-t1')
    expect(titlesOn(sari)).toHaveLength(1)
    expect(sari.isSpinning()).toBe(false)
  })

  story('when all were shown they come again, the oldest first, and it says so', async ({ clinic, person }) => {
    const sari = person('Sari')
    await admit({ clinic }, sari)
    const forEverybody = bySector('all').filter((title) => !title.includes('halal'))
    await sari.says('/tips')
    for (let at = 1; at < forEverybody.length; at += 1) await sari.taps('Tips lain')
    const round = titlesOn(sari)
    expect(round.toSorted()).toEqual(forEverybody.toSorted())
    expect(sari).not.toSee('Semua tips sudah pernah')

    await clinic.passes(days(1))
    await sari.taps('Tips lain')
    expect(sari).toSee('Semua tips sudah pernah Bapak/Ibu terima.')
    await sari.taps('Tips lain')
    expect(titlesOn(sari).slice(round.length)).toEqual(round.slice(0, 2))
  })

  story('Joko, who reads English, is told that tips are in Indonesian', async ({ clinic, person }) => {
    const joko = person('Joko', { languageCode: 'en' })
    await admit({ clinic }, joko)
    await joko.says('/tips')
    await clinic.reads((tx) => tx.updateTable('person').set({ language: 'en' }).where('telegram_id', '=', joko.id).execute())
    await joko.says('/tips')
    expect(joko).toSee('Tips are in Indonesian for now.')
    expect(joko).toSee('Try it today: Tulis 3 baris')
    expect(joko.buttons()).toEqual(['📖 Read how', '🖼 See the picture (21 KB)', '✅ I tried it', '⏰ Later', '🔄 Not for me', '🆘 I need help', '🔖 Save', '💡 Another tip', '⏰ Choose when tips come', '❓ Why this tip?'])
  })

  story('a tip for her own trade comes first once she has a business', async ({ clinic, person }) => {
    const sari = person('Sari')
    await admit({ clinic }, sari)
    await sari.says('/tips')
    await clinic.reads(async (tx) => {
      const { id } = await tx.selectFrom('person').select('id').where('telegram_id', '=', sari.id).executeTakeFirstOrThrow()
      const business = { person_id: id, village_code: '35.07.26.2003', licences: '{}', updated_at: 0 }
      await tx.insertInto('business').values({ ...business, sector: 'bengkel_servis', created_at: 1 }).execute()
      await tx.insertInto('business').values({ ...business, sector: 'kuliner', created_at: 2 }).execute()
    })
    await sari.says('/tips')
    expect(sari).toSee('💡 Foto produk di dekat jendela')
  })

  story('a tip whose fact is past its review is shown to nobody', async ({ clinic, person }) => {
    const sari = person('Sari')
    await clinic.passes(days(365))
    await sari.says('/tips')
    for (let at = 1; at < bySector('all').length; at += 1) await sari.taps('Tips lain')
    const shown = titlesOn(sari)
    for (const { title, body } of TIPS) if (body.includes('{fact.')) expect(shown).not.toContain(title)
    expect(shown).toContain('Simpan nomor pembeli dengan nama yang jelas')
  })
})
