// Tells how the language is chosen: Bahasa for everyone at first, English for who asks, at any moment.
import { describe, expect } from 'vitest'
import { personOf, unfinishedOf } from './support/records.ts'
import { registersUntil } from './support/registering.ts'
import { story } from './support/story.ts'

const INDONESIAN = /\b(dan|yang|untuk|usaha|tidak|belum|sudah|silakan|ketuk)\b/i

describe('language', () => {
  story('is Bahasa whatever the app speaks; one tap on the first screen makes it English to the end', async ({ clinic, person }) => {
    const john = person('John', { languageCode: 'en' })
    await john.starts()
    expect(john).toSee('Halo, Bapak/Ibu!')
    await john.taps('English')
    expect(john).toSee("Good, we'll use English.")
    await john.taps('Register now')
    expect(john).toSee('Do you agree?')
    for (const does of [
      () => john.taps('I agree'), () => john.taps('Yes'), () => john.says('John'), () => john.taps('Just John'),
      () => john.says('no name yet'),
      () => john.says('food stall'), () => john.says('Pujon Kidul'), () => john.taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang'),
      () => john.says('fried rice'), () => john.taps('3-10 years'), () => john.taps('2-4 people'), () => john.says('3 million'),
      () => john.taps('The rest later'), () => john.taps('Save'),
    ]) {
      await does()
      expect(john).not.toSee(INDONESIAN)
    }
    expect(john).toSee('Welcome, John!')
    expect(john).toSee('micro business')
    expect(john.menu()).toEqual(['📋 Skills check', '🗺 Plan', '💡 Tips', '🆘 Help', '👤 Profile', '🏪 Businesses', '📖 Guide'])
    expect(await personOf(clinic, john)).toMatchObject({ language: 'en', honorific: 'name-only' })
    expect(await clinic.reads((tx) => tx.selectFrom('business').select(['sales_band', 'name']).execute())).toEqual([{ sales_band: 'under-5m', name: null }])
  })

  story('can be switched in the middle of a form, which goes on in the other one', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.says('/bahasa')
    await sari.taps('English')
    expect(sari).toSee('What is your business called?')
    await sari.says('Warung Bu Sari')
    expect(sari).toSee('What kind of business is it?')
    await sari.says('/bahasa')
    await sari.taps('Bahasa Indonesia')
    expect(sari).toSee('Baik, kita pakai Bahasa Indonesia.')
    expect(sari).toSee('Usahanya di bidang apa?')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'sector', answers: { name: 'Sari', 'business-name': 'Warung Bu Sari' } }])
  })

  story('the large buttons and commands follow it; buttons of the other language still work', async ({ clinic, person }) => {
    const sari = person('Sari')
    await sari.starts()
    const { world } = clinic.simulator
    expect(world.menuCommands(sari.id, sari.id)).toContainEqual({ command: 'daftar', description: 'Daftarkan usaha' })
    await sari.says('/bahasa')
    await sari.taps('English')
    expect(world.menuCommands(sari.id, sari.id)).toContainEqual({ command: 'daftar', description: 'Register your business' })
    expect(sari.menu()).toEqual(['📝 Register', '💡 Tips', '🆘 Help', '📖 Guide'])
    await sari.says('📖 Panduan')
    expect(sari).toSee('Short guide')
  })
})
