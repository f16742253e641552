import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStage } from './fixture.ts'

test('a kept world goes on after a restart where it stopped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  const storagePath = join(folder, 'nested', 'simulator.db')
  try {
    const before = await openStage({ storagePath })
    const sari = before.sari.id
    const { world } = before.simulator
    const group = world.addGroup({ title: 'Warga', type: 'group', members: [sari] })
    await before.result('sendMessage', { chat_id: sari, text: 'menu', reply_markup: { keyboard: [[{ text: 'Daftar' }]] } })
    const { message_id: asked } = await before.result('sendMessage', {
      chat_id: sari, text: 'tanya', reply_markup: { inline_keyboard: [[{ text: 'Ya', callback_data: 'ya' }]] },
    })
    await before.result('setMyCommands', { commands: [{ command: 'daftar', description: 'Daftar' }] })
    const document = world.sendDocument(sari, sari, { bytes: Buffer.from('isi'), fileName: 'a.csv' })
    const kept = {
      people: world.people(), chats: world.chats(), messages: world.messages(sari), updates: world.updates(),
      keyboard: world.replyKeyboard(sari, sari), commands: world.menuCommands(sari, sari),
    }
    await before.simulator.close()

    const after = await openStage({ storagePath })
    const again = after.simulator.world
    expect({
      people: again.people(), chats: again.chats(), messages: again.messages(sari), updates: again.updates(),
      keyboard: again.replyKeyboard(sari, sari), commands: again.menuCommands(sari, sari),
    }).toEqual(kept)
    expect(again.chats().map(({ id }) => id)).toContain(group.id)
    expect(Buffer.from(again.file(again.message(sari, document).file!.fileId)!.bytes).toString()).toBe('isi')

    const lastUpdate = kept.updates.at(-1)!.update_id
    again.tapButton(sari, sari, asked, 'ya')
    expect(again.updates().at(-1)).toMatchObject({ update_id: lastUpdate + 1, callback_query: { data: 'ya' } })
    expect((await after.result('sendMessage', { chat_id: sari, text: 'lanjut' })).message_id).toBe(document + 1)
    await after.simulator.close()
  } finally {
    await rm(folder, { recursive: true })
  }
})
