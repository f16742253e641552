import { describe, expect } from 'vitest'
import { story } from './support/story.ts'

describe('registration', () => {
  story('Bu Sari registers her warung', async ({ person }) => {
    const sari = person('Sari')
    await sari.starts()
    expect(sari).toSee('Klinik Ekonomi Digital')
    await sari.taps('Daftar sekarang')
    expect(sari).toSee('Apakah Bapak/Ibu setuju?')
    await sari.taps('Setuju')
    expect(sari).toSee('18 tahun')
    await sari.taps('Ya')
    await sari.says('Sari')
    expect(sari).toSee('disapa bagaimana')
    await sari.taps('Bu Sari')
    expect(sari).toSee('Apa nama usaha Bu Sari?')
    await sari.says('Warung Bu Sari')
    await sari.says('warung makan')
    expect(sari).toSee('desa atau kelurahan')
    await sari.says('pujonkidul')
    await sari.taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang')
    console.error(sari.chat().map((m) => `${m.from}: ${m.text ?? m.caption} ${JSON.stringify(m.inlineKeyboard?.flat().map((b) => b.text) ?? [])}`).join('\n'))
  })
})
