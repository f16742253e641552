// Tells how people are received: start, guide, and a useful answer to whatever they write.
import { describe, expect } from 'vitest'
import { registers, registersUntil } from './support/registering.ts'
import { COORDINATOR_ID, days, story } from './support/story.ts'

describe('start', () => {
  story('greets a newcomer, offers to register and English, and shows the menu', async ({ person }) => {
    const sari = person('Sari')
    await sari.starts()
    expect(sari).toSee('Halo, Bapak/Ibu! 👋 Ini Klinik Ekonomi Digital')
    expect(sari).toSee('In English: tap the button below.')
    expect(sari.buttons()).toEqual(['📝 Daftar sekarang', '🇬🇧 English'])
    expect(sari.menu()).toEqual(['📝 Daftar', '💡 Tips', '🆘 Bantuan', '📖 Panduan'])
  })

  story('with a payload nobody owns is a start all the same', async ({ person }) => {
    for (const payload of ['grup', 'x_y_z', '-'.repeat(64)]) {
      const sari = person('Sari')
      await sari.starts(payload)
      expect(sari).toSee('Halo, Bapak/Ibu! 👋 Ini Klinik Ekonomi Digital')
      expect(sari.menu()).toEqual(['📝 Daftar', '💡 Tips', '🆘 Bantuan', '📖 Panduan'])
    }
  })

  story('receives who works for the clinic as that, not as an owner who has yet to register', async ({ person }) => {
    const rini = person('Rini', { id: COORDINATOR_ID })
    await rini.starts()
    expect(rini).toSee('Halo, Bapak/Ibu! Silakan pilih dari menu di bawah.')
    expect(rini).not.toSee('Yuk, mulai dengan mendaftarkan usaha.')
    expect(rini.menu()).toEqual(expect.arrayContaining(['📨 Permintaan', '👥 Tim']))
  })

  story('later welcomes a member by name, and leads back to an unfinished form', async ({ clinic, person }) => {
    const [sari, joko] = [person('Sari'), person('Joko')]
    await registers(sari)
    await clinic.passes(days(30))
    await sari.starts()
    expect(sari).toSee('Halo, Bu Sari! Senang bertemu lagi.')
    expect(sari.menu()).toEqual(['📋 Cek kemampuan', '🗺 Rencana', '💡 Tips', '🆘 Bantuan', '👤 Profil', '🏪 Usaha', '📖 Panduan'])
    await registersUntil(joko, 'name')
    await joko.starts()
    expect(joko).toSee('Tadi kita sedang mengisi pendaftaran. Kita teruskan?')
    await joko.says('/batal')
    await joko.taps('Simpan, lanjut nanti')
    await joko.starts()
    expect(joko).toSee('Siapa nama panggilan')
  })
})

describe('the guide', () => {
  story('lists exactly the commands the person may use', async ({ clinic, person }) => {
    const [sari, rini] = [person('Sari'), person('Rini', { id: COORDINATOR_ID })]
    const listed = (text: string) => [...text.matchAll(/^\/(\w+) - \S/gm)].map(([, name]) => name)
    await sari.says('/panduan')
    await rini.says('/panduan')
    expect(listed(sari.news())).toEqual(clinic.simulator.world.menuCommands(sari.id, sari.id).map(({ command }) => command))
    expect(listed(rini.news())).toEqual(clinic.simulator.world.menuCommands(rini.id, rini.id).map(({ command }) => command))
    expect(listed(rini.news())).toEqual(expect.arrayContaining(['undang', 'tim', 'permintaan']))
    expect(listed(sari.news())).not.toEqual(expect.arrayContaining(['undang']))
    await sari.says('/undang')
    expect(sari).toSee('Bagian ini hanya untuk petugas klinik.')
  })
})

describe('a message outside a form', () => {
  story('is answered usefully, and leaves the menu in reach', async ({ person }) => {
    for (const [typed, reply] of [
      ['halo', 'Halo, Bapak/Ibu! Silakan pilih dari menu di bawah.'],
      ['assalamualaikum', 'Waalaikumsalam, Bapak/Ibu!'],
      ['makasih banyak ya', 'Sama-sama, Bapak/Ibu.'],
      ['tolong', 'Silakan ceritakan masalah Bapak/Ibu.'],
      ['bingung', 'Silakan ceritakan masalah Bapak/Ibu.'],
      ['gak tau', 'pelan-pelan saja'],
      ['daftar dong', 'Apakah Bapak/Ibu setuju?'],
      ['menu', 'Panduan singkat'],
      ['panduan', 'Panduan singkat'],
      ['Tips dong', 'Coba hari ini:'],
      ['profil', 'Bapak/Ibu belum terdaftar.'],
      ['bahasa', 'Mau pakai bahasa apa?'],
      ['English', 'Mau pakai bahasa apa?'],
      ['lanjut', 'Tidak ada isian yang terbuka.'],
      ['nanti saja', 'Baik, tidak apa-apa.'],
      ['gapapa', 'Baik, tidak apa-apa.'],
      ['ya', 'Siap, Bapak/Ibu.'],
      ['tidak', 'Baik, tidak apa-apa.'],
      ['data saya', 'Data Bapak/Ibu di klinik ini'],
      ['hapus data saya', 'Hapus semua data Bapak/Ibu?'],
      ['saya kena tipu lewat wa', 'Jangan kirim uang lagi. Jangan beri kode apa pun. Hubungi bank sekarang.'],
      ['ada yang minta kode OTP', '157'],
      ['qwerty asdf', 'Maaf, kami belum paham maksudnya.'],
      ['x'.repeat(4096), 'Maaf, kami belum paham maksudnya.'],
    ] as const) {
      const someone = person('Sari')
      await someone.starts()
      await someone.says(typed)
      expect(someone, typed.slice(0, 30)).toSee(reply)
      expect(someone.menu(), typed.slice(0, 30)).toEqual(['📝 Daftar', '💡 Tips', '🆘 Bantuan', '📖 Panduan'])
    }
  })

  story('that is a command without its slash does what the command does, for who may use it', async ({ person }) => {
    const [sari, rini] = [person('Sari'), person('Rini', { id: COORDINATOR_ID })]
    await sari.says('tim')
    expect(sari).toSee('Maaf, kami belum paham maksudnya.')
    await rini.says('Tim')
    expect(rini).toSee('Tim klinik')
    await registersUntil(sari, 'name')
    await sari.says('/batal')
    await sari.taps('Simpan, lanjut nanti')
    await sari.says('lanjut')
    expect(sari).toSee('Siapa nama panggilan')
  })

  story('that we can’t read, such as a sticker or a photo, is thanked for', async ({ person }) => {
    const sari = person('Sari')
    for (const sends of [sari.sendsSticker, sari.sendsPhoto, sari.sharesContact]) {
      await sends()
      expect(sari).toSee('Terima kasih kirimannya. Kami belum bisa membacanya di sini.')
    }
  })

  story('of a member who asks for her data shows it, and where to change it', async ({ person }) => {
    const sari = person('Sari')
    await registers(sari)
    await sari.says('data saya')
    expect(sari).toSee('Data Bu Sari di klinik ini')
    await sari.says('ubah data')
    await sari.taps('Data diri')
    expect(sari).toSee('Profil Bu Sari')
  })
})
