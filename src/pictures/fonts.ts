/**
 * Loads sharp with the fonts we ship, so that a machine without any font draws the same picture. The one place that
 * imports sharp, and only when the first picture is drawn: it is large, and starting must stay quick.
 */
import { createRequire } from 'node:module'
import type Sharp from 'sharp'

/** Family to name in an SVG; weights 400 and 700 are shipped (SIL Open Font License). */
export const FONT_FAMILY = 'Noto Sans'

const FILES = ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf']

/**
 * Sharp, ready to draw text. Naming a font file in a text image adds it to the fonts of the process, where SVG text then finds
 * it too: no font needs to be installed, and no environment variable be set before the process starts.
 */
export async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp')
  const { resolve } = createRequire(import.meta.url)
  // One thread a picture and no cache of its own: pictures are small, and memory on a small machine is dear.
  sharp.concurrency(1)
  sharp.cache(false)
  for (const file of FILES) {
    const fontfile = resolve(`@expo-google-fonts/noto-sans/${file}`)
    await sharp({ text: { text: 'a', font: FONT_FAMILY, fontfile } }).png().toBuffer()
  }
  return sharp
}
