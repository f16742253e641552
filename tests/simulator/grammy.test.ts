import { Bot, InlineKeyboard, InputFile, Keyboard } from 'grammy'
import sharp from 'sharp'
import { afterEach, expect, test } from 'vitest'
import { openStage, TOKEN } from './fixture.ts'
import type { Stage } from './fixture.ts'

let stage: Stage | undefined
let bot: Bot | undefined
afterEach(async () => {
  await bot?.stop()
  await stage?.simulator.close()
})

test('a bot on the real client greets, sends a picture, answers a tap, edits, and downloads what it was sent', async () => {
  stage = await openStage()
  const { simulator: { origin, world }, sari } = stage
  const picture = await sharp({ create: { width: 90, height: 60, channels: 3, background: 'teal' } }).png().toBuffer()
  const downloads: string[] = []
  bot = new Bot(TOKEN, { client: { apiRoot: origin } })
  bot.command('start', async (ctx) => {
    await ctx.reply(`<b>Halo</b> ${ctx.match}`, { parse_mode: 'HTML', reply_markup: new Keyboard().text('Daftar').persistent() })
    await ctx.replyWithPhoto(new InputFile(picture, 'kartu.png'), {
      caption: 'Kartu anggota', reply_markup: new InlineKeyboard().text('Simpan', 'save'),
    })
  })
  bot.callbackQuery('save', async (ctx) => {
    await ctx.answerCallbackQuery('Tersimpan')
    await ctx.editMessageCaption({ caption: 'Sudah disimpan' })
  })
  bot.on('message:document', async (ctx) => {
    const { file_path: path } = await ctx.getFile()
    downloads.push(await (await fetch(`${origin}/file/bot${TOKEN}/${path}`)).text())
  })
  void bot.start()

  world.start(sari.id, 'undangan')
  await expect.poll(() => world.messages(sari.id).length).toBe(4)
  const [greeting, card] = world.messages(sari.id).slice(2)
  expect(greeting).toMatchObject({ from: 'bot', text: 'Halo undangan', entities: [{ type: 'bold', offset: 0, length: 4 }] })
  expect(world.replyKeyboard(sari.id, sari.id)).toMatchObject({ buttons: [[{ text: 'Daftar' }]], isPersistent: true })
  expect(card).toMatchObject({ kind: 'photo', caption: 'Kartu anggota', file: { width: 90, height: 60, mimeType: 'image/png' } })
  expect(Buffer.from(world.file(card!.file!.fileId)!.bytes).equals(picture)).toBe(true)

  const tap = world.tapButton(sari.id, sari.id, card!.messageId, 'save')
  expect(tap.state()).toBe('spinning')
  expect(await tap.answered).toEqual({ text: 'Tersimpan', showAlert: false })
  expect(tap.state()).toBe('answered')
  await expect.poll(() => world.message(sari.id, card!.messageId).caption).toBe('Sudah disimpan')
  expect(world.message(sari.id, card!.messageId).inlineKeyboard).toBeUndefined()

  world.sendDocument(sari.id, sari.id, { bytes: Buffer.from('nama;omzet'), fileName: 'catatan.csv', mimeType: 'text/csv' })
  await expect.poll(() => downloads[0]).toBe('nama;omzet')
})
