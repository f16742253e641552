// Tells which large buttons and commands people see: those that fit role and progress, also after a role began or ended.
import { describe, expect } from 'vitest'
import type { Phone } from './support/phone.ts'
import { registers, registersUntil } from './support/registering.ts'
import { COORDINATOR_ID, story, type StoryClinic } from './support/story.ts'

const commandsOf = (clinic: StoryClinic, phone: Phone) => clinic.simulator.world.menuCommands(phone.id, phone.id).map(({ command }) => command)
const NEWCOMER = ['📝 Daftar', '💡 Tips', '🆘 Bantuan', '📖 Panduan']
const MEMBER = ['📋 Cek kemampuan', '🗺 Rencana', '💡 Tips', '🆘 Bantuan', '👤 Profil', '🏪 Usaha', '📖 Panduan']

describe('the menu', () => {
  story('follows the progress: register, then go on, then look after what is there', async ({ person }) => {
    const sari = person('Sari')
    await sari.starts()
    expect(sari.menu()).toEqual(NEWCOMER)
    await registersUntil(sari, 'product')
    await sari.says('/panduan')
    expect(sari.menu()).toEqual(['▶️ Lanjutkan isian', '💡 Tips', '🆘 Bantuan', '📖 Panduan'])
    await sari.taps('Lanjutkan isian')
    expect(sari).toSee('Apa produk atau jasa yang paling laris?')
    await sari.taps('Sisanya nanti saja')
    await sari.taps('Simpan')
    expect(sari.menu()).toEqual(MEMBER)
    await sari.taps('Usaha')
    expect(sari).toSee('punya 1 usaha')
  })

  story('comes back after the phone question however it ends', async ({ person }) => {
    const phones = await Promise.all(['save', 'discard', 'pause'].map(async (way) => [way, person('Sari')] as const))
    for (const [way, sari] of phones) {
      await registersUntil(sari, 'phone')
      if (way === 'save') await sari.taps('Lewati')
      else {
        await sari.taps('Berhenti')
        await sari.taps(way === 'discard' ? 'Hapus isian ini' : 'Simpan, lanjut nanti')
      }
      expect(sari.menu(), way).toEqual(way === 'discard' ? NEWCOMER : ['▶️ Lanjutkan isian', '💡 Tips', '🆘 Bantuan', '📖 Panduan'])
    }
  })

  story('and the commands change with a role, at once', async ({ clinic, person }) => {
    const [rini, joko] = [person('Rini', { id: COORDINATOR_ID }), person('Joko')]
    await rini.starts()
    await registers(joko)
    expect(commandsOf(clinic, joko)).not.toContain('undang')
    expect(commandsOf(clinic, rini)).toEqual(expect.arrayContaining(['undang', 'tim', 'permintaan']))
    expect(rini.menu()).toContain('✉️ Undang')

    await rini.says('/undang')
    await rini.taps('Koordinator')
    const payload = /start=(inv_[\w-]+)/.exec(rini.news())?.[1]
    await joko.starts(payload)
    expect(commandsOf(clinic, joko)).toContain('undang')
    await joko.says('/panduan')
    expect(joko).toSee('/undang - ')
    expect(joko.menu()).toContain('✉️ Undang')

    await rini.says('/tim')
    await rini.taps('Akhiri: Sari, koordinator')
    await rini.taps('Ya, akhiri')
    expect(commandsOf(clinic, joko)).not.toContain('undang')
    await joko.says('/undang')
    expect(joko).toSee('Bagian ini hanya untuk petugas klinik.')
    expect(joko.menu()).toEqual(MEMBER)
  })

  story('the commands everyone sees first are in Bahasa, whatever the app speaks', async ({ clinic, person }) => {
    const john = person('John', { languageCode: 'en' })
    expect(clinic.simulator.world.menuCommands(john.id, john.id)).toContainEqual({ command: 'daftar', description: 'Daftarkan usaha' })
    expect(commandsOf(clinic, john)).not.toContain('undang')
  })

  story('commands are told to Telegram only when they change', async ({ clinic, person }) => {
    const sari = person('Sari')
    const told = () => {
      const calls = clinic.simulator.world.calls().filter(({ method }) => method === 'setMyCommands')
      return calls.filter(({ params }) => JSON.stringify(params).includes(String(sari.id))).length
    }
    await sari.starts()
    expect(told()).toBe(1)
    await sari.says('halo')
    await sari.says('/tips')
    expect(told()).toBe(1)
  })
})
