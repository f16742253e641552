// Pictures, a film and a file to send when nothing better is at hand. It must not send them.

/** Telegram's apps shrink a photo to this longest side, pixels. */
const PHOTO_SIDE = 1280
const FILM_MS = 1200
const FILM_TYPES = ['video/mp4', 'video/webm']

/** Colours of the sky over the stall. */
const SKIES = [['#ffe9c2', '#f6b26b'], ['#cfe8ff', '#7fb2e5'], ['#e7d7f5', '#a98fd0']]

/** Draws a stall with three jars; `variant` is its time of day, `shift` moves its awning by so many pixels. */
export function drawSample(canvas, variant = 0, shift = 0) {
  Object.assign(canvas, { width: 960, height: 720 })
  const pen = canvas.getContext('2d')
  const [above, below] = SKIES[variant % SKIES.length]
  const sky = pen.createLinearGradient(0, 0, 0, 720)
  sky.addColorStop(0, above)
  sky.addColorStop(1, below)
  pen.fillStyle = sky
  pen.fillRect(0, 0, 960, 720)
  for (let stripe = -2; stripe < 8; stripe += 1) {
    pen.fillStyle = stripe % 2 === 0 ? '#1f8f7d' : '#fdfaf3'
    pen.beginPath()
    pen.roundRect(stripe * 120 + shift % 240, -20, 120, 150, 30)
    pen.fill()
  }
  pen.fillStyle = '#8a5a33'
  pen.fillRect(0, 560, 960, 160)
  for (const [x, label, colour] of [[170, 'SAMBAL', '#c0392b'], [400, 'KERIPIK', '#e1a325'], [630, 'MADU', '#a9611c']]) {
    pen.fillStyle = colour
    pen.beginPath()
    pen.roundRect(x, 300, 160, 270, 28)
    pen.fill()
    pen.fillStyle = '#4b3523'
    pen.fillRect(x + 12, 268, 136, 42)
    pen.fillStyle = '#fffdf6'
    pen.fillRect(x + 10, 390, 140, 92)
    pen.fillStyle = '#4b3523'
    pen.font = 'bold 28px system-ui, sans-serif'
    pen.textAlign = 'center'
    pen.fillText(label, x + 80, 446)
  }
}

/** Draws a picture file, shrunk as an app does; answers whether it could be read. */
export async function drawFile(canvas, file) {
  const image = await createImageBitmap(file).catch(() => undefined)
  if (image === undefined) return false
  const scale = Math.min(1, PHOTO_SIDE / Math.max(image.width, image.height))
  Object.assign(canvas, { width: Math.round(image.width * scale), height: Math.round(image.height * scale) })
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
  return true
}

export const photoOf = (canvas) => new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', 0.87) })

export async function base64Of(blob) {
  const address = await new Promise((resolve) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result))
    reader.readAsDataURL(blob)
  })
  return address.slice(address.indexOf(',') + 1)
}

/** A silent film of the stall of about a second, { blob, mimeType }; undefined where the browser records none. */
export async function filmSample() {
  const mimeType = FILM_TYPES.find((type) => globalThis.MediaRecorder?.isTypeSupported(type))
  if (mimeType === undefined) return undefined
  const canvas = document.createElement('canvas')
  drawSample(canvas)
  const pieces = []
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType, videoBitsPerSecond: 400_000 })
  recorder.addEventListener('dataavailable', (event) => { pieces.push(event.data) })
  const stopped = new Promise((resolve) => { recorder.addEventListener('stop', resolve) })
  recorder.start()
  let shift = 0
  const moving = setInterval(() => drawSample(canvas, 0, (shift += 8)), 50)
  setTimeout(() => recorder.stop(), FILM_MS)
  await stopped
  clearInterval(moving)
  return { blob: new Blob(pieces, { type: mimeType }), mimeType }
}

/** A price list of one page, a few hundred bytes of PDF. */
export function sampleDocument() {
  const page = 'BT /F1 20 Tf 60 760 Td (DAFTAR HARGA) Tj 0 -34 Td (Sambal 15.000) Tj 0 -28 Td (Keripik 10.000) Tj ET'
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${page.length}>>stream\n${page}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join('')
  return new File([`%PDF-1.4\n${body}trailer<</Root 1 0 R>>\n%%EOF`], 'daftar-harga.pdf', { type: 'application/pdf' })
}
