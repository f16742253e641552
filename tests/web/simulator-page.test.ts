// The simulator's page in a real browser, with a small bot behind it that answers through the Bot API.

import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Bot, InlineKeyboard, InputFile, Keyboard } from 'grammy'
import { chromium } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '../../src/simulator/server.ts'
import type { Simulator } from '../../src/simulator/world.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]
const TOKEN = `700001:${'b'.repeat(35)}`
const NOON_WIB = Date.UTC(2026, 10, 23, 5)

async function startBot(apiRoot: string): Promise<Bot> {
  const card = await sharp({ create: { width: 600, height: 360, channels: 3, background: '#147a6c' } }).png().toBuffer()
  const bot = new Bot(TOKEN, { client: { apiRoot } })
  await bot.api.setMyCommands([
    { command: 'daftar', description: 'Daftarkan usaha' },
    { command: 'bantuan', description: 'Tanya relawan' },
  ])
  bot.command('start', (ctx) => ctx.reply(
    `<b>Selamat datang</b>, ${ctx.from?.first_name ?? ''}.\nIsi: <tg-spoiler>${ctx.match === '' ? 'kosong' : ctx.match}</tg-spoiler>`,
    { parse_mode: 'HTML', reply_markup: new InlineKeyboard().text('Lihat kartu', 'card').text('Penting', 'alert') },
  ))
  bot.command('daftar', (ctx) => ctx.reply('Nomor HP boleh dibagikan.', {
    reply_markup: new Keyboard().requestContact('Bagikan nomor').row().text('Nanti saja').resized().persistent(),
  }))
  bot.callbackQuery('card', async (ctx) => {
    await ctx.answerCallbackQuery('Kartu datang.')
    await ctx.editMessageText('Ini kartu Ibu.')
    await ctx.replyWithPhoto(new InputFile(card, 'kartu.png'), { caption: 'Kartu anggota' })
  })
  bot.callbackQuery('alert', (ctx) => ctx.answerCallbackQuery({ text: 'Jangan bagikan PIN.', show_alert: true }))
  bot.on('message:contact', (ctx) => ctx.reply(`Tercatat ${ctx.message.contact.phone_number}.`, { reply_markup: { remove_keyboard: true } }))
  bot.on('message:file', (ctx) => ctx.copyMessage(ctx.chat.id, { protect_content: true }))
  bot.on('message:text', (ctx) => ctx.reply(`Terbaca: ${ctx.message.text}`))
  void bot.start()
  return bot
}

describe.skipIf(CHROMIUM === undefined)(`the simulator page (${CHROMIUM ?? 'skipped: no Chromium is installed'})`, () => {
  let browser: Browser
  let pictures: string
  let closings: (() => Promise<unknown>)[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    pictures = await mkdtemp(join(tmpdir(), 'simulator-page-'))
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: FLAGS })
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    for (const close of closings.toReversed()) await close()
    closings = []
    expect(complaints.splice(0)).toEqual([])
  })

  /** Opens the page on a new simulator with the bot, and Ibu Sari's phone in it. */
  async function open(width: number, height: number): Promise<{ simulator: Simulator; page: Page; sari: Locator }> {
    let clock = NOON_WIB
    const simulator = await startSimulator({
      now: () => clock, token: TOKEN, bot: { firstName: 'Klinik', username: 'klinik_bot' }, advance: async (ms) => { clock += ms },
    })
    closings.push(() => simulator.close())
    const bot = await startBot(simulator.origin)
    closings.push(() => bot.stop())
    const page = await browser.newPage({ viewport: { width, height }, locale: 'id-ID' })
    page.setDefaultTimeout(8000)
    closings.push(() => page.close())
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()) })
    page.on('pageerror', (error) => { complaints.push(error.message) })
    await page.goto(simulator.origin)
    return { simulator, page, sari: page.getByRole('region', { name: 'HP Ibu Sari' }) }
  }

  const shoot = (page: Page, name: string): Promise<Buffer> => page.screenshot({ path: join(pictures, `${name}.png`) })
  const overflow = (page: Page): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

  it('shows three phones, and a tap brings the notice, the edit and the picture', async () => {
    const { page, sari } = await open(1280, 800)
    await expect.poll(() => page.locator('.phone:visible').count()).toBe(3)
    await sari.getByRole('button', { name: 'Mulai' }).click()
    const log = sari.getByRole('log')
    await log.locator('strong', { hasText: 'Selamat datang' }).waitFor()
    await log.getByRole('button', { name: 'Lihat kartu' }).click()
    await sari.getByText('Kartu datang.').waitFor()
    await log.getByText('Ini kartu Ibu.').waitFor()
    await log.getByText('diubah').waitFor()
    const picture = log.getByRole('img', { name: 'Kartu anggota' })
    await expect.poll(() => picture.evaluate((image: { readonly naturalWidth?: number }) => image.naturalWidth)).toBe(600)
    await shoot(page, 'wide')
    expect(await overflow(page)).toBe(0)
  })

  it('shows an alert to read and close', async () => {
    const { page, sari } = await open(1280, 800)
    await sari.getByRole('button', { name: 'Mulai' }).click()
    await sari.getByRole('button', { name: 'Penting' }).click()
    const alert = page.getByRole('dialog', { name: 'Klinik' })
    await alert.getByText('Jangan bagikan PIN.').waitFor()
    await alert.getByRole('button', { name: 'Baik' }).click()
    await alert.waitFor({ state: 'detached' })
  })

  it('lists the commands, shares a number from the reply keyboard and takes the keyboard away', async () => {
    const { page, sari } = await open(1280, 800)
    await sari.getByRole('button', { name: 'Mulai' }).click()
    const field = sari.getByRole('textbox', { name: 'Pesan' })
    await field.fill('/')
    await expect.poll(() => sari.getByRole('option').allInnerTexts()).toHaveLength(2)
    await field.pressSequentially('daf')
    await field.press('ArrowDown')
    await field.press('Enter')
    const keyboard = sari.getByRole('group', { name: 'Tombol jawaban' })
    await keyboard.getByRole('button', { name: 'Nanti saja' }).waitFor()
    await sari.getByRole('button', { name: /sembunyikan tombol/ }).click()
    await keyboard.waitFor({ state: 'hidden' })
    await sari.getByRole('button', { name: /sembunyikan tombol/ }).click()
    await keyboard.getByRole('button', { name: 'Bagikan nomor' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Bagikan' }).click()
    await sari.getByText('Tercatat +6281200001001.').waitFor()
    await keyboard.waitFor({ state: 'hidden' })
  })

  it('edits, replies and blocks as the real app does', async () => {
    const { page, sari, simulator } = await open(1280, 800)
    await sari.getByRole('button', { name: 'Mulai' }).click()
    const field = sari.getByRole('textbox', { name: 'Pesan' })
    await field.fill('jual kripik')
    await field.press('Enter')
    await sari.getByText('Terbaca: jual kripik').waitFor()
    await field.press('ArrowUp')
    await field.fill('jual keripik')
    await field.press('Enter')
    await sari.getByText('jual keripik', { exact: true }).waitFor()
    await sari.getByText('Terbaca: jual kripik').hover()
    await sari.locator('.message', { hasText: 'Terbaca: jual kripik' }).getByRole('button', { name: 'Pilihan pesan' }).click()
    await page.getByRole('menuitem', { name: 'Balas' }).click()
    await field.fill('betul')
    await field.press('Enter')
    await sari.locator('.message', { hasText: 'betul' }).locator('.reply-preview', { hasText: 'Terbaca: jual kripik' }).first().waitFor()
    await sari.getByRole('button', { name: 'Pilihan obrolan' }).click()
    await page.getByRole('menuitem', { name: 'Blokir bot' }).click()
    await sari.getByRole('button', { name: 'Buka blokir' }).waitFor()
    expect(simulator.world.person(1001).blockedBot).toBe(true)
  })

  it('sends every kind of message, shows what comes back, and lets her change the words under a photo', async () => {
    const { page, sari, simulator } = await open(1280, 800)
    await sari.getByRole('button', { name: 'Mulai' }).click()
    const log = sari.getByRole('log')
    await log.locator('strong', { hasText: 'Selamat datang' }).waitFor()
    const attach = async (name: string, fill: (dialog: Locator) => Promise<unknown> = async () => {}) => {
      await sari.getByRole('button', { name: 'Lampirkan' }).click()
      await page.getByRole('menuitem', { name, exact: true }).click()
      const dialog = page.getByRole('dialog')
      await fill(dialog)
      await dialog.getByRole('button', { name: 'Kirim' }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    const came = () => simulator.world.messages(1001).filter((message) => message.from === 'bot' && message.kind !== 'text')
    const arrived = (count: number) => expect.poll(() => came().length, { timeout: 8000 }).toBe(count)

    await attach('Foto', (dialog) => dialog.getByLabel('Keterangan').fill('nota senin'))
    await attach('Album dua foto')
    await attach('Pesan suara')
    await arrived(4)
    for (const kind of ['Video', 'Video bulat', 'GIF']) {
      const before = came().length
      await attach('Video', (dialog) => dialog.getByLabel('Jenis').selectOption(kind))
      // The film is recorded first.
      await expect.poll(() => came().length, { timeout: 8000 }).toBe(before + 1)
    }
    await attach('Berkas')
    await arrived(8)
    expect(came().map(({ kind }) => kind)).toEqual(['photo', 'photo', 'photo', 'voice', 'video', 'video_note', 'animation', 'document'])
    const film = log.locator('.theirs video').first()
    await expect.poll(() => film.evaluate((video: { readonly videoWidth?: number }) => video.videoWidth)).toBe(960)
    await log.locator('.theirs').getByText('daftar-harga.pdf').waitFor()
    expect(await log.locator('.theirs').getByText('terlindung').count()).toBe(8)

    const photo = log.locator('.mine', { hasText: 'nota senin' })
    await photo.hover()
    await photo.getByRole('button', { name: 'Pilihan pesan' }).click()
    await page.getByRole('menuitem', { name: 'Ubah' }).click()
    const field = sari.getByRole('textbox', { name: 'Pesan' })
    await field.fill('nota selasa')
    await field.press('Enter')
    await log.locator('.mine', { hasText: 'nota selasa' }).waitFor()

    await sari.locator('.theirs', { hasText: 'Selamat datang' }).hover()
    await sari.locator('.theirs', { hasText: 'Selamat datang' }).getByRole('button', { name: 'Pilihan pesan' }).click()
    await page.getByRole('menuitem', { name: 'Balas' }).click()
    await attach('Pesan suara')
    await arrived(9)
    await log.locator('.mine', { has: page.locator('.voice') }).last().locator('.reply-preview', { hasText: 'Selamat datang' }).waitFor()
    await shoot(page, 'media')

    await sari.getByRole('button', { name: 'Pilihan obrolan' }).click()
    await page.getByRole('menuitem', { name: 'Tolak pesan suara' }).click()
    await expect.poll(() => simulator.world.person(1001).refusesVoice).toBe(true)
  })

  it('opens an invitation on the phone of somebody else, and a group for all', async () => {
    const { page, sari, simulator } = await open(1280, 800)
    await sari.getByRole('button', { name: 'Mulai' }).click()
    const field = sari.getByRole('textbox', { name: 'Pesan' })
    await field.fill('https://t.me/klinik_bot?start=undangan-7')
    await field.press('Enter')
    await sari.getByRole('link', { name: /undangan-7/ }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Mas Dimas' }).click()
    await expect.poll(() => simulator.world.messages(2001).map((message) => message.text)).toContain('/start undangan-7')

    await page.getByRole('button', { name: 'Tambah orang atau grup' }).click()
    await page.getByRole('menuitem', { name: 'Tambah grup' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('Relawan Cianjur')
    await page.getByRole('dialog').getByRole('button', { name: 'Tambah grup' }).click()
    await sari.getByRole('button', { name: 'Relawan Cianjur' }).click()
    await field.fill('Selamat pagi semua')
    await field.press('Enter')
    const rini = page.getByRole('region', { name: 'HP Mbak Rini' })
    await rini.getByRole('button', { name: 'Relawan Cianjur' }).click()
    await rini.locator('.message', { hasText: 'Selamat pagi semua' }).getByText('Ibu Sari').waitFor()
  })

  it('shows what is disturbed, and the clinic answers once it is over', async () => {
    const { page, sari } = await open(1280, 800)
    await sari.getByRole('button', { name: 'Mulai' }).click()
    await sari.getByText('Selamat datang').waitFor()
    await page.getByText('Gangguan', { exact: true }).click()
    await page.getByRole('switch', { name: /Telegram mati/ }).check()
    await page.locator('#faults-dot.on').waitFor()
    await page.getByRole('switch', { name: /Telegram mati/ }).uncheck()
    await page.locator('#faults-dot:not(.on)').waitFor()
    await page.keyboard.press('Escape')
    await sari.getByRole('textbox', { name: 'Pesan' }).fill('masih ada?')
    await sari.getByRole('button', { name: 'Kirim' }).click()
    await sari.getByText('Terbaca: masih ada?').waitFor({ timeout: 15_000 })
  })

  it('fits a narrow screen with one phone at a time, and moves the clock', async () => {
    const { page, sari } = await open(360, 740)
    await sari.getByRole('button', { name: 'Mulai' }).click()
    await sari.getByText('Selamat datang').waitFor()
    expect(await page.locator('.phone:visible').count()).toBe(1)
    expect(await overflow(page)).toBe(0)
    await shoot(page, 'narrow')
    await page.getByRole('button', { name: /Mas Dimas/ }).click()
    await page.getByRole('region', { name: 'HP Mas Dimas' }).waitFor()
    await sari.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '+1 hari' }).click()
    await page.getByText('Sel, 24 Nov 2026').waitFor()
    expect(await overflow(page)).toBe(0)
  })

  it('finds the simulator again after a restart, with what happened meanwhile', async () => {
    const options = { now: () => NOON_WIB, token: TOKEN, bot: { firstName: 'Klinik', username: 'klinik_bot' }, storagePath: join(pictures, 'world.db') }
    const first = await startSimulator(options)
    const page = await browser.newPage()
    closings.push(() => page.close())
    page.setDefaultTimeout(8000)
    await page.goto(first.origin)
    await page.getByRole('region', { name: 'HP Ibu Sari' }).getByRole('button', { name: 'Mulai' }).click()
    await page.getByRole('log').getByText('/start').waitFor()
    await first.close()
    await page.getByText('Simulator sedang tidak menjawab.').waitFor()
    const second = await startSimulator({ ...options, port: Number(new URL(first.origin).port) })
    closings.push(() => second.close())
    second.world.sendText(1001, 1001, 'masih di sini')
    await page.getByRole('log').getByText('masih di sini').waitFor()
    await page.getByText('Simulator sedang tidak menjawab.').waitFor({ state: 'hidden' })
  })

  it('speaks English when asked', async () => {
    const { page, simulator } = await open(1280, 800)
    await page.goto(`${simulator.origin}/?lang=en`)
    await page.getByText('No message leaves this computer.').waitFor()
    await page.getByRole('region', { name: "Ibu Sari's phone" }).getByRole('button', { name: 'Start' }).waitFor()
  })
})
