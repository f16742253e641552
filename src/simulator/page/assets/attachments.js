// What a person can send besides text: pictures, files, voice notes, places, contacts, stickers; each asks what it needs
// and answers the deed to do, or undefined. It must not send it.

import { ask } from './dialog.js'
import { el } from './dom.js'
import { t } from './texts.js'

/** Telegram's apps shrink a photo to this longest side, pixels. */
const PHOTO_SIDE = 1280
const STICKERS = ['👍', '🙏', '😀', '❤️', '🎉', '😢', '🤔', '👋']

/** Well-known places in the three time zones. */
const PLACES = [
  ['Pasar Beringharjo, Yogyakarta', -7.7986, 110.3658],
  ['Pasar Tanah Abang, Jakarta', -6.1886, 106.8108],
  ['Pasar Badung, Denpasar', -8.6563, 115.2119],
  ['Pasar Terong, Makassar', -5.1295, 119.4226],
  ['Pasar Mardika, Ambon', -3.6922, 128.1826],
  ['Pasar Hamadi, Jayapura', -2.5667, 140.7036],
]

/** A telephone number nobody has, always the same for a person. */
export const numberOf = (person) => `+62812000${String(person).padStart(5, '0').slice(-5)}`

async function base64Of(blob) {
  const address = await new Promise((resolve) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result))
    reader.readAsDataURL(blob)
  })
  return address.slice(address.indexOf(',') + 1)
}

/** A drawing to send when no photo is at hand: a jar on a market table. */
function drawSample(canvas) {
  Object.assign(canvas, { width: 960, height: 720 })
  const pen = canvas.getContext('2d')
  const sky = pen.createLinearGradient(0, 0, 0, 720)
  sky.addColorStop(0, '#ffe9c2')
  sky.addColorStop(1, '#f6b26b')
  pen.fillStyle = sky
  pen.fillRect(0, 0, 960, 720)
  for (let stripe = 0; stripe < 8; stripe += 1) {
    pen.fillStyle = stripe % 2 === 0 ? '#1f8f7d' : '#fdfaf3'
    pen.beginPath()
    pen.roundRect(stripe * 120, -20, 120, 150, 30)
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

async function drawFile(canvas, file) {
  const image = await createImageBitmap(file).catch(() => undefined)
  if (image === undefined) return false
  const scale = Math.min(1, PHOTO_SIDE / Math.max(image.width, image.height))
  Object.assign(canvas, { width: Math.round(image.width * scale), height: Math.round(image.height * scale) })
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
  return true
}

export async function askPhoto() {
  const canvas = el('canvas', { className: 'preview', role: 'img', 'aria-label': t('attach-photo-preview') })
  drawSample(canvas)
  const chooser = el('input', { type: 'file', accept: 'image/*' })
  const problem = el('p', { className: 'problem', role: 'alert' })
  chooser.addEventListener('change', async () => {
    const drawn = chooser.files[0] === undefined || await drawFile(canvas, chooser.files[0])
    problem.textContent = drawn ? '' : t('refused-unreadable-photo')
  })
  const answer = await ask({
    title: t('attach-photo'),
    content: [canvas, el('label', { className: 'chooser' }, t('attach-photo-choose'), chooser), problem],
    fields: [{ name: 'caption', label: t('attach-photo-caption'), max: 1024 }],
    confirm: t('send'),
  })
  if (answer === undefined) return undefined
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', 0.87) })
  return { do: 'photo', base64: await base64Of(blob), ...(answer.caption === '' ? {} : { caption: answer.caption }) }
}

export async function askDocument() {
  const answer = await ask({
    title: t('attach-document'),
    fields: [{ name: 'file', label: t('attach-document-choose'), type: 'file', required: true }],
    confirm: t('send'),
  })
  if (answer === undefined) return undefined
  const { file } = answer
  return { do: 'document', base64: await base64Of(file), fileName: file.name, mimeType: file.type }
}

export async function askVoice() {
  const options = [3, 15, 60].map((seconds) => ({ value: String(seconds), label: t('attach-voice-seconds', { seconds }) }))
  const answer = await ask({
    title: t('attach-voice'),
    body: t('attach-voice-about'),
    fields: [{ name: 'seconds', label: t('attach-voice-length'), type: 'select', options }],
    confirm: t('send'),
  })
  return answer === undefined ? undefined : { do: 'voice', seconds: Number(answer.seconds) }
}

export async function askLocation(title = t('attach-location')) {
  const options = PLACES.map(([label], index) => ({ value: String(index), label }))
  const answer = await ask({
    title,
    body: t('attach-location-about'),
    fields: [{ name: 'place', label: t('attach-location-place'), type: 'select', options }],
    confirm: t('send'),
  })
  if (answer === undefined) return undefined
  const [, latitude, longitude] = PLACES[Number(answer.place)]
  return { do: 'location', latitude, longitude }
}

const phoneField = (value) => ({
  name: 'phoneNumber', label: t('attach-contact-number'), type: 'tel', value, required: true, max: 20, pattern: String.raw`\+?[\d \-]{5,20}`,
})

/** Someone else's card out of the address book. */
export async function askContact() {
  const answer = await ask({
    title: t('attach-contact'),
    fields: [{ name: 'firstName', label: t('attach-contact-name'), value: 'Toko Makmur', required: true, max: 64 }, phoneField('+6281234567890')],
    confirm: t('send'),
  })
  return answer === undefined ? undefined : { do: 'contact', own: false, firstName: answer.firstName, phoneNumber: answer.phoneNumber }
}

/** The person's own number, as a request_contact button shares it. */
export async function askOwnContact(person, botName) {
  const answer = await ask({
    title: t('share-contact'),
    body: t('share-contact-about', { bot: botName }),
    fields: [phoneField(numberOf(person))],
    confirm: t('share'),
  })
  return answer === undefined ? undefined : { do: 'contact', own: true, phoneNumber: answer.phoneNumber }
}

export async function askSticker() {
  const answer = await ask({ title: t('attach-sticker'), choices: STICKERS.map((emoji) => ({ value: emoji, label: emoji })) })
  return answer === undefined ? undefined : { do: 'sticker', emoji: answer.choice }
}
