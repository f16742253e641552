/**
 * The drawing thread: gets an SVG, answers with its PNG or the reason why there is none. The one place that loads sharp,
 * with the fonts we ship, so that a machine without any font draws the same picture. Plain JavaScript, since a thread
 * starts from a file that Node reads by itself, also where the rest runs from its TypeScript.
 */
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import sharp from 'sharp'

const FONTS = ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf']

// One thread a picture and no cache of its own: pictures are small, and memory on a small machine is dear.
sharp.concurrency(1)
sharp.cache(false)

// Naming a font file in a text image adds it to the fonts of the process, where SVG text then finds it too: no font needs
// to be installed, and no environment variable be set before the process starts.
const { resolve } = createRequire(import.meta.url)
for (const file of FONTS) {
  await sharp({ text: { text: 'a', fontfile: resolve(`@expo-google-fonts/noto-sans/${file}`) } }).png().toBuffer()
}

const toPng = async (/** @type {string} */ svg) => {
  try {
    // A palette would halve the bytes and take 60 ms more. Telegram sends people its own, smaller copies.
    return { png: await sharp(Buffer.from(svg)).png({ compressionLevel: 3 }).toBuffer() }
  } catch (error) {
    return { problem: String(error) }
  }
}

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
port.on('message', (/** @type {string} */ svg) => {
  void toPng(svg).then((answer) => port.postMessage(answer))
})
