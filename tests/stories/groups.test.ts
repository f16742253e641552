// Tells how the clinic behaves in a group: silent unless addressed, and then it leads to the private chat.
import { describe, expect } from 'vitest'
import { story, type StoryClinic } from './support/story.ts'

const said = (clinic: StoryClinic, group: number) => clinic.simulator.world.messages(group).filter(({ from }) => from === 'bot')

describe('in a group', () => {
  for (const type of ['group', 'supergroup'] as const) {
    story(`(${type}) it says nothing unless it is spoken to`, async ({ clinic, person }) => {
      const { world } = clinic.simulator
      const sari = person('Sari')
      const { id } = world.addGroup({ title: 'Pasar Pujon', type, members: [sari.id] })
      const chatter = ['halo semua', 'daftar', 'tolong saya ditipu', '/daftar', '/tips@bot_lain', 'klinik_bot bagus ya', 'a@klinik_bot.id']
      for (const text of chatter) world.sendText(sari.id, id, text)
      world.sendSticker(sari.id, id, '👍')
      await clinic.settled()
      expect(said(clinic, id)).toEqual([])

      for (const text of ['@klinik_bot halo', '/daftar@klinik_bot', 'tanya dong @Klinik_Bot']) {
        const before = said(clinic, id).length
        const messageId = world.sendText(sari.id, id, text)
        await clinic.settled()
        const answers = said(clinic, id).slice(before)
        expect(answers, text).toMatchObject([{ text: 'Supaya data usaha tetap aman, kita bicara di chat pribadi, ya.', replyTo: messageId }])
        expect(answers[0]?.inlineKeyboard).toEqual([[{ text: '💬 Buka chat pribadi', url: 'https://t.me/klinik_bot?start=grup' }]])
      }
      const [answer] = said(clinic, id)
      world.sendText(sari.id, id, 'terima kasih', { replyTo: answer?.messageId ?? 0 })
      await clinic.settled()
      expect(said(clinic, id)).toHaveLength(4)
    }, { hearsGroups: true })
  }

  story('nothing said there reaches an open form', async ({ clinic, person }) => {
    const { world } = clinic.simulator
    const sari = person('Sari')
    await sari.starts()
    await sari.says('/daftar')
    await sari.taps('Setuju')
    await sari.taps('Ya')
    const { id } = world.addGroup({ title: 'Pasar Pujon', type: 'supergroup', members: [sari.id] })
    for (const text of ['Sari', '@klinik_bot Sari', '/batal@klinik_bot']) world.sendText(sari.id, id, text)
    await clinic.settled()
    expect(sari.buttons()).toEqual(['⬅️ Kembali', '✖️ Berhenti'])
    expect(await clinic.reads((tx) => tx.selectFrom('conversation').select('step').execute())).toEqual([{ step: 'name' }])
  }, { hearsGroups: true })
})
