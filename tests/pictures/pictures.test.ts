/** Holds that cards become real PNG pictures, drawn with our own fonts, and are drawn once. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { CARD_HEIGHT, CARD_WIDTH, memberCard } from '../../src/pictures/member-card.ts'
import type { MemberCard } from '../../src/pictures/member-card.ts'
import { createPictures } from '../../src/pictures/pictures.ts'

const CARD: MemberCard = {
  name: 'Sari Rahayu', memberNumber: 'KED-000123', business: 'Keripik Apel Bu Sari', sector: 'Makanan/minuman kemasan',
  village: 'Desa Pujon Kidul, Kec. Pujon, Kab. Malang', clinic: 'Klinik Ekonomi Digital', since: '23 November 2026',
  labels: {
    title: 'Kartu Anggota', business: 'Usaha', sector: 'Bidang usaha', village: 'Desa', memberNumber: 'Nomor anggota', since: 'Anggota sejak',
  },
}

const pictures = createPictures()
afterAll(() => pictures.close())

const text = (content: string, weight = 400) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60"><rect width="300" height="60" fill="white"/>`
  + `<text x="5" y="40" font-size="32" font-family="Noto Sans" font-weight="${weight}">${content}</text></svg>`

describe('the member card', () => {
  it.each([
    ['plain', {}],
    ['signs of markup', { name: `Sari <b> & "Ibu" 'Rahayu'`, business: '</svg><script>' }],
    ['a name of 60 letters', { name: 'Raden Mas Haji Muhammad Kusumawardhana Notonegoro Wiryokusumo' }],
    ['emoji and another script', { name: '👩‍🍳 Sari 🍜', business: 'مقهى' }],
    ['control signs', { name: 'Sari\u0000\u0007\uFFFE\uD800 Rahayu' }],
    ['nothing at all', { name: '', business: '', sector: '', village: '', memberNumber: '', clinic: '', since: '' }],
  ])('with %s is a picture of the size of a card', async (_, change) => {
    const png = await pictures.renderPng(memberCard({ ...CARD, ...change }))
    const { format, width, height } = await sharp(png).metadata()
    expect({ format, width, height }).toEqual({ format: 'png', width: CARD_WIDTH, height: CARD_HEIGHT })
    expect(png.length).toBeLessThan(100_000)
  })

  it('keeps its right margin clear, however long the words', async () => {
    const long = 'Wawam Mawom @ WMWM & Gunung Ågung Õgung 1234567890 "oo" '.repeat(3)
    const longCard = { ...CARD, name: long, business: long, sector: long, village: long, clinic: long, since: long, memberNumber: long }
    const margin = { left: CARD_WIDTH - 50, top: 0, width: 50, height: CARD_HEIGHT }
    const [withShort, withLong] = await Promise.all(
      [CARD, longCard].map(async (card) => sharp(await pictures.renderPng(memberCard(card))).extract(margin).raw().toBuffer()),
    )
    expect(withLong!.equals(withShort!)).toBe(true)
  })
})

describe('rendering', () => {
  it('gives the same bytes for the same drawing', async () => {
    const forgetful = createPictures({ kept: 1 })
    const [once] = [await forgetful.renderPng(memberCard(CARD)), await forgetful.renderPng(text('lain'))]
    const again = await forgetful.renderPng(memberCard(CARD))
    expect(again).not.toBe(once)
    expect(again.equals(once)).toBe(true)
    await forgetful.close()
  })

  it('draws a picture once while it is remembered', async () => {
    const pictures = createPictures({ kept: 2 })
    const first = await pictures.renderPng(text('satu'))
    const [second, meanwhile] = await Promise.all([pictures.renderPng(text('dua')), pictures.renderPng(text('dua'))])
    expect(meanwhile).toBe(second)
    expect(await pictures.renderPng(text('satu'))).toBe(first)
    await pictures.renderPng(text('tiga'))
    expect(await pictures.renderPng(text('satu'))).toBe(first)
    expect(await pictures.renderPng(text('dua'))).not.toBe(second)
    await pictures.close()
  })

  it('rejects what is not a drawing, and goes on', async () => {
    await expect(pictures.renderPng('<svg')).rejects.toThrow()
    await expect(pictures.renderPng('<svg')).rejects.toThrow()
    expect((await pictures.renderPng(text('lanjut'))).length).toBeGreaterThan(0)
  })

  it('loses one picture when its thread ends, and draws the next on another', async () => {
    const pictures = createPictures()
    await pictures.renderPng(text('mulai'))
    const [underWay, waiting] = [pictures.renderPng(memberCard(CARD)), pictures.renderPng(text('antre'))]
    const outcomes = Promise.allSettled([underWay, waiting])
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    await pictures.close()
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    const again = await pictures.renderPng(memberCard(CARD))
    expect((await sharp(again).metadata()).width).toBe(CARD_WIDTH)
    await pictures.close()
  })

  it('lets the process end when nothing is left to draw', () => {
    const program = `
      const { createPictures } = await import(${JSON.stringify(join(packageRoot(), 'dist/src/pictures/pictures.js'))})
      const png = await createPictures().renderPng(${JSON.stringify(text('habis'))})
      process.stdout.write(String(png.length > 0))`
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', timeout: 20_000 })
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'true' })
  })

  it.each([
    ['regular', 400, 0.935],
    ['bold', 700, 0.975],
  ])('has our %s letters, whatever fonts the machine has', async (_, weight, widthOfM) => {
    const size = 32
    const png = await pictures.renderPng(text('m'.repeat(8), weight))
    const { info } = await sharp(png).trim().toBuffer({ resolveWithObject: true })
    // Ink ends a little before the last letter's own width; letters of other families differ by more.
    expect(info.width).toBeGreaterThan(8 * size * widthOfM - 0.2 * size)
    expect(info.width).toBeLessThanOrEqual(8 * size * widthOfM)
  })
})
